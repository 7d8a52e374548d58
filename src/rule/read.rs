//! Reads the tables of a rule file, each on its own, so that one that cannot be read hides no other.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use toml::Spanned as At;
use toml::de::{DeTable, DeValue, Error};

use super::compile::Checked;
use super::problems;
use super::quoted::span;
use super::written::WrittenRule;
use crate::diagnostic::Diagnostic;
use crate::text::{SourceId, Sources, Span};

/// The one table that rule files are made of.
const RULE: &str = "rule";

/// The rules of a file that could be read, each with the place of its header, and what could not.
pub(super) fn read(file: SourceId, sources: &Sources) -> (Vec<(WrittenRule, Span)>, Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(sources.get(file).text());
    if !errors.is_empty() {
        let unreadable = |error: &Error| problems::unreadable_file(error.message(), place(error, Span::file(file)));
        return (Vec::new(), errors.iter().map(unreadable).collect());
    }
    let mut rules = Vec::new();
    let mut wrong = Vec::new();
    for (name, value) in table.into_inner() {
        match value.into_inner() {
            DeValue::Array(tables) if name.get_ref() == RULE => {
                for table in tables {
                    match rule(file, table) {
                        Ok(rule) => rules.push(rule),
                        Err(problems) => wrong.extend(problems),
                    }
                }
            }
            _ => wrong.push(problems::not_a_rule(name.get_ref(), span(file, name.span()))),
        }
    }
    (rules, wrong)
}

fn rule(file: SourceId, table: At<DeValue<'_>>) -> Checked<(WrittenRule, Span)> {
    let header = span(file, table.span());
    let unreadable = |error: Error| vec![problems::unreadable_rule(error.message(), place(&error, header))];
    let written = WrittenRule::deserialize(table.into_deserializer()).map_err(unreadable)?;
    Ok((written, header))
}

/// Where TOML says that an error is; some it cannot place.
fn place(error: &Error, fallback: Span) -> Span {
    error.span().map_or(fallback, |range| span(fallback.source, range))
}
