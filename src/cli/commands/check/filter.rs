//! Which rules are reported, when only some were asked for.

use recte::rule::{ALL_RULES, Finding, Rule, RuleMeta, RuleSet};

use crate::cli::output::CommandFailure;

/// The rules whose findings are reported. A subject is a code, a name, a category, a family such as `CL01`, or `all`.
#[derive(clap::Args)]
pub(super) struct Filter {
    /// Report only these rules: codes, names, categories, or families such as CL01, with commas between
    #[arg(help_heading = "What to report", long, value_name = "RULES", value_delimiter = ',')]
    select: Vec<String>,
    /// Do not report these rules
    #[arg(help_heading = "What to report", long, value_name = "RULES", value_delimiter = ',')]
    ignore: Vec<String>,
}

impl Filter {
    /// Whether only some rules were asked for.
    pub(super) fn is_some(&self) -> bool {
        !(self.select.is_empty() && self.ignore.is_empty())
    }

    /// What tells it from other filters.
    pub(super) fn key(&self) -> String {
        format!("{:?}", (&self.select, &self.ignore))
    }

    /// Refuses a subject that no rule answers to, and one whose rules are all off: nobody would see that nothing was asked.
    pub(super) fn refuse_unmet(&self, rules: &RuleSet) -> Result<(), CommandFailure> {
        for subject in self.select.iter().chain(&self.ignore) {
            if !rules.iter().any(|rule| is_meant(subject, &rule.meta)) {
                return Err(CommandFailure::misused(format!(
                    "`{subject}` is not the code, name, category or family of a rule; {}",
                    rules.advice_on_subject(subject)
                )));
            }
        }
        for subject in &self.select {
            if !rules.iter().filter(|rule| is_meant(subject, &rule.meta)).any(can_report) {
                return Err(CommandFailure::misused(format!(
                    "`{subject}` is off in this project; set a level for it under `[rules]` in recte.toml"
                )));
            }
        }
        Ok(())
    }

    /// Whether a finding is reported. What says that something was not read, or that the settings are wrong, always is: other
    /// findings may be missing because of it.
    pub(super) fn holds(&self, finding: &Finding, rules: &RuleSet) -> bool {
        if !self.is_some() {
            return true;
        }
        let Some(rule) = rules.get(&finding.diagnostic.code) else { return true };
        let among = |subjects: &[String]| subjects.iter().any(|subject| is_meant(subject, &rule.meta));
        rule.meta.hides_others() || (self.select.is_empty() || among(&self.select)) && !among(&self.ignore)
    }
}

/// Whether a rule may report something: it is on, or its own mistakes are reported in its place.
fn can_report(rule: &Rule) -> bool {
    rule.is_on() || rule.is_disabled()
}

/// Whether a subject, in any case of letters, means a rule.
fn is_meant(subject: &str, rule: &RuleMeta) -> bool {
    let subject = subject.trim();
    let (upper, lower) = (subject.to_uppercase(), subject.to_lowercase());
    // A family is what codes begin with; a whole code is no family of longer ones.
    let is_family = upper.len() < rule.code.as_str().len() && rule.code.as_str().starts_with(&upper);
    let is_family = is_family && upper.len() >= 2;
    rule.is_called(&upper) || rule.is_called(&lower) || rule.category == lower || lower == ALL_RULES || is_family
}
