//! From rules and claims to findings: weighed, excused, ordered and named.

use std::cmp::Ordering;
use std::time::Duration;

use rayon::prelude::*;

use super::allow;
use super::exception::Exception;
use super::finding::{Finding, Fingerprint, number};
use super::judge::{Effort, Outcome};
use super::meta::RuleMeta;
use super::overrides::Overriding;
use super::ration::{All, all_judged};
use super::set::RuleSet;
use super::settings::Settings;
use crate::diagnostic::{Diagnostic, Fix, Identity, Label};
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
    /// What the project says of levels.
    pub settings: &'a Settings,
    /// The day by which exceptions expire.
    pub today: Days,
    /// How many steps one rule may take before it is given up.
    pub steps: u64,
    /// How many steps all rules may take together before those that are left are not judged.
    pub run_steps: u64,
    /// What to measure by, if anything.
    pub clock: Option<Clock>,
}

/// How long it is since some moment that stays the same.
pub type Clock = fn() -> Duration;

/// What came of judging.
#[derive(Debug, Default)]
pub struct Judged {
    /// Every finding in the order of source name, byte, code and message; those that are silenced are marked.
    pub findings: Vec<Finding>,
    /// Every exception in the claims and in the configuration, in that order.
    pub exceptions: Vec<Exception>,
    /// What each rule with conditions took, in the order of codes.
    pub effort: Vec<Effort>,
}

/// Judges the claims by every rule that is on, and adds what the program itself raised: `before` the rules were judged, and
/// what comes of `after`, which is asked when they have been.
///
/// Panics when a native diagnostic has a code without a table in `rules/`: that is a bug of ours.
pub fn run(
    rules: &RuleSet,
    world: &World<'_>,
    before: Vec<Diagnostic>,
    after: impl FnOnce() -> Vec<Diagnostic>,
) -> Judged {
    let All { outcomes, cut } = all_judged(rules, world);
    let effort = outcomes.iter().filter_map(|outcome| outcome.effort.clone()).collect();
    let found = outcomes.into_iter().flat_map(Outcome::diagnostics).chain(cut);
    let raised = found.chain(before).chain(after()).map(|diagnostic| (diagnostic, None));
    Judged { effort, ..weighed(rules, world, raised) }
}

/// What was raised, with the name that it is known by if that was worked out before.
pub(super) type Raised = (Diagnostic, Option<Fingerprint>);

/// Makes findings out of what was raised, and finds out what excuses them.
pub(super) fn weighed(rules: &RuleSet, world: &World<'_>, raised: impl Iterator<Item = Raised>) -> Judged {
    let mut weigher = Weigher { rules, world, overriding: Overriding::new(rules, world) };
    let mut findings = weigher.all(raised.collect());
    findings.sort_by(|a, b| in_order(a, b, world.sources));
    let (mut exceptions, mut wrong) = allow::apply(&mut findings, rules, world);
    let (overrides, unused) = weigher.overriding.account(is_whole(&findings, rules));
    exceptions.extend(overrides);
    wrong.extend(unused);
    findings.extend(weigher.all(wrong.into_iter().map(|diagnostic| (diagnostic, None)).collect()));
    findings.sort_by(|a, b| in_order(a, b, world.sources));
    number(&mut findings);
    Judged { findings, exceptions, effort: Vec::new() }
}

/// The name that what was raised is known by.
pub(super) fn fingerprint(diagnostic: &Diagnostic, sources: &Sources) -> Fingerprint {
    Fingerprint::new(&diagnostic.code, &identity(diagnostic, sources))
}

/// Makes findings out of what was found wrong apart from a run, in the order given, at the levels of their rules.
///
/// What has a code of no rule, or of one that is off, is left out.
pub fn weigh(diagnostics: Vec<Diagnostic>, rules: &RuleSet, sources: &Sources) -> Vec<Finding> {
    let named = diagnostics.into_iter().map(|diagnostic| {
        let name = fingerprint(&diagnostic, sources);
        (diagnostic, name)
    });
    let mut findings = plainly(named, rules);
    number(&mut findings);
    findings
}

