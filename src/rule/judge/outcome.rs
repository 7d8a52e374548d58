//! What came of judging by one rule.

use std::time::Duration;

use crate::condition::Row;
use crate::diagnostic::{Code, Diagnostic};
use crate::rule::finding::{Fingerprint, Suppression};

/// What it took to judge by one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCost {
    /// The rule.
    pub code: Code,
    /// How many rows were judged: those that `for` and `when` leave. A rule that judged none has said nothing of these
    /// claims, neither that they keep it nor that they break it.
    pub rows: u64,
    /// How many steps it took: rows looked at, and elements met on paths.
    pub steps: u64,
    /// How long it took, where there is a clock.
    pub time: Option<Duration>,
}

/// What one rule found.
#[derive(Default)]
pub(crate) struct RuleOutcome {
    /// The rows that offend, in document order case by case.
    pub(crate) shown: Vec<ReportedRow>,
    /// That it was given up, which is then all that is said.
    pub(crate) given_up: Option<Diagnostic>,
    /// Whether it was not judged, since others had taken the steps of the run.
    pub(crate) is_cut: bool,
    /// What it took; nothing for a rule that has no conditions.
    pub(crate) effort: Option<RuleCost>,
}

/// An offending row, and what is said of it.
pub(crate) struct ReportedRow {
    /// The number of the case.
    pub(crate) case: usize,
    pub(crate) row: Row,
    /// How many rows are not told whose chains cross that of this one.
    pub(crate) left_out: usize,
    pub(crate) diagnostic: Diagnostic,
}

/// A diagnostic before its severity and exceptions are known.
pub(crate) struct RawDiagnostic {
    pub(crate) diagnostic: Diagnostic,
    /// The name that it is known by, if that was worked out before.
    pub(crate) name: Option<Fingerprint>,
    /// Of a group, its row with the number of its case.
    pub(crate) row: Option<(usize, Row)>,
    /// What silences it, if that is known.
    pub(crate) suppressed: Option<Suppression>,
}

impl RuleOutcome {
    /// How many steps it took.
    pub(crate) fn steps(&self) -> u64 {
        self.effort.as_ref().map_or(0, |effort| effort.steps)
    }

    /// What is said of the claims.
    pub(crate) fn raw_diagnostics(self) -> impl Iterator<Item = RawDiagnostic> {
        self.shown.into_iter().map(RawDiagnostic::from).chain(self.given_up.map(RawDiagnostic::from))
    }
}

impl From<Diagnostic> for RawDiagnostic {
    fn from(diagnostic: Diagnostic) -> RawDiagnostic {
        RawDiagnostic { diagnostic, name: None, row: None, suppressed: None }
    }
}

impl From<ReportedRow> for RawDiagnostic {
    fn from(ReportedRow { case, row, diagnostic, left_out: _ }: ReportedRow) -> RawDiagnostic {
        let row = diagnostic.group.is_some().then_some((case, row));
        RawDiagnostic { row, ..RawDiagnostic::from(diagnostic) }
    }
}
