//! What is wrong with a schema file.

use toml::Spanned as At;
use toml::de::{DeTable, DeValue, Error};

use super::keys::SCHEMA_KEYS;
use crate::diagnostic::{Code, Diagnostic, FormerName};
use crate::text::{SourceId, Span, TomlMistake, TomlType, toml_misfits};

/// The code of every problem of a schema file.
const UNREADABLE: Code = Code::native("CF004");

/// The code of a former name in a schema file.
const FORMER_NAME: Code = Code::native("CF009");

/// A part of a schema file that cannot be read, with the reason.
pub(super) fn unreadable(at: Span, message: String) -> Diagnostic {
    Diagnostic::new(UNREADABLE, format!("the schema cannot be read: {message}"), at)
}

/// A class of words by a name that it had before.
pub(super) fn former_class(former: &str, name: &str, at: Span) -> Diagnostic {
    FormerName { what: "word class", former, name, at }.report(FORMER_NAME)
}

/// Words beside names of blocks, where no kind says what the words would be.
pub(super) fn words_of_no_kind(at: Span) -> Diagnostic {
    unreadable(at, "the words under `enum` need a kind under `to` that blocks can have".to_owned())
        .help("name the kind to which the words belong first under `to`, such as `to = \"actor\"`".to_owned())
}

/// A pattern of a field whose values are no texts.
pub(super) fn pattern_of_no_text(at: Span) -> Diagnostic {
    unreadable(at, "only a field of type `text`, `words` or `term` can have a `pattern`".to_owned())
        .help("remove `pattern`; a field of another type is checked by its type".to_owned())
}

/// A pattern that is none, or that not every engine reads in the same way.
pub(super) fn unportable_pattern(what: &str, at: Span) -> Diagnostic {
    unreadable(at, format!("the pattern cannot be used: {what}")).help(
        "use only what RE2 and Rust both support: classes, groups, `?`, `*`, `+`, `{2,3}`, `|`, `(?i)`".to_owned(),
    )
}

/// Why a schema file cannot be read: it is not TOML, or its tables do not have the keys that a schema has.
pub(super) fn misfits(file: SourceId, text: &str, error: &Error) -> Vec<Diagnostic> {
    let place = |at: std::ops::Range<usize>| Span::new(file, at.start as u32, at.end as u32);
    let at = error.span().map_or(Span::file(file), place);
    let Ok(table) = DeTable::parse(text) else {
        let mistake = TomlMistake::of(error);
        return vec![unreadable(at, mistake.wrong.to_owned()).help(mistake.next.to_owned())];
    };
    let table = At::new(table.span(), DeValue::Table(table.into_inner()));
    let found = toml_misfits(&table, &TomlType::Table(SCHEMA_KEYS), "schema");
    if found.is_empty() {
        return vec![unreadable(at, "a key has a value of another type".to_owned())];
    }
    let told = found.into_iter();
    told.map(|misfit| unreadable(place(misfit.at), misfit.wrong).help(misfit.next).value(misfit.key)).collect()
}
