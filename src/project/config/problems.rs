//! What is wrong with a configuration.

use crate::diagnostic::{Code, Diagnostic, FormerName};
use crate::text::{Nearest, Span, Spanned, TomlMistake, did_you_mean};

/// A configuration that is no TOML. TOML does not let `rules` be a list and a table at once.
pub(crate) fn unreadable_config(mistake: TomlMistake, written: &str, at: Span) -> Diagnostic {
    let help = if written == "rules" {
        "`rules` can occur once: put all levels under one `[rules]`, and lists of files into `packs = [...]`"
    } else {
        mistake.next
    };
    Diagnostic::new(Code::native("CF001"), format!("the configuration cannot be read: {}", mistake.wrong), at)
        .here("has no effect")
        .help(help.to_owned())
        .value(written)
}

/// A key that means nothing.
pub(crate) fn unknown_key(key: &str, at: Span, known: &[&str]) -> Diagnostic {
    let near = did_you_mean(&Nearest::default().find(key, known.iter().copied(), 1));
    Diagnostic::new(Code::native("CF001"), format!("the configuration has no key `{key}`"), at)
        .here("unknown key")
        .help(near.unwrap_or_else(|| format!("the keys here are: {}", known.join(", "))))
        .value(key)
}

/// A key by a name that it had before.
pub(crate) fn former_key(former: &str, name: &str, at: Span) -> Diagnostic {
    FormerName { what: "key", former, name, at }.report(Code::native("CF009"))
}

/// A key of the whole file that stands in a table: in TOML a table goes on until the next one begins.
pub(crate) fn key_of_the_file(key: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CF001"), format!("`{key}` is not a rule, but a key of the whole file"), at)
        .here("belongs to the table above")
        .help("move the line up, before the first `[...]`".to_owned())
        .value(key)
}

/// A value of another type.
pub(crate) fn wrong_setting(expected: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CF001"), format!("the configuration requires {expected} here"), at)
        .here(format!("not {expected}"))
}

/// A configuration that extends itself.
pub(crate) fn extends_itself(written: &Spanned<String>, chain: &[String]) -> Diagnostic {
    let steps: Vec<&str> = chain.iter().map(String::as_str).collect();
    let message = format!("the configuration extends itself: {} -> {}", steps.join(" -> "), chain[0]);
    Diagnostic::new(Code::native("CF001"), message, written.span)
        .here("extends it again")
        .help("remove one of the steps".to_owned())
        .value(&written.value)
}

/// A configuration that extends one of another repository.
pub(crate) fn extends_outside(written: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` leads outside the repository", written.value);
    Diagnostic::new(Code::native("CF001"), message, written.span)
        .here("named here")
        .help("name a file in the same repository, which is the nearest folder with a `.git`; without one, a file of the project".to_owned())
        .value(&written.value)
}

/// A configuration that extends more than anybody can follow.
pub(crate) fn extends_too_many(written: &Spanned<String>, most: usize) -> Diagnostic {
    let message = format!("more than {most} configurations are extended, so `{}` was not read", written.value);
    Diagnostic::new(Code::native("CF001"), message, written.span)
        .help("merge some of them into one file".to_owned())
        .value(&written.value)
}

/// An override that does not say where it holds.
pub(crate) fn override_of_nothing(at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::native("CF001"),
        "the override names neither files nor namespaces",
        at,
    )
    .here("applies nowhere")
    .help(
        "add `files = [\"archive/**\"]` or `namespaces = [\"archive\"]`; levels for the whole project belong under [rules]"
            .to_owned(),
    )
}

/// An override that sets nothing.
pub(crate) fn override_without_rules(at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CF001"), "the override sets no level", at)
        .here("changes nothing")
        .help("add `rules = { RULE = LEVEL }`: the rules that have another level there".to_owned())
}
