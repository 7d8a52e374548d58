//! What the findings of a run make of its end.

use super::finding::Finding;
use super::pack::set::RuleSet;
use crate::diagnostic::Severity;
use crate::text::SourceId;

/// How a run ends for the sake of one finding, from the mildest to the gravest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// Nothing hangs on it.
    Passed,
    /// It fails the run.
    Failed,
    /// The settings, the schema or the rules are wrong.
    Misused,
    /// Something was not read or not checked.
    Unchecked,
}

/// What must not be found for a run to pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    /// From which weight on a finding fails the run.
    pub fail_on: Severity,
    /// A file of the project whose faults are no faults of the settings, because these come from elsewhere.
    pub apart: Option<SourceId>,
}

impl Gate {
    /// What a finding makes of the run.
    pub fn gravity(&self, finding: &Finding, rules: &RuleSet) -> Gravity {
        if finding.suppressed.is_some() {
            return Gravity::Passed;
        }
        let Some(rule) = rules.get(&finding.diagnostic.code) else { return Gravity::Unchecked };
        let is_apart = self.apart == Some(finding.diagnostic.primary.span.source);
        if rule.meta.unchecked {
            Gravity::Unchecked
        } else if rule.meta.is_about_configuration() && finding.severity == Severity::Error && !is_apart {
            Gravity::Misused
        } else if finding.severity >= self.fail_on {
            Gravity::Failed
        } else {
            Gravity::Passed
        }
    }
}
