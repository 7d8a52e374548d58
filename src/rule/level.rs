//! How much the findings of a rule weigh.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;

/// How much the findings of a rule weigh, or that it does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Proved wrong.
    Error,
    /// Likely wrong, or undecided until something is declared.
    Warning,
    /// Worth knowing.
    Info,
    /// Not asked for.
    Off,
}

impl Level {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        self.severity().map_or("off", Severity::as_str)
    }

    /// The weight of a finding at this level; none when the rule is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Error => Some(Severity::Error),
            Level::Warning => Some(Severity::Warning),
            Level::Info => Some(Severity::Info),
            Level::Off => None,
        }
    }
}
