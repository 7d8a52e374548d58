//! What is wrong with exceptions, in the claims and in the configuration.

use super::allowance::Allowance;
use crate::diagnostic::{Code, Diagnostic};
use crate::rule::meta::RuleMeta;
use crate::rule::settings::{Override, RuleSetting};
use crate::text::Span;

const UNKNOWN_ALLOWANCE: Code = Code::native("CL0090");
const EXPIRED_ALLOWANCE: Code = Code::native("CL0091");
const UNUSED_ALLOWANCE: Code = Code::native("CL0092");
const UNUSED_OVERRIDE: Code = Code::native("CL0093");
const EXPIRED_OVERRIDE: Code = Code::native("CL0094");
const WITHOUT_REASON: Code = Code::native("CL0095");
const FORMER_NAME: Code = Code::native("CL0096");

/// The role of the block that carries an exception.
pub(super) const CARRIER: &str = "carrier";

pub(super) fn unknown_allowance(allowance: &Allowance, advice: String) -> Diagnostic {
    Diagnostic::new(
        UNKNOWN_ALLOWANCE,
        format!("`allow` names the rule `{}`, which does not exist", allowance.rule),
        allowance.rule_span,
    )
    .help(advice)
    .role(CARRIER, allowance.carrier_id.as_str())
    .value(allowance.rule.as_str())
}

/// A rule by a name that it had before.
pub(super) fn former_name(allowance: &Allowance, rule: &RuleMeta) -> Option<Diagnostic> {
    let report = rule.former_name(&allowance.rule, allowance.rule_span, FORMER_NAME);
    report.map(|report| report.role(CARRIER, allowance.carrier_id.as_str()))
}

pub(super) fn not_ignorable(allowance: &Allowance, rule: &RuleMeta) -> Diagnostic {
    let message = format!("`{}` cannot be allowed: no exception to {} is possible", allowance.rule, rule.code);
    Diagnostic::new(UNKNOWN_ALLOWANCE, message, allowance.rule_span)
        .help("correct what the rule reports, and remove the exception".to_owned())
        .role(CARRIER, allowance.carrier_id.as_str())
        .value(allowance.rule.as_str())
}

pub(super) fn expired_allowance(allowance: &Allowance, rule: &RuleMeta) -> Diagnostic {
    let (days, at) = allowance.until.map_or((String::new(), allowance.rule_span), |(days, at)| (days.to_string(), at));
    Diagnostic::new(EXPIRED_ALLOWANCE, format!("the exception to `{}` ended after {days}", rule.name), at)
        .label(allowance.rule_span, "no longer in force")
        .help("correct what the rule reports, or set a later day with a new reason".to_owned())
        .role(CARRIER, allowance.carrier_id.as_str())
        .value(rule.code.as_str())
}

pub(super) fn unused_allowance(allowance: &Allowance, rule: &RuleMeta) -> Diagnostic {
    Diagnostic::new(UNUSED_ALLOWANCE, format!("the exception to `{}` is not needed", rule.name), allowance.rule_span)
        .help("remove the exception".to_owned())
        .role(CARRIER, allowance.carrier_id.as_str())
        .value(rule.code.as_str())
}

pub(super) fn unused_override(by: &Override, entry: &RuleSetting) -> Diagnostic {
    let message = format!("the exception to `{}` is not needed in {}", entry.subject.value, by.scope());
    Diagnostic::new(UNUSED_OVERRIDE, message, entry.subject.span).help("remove it".to_owned()).value(format!(
        "{} {}",
        entry.subject.value,
        by.scope()
    ))
}

pub(super) fn expired_override(by: &Override, entry: &RuleSetting) -> Diagnostic {
    let (days, at) =
        by.until.as_ref().map_or((String::new(), entry.subject.span), |until| (until.value.to_string(), until.span));
    Diagnostic::new(EXPIRED_OVERRIDE, format!("the exception to `{}` ended after {days}", entry.subject.value), at)
        .label(entry.subject.span, "no longer in force")
        .help("correct what the rule reports, or set a later day with a new reason".to_owned())
        .value(format!("{} {}", entry.subject.value, by.scope()))
}

/// An exception without a reason, in the claims or in the configuration; it does not hold.
pub fn without_reason(rule: &str, at: Span) -> Diagnostic {
    Diagnostic::new(WITHOUT_REASON, format!("the exception to `{rule}` has no reason, so it has no effect"), at)
        .help("give the reason why the rule does not apply here".to_owned())
        .value(rule)
}
