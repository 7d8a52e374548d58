//! What is wrong with a schema file.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Span;

/// The code of every problem of a schema file.
const UNREADABLE: Code = Code::native("CF004");

/// A part of a schema file that cannot be read, with the reason.
pub(super) fn unreadable(at: Span, message: String) -> Diagnostic {
    Diagnostic::new(UNREADABLE, format!("the schema cannot be read: {message}"), at)
}
