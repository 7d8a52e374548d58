//! From rules and claims to findings: weighed, excused, ordered and named.

use std::cmp::Ordering;

use super::finding::{Finding, Fingerprint, number};
use super::set::RuleSet;
use super::{allow, judge};
use crate::diagnostic::{Diagnostic, Identity};
use crate::model::{Corpus, Days};
use crate::text::Sources;

/// How much of a line tells a finding without ids from others; a line may be as long as a file.
const IDENTITY_CHARACTERS: usize = 200;

/// What rules are judged against.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// The resolved claims.
    pub corpus: &'a Corpus,
    /// Every text that a place may point into.
    pub sources: &'a Sources,
    /// The day by which exceptions expire.
    pub today: Days,
    /// How many steps one rule may take before it is given up.
    pub steps: u64,
}

/// Judges the claims by every rule that is on, and adds what the program itself raised.
///
/// Findings come in the order of source name, byte, code and message; what an `allow:` silences is
/// among them, marked. Panics when a native diagnostic has a code without a table in `rules/`: that
/// is a bug of ours.
pub fn run(rules: &RuleSet, world: &World<'_>, native: Vec<Diagnostic>) -> Vec<Finding> {
    let judged = rules.iter().filter(|rule| rule.is_on()).flat_map(|rule| judge::findings(rule, world));
    let weigh = |diagnostic| weigh(diagnostic, rules, world.sources);
    let mut findings: Vec<Finding> = judged.chain(native).filter_map(weigh).collect();
    findings.sort_by(|a, b| order(a, b, world.sources));
    let problems = allow::apply(&mut findings, rules, world);
    findings.extend(problems.into_iter().filter_map(weigh));
    findings.sort_by(|a, b| order(a, b, world.sources));
    number(&mut findings);
    findings
}

/// Gives a diagnostic the weight of its rule; `None` when the rule is off.
fn weigh(diagnostic: Diagnostic, rules: &RuleSet, sources: &Sources) -> Option<Finding> {
    let rule = rules.get(&diagnostic.code).expect("every code that is raised has a table in rules/");
    let severity = rule.level.severity()?;
    let fingerprint = Fingerprint::new(&diagnostic.code, &identity(&diagnostic, sources));
    Some(Finding {
        rule: rule.meta.name.clone(),
        severity,
        category: rule.meta.category.clone(),
        diagnostic,
        fingerprint,
        suppressed: None,
    })
}

/// What a diagnostic is about; without ids and values, the words of its line.
fn identity(diagnostic: &Diagnostic, sources: &Sources) -> Identity {
    let known = &diagnostic.identity;
    if !known.roles.is_empty() || !known.value.is_empty() {
        return known.clone();
    }
    let at = diagnostic.primary.span;
    let source = sources.get(at.source);
    let (_, line) = source.line(source.position(at.start).line);
    let words: String = line.chars().take(IDENTITY_CHARACTERS).collect();
    Identity { roles: Vec::new(), value: words.split_whitespace().collect::<Vec<_>>().join(" ") }
}

fn order(a: &Finding, b: &Finding, sources: &Sources) -> Ordering {
    let place = |finding: &Finding| finding.diagnostic.primary.span;
    let name = |finding: &Finding| sources.get(place(finding).source).name();
    name(a)
        .cmp(name(b))
        .then_with(|| place(a).start.cmp(&place(b).start))
        .then_with(|| a.diagnostic.code.cmp(&b.diagnostic.code))
        .then_with(|| a.diagnostic.message.cmp(&b.diagnostic.message))
}
