//! Every message of this floor: what is wrong with rule files, settings and exceptions.

use super::exceptions::allow::Allowance;
use super::exceptions::overrides::Override;
use super::pack::meta::RuleMeta;
use super::pack::written::WrittenCase;
use super::set::Rule;
use super::settings::{Level, RuleSetting};
use crate::condition::{Overrun, Param};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{Nearest, Span, Spanned, TomlString, did_you_mean};

const TEMPLATE_SYNTAX: Code = Code::native("RL001");
const UNKNOWN_PLACE: Code = Code::native("RL013");
const MISSING_EXAMPLE: Code = Code::native("RL014");
const UNTESTED_CLAUSE: Code = Code::native("RL021");
const DUPLICATE: Code = Code::native("RL016");
const UNREADABLE: Code = Code::native("RL019");
const UNREADABLE_SETTING: Code = Code::native("CF001");
const UNKNOWN_SUBJECT: Code = Code::native("CF002");
const FIXED_LEVEL: Code = Code::native("CF006");
const OUT_OF_BUDGET: Code = Code::native("CL0035");
const UNKNOWN_ALLOWANCE: Code = Code::native("CL0090");
const EXPIRED_ALLOWANCE: Code = Code::native("CL0091");
const UNUSED_ALLOWANCE: Code = Code::native("CL0092");
const UNUSED_OVERRIDE: Code = Code::native("CL0093");
const EXPIRED_OVERRIDE: Code = Code::native("CL0094");
const WITHOUT_REASON: Code = Code::native("CL0095");

/// How many rules are named where there are many.
const NAMED: usize = 3;

/// The role of the block that carries an exception.
pub(super) const CARRIER: &str = "carrier";

// ---- rule files --------------------------------------------------------------------------------

pub(super) fn unreadable_file(reason: &str, at: Span) -> Diagnostic {
    unreadable("the rule file", reason, at)
}

pub(super) fn unreadable_rule(reason: &str, at: Span) -> Diagnostic {
    unreadable("this rule", reason, at)
}

pub(super) fn unreadable_definition(reason: &str, at: Span) -> Diagnostic {
    unreadable("this definition", reason, at)
        .help("write it as `name = { params = { x = \"scope*\" }, is = 'some x.within' }`".to_owned())
}

/// TOML says what is wrong and what it expected in one sentence; the second half is the next step.
fn unreadable(what: &str, reason: &str, at: Span) -> Diagnostic {
    let (wrong, expected) = match reason.split_once(", expected ") {
        Some((wrong, expected)) => (wrong, Some(format!("expected {expected}"))),
        None => (reason, None),
    };
    Diagnostic::new(UNREADABLE, format!("{what} cannot be read: {wrong}"), at).help(expected)
}

pub(super) fn malformed_code(code: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(UNREADABLE, format!("`{}` is not a code", code.value), code.span)
        .help("write capital letters followed by digits, such as `ACME0001`".to_owned())
        .value(code.value.as_str())
}

pub(super) fn malformed_name(name: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(UNREADABLE, format!("`{}` is not a valid name for a rule", name.value), name.span)
        .help("write lowercase letters and digits joined by hyphens, such as `scope-outside-article`".to_owned())
        .value(name.value.as_str())
}

pub(super) fn not_a_rule(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(UNREADABLE, format!("`{name}` does not belong in a rule file"), at)
        .help("a rule file holds `[define]` and `[[rule]]` tables".to_owned())
}

pub(super) fn duplicate(word: &Spanned<String>, first: Span) -> Diagnostic {
    Diagnostic::new(DUPLICATE, format!("another rule already has the code or the name `{}`", word.value), word.span)
        .here("this rule is not used")
        .label(first, "used here first")
        .help("give the rule a code and a name of its own, with a prefix of your own, as in `ACME0001`".to_owned())
        .value(word.value.as_str())
}

