//! What the examples of a rule show to be wrong with it.

use crate::diagnostic::{Code, Diagnostic};
use crate::rule::meta::RuleMeta;
use crate::rule::pack::problems::MISSING_EXAMPLE;
use crate::text::Span;

const UNTESTED_CLAUSE: Code = Code::native("RL021");

/// A finding that an example marks and the rule does not make.
pub fn missing_finding(code: &Code, at: Span) -> Diagnostic {
    Diagnostic::new(MISSING_EXAMPLE, format!("the example marks {code} here, but nothing is reported"), at)
        .here("marked, but not reported")
        .help("`recte why-not` shows which clause fails; correct the condition, or remove the mark".to_owned())
        .value(format!("{code} missing"))
}

/// A finding that an example does not mark.
pub fn noisy_finding(code: &Code, message: &str, at: Span) -> Diagnostic {
    Diagnostic::new(MISSING_EXAMPLE, format!("the example does not mark {code} here"), at)
        .here(format!("reported: {message}"))
        .help(format!("correct the example or the condition; if it is meant, end the line with `#! {code}`"))
        .value(format!("{code} noisy"))
}

/// An example that stands among the others.
pub fn misplaced_example(meta: &RuleMeta, fires: bool, at: Span) -> Diagnostic {
    let (sort, other, does) =
        if fires { ("good", "bad", "is reported by") } else { ("bad", "good", "is not reported by") };
    Diagnostic::new(MISSING_EXAMPLE, format!("this {sort} example {does} `{}`", meta.name), at)
        .help(format!("move it to `[[rule.{other}]]`, or correct the condition"))
        .value(format!("{} {sort}", meta.code))
}

/// An example of which its fix makes something other than shown.
pub fn fixed_otherwise(found: &str, at: Span) -> Diagnostic {
    Diagnostic::new(MISSING_EXAMPLE, "the fix does not give the result that the example shows", at)
        .here("the result that is shown")
        .help(format!("the fix gives this result: {found:?}"))
        .value("fixed")
}

/// A clause of a rule or of a definition that no example needs.
pub fn untested_clause(of: &str, what: &str, at: Span) -> Diagnostic {
    Diagnostic::new(UNTESTED_CLAUSE, format!("no example of `{of}` detects this change: {what}"), at)
        .here("all examples have the same result")
        .help("add an example whose result depends on it, or remove it".to_owned())
        .value(format!("{of} {what}"))
}
