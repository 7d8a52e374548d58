//! Why something proposed is refused, and where in the proposals the cause stands.

use serde::Serialize;

use crate::text::Sanitized;

/// Why a claim is refused, or what is remarked about one that is accepted. Safe to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Where in the proposals the cause stands, as a JSON pointer.
    pub at: String,
    /// What is wrong.
    pub message: String,
    /// The next step.
    pub help: Option<String>,
}

impl Reason {
    /// Something that is wrong at a place.
    pub(super) fn new(at: &Pointer, message: impl AsRef<str>) -> Reason {
        Reason { at: safe(&at.0), message: safe(message.as_ref()), help: None }
    }

    /// Adds the next step, if there is one.
    #[must_use]
    pub(super) fn help(mut self, help: impl Into<Option<String>>) -> Reason {
        self.help = help.into().map(|help| safe(&help));
        self
    }
}

fn safe(text: &str) -> String {
    Sanitized::line(text).to_string()
}

/// A place in a JSON document (RFC 6901).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pointer(pub(super) String);

impl Pointer {
    /// The place of a key, or of an element by its number from 0.
    pub(super) fn down(&self, part: impl ToString) -> Pointer {
        let part = part.to_string().replace('~', "~0").replace('/', "~1");
        Pointer(format!("{}/{part}", self.0))
    }
}