pub(super) fn missing_example(sort: &str, meta: &RuleMeta) -> Diagnostic {
    Diagnostic::new(MISSING_EXAMPLE, format!("rule `{}` has no {sort} example", meta.name), meta.span)
        .help(format!("add a `[[rule.{sort}]]` table with `code = '''...'''`"))
        .value(format!("{} {sort}", meta.code))
}

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

/// An example that its fix mends otherwise than shown.
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

pub(super) fn native_with_condition(meta: &RuleMeta) -> Diagnostic {
    let message = format!("native rule `{}` has a condition of its own", meta.name);
    Diagnostic::new(UNREADABLE, message, meta.span)
        .help("the program reports it: remove `for`, `when`, `require`, `forbid`, `message` and `labels`".to_owned())
        .value(meta.code.as_str())
}

pub(super) fn case_beside_own(meta: &RuleMeta, case: Span) -> Diagnostic {
    let message = format!("rule `{}` has a condition of its own and a `[[rule.case]]`", meta.name);
    Diagnostic::new(UNREADABLE, message, case)
        .label(meta.span, "this rule")
        .help("move its own condition, message and labels into another `[[rule.case]]`".to_owned())
        .value(meta.code.as_str())
}

pub(super) fn no_case(meta: &RuleMeta) -> Diagnostic {
    Diagnostic::new(UNREADABLE, format!("rule `{}` has no condition", meta.name), meta.span)
        .help("add `for`, one of `require` and `forbid`, `message` and `labels`".to_owned())
        .value(meta.code.as_str())
}

/// One problem for each thing that a case cannot do without.
pub(super) fn incomplete_case(written: &WrittenCase, judged: bool, table: Span) -> Vec<Diagnostic> {
    let needed = [
        (written.r#for.is_some(), "`for`", "say which blocks it looks at, such as `for = 'statement s'`"),
        (judged, "exactly one of `require` and `forbid`", "say what must hold, or what must not"),
        (written.message.is_some(), "`message`", "say what is wrong"),
        (!written.labels.is_empty(), "`labels`", "say where, such as `labels = [{ at = \"s\", text = \"here\" }]`"),
    ];
    let missing = needed.iter().filter(|(stands, _, _)| !stands);
    let problem = |(_, what, help): &(bool, &str, &str)| {
        Diagnostic::new(UNREADABLE, format!("the rule needs {what}"), table).help((*help).to_owned()).value(*what)
    };
    missing.map(problem).collect()
}

// ---- texts of rules ----------------------------------------------------------------------------

pub(super) fn stray_brace(at: Span) -> Diagnostic {
    Diagnostic::new(TEMPLATE_SYNTAX, "this brace has no counterpart", at)
        .help("write `{{` or `}}` for a brace that is part of the text".to_owned())
}

pub(super) fn unknown_format(format: &str, at: Span, known: &[&str]) -> Diagnostic {
    Diagnostic::new(TEMPLATE_SYNTAX, format!("there is no format `{format}`"), at)
        .help(format!("the formats are {}", names(known.iter().copied())))
        .value(format)
}

pub(super) fn unknown_binder<'a>(written: &TomlString, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::new(UNKNOWN_PLACE, format!("`{}` is not bound", written.text), written.span(0..written.text.len()))
        .here("no such name")
        .help(format!("the names bound here are {}", names(known)))
        .value(written.text.as_str())
}

pub(super) fn unknown_chain_field<'a>(
    written: &TomlString,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let near = Nearest::default().find(name, known, 3);
    let at = written.span(0..written.text.len());
    Diagnostic::new(UNKNOWN_PLACE, format!("a chain cannot follow `{name}`: there is no such field"), at)
        .help(did_you_mean(&near))
        .value(name)
}

pub(super) fn group_without_tie(at: Span) -> Diagnostic {
    Diagnostic::new(UNREADABLE, "a group needs exactly one of `by` and `with`", at).help(
        "write what its members have in common, such as `by = [\"x.title\"]`, or the name in `for` to which each is linked, such as \
         `with = \"y\"`"
            .to_owned(),
    )
}

