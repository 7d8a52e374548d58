//! What every format for people says of a finding, besides its places.

use super::page;
use super::style::{Style, Tone};
use crate::diagnostic::Severity;
use crate::rule::{Finding, RuleSet};
use crate::text::Sanitized;

/// "error[CL0101]", in the colour of its severity; the code leads to the page of the rule, where the reader can follow a link.
pub(crate) fn level(finding: &Finding, style: &Style, rules: Option<&RuleSet>) -> String {
    let painted = style.paint(Tone::Severity(finding.severity), &format!("{}[{}]", finding.severity, code(finding)));
    match rules.and_then(|rules| page::of_finding(finding, rules)) {
        Some(address) => style.link(&address, painted),
        None => painted,
    }
}

/// What a finding weighs for programs that act on it: what is silenced is only worth knowing.
pub(crate) fn weight(finding: &Finding) -> Severity {
    if finding.suppressed.is_some() { Severity::Info } else { finding.severity }
}

/// The code, which a rule file may have chosen.
pub(crate) fn code(finding: &Finding) -> Sanitized {
    Sanitized::line(finding.diagnostic.code.as_str())
}

/// The name of the rule.
pub(crate) fn name(finding: &Finding) -> Sanitized {
    Sanitized::line(&finding.rule)
}

/// "obligation-without-article: `provide-facilities` cites no article".
pub(crate) fn message(finding: &Finding) -> Sanitized {
    Sanitized::line(&format!("{}: {}", finding.rule, finding.diagnostic.message))
}

/// All that is said of a finding, a line each: what is wrong, the next step, and why it would be hidden.
pub(crate) fn lines(finding: &Finding) -> impl Iterator<Item = String> {
    let advice = advice(finding).map(|(word, text)| format!("{word}: {text}"));
    std::iter::once(Sanitized::line(&finding.diagnostic.message).to_string()).chain(advice)
}

/// The code and the name of the rule: "CL0101 obligation-without-article".
pub(crate) fn rule(finding: &Finding) -> Sanitized {
    Sanitized::line(&format!("{} {}", finding.diagnostic.code, finding.rule))
}

/// What follows, each under the word that opens it: the next step, and why the finding would be hidden.
pub(crate) fn advice(finding: &Finding) -> impl Iterator<Item = (&'static str, Sanitized)> {
    let help = finding.diagnostic.help.as_deref().map(|help| ("help", Sanitized::line(help)));
    let hidden = finding.suppressed.as_ref().map(|suppression| {
        ("note", Sanitized::line(&format!("suppressed by {}: {}", suppression.by.as_str(), suppression.reason)))
    });
    help.into_iter().chain(hidden)
}
