//! Reads the tables of a rule file, each on its own, so that one that cannot be read hides no other.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use toml::Spanned as At;
use toml::de::{DeTable, DeValue, Error};

use super::case::context::CheckedTable;
use super::problems;
use super::toml_text::span;
use super::written::{WrittenDefine, WrittenRule};
use crate::diagnostic::Diagnostic;
use crate::text::{SourceId, Sources, Span};

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
    let (table, errors) = DeTable::parse_recoverable(sources.get(file).text());
    if !errors.is_empty() {
        let unreadable = |error: &Error| problems::unreadable_file(error.message(), place(error, Span::file(file)));
        // What the parser meets after the first mistake mostly follows from it.
        return (Pack::default(), errors.iter().take(1).map(unreadable).collect());
    }
    let mut pack = Pack::default();
    let mut wrong = Vec::new();
    for (name, value) in table.into_inner() {
        match value.into_inner() {
            DeValue::Array(tables) if name.get_ref() == RULE => {
                for table in tables {
                    match rule(file, table) {
                        Ok(rule) => pack.rules.push(rule),
                        Err(problems) => wrong.extend(problems),
                    }
                }
            }
            DeValue::Table(definitions) if name.get_ref() == DEFINE => {
                for (name, value) in definitions {
                    match define(file, value) {
                        Ok(define) => pack.definitions.push((At::new(name.span(), name.get_ref().to_string()), define)),
                        Err(problems) => wrong.extend(problems),
                    }
                }
            }
            _ => wrong.push(problems::not_a_rule(name.get_ref(), span(file, name.span()))),
        }
    }
    (pack, wrong)
}

fn define(file: SourceId, value: At<DeValue<'_>>) -> CheckedTable<WrittenDefine> {
    let header = span(file, value.span());
    let unreadable = |error: Error| vec![problems::unreadable_definition(error.message(), place(&error, header))];
    WrittenDefine::deserialize(value.into_deserializer()).map_err(unreadable)
}

fn rule(file: SourceId, table: At<DeValue<'_>>) -> CheckedTable<(WrittenRule, Span)> {
    let header = span(file, table.span());
    let unreadable = |error: Error| vec![problems::unreadable_rule(error.message(), place(&error, header))];
    let written = WrittenRule::deserialize(table.into_deserializer()).map_err(unreadable)?;
    Ok((written, header))
}

/// Where TOML says that an error is; some it cannot place.
fn place(error: &Error, fallback: Span) -> Span {
    error.span().map_or(fallback, |range| span(fallback.source, range))
}