pub(super) fn edit_without_verb(at: Span) -> Diagnostic {
    Diagnostic::new(UNREADABLE, "an edit must do exactly one thing", at)
        .help("write one of `replace`, `set`, `add`, `remove` and `insert-block`, with a place".to_owned())
}

pub(super) fn edit_with(removes: bool, at: Span) -> Diagnostic {
    let (message, help) = if removes {
        ("an edit that removes something cannot also write something", "remove `with`, or write `replace`")
    } else {
        ("the edit does not say what to write", "add `with = \"...\"`")
    };
    Diagnostic::new(UNREADABLE, message, at).help(help.to_owned())
}

pub(super) fn no_place_to_edit(at: Span) -> Diagnostic {
    Diagnostic::new(UNKNOWN_PLACE, "this place cannot be edited", at).help(
        "name a field from the block that holds it, such as `s.cites`; `remove` and `insert-block` also take a block"
            .to_owned(),
    )
}

// ---- settings ----------------------------------------------------------------------------------

pub(super) fn unknown_subject(subject: &Spanned<String>, near: &[&str]) -> Diagnostic {
    let message = format!("`{}` is not the code, name or category of a rule", subject.value);
    let help = did_you_mean(near).unwrap_or_else(|| "`recte rules` lists all rules".to_owned());
    Diagnostic::new(UNKNOWN_SUBJECT, message, subject.span).help(help).value(subject.value.as_str())
}

pub(super) fn unknown_param(name: &Spanned<String>, subject: &str, known: &[&str]) -> Diagnostic {
    let help = match known {
        [] => format!("`{subject}` has no parameters"),
        [_, ..] => format!("its parameters are {}", names(known.iter().copied())),
    };
    Diagnostic::new(UNKNOWN_SUBJECT, format!("`{subject}` has no parameter `{}`", name.value), name.span)
        .help(help)
        .value(format!("{subject} {}", name.value))
}

pub(super) fn misfit_param(name: &Spanned<String>, value: &Param, declared: &Param) -> Diagnostic {
    let message = format!("`{}` takes {}", name.value, declared.describe());
    Diagnostic::new(UNREADABLE_SETTING, message, name.span)
        .here(format!("{}, which has no effect", value.describe()))
        .value(name.value.as_str())
}

pub(super) fn fixed_level(subject: &Spanned<String>, level: Level, rule: &RuleMeta) -> Diagnostic {
    let why = match (rule.unchecked, rule.is_about_setup()) {
        (true, _) => "it reports that something was not checked",
        (false, true) => "it reports that the settings are wrong",
        (false, false) => "claims that violate it cannot be read",
    };
    let message = format!("`{}` cannot be set to {}: {why}", subject.value, level.as_str());
    Diagnostic::new(FIXED_LEVEL, message, subject.span)
        .here("has no effect")
        .help("remove this line".to_owned())
        .value(subject.value.as_str())
}

// ---- running -----------------------------------------------------------------------------------

pub(super) fn out_of_budget(meta: &RuleMeta, overrun: Option<&Overrun>) -> Diagnostic {
    let message = format!("rule `{}` was stopped: it needs too many steps on these claims", meta.name);
    let unlinked = overrun.and_then(|overrun| overrun.unlinked.as_ref());
    let help = match unlinked {
        Some((before, name)) => format!(
            "state in `when` what `{name}` and `{before}` have in common, with `=`, `in`, `overlaps` or `same as`; or raise `rule-steps` under `[limits]`, or turn the rule off"
        ),
        None => {
            "raise `rule-steps` under `[limits]`, restrict in `when` which blocks the rule compares, or turn it off"
                .to_owned()
        }
    };
    let label = match unlinked {
        Some((before, name)) => {
            format!("every `{name}` is compared with every `{before}`, because no condition connects them")
        }
        None => "the limit was reached here".to_owned(),
    };
    let at = overrun.map_or(meta.span, |overrun| overrun.at);
    Diagnostic::new(OUT_OF_BUDGET, message, at).here(label).help(help).value(meta.code.as_str())
}

