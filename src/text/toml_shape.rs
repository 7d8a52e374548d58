//! The shape of TOML tables: which keys they take and what each holds, and where a table differs from that.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned as At;
use toml::de::{DeTable, DeValue};

use super::{Nearest, did_you_mean};

/// One key of a table.
#[derive(Debug)]
pub struct TomlKey {
    /// The key.
    pub name: &'static str,
    /// What it holds.
    pub holds: TomlType,
    /// Whether a table without it cannot be read.
    pub needed: bool,
    /// What it is for, as a phrase.
    pub about: &'static str,
}

/// A key that a table can do without.
pub(crate) const fn optional_key(name: &'static str, holds: TomlType, about: &'static str) -> TomlKey {
    TomlKey { name, holds, needed: false, about }
}

/// A key without which a table cannot be read.
pub(crate) const fn needed_key(name: &'static str, holds: TomlType, about: &'static str) -> TomlKey {
    TomlKey { name, holds, needed: true, about }
}

/// What the value of a key is.
#[derive(Clone, Copy, Debug)]
pub enum TomlType {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number that is not negative.
    Count,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// A list of lists of texts.
    TextLists,
    /// A text, or a list of them.
    TextOrTexts,
    /// A number, a text, a flag, or a list of numbers or of texts.
    Param,
    /// A table with these keys.
    Table(&'static [TomlKey]),
    /// A list of such tables.
    Tables(&'static [TomlKey]),
    /// Such a table, or a list of them.
    TableOrTables(&'static [TomlKey]),
    /// A table whose keys are names that the author chooses.
    Named(&'static TomlType),
}

/// A part of a table that does not have its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TomlMisfit {
    /// Where, in bytes.
    pub at: Range<usize>,
    /// What is wrong, as the end of a sentence.
    pub wrong: String,
    /// What to write instead.
    pub next: String,
    /// The key that is meant.
    pub key: String,
}

/// How many misfits of one table are told.
const MOST: usize = 20;

impl TomlType {
    /// What it is, in words.
    pub fn describe(&self) -> String {
        match self {
            TomlType::Text => "a text in quotation marks".to_owned(),
            TomlType::Flag => "`true` or `false`".to_owned(),
            TomlType::Count => "a whole number".to_owned(),
            TomlType::OneOf(words) => format!("one of {}", listed(words.iter().map(|word| format!("\"{word}\"")))),
            TomlType::Texts => "a list of texts".to_owned(),
            TomlType::TextLists => "a list of lists of texts".to_owned(),
            TomlType::TextOrTexts => "a text or a list of texts".to_owned(),
            TomlType::Param => "a number, a text, `true`, `false`, or a list of whole numbers or of texts".to_owned(),
            TomlType::Table(_) => "a table".to_owned(),
            TomlType::Tables(_) => "a list of tables".to_owned(),
            TomlType::TableOrTables(_) => "a table or a list of tables".to_owned(),
            TomlType::Named(_) => "a table with names of your own".to_owned(),
        }
    }
}

/// Everything in a value that does not have the shape of a type, the first of many; `key` is what the value belongs to.
pub fn toml_misfits(value: &At<DeValue<'_>>, holds: &TomlType, key: &str) -> Vec<TomlMisfit> {
    let mut found = TomlMisfits(Vec::new());
    found.value(value, holds, (key, &[]));
    found.0.sort_by_key(|misfit| misfit.at.start);
    found.0.truncate(MOST);
    found.0
}

/// What was found so far.
struct TomlMisfits(Vec<TomlMisfit>);

impl TomlMisfits {
    fn value(&mut self, value: &At<DeValue<'_>>, holds: &TomlType, (key, around): (&str, &[TomlKey])) {
        match (holds, value.get_ref()) {
            (TomlType::Text | TomlType::TextOrTexts, DeValue::String(_))
            | (TomlType::Flag, DeValue::Boolean(_))
            | (TomlType::Param, DeValue::String(_) | DeValue::Boolean(_) | DeValue::Integer(_) | DeValue::Float(_)) => {
            }
            (TomlType::OneOf(words), DeValue::String(word)) => self.word(value.span(), words, (key, word)),
            (TomlType::Count, DeValue::Integer(number))
                if u64::from_str_radix(number.as_str(), number.radix()).is_ok() => {}
            (TomlType::Texts | TomlType::TextOrTexts, DeValue::Array(items)) => {
                items.iter().for_each(|item| self.value(item, &TomlType::Text, (key, around)));
            }
            (TomlType::TextLists, DeValue::Array(items)) => {
                items.iter().for_each(|item| self.value(item, &TomlType::Texts, (key, around)));
            }
            (TomlType::Param, DeValue::Array(items)) if is_of_one_type(items) => {}
            (TomlType::Table(keys) | TomlType::TableOrTables(keys), DeValue::Table(table)) => {
                self.table((table, value.span()), keys, around);
            }
            (TomlType::Tables(keys) | TomlType::TableOrTables(keys), DeValue::Array(items)) => {
                items.iter().for_each(|item| self.value(item, &TomlType::Table(keys), (key, around)));
            }
            (TomlType::Named(of), DeValue::Table(table)) => {
                entries_in_order(table)
                    .into_iter()
                    .for_each(|(name, value)| self.value(value, of, (name.get_ref(), around)));
            }
            (TomlType::Tables(_), DeValue::Table(_)) => {
                let next = format!("write `[[...{key}]]` with two brackets, or put the table in a list");
                self.push(value.span(), key, (format!("`{key}` must be a list of tables"), next));
            }
            (_, written) => {
                let next = format!("it is {}; write {}", describe(written), holds.describe());
                self.push(value.span(), key, (format!("`{key}` must be {}", holds.describe()), next));
            }
        }
    }

    fn word(&mut self, at: Range<usize>, words: &[&str], (key, word): (&str, &str)) {
        if !words.contains(&word) {
            let near = did_you_mean(&Nearest::default().find(word, words.iter().copied(), 1));
            let all = listed(words.iter().map(|word| format!("\"{word}\"")));
            let next = near.unwrap_or(format!("write one of {all}"));
            self.push(at, key, (format!("`{key}` is never \"{word}\""), next));
        }
    }

    fn table(&mut self, (table, at): (&DeTable<'_>, Range<usize>), keys: &'static [TomlKey], around: &[TomlKey]) {
        for (name, value) in entries_in_order(table) {
            match keys.iter().find(|key| key.name == name.get_ref()) {
                Some(key) => self.value(value, &key.holds, (key.name, keys)),
                None => self.unknown(name, keys, around),
            }
        }
        for key in keys.iter().filter(|key| key.needed && !table.contains_key(key.name)) {
            let next = format!("add `{}`, {}", key.name, key.about);
            self.push(at.clone(), key.name, (format!("it has no `{}`", key.name), next));
        }
    }

    fn unknown(&mut self, name: &At<Cow<'_, str>>, keys: &[TomlKey], around: &[TomlKey]) {
        let word = name.get_ref().as_ref();
        let near = || did_you_mean(&Nearest::default().find(word, keys.iter().map(|key| key.name), 1));
        let next = if around.iter().any(|key| key.name == word) {
            "a key belongs to the last `[...]` above it: move this line up, to the table that it is meant for"
                .to_owned()
        } else {
            near().unwrap_or_else(|| {
                format!("the keys here are {}", listed(keys.iter().map(|key| format!("`{}`", key.name))))
            })
        };
        self.push(name.span(), word, (format!("there is no key `{word}` here"), next));
    }

    fn push(&mut self, at: Range<usize>, key: &str, (wrong, next): (String, String)) {
        self.0.push(TomlMisfit { at, wrong, next, key: key.to_owned() });
    }
}

/// Whether a list holds whole numbers only, or texts only.
fn is_of_one_type(items: &[At<DeValue<'_>>]) -> bool {
    items.iter().all(|item| item.get_ref().is_str()) || items.iter().all(|item| item.get_ref().is_integer())
}

/// What a value is, in words.
fn describe(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn listed(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

/// The entries of a table in the order in which they are written.
pub(crate) fn entries_in_order<'a, 'i>(table: &'a DeTable<'i>) -> Vec<(&'a At<Cow<'i, str>>, &'a At<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// What tests ask of keys: those of a table, and those that a type reads.
#[cfg(test)]
pub(crate) mod keys {
    use serde::Deserialize;
    use serde::de::IntoDeserializer;
    use toml::Spanned as At;
    use toml::de::{DeTable, DeValue};

    use super::TomlKey;

    /// The keys that a type reads, as it says when it meets another, in order.
    pub(crate) fn read<'de, T: Deserialize<'de>>() -> Vec<String> {
        let table = DeTable::parse("no-key-at-all = 1").unwrap().into_inner();
        let error = T::deserialize(At::new(0..1, DeValue::Table(table)).into_deserializer()).err().unwrap().to_string();
        let (_, known) = error.split_once("expected").unwrap();
        let mut names: Vec<String> = known.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        names.sort();
        names
    }

    /// The keys of a table, in order.
    pub(crate) fn known(keys: &[TomlKey]) -> Vec<String> {
        let mut names: Vec<String> = keys.iter().map(|key| key.name.to_owned()).collect();
        names.sort();
        names
    }
}

#[cfg(test)]
mod tests {
    use toml::Spanned as At;
    use toml::de::{DeTable, DeValue};

    use super::{TomlKey, TomlType, toml_misfits};

    const INNER: &[TomlKey] = &[TomlKey { name: "at", holds: TomlType::Text, needed: true, about: "the place" }];
    const OUTER: &[TomlKey] = &[
        TomlKey { name: "code", holds: TomlType::Text, needed: true, about: "the code" },
        TomlKey { name: "level", holds: TomlType::OneOf(&["error", "warning"]), needed: false, about: "the level" },
        TomlKey { name: "inner", holds: TomlType::Tables(INNER), needed: false, about: "the inner tables" },
        TomlKey { name: "params", holds: TomlType::Named(&TomlType::Param), needed: false, about: "the parameters" },
        TomlKey { name: "steps", holds: TomlType::Count, needed: false, about: "how many" },
    ];

    fn misfits(text: &str) -> Vec<String> {
        let table = DeTable::parse(text).unwrap();
        let span = table.span();
        let value = At::new(span, DeValue::Table(table.into_inner()));
        let told = toml_misfits(&value, &TomlType::Table(OUTER), "rule").into_iter();
        told.map(|misfit| format!("{}; {}", misfit.wrong, misfit.next)).collect()
    }

    #[test]
    fn what_has_the_shape_has_no_misfit() {
        let text = "code = 'A'\nlevel = 'error'\nsteps = 3\nparams = { max = 1, of = ['a', 'b'] }\n[[inner]]\nat = 'x'";
        assert_eq!(misfits(text), Vec::<String>::new());
    }

    #[test]
    fn every_misfit_is_told_with_what_to_write() {
        let unknown = ["there is no key `cod` here; did you mean `code`?", "it has no `code`; add `code`, the code"];
        assert_eq!(misfits("cod = 'A'"), unknown);
        let number = ["`code` must be a text in quotation marks; it is a number; write a text in quotation marks"];
        assert_eq!(misfits("code = 3"), number);
        assert_eq!(misfits("code = 'A'\nlevel = 'eror'"), ["`level` is never \"eror\"; did you mean `error`?"]);
        let steps = ["`steps` must be a whole number; it is a number; write a whole number"];
        assert_eq!(misfits("code = 'A'\nsteps = -1"), steps);
        let tables =
            "`inner` must be a list of tables; write `[[...inner]]` with two brackets, or put the table in a list";
        assert_eq!(misfits("code = 'A'\n[inner]\nat = 'x'"), [tables]);
        assert!(misfits("code = 'A'\n[[inner]]\nat = 'x'\nlevel = 'error'")[0].contains("move this line up"));
        assert!(misfits("code = 'A'\nparams = { max = ['a', 1] }")[0].starts_with("`max` must be a number, a text"));
    }
}
