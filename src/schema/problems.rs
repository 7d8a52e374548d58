//! What is wrong with a schema file.

use crate::diagnostic::{Code, Diagnostic, FormerName};
use crate::text::Span;

/// The code of every problem of a schema file.
const UNREADABLE: Code = Code::native("CF004");

/// The code of a former name in a schema file.
const FORMER_NAME: Code = Code::native("CF009");

/// A part of a schema file that cannot be read, with the reason.
pub(super) fn unreadable(at: Span, message: String) -> Diagnostic {
    Diagnostic::new(UNREADABLE, format!("the schema cannot be read: {message}"), at)
}

/// A class of words by a name that it had before.
pub(super) fn former_class(former: &str, name: &str, at: Span) -> Diagnostic {
    FormerName { what: "word class", former, name, at }.report(FORMER_NAME)
}
