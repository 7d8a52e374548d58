//! What a run found, and what every format asks of it.

use super::select;
use super::style::Style;
use super::summary::Summary;
use crate::rule::{Finding, Gate, Gravity, RuleSet};
use crate::text::Sources;

/// What a run found, ready to be written in any format.
#[derive(Debug)]
pub struct Report<'a> {
    /// The findings in the order in which they are shown.
    pub findings: &'a [Finding],
    /// The findings that an exception silences and that are not shown; formats that can mark them do.
    pub excused: &'a [Finding],
    /// The rules of the run, at the levels that hold in most files.
    pub rules: &'a RuleSet,
    /// What must not be found for the run to pass.
    pub gate: Gate,
    /// The texts that the findings speak of.
    pub sources: &'a Sources,
    /// What was looked at, and what came of it.
    pub summary: Summary,
    /// The day that counts as today for expiries, `YYYY-MM-DD`: the only clock of a run.
    pub date: String,
}

impl<'a> Report<'a> {
    /// The findings that people are to read, and how many there are besides: the mildest are left out first.
    pub(crate) fn shown(&self, style: &Style) -> (Vec<&'a Finding>, usize) {
        let all: Vec<&Finding> = self.findings.iter().collect();
        match style.max {
            Some(max) if max < all.len() => (select::heaviest(&all, max, |_| 1), all.len() - max),
            Some(_) | None => (all, 0),
        }
    }

    /// What a finding makes of the run.
    pub(crate) fn gravity(&self, finding: &Finding) -> Gravity {
        self.gate.gravity(finding, self.rules)
    }

    /// Whether every part of the input was checked.
    pub(crate) fn is_complete(&self) -> bool {
        let unchecked =
            |finding: &Finding| self.rules.get(&finding.diagnostic.code).is_some_and(|rule| rule.meta.unchecked);
        !self.findings.iter().chain(self.excused).any(unchecked)
    }
}
