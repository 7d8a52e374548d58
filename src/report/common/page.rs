//! Where the page of a rule stands on the web.

use crate::rule::Finding;
use crate::rule::{Rule, RuleSet};

/// The address of the page of a rule, with examples; none of a rule of the project.
pub(crate) fn address(rule: &Rule) -> Option<String> {
    let (repository, version) = (env!("CARGO_PKG_REPOSITORY"), env!("CARGO_PKG_VERSION"));
    let anchor = format!("{}-{}", rule.meta.code.as_str().to_lowercase(), rule.meta.name);
    rule.is_builtin().then(|| format!("{repository}/blob/v{version}/docs/rules.md#{anchor}"))
}

/// The address of the page of the rule of a finding.
pub(crate) fn of_finding(finding: &Finding, rules: &RuleSet) -> Option<String> {
    address(rules.get(&finding.diagnostic.code)?)
}
