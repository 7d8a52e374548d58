//! From diagnostics to findings: with their severities and exceptions, in order, and named.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::context::LintContext;
use super::exceptions::allowance_matching;
use super::exceptions::members::MemberExemptions;
use super::exceptions::overrides::Overriding;
use super::exceptions::record::Exception;
use super::finding::{Finding, Fingerprint, Suppression, number};
use super::judge::outcome::{RawDiagnostic, RuleCost};
use super::meta::RuleMeta;
use super::pack::set::RuleSet;
use crate::diagnostic::{Diagnostic, Identity, Label};
use crate::text::{Sources, one_line};

/// How much of a line tells a finding without ids from others; a line may be as long as a file.
const IDENTITY_CHARACTERS: usize = 200;

/// What came of judging.
#[derive(Debug, Default)]
pub struct LintOutput {
    /// Every finding in the order of source name, byte, code and message; those that are silenced are marked.
    pub findings: Vec<Finding>,
    /// Every exception in the claims and in the configuration, in that order.
    pub exceptions: Vec<Exception>,
    /// What each rule with conditions took, in the order of codes.
    pub effort: Vec<RuleCost>,
}

/// Makes findings out of raw diagnostics, and finds out what excuses them.
pub(crate) fn with_severities(
    rules: &RuleSet,
    context: &LintContext<'_>,
    raw: impl Iterator<Item = RawDiagnostic>,
) -> LintOutput {
    let mut assigner = SeverityAssigner { rules, context, overriding: Overriding::new(rules, context) };
    let allowances = allowance_matching::held(rules, context);
    let excuses = MemberExemptions::new(rules, context, &allowances);
    let standing: Vec<RawDiagnostic> =
        raw.flat_map(|diagnostic| excuses.standing(diagnostic, &mut assigner.overriding)).collect();
    let mut findings = assigner.all(standing);
    findings.sort_by(|a, b| in_order(a, b, context.sources));
    let (mut exceptions, mut wrong) = allowance_matching::apply(&mut findings, allowances, rules, context);
    let (overrides, unused) = assigner.overriding.account(is_whole(&findings, rules));
    exceptions.extend(overrides);
    wrong.extend(unused);
    findings.extend(assigner.all(wrong.into_iter().map(RawDiagnostic::from).collect()));
    findings.sort_by(|a, b| in_order(a, b, context.sources));
    number(&mut findings);
    LintOutput { findings, exceptions, effort: Vec::new() }
}

/// The fingerprint of a diagnostic.
pub(crate) fn fingerprint(diagnostic: &Diagnostic, sources: &Sources) -> Fingerprint {
    Fingerprint::new(&diagnostic.code, &identity(diagnostic, sources))
}

/// Makes findings out of what was found wrong apart from a run, in the order given, at the levels of their rules.
///
/// What has a code of no rule, or of one that is off, is left out.
pub fn assign_severities(diagnostics: Vec<Diagnostic>, rules: &RuleSet, sources: &Sources) -> Vec<Finding> {
    let named = diagnostics.into_iter().map(|diagnostic| {
        let name = fingerprint(&diagnostic, sources);
        (diagnostic, name)
    });
    let mut findings = plainly(named, rules);
    number(&mut findings);
    findings
}

/// Makes findings out of diagnostics, at the levels of their rules in whatever file they are. Those with one name have the same.
///
/// What has a code of no rule, or of one that is off, is left out.
pub(crate) fn plainly(named: impl Iterator<Item = (Diagnostic, Fingerprint)>, rules: &RuleSet) -> Vec<Finding> {
    let finding = |(diagnostic, fingerprint): (Diagnostic, Fingerprint)| {
        let rule = rules.get(&diagnostic.code)?;
        let diagnostic = titled(&rule.meta, diagnostic);
        let (severity, category) = (rule.level.severity()?, rule.meta.category.clone());
        let rule = rule.meta.name.clone();
        Some(Finding { rule, severity, category, diagnostic, fingerprint, suppressed: None })
    };
    named.filter_map(finding).collect()
}

/// Whether all of the claims were understood, so that what was not found is not there.
fn is_whole(findings: &[Finding], rules: &RuleSet) -> bool {
    let hides = |finding: &Finding| rules.get(&finding.diagnostic.code).is_none_or(|rule| rule.meta.hides_others());
    !findings.iter().any(hides)
}

/// Makes findings out of diagnostics.
struct SeverityAssigner<'a> {
    rules: &'a RuleSet,
    context: &'a LintContext<'a>,
    overriding: Overriding<'a>,
}

impl SeverityAssigner<'_> {
    /// Makes findings out of raw diagnostics, in their order.
    fn all(&mut self, raw: Vec<RawDiagnostic>) -> Vec<Finding> {
        let sources = self.context.sources;
        let named = raw.into_par_iter().map(|raw| {
            let name = raw.name.unwrap_or_else(|| fingerprint(&raw.diagnostic, sources));
            (raw.diagnostic, name, raw.suppressed)
        });
        let named: Vec<(Diagnostic, Fingerprint, Option<Suppression>)> = named.collect();
        named.into_iter().filter_map(|named| self.assign_severity(named)).collect()
    }

    /// Gives a diagnostic the severity of its rule in its file; `None` when the rule is off there.
    fn assign_severity(
        &mut self,
        (diagnostic, fingerprint, known): (Diagnostic, Fingerprint, Option<Suppression>),
    ) -> Option<Finding> {
        let rule = self.rules.get(&diagnostic.code).expect("every code of a diagnostic has a table in rules/");
        let (severity, suppressed) = self.overriding.assign_severity(rule, diagnostic.primary.span)?;
        let suppressed = suppressed.or(known);
        let diagnostic = titled(&rule.meta, diagnostic);
        let (rule, category) = (rule.meta.name.clone(), rule.meta.category.clone());
        Some(Finding { rule, severity, category, diagnostic, fingerprint, suppressed })
    }
}

/// A diagnostic whose nameless fixes are called and trusted as the table of its rule says; without a word there, none is.
fn titled(rule: &RuleMeta, mut diagnostic: Diagnostic) -> Diagnostic {
    if diagnostic.fixes.iter().any(|fix| fix.title.is_empty()) {
        match rule.fixes.first() {
            Some(remedy) => diagnostic.fixes.iter_mut().filter(|fix| fix.title.is_empty()).for_each(|fix| {
                fix.title.clone_from(&remedy.title);
                fix.safety = remedy.safety;
            }),
            None => diagnostic.fixes.retain(|fix| !fix.title.is_empty()),
        }
    }
    diagnostic
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
    Identity { roles: Vec::new(), value: one_line(&words) }
}

/// The order of findings before they are numbered. Only what is the same in every respect is not put in one.
pub(crate) fn in_order(a: &Finding, b: &Finding, sources: &Sources) -> Ordering {
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
