//! What the examples of a rule show to be wrong with it.

use crate::diagnostic::{Code, Diagnostic};
use crate::rule::meta::RuleMeta;
use crate::text::Span;

const MISSING_EXAMPLE: Code = Code::native("RL014");
const WRONG_EXAMPLE: Code = Code::native("RL023");
const UNTESTED_CLAUSE: Code = Code::native("RL021");

/// A rule without an example that it reports, or without one that it does not report.
pub fn missing_example(sort: &str, meta: &RuleMeta) -> Diagnostic {
    Diagnostic::new(MISSING_EXAMPLE, format!("rule `{}` has no {sort} example", meta.name), meta.span)
        .help(format!("add a `[[rule.{sort}]]` table with `code = '''...'''`"))
        .value(format!("{} {sort}", meta.code))
}

/// A finding that an example marks and that is not made; a command may say why the rule does not make it.
pub fn missing_finding(code: &Code, why_not: Option<&str>, at: Span) -> Diagnostic {
    let help = match why_not {
        Some(command) => {
            format!("`{command}` shows which clause fails; correct the condition or the example, or remove the mark")
        }
        None => "correct the example, or remove the mark".to_owned(),
    };
    Diagnostic::new(WRONG_EXAMPLE, format!("the example marks {code} here, but nothing is reported"), at)
        .here("marked, but not reported")
        .help(help)
        .value(format!("{code} missing"))
}

/// A finding that an example does not mark.
pub fn noisy_finding(code: &Code, message: &str, at: Span) -> Diagnostic {
    Diagnostic::new(WRONG_EXAMPLE, format!("the example does not mark {code} here"), at)
        .here(format!("reported: {message}"))
        .help(format!("correct the example or the condition; if it is meant, end the line with `#! {code}`"))
        .value(format!("{code} noisy"))
}

/// An example that stands among the others.
pub fn misplaced_example(meta: &RuleMeta, fires: bool, at: Span) -> Diagnostic {
    let (sort, other, does) =
        if fires { ("good", "bad", "is reported by") } else { ("bad", "good", "is not reported by") };
    Diagnostic::new(WRONG_EXAMPLE, format!("this {sort} example {does} `{}`", meta.name), at)
        .help(format!("move it to `[[rule.{other}]]`, or correct the condition"))
        .value(format!("{} {sort}", meta.code))
}

/// An example of which its fix makes something other than shown.
pub fn fixed_otherwise(found: &str, at: Span) -> Diagnostic {
    Diagnostic::new(WRONG_EXAMPLE, "the fix does not give the result that the example shows", at)
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