/// Rules that were not judged, since those that took most had taken the steps of the run.
pub(super) fn out_of_steps(cut: &[&Rule], dearest: &[(&Rule, u64)], most: u64) -> Diagnostic {
    let (was, names) = (if cut.len() == 1 { "rule was" } else { "rules were" }, listed(cut.iter().copied()));
    let message = format!("{} {was} not run, because others had used all {most} steps of the run: {names}", cut.len());
    let most_taken = dearest.iter().take(NAMED).map(|(rule, steps)| format!("`{}` ({steps})", rule.meta.name));
    let help = format!(
        "restrict in `when` what the rules that used the most steps compare, or turn one of them off: {}; or raise `run-steps` under `[limits]`",
        most_taken.collect::<Vec<_>>().join(", ")
    );
    let at = cut.first().map(|rule| rule.meta.span).expect("some rule was cut");
    let problem = Diagnostic::new(OUT_OF_BUDGET, message, at).here("did not run").help(help).value("run-steps");
    cut.iter().skip(1).fold(problem, |problem, rule| problem.label(rule.meta.span, "did not run either"))
}

/// The names of the first few rules, and how many more there are.
fn listed<'a>(rules: impl ExactSizeIterator<Item = &'a Rule>) -> String {
    let more = rules.len().saturating_sub(NAMED);
    let names: Vec<String> = rules.take(NAMED).map(|rule| format!("`{}`", rule.meta.name)).collect();
    names.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
}

// ---- exceptions --------------------------------------------------------------------------------

pub(super) fn unknown_allowance(allowance: &Allowance, near: &[&str]) -> Diagnostic {
    let help = did_you_mean(near).unwrap_or_else(|| "`recte rules` lists the codes and names of all rules".to_owned());
    Diagnostic::new(
        UNKNOWN_ALLOWANCE,
        format!("`allow` names the rule `{}`, which does not exist", allowance.rule),
        allowance.rule_span,
    )
    .help(help)
    .role(CARRIER, allowance.producer.as_str())
    .value(allowance.rule.as_str())
}

pub(super) fn not_ignorable(allowance: &Allowance, rule: &RuleMeta) -> Diagnostic {
    let message = format!("`{}` cannot be allowed: no exception to {} is possible", allowance.rule, rule.code);
    Diagnostic::new(UNKNOWN_ALLOWANCE, message, allowance.rule_span)
        .help("correct what the rule reports, and remove the exception".to_owned())
        .role(CARRIER, allowance.producer.as_str())
        .value(allowance.rule.as_str())
}

pub(super) fn expired_allowance(allowance: &Allowance, rule: &RuleMeta) -> Diagnostic {
    let (days, at) = allowance.until.map_or((String::new(), allowance.rule_span), |(days, at)| (days.to_string(), at));
    Diagnostic::new(EXPIRED_ALLOWANCE, format!("the exception to `{}` ended after {days}", rule.name), at)
        .label(allowance.rule_span, "no longer in force")
        .help("correct what the rule reports, or set a later day with a new reason".to_owned())
        .role(CARRIER, allowance.producer.as_str())
        .value(rule.code.as_str())
}

pub(super) fn unused_allowance(allowance: &Allowance, rule: &RuleMeta) -> Diagnostic {
    Diagnostic::new(UNUSED_ALLOWANCE, format!("the exception to `{}` is not needed", rule.name), allowance.rule_span)
        .help("remove the exception".to_owned())
        .role(CARRIER, allowance.producer.as_str())
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

/// "`a`, `b`, `c`", each once.
fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    quoted.dedup();
    quoted.join(", ")
}
