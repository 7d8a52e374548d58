//! An exception on record, of whatever sort, as people go through them.

use crate::model::DateRange;
use crate::text::Span;

/// An exception from a rule that somebody granted, and what came of it in this run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Where it is granted.
    pub sort: ExceptionSource,
    /// The rule as it is named there: a code, a name, and in the configuration a category or `all`.
    pub rule: String,
    /// Where that stands.
    pub at: Span,
    /// What it is granted for: a block, or patterns of files and namespaces.
    pub covers: String,
    /// The reason given.
    pub reason: String,
    /// The last day on which it stands, if it has one.
    pub until: Option<DateRange>,
    /// How many findings it holds back, or weighs otherwise.
    pub holds: usize,
    /// What is to be thought of it.
    pub state: ExceptionState,
}

/// Where an exception is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExceptionSource {
    /// By an `allow:` in the claims.
    Allow,
    /// By an `[[override]]` in the configuration.
    Override,
}

/// What is to be thought of an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExceptionState {
    /// It holds something.
    Used,
    /// It holds nothing.
    Unused,
    /// Its last day has passed, so it holds nothing any more.
    Expired,
    /// It names no rule, or one from which there are no exceptions.
    Void,
}

impl ExceptionSource {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            ExceptionSource::Allow => "allow",
            ExceptionSource::Override => "override",
        }
    }
}

impl ExceptionState {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            ExceptionState::Used => "used",
            ExceptionState::Unused => "unused",
            ExceptionState::Expired => "expired",
            ExceptionState::Void => "void",
        }
    }
}
