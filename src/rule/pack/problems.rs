//! What is wrong with rule files: their tables, and the texts in them.

use super::written::WrittenCase;
use crate::diagnostic::{Code, Diagnostic};
use crate::rule::meta::RuleMeta;
use crate::text::{Nearest, Span, Spanned, TomlMisfit, TomlMistake, TomlString, did_you_mean};

const TEMPLATE_SYNTAX: Code = Code::native("RL001");
const UNKNOWN_PLACE: Code = Code::native("RL013");
const DUPLICATE: Code = Code::native("RL016");
const UNREADABLE: Code = Code::native("RL019");

// ---- rule files --------------------------------------------------------------------------------

pub(super) fn unreadable_file(mistake: TomlMistake, at: Span) -> Diagnostic {
    Diagnostic::new(UNREADABLE, format!("the rule file cannot be read: {}", mistake.wrong), at)
        .help(mistake.next.to_owned())
        .value(mistake.wrong)
}

/// A part of a rule or of a definition that is not as its keys require.
pub(super) fn misfit(what: &str, misfit: &TomlMisfit, at: Span) -> Diagnostic {
    Diagnostic::new(UNREADABLE, format!("{what} cannot be read: {}", misfit.wrong), at)
        .help(misfit.next.clone())
        .value(misfit.key.as_str())
}

pub(super) fn unreadable_table(what: &str, at: Span) -> Diagnostic {
    Diagnostic::new(UNREADABLE, format!("{what} cannot be read: a key has a value of another type"), at)
        .help("docs/writing-rules.md lists the keys with their values".to_owned())
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
    let help = match name {
        "rule" => "write `[[rule]]` with two brackets: each rule is a table of its own".to_owned(),
        "define" => "write `[define]` with one bracket, and one line for each definition".to_owned(),
        _ => match did_you_mean(&Nearest::default().find(name, ["rule", "define"], 1)) {
            Some(near) => format!("{near} A rule file contains `[define]` and `[[rule]]` tables"),
            None => "a rule file contains `[define]` and `[[rule]]` tables".to_owned(),
        },
    };
    Diagnostic::new(UNREADABLE, format!("`{name}` does not belong in a rule file"), at).help(help).value(name)
}

pub(super) fn duplicate(word: &Spanned<String>, first: Span) -> Diagnostic {
    Diagnostic::new(DUPLICATE, format!("another rule already has the code or the name `{}`", word.value), word.span)
        .here("this rule is not used")
        .label(first, "used here first")
        .help("give the rule a code and a name of its own, with a prefix of your own, as in `ACME0001`".to_owned())
        .value(word.value.as_str())
}

/// A parameter of an example that its rule does not have, or has with values of another type.
pub(super) fn param_of_example(name: &str, meta: &RuleMeta, at: Span) -> Diagnostic {
    let known: Vec<String> =
        meta.params.iter().map(|(name, value)| format!("`{name}`, {}", value.describe())).collect();
    let help = match known.as_slice() {
        [] => format!("`{}` has no parameters", meta.name),
        [_, ..] => format!("its parameters are {}", known.join("; ")),
    };
    let message =
        format!("the example sets the parameter `{name}`, which `{}` does not have with such a value", meta.name);
    Diagnostic::new(UNREADABLE, message, at).help(help).value(name)
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
        .help("add `for`, one of `require` and `forbid`, and `message`".to_owned())
        .value(meta.code.as_str())
}

/// One problem for each thing that a case cannot do without.
pub(super) fn incomplete_case(written: &WrittenCase, judged: bool, table: Span) -> Vec<Diagnostic> {
    let needed = [
        (written.r#for.is_some(), "`for`", "say which blocks it looks at, such as `for = 'statement s'`"),
        (judged, "exactly one of `require` and `forbid`", "say what must hold, or what must not"),
        (written.message.is_some(), "`message`", "say what is wrong"),
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

/// "`a`, `b`, `c`", each once.
pub(super) fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    quoted.dedup();
    quoted.join(", ")
}