/// Makes findings out of what was raised, at the levels of their rules wherever they stand. Those with one name have the same.
///
/// What has a code of no rule, or of one that is off, is left out.
pub(super) fn plainly(named: impl Iterator<Item = (Diagnostic, Fingerprint)>, rules: &RuleSet) -> Vec<Finding> {
    let finding = |(diagnostic, fingerprint): (Diagnostic, Fingerprint)| {
        let rule = rules.get(&diagnostic.code)?;
        let fix = fix(&rule.meta, &diagnostic);
        let (severity, category) = (rule.level.severity()?, rule.meta.category.clone());
        let rule = rule.meta.name.clone();
        Some(Finding { rule, severity, category, diagnostic, fingerprint, fix, suppressed: None })
    };
    named.filter_map(finding).collect()
}

/// Whether all of the claims were understood, so that what was not found is not there.
fn is_whole(findings: &[Finding], rules: &RuleSet) -> bool {
    let hides = |finding: &Finding| rules.get(&finding.diagnostic.code).is_none_or(|rule| rule.meta.hides_others());
    !findings.iter().any(hides)
}

/// Makes findings out of diagnostics.
struct Weigher<'a> {
    rules: &'a RuleSet,
    world: &'a World<'a>,
    overriding: Overriding<'a>,
}

impl Weigher<'_> {
    /// Makes findings out of what was raised, in its order.
    fn all(&mut self, raised: Vec<Raised>) -> Vec<Finding> {
        let sources = self.world.sources;
        let named = raised.into_par_iter().map(|(diagnostic, known)| {
            let name = known.unwrap_or_else(|| fingerprint(&diagnostic, sources));
            (diagnostic, name)
        });
        let named: Vec<(Diagnostic, Fingerprint)> = named.collect();
        named.into_iter().filter_map(|named| self.weigh(named)).collect()
    }

    /// Gives a diagnostic the weight of its rule in its file; `None` when the rule is off there.
    fn weigh(&mut self, (diagnostic, fingerprint): (Diagnostic, Fingerprint)) -> Option<Finding> {
        let rule = self.rules.get(&diagnostic.code).expect("every code that is raised has a table in rules/");
        let (severity, suppressed) = self.overriding.weigh(rule, diagnostic.primary.span)?;
        let fix = fix(&rule.meta, &diagnostic);
        let (rule, category) = (rule.meta.name.clone(), rule.meta.category.clone());
        Some(Finding { rule, severity, category, diagnostic, fingerprint, fix, suppressed })
    }
}

/// The edits of a diagnostic as its rule presents them.
fn fix(rule: &RuleMeta, diagnostic: &Diagnostic) -> Option<Fix> {
    let remedy = rule.fix.as_ref().filter(|_| !diagnostic.edits.is_empty())?;
    Some(Fix { title: remedy.title.clone(), safety: remedy.safety, edits: diagnostic.edits.clone() })
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

/// The order of findings before they are numbered. Only what is the same in every respect is not put in one.
pub(super) fn in_order(a: &Finding, b: &Finding, sources: &Sources) -> Ordering {
    let place = |finding: &Finding| finding.diagnostic.primary.span;
    let name = |finding: &Finding| sources.get(place(finding).source).name();
    name(a)
        .cmp(name(b))
        .then_with(|| place(a).start.cmp(&place(b).start))
        .then_with(|| a.diagnostic.code.cmp(&b.diagnostic.code))
        .then_with(|| a.diagnostic.message.cmp(&b.diagnostic.message))
        .then_with(|| a.fingerprint.cmp(&b.fingerprint))
        .then_with(|| rest(&a.diagnostic, sources).cmp(rest(&b.diagnostic, sources)))
}

/// What else is said, and where.
fn rest<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
) -> impl Iterator<Item = (&'a str, u32, u32, &'a str)> + use<'a> {
    let labels = [&diagnostic.primary].into_iter().chain(&diagnostic.labels).chain(&diagnostic.flow);
    let help = diagnostic.help.iter().map(|help| ("", 0, 0, help.as_str()));
    let place = |label: &'a Label| {
        (sources.get(label.span.source).name(), label.span.start, label.span.end, label.text.as_str())
    };
    labels.map(place).chain(help)
}
