//! Reads the tables of a rule file, each on its own, so that one that cannot be read hides no other.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use toml::Spanned as At;
use toml::de::{DeTable, DeValue, Error};

use super::keys;
use super::problems;
use super::toml_text::span;
use super::written::{WrittenDefine, WrittenRule};
use crate::diagnostic::Diagnostic;
use crate::text::{SourceId, Sources, Span, TomlMistake, TomlType, toml_misfits};

/// The tables that rule files are made of.
const RULE: &str = "rule";
const DEFINE: &str = "define";

/// A rule file: what could be read of it.
#[derive(Default)]
pub(crate) struct Pack {
    /// The rules, each with the place of its header.
    pub(crate) rules: Vec<(WrittenRule, Span)>,
    /// The definitions by name.
    pub(crate) definitions: Vec<(At<String>, WrittenDefine)>,
}

/// Reads the tables of a file; with what could not be read.
pub(crate) fn read(file: SourceId, sources: &Sources) -> (Pack, Vec<Diagnostic>) {
    let text = sources.get(file).text();
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let unreadable =
            |error: &Error| problems::unreadable_file(TomlMistake::of(error), place(error, Span::file(file)));
        // What the parser meets after the first mistake mostly follows from it.
        return (Pack::default(), errors.iter().take(1).map(unreadable).collect());
    }
    let mut pack = Pack::default();
    let mut wrong = Vec::new();
    let mut unread = Vec::new();
    for (name, value) in table.into_inner() {
        match value.into_inner() {
            DeValue::Array(tables) if name.get_ref() == RULE => {
                for table in tables {
                    match rule(file, table) {
                        Ok(rule) => pack.rules.push(rule),
                        Err(header) => unread.push(header),
                    }
                }
            }
            DeValue::Table(definitions) if name.get_ref() == DEFINE => {
                for (name, value) in definitions {
                    match define(file, value) {
                        Ok(define) => pack.definitions.push((At::new(name.span(), name.get_ref().to_string()), define)),
                        Err(header) => unread.push(header),
                    }
                }
            }
            _ => wrong.push(problems::not_a_rule(name.get_ref(), span(file, name.span()))),
        }
    }
    if !unread.is_empty() {
        wrong.extend(misfits(file, text, &unread));
    }
    (pack, wrong)
}

/// A definition, or the place of its table if it cannot be read.
fn define(file: SourceId, value: At<DeValue<'_>>) -> Result<WrittenDefine, Span> {
    let header = span(file, value.span());
    WrittenDefine::deserialize(value.into_deserializer()).map_err(|_| header)
}

/// A rule with the place of its table; or that place if it cannot be read.
fn rule(file: SourceId, table: At<DeValue<'_>>) -> Result<(WrittenRule, Span), Span> {
    let header = span(file, table.span());
    let written = WrittenRule::deserialize(table.into_deserializer()).map_err(|_| header)?;
    Ok((written, header))
}

/// Why tables cannot be read. (Those that can be are not compared with their shape.)
fn misfits(file: SourceId, text: &str, unread: &[Span]) -> Vec<Diagnostic> {
    let (table, _) = DeTable::parse_recoverable(text);
    let tables = table.get_ref();
    let rules = tables.get(RULE).and_then(|rules| rules.get_ref().as_array()).into_iter().flat_map(|all| all.iter());
    let definitions = tables.get(DEFINE).and_then(|all| all.get_ref().as_table()).into_iter();
    let rules = rules.map(|table| ("this rule", table, TomlType::Table(keys::RULE), RULE));
    let definitions = definitions.flat_map(DeTable::iter);
    let definitions =
        definitions.map(|(name, table)| ("this definition", table, TomlType::Table(keys::DEFINE), &**name.get_ref()));
    let mut wrong = Vec::new();
    for (what, table, shape, name) in rules.chain(definitions) {
        let header = span(file, table.span());
        if unread.contains(&header) {
            let found = toml_misfits(table, &shape, name);
            let told = found.iter().map(|misfit| problems::misfit(what, misfit, span(file, misfit.at.clone())));
            wrong.extend(told);
            wrong.extend(found.is_empty().then(|| problems::unreadable_table(what, header)));
        }
    }
    wrong
}

/// Where TOML says that an error is; some it cannot place.
fn place(error: &Error, fallback: Span) -> Span {
    error.span().map_or(fallback, |range| span(fallback.source, range))
}
