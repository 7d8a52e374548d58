//! What every format for people says of a finding, besides its places.

use super::style::{Style, Tone};
use crate::rule::Finding;
use crate::text::Sanitized;

/// "error[CL0101]", in the colour of its weight.
pub(super) fn level(finding: &Finding, style: &Style) -> String {
    style.paint(Tone::Severity(finding.severity), &format!("{}[{}]", finding.severity, code(finding)))
}

/// The code, which a rule file may have chosen.
pub(super) fn code(finding: &Finding) -> Sanitized {
    Sanitized::line(finding.diagnostic.code.as_str())
}

/// "obligation-without-article: `provide-facilities` cites no article".
pub(super) fn message(finding: &Finding) -> Sanitized {
    Sanitized::line(&format!("{}: {}", finding.rule, finding.diagnostic.message))
}

/// What follows, each under the word that opens it: the next step, and why the finding would be hidden.
pub(super) fn advice(finding: &Finding) -> impl Iterator<Item = (&'static str, Sanitized)> {
    let help = finding.diagnostic.help.as_deref().map(|help| ("help", Sanitized::line(help)));
    let hidden = finding.suppressed.as_ref().map(|suppression| {
        ("note", Sanitized::line(&format!("suppressed by {}: {}", suppression.by.as_str(), suppression.reason)))
    });
    help.into_iter().chain(hidden)
}
