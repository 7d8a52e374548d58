//! Reads the values of a configuration file; what cannot be read is reported, and stays as it was.

use std::ops::Range;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use toml::Spanned as At;
use toml::de::{DeTable, DeValue};

use super::broken::{Broken, readable};
use super::configuration::{Config, NamedFiles};
use super::problems;
use super::reader::{ConfigKey, ConfigReader, LEVELS, WEIGHTS, WrittenOverride};
use crate::condition::Param;
use crate::diagnostic::Severity;
use crate::model::DateRange;
use crate::project::files::{problems as file_problems, size};
use crate::rule::{Level, Override, RuleSetting, without_reason};
use crate::text::{Pattern, SourceId, Sources, Span, Spanned, entries_in_order};

/// The configurations that a file extends, so that they can be read before it.
pub(super) fn extended(file: SourceId, sources: &Sources) -> Vec<Spanned<String>> {
    let (text, _) = readable(sources.get(file).text());
    let (table, _) = DeTable::parse_recoverable(&text);
    let mut config = Config::default();
    let mut reader = ConfigReader {
        file,
        folder: "",
        all: &[],
        config: &mut config,
        problems: Vec::new(),
        open: WrittenOverride::default(),
    };
    table.get_ref().get("extends").map(|value| reader.texts(value)).unwrap_or_default()
}

impl ConfigReader<'_> {
    /// Reads the whole file.
    pub(super) fn whole(&mut self, sources: &Sources) {
        let (text, broken) = readable(sources.get(self.file).text());
        for Broken { at, why } in broken {
            let at = self.place(at);
            self.problems.push(problems::unreadable_config(why, sources.slice(at), at));
            self.config.incomplete = true;
        }
        let (table, _) = DeTable::parse_recoverable(&text);
        self.keys(table.get_ref(), self.all);
    }

    fn place(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start as u32, range.end as u32)
    }

    /// Reads the keys of a table, in the order written.
    fn keys(&mut self, table: &DeTable<'_>, known: &[ConfigKey]) {
        for (key, value) in entries_in_order(table) {
            let (at, key) = (self.place(key.span()), &**key.get_ref());
            let had = |known: &&ConfigKey| known.was.contains(&key);
            match known.iter().find(|known| known.name == key).or_else(|| known.iter().find(had)) {
                Some(known) => {
                    if known.name != key {
                        self.problems.push(problems::former_key(key, known.name, at));
                    }
                    (known.read)(self, value);
                }
                None => {
                    let names: Vec<&str> = known.iter().map(|known| known.name).collect();
                    self.problems.push(problems::unknown_key(key, at, &names));
                }
            }
        }
    }

    pub(super) fn table(&mut self, value: &At<DeValue<'_>>, known: &[ConfigKey]) {
        match value.get_ref().as_table() {
            Some(table) => self.keys(table, known),
            None => self.expected("a table", value),
        }
    }

    pub(super) fn texts(&mut self, value: &At<DeValue<'_>>) -> Vec<Spanned<String>> {
        let Some(list) = value.get_ref().as_array() else {
            self.expected("a list of texts", value);
            return Vec::new();
        };
        let texts: Vec<Option<Spanned<String>>> = list.iter().map(|item| self.text(item)).collect();
        // Of a list of which half is understood nothing holds.
        texts.into_iter().collect::<Option<Vec<_>>>().unwrap_or_default()
    }

    fn text(&mut self, value: &At<DeValue<'_>>) -> Option<Spanned<String>> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.expected("a text", value);
        }
        text.map(|text| Spanned::new(text.to_owned(), self.place(value.span())))
    }

    fn named(&mut self, value: &At<DeValue<'_>>) -> Vec<NamedFiles> {
        let folder = self.folder.to_owned();
        let before = self.problems.len();
        let texts = self.texts(value);
        self.config.incomplete |= self.problems.len() > before;
        texts.into_iter().map(|written| NamedFiles { written, folder: folder.clone() }).collect()
    }

    pub(super) fn schema(&mut self, value: &At<DeValue<'_>>) {
        let schema = self.named(value);
        self.config.schema.extend(schema);
    }

    pub(super) fn packs(&mut self, value: &At<DeValue<'_>>) {
        let packs = self.named(value);
        self.config.packs.extend(packs);
    }

    pub(super) fn exclude(&mut self, value: &At<DeValue<'_>>) {
        let patterns = self.texts(value);
        self.config.exclude.extend(patterns);
    }

    pub(super) fn rules(&mut self, value: &At<DeValue<'_>>) {
        match value.get_ref().as_table() {
            Some(table) => {
                for (key, value) in entries_in_order(table) {
                    if self.all.iter().any(|known| known.name == key.get_ref()) {
                        self.problems.push(problems::key_of_the_file(key.get_ref(), self.place(key.span())));
                    } else {
                        let setting = self.setting(key, value);
                        self.config.settings.entries.push(setting);
                    }
                }
            }
            None => self.packs(value),
        }
    }

    /// `CL0101 = "error"`, or a table with `level` and the rule's parameters.
    fn setting(&mut self, key: &At<std::borrow::Cow<'_, str>>, value: &At<DeValue<'_>>) -> RuleSetting {
        let mut setting = RuleSetting { subject: self.key(key), level: None, params: Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            setting.level = self.level(value);
            return setting;
        };
        let before = self.problems.len();
        for (key, value) in entries_in_order(table) {
            if key.get_ref() == "level" {
                setting.level = self.level(value);
            } else if let Some(param) = self.param(value) {
                setting.params.push((self.key(key), param));
            }
        }
        if self.problems.len() > before {
            (setting.level, setting.params) = (None, Vec::new());
        }
        setting
    }

    fn key(&self, key: &At<std::borrow::Cow<'_, str>>) -> Spanned<String> {
        Spanned::new(key.get_ref().to_string(), self.place(key.span()))
    }

    fn level(&mut self, value: &At<DeValue<'_>>) -> Option<Level> {
        const ALL: [Level; 4] = [Level::Error, Level::Warning, Level::Info, Level::Off];
        let level = ALL.into_iter().find(|level| Some(level.as_str()) == value.get_ref().as_str());
        if level.is_none() {
            self.expected(&one_of(LEVELS), value);
        }
        level
    }

    /// A value, or a list of values of one sort.
    fn param(&mut self, value: &At<DeValue<'_>>) -> Option<Param> {
        let param = Param::deserialize(value.clone().into_deserializer()).ok();
        if param.is_none() {
            self.expected("a number, a text, true or false, or a list of numbers or of texts", value);
        }
        param
    }

    fn integer(&mut self, value: &At<DeValue<'_>>) -> Option<i64> {
        let number =
            value.get_ref().as_integer().and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        if number.is_none() {
            self.expected("a whole number", value);
        }
        number
    }

    pub(super) fn fail_on(&mut self, value: &At<DeValue<'_>>) {
        match Severity::ALL.into_iter().find(|severity| Some(severity.as_str()) == value.get_ref().as_str()) {
            Some(severity) => self.config.fail_on.set(severity, self.place(value.span())),
            None => self.expected(&one_of(WEIGHTS), value),
        }
    }

    pub(super) fn file_size(&mut self, value: &At<DeValue<'_>>) {
        let bytes = value.get_ref().as_str().and_then(size::parse).filter(|bytes| *bytes < u64::from(u32::MAX));
        match bytes {
            Some(bytes) => self.config.file_size.set(bytes, self.place(value.span())),
            None => self.expected("a size below 4 GiB such as \"512 MiB\"", value),
        }
    }

    pub(super) fn rule_steps(&mut self, value: &At<DeValue<'_>>) {
        if let Some(steps) = self.steps(value) {
            self.config.rule_steps.set(steps, self.place(value.span()));
        }
    }

    pub(super) fn run_steps(&mut self, value: &At<DeValue<'_>>) {
        if let Some(steps) = self.steps(value) {
            self.config.run_steps.set(steps, self.place(value.span()));
        }
    }

    fn steps(&mut self, value: &At<DeValue<'_>>) -> Option<u64> {
        let steps = u64::try_from(self.integer(value)?).ok();
        if steps.is_none() {
            self.expected("a number of steps", value);
        }
        steps
    }

    pub(super) fn overrides(&mut self, value: &At<DeValue<'_>>, keys: &[ConfigKey]) {
        let Some(tables) = value.get_ref().as_array() else {
            return self.expected("tables, each under [[override]]", value);
        };
        for table in tables {
            self.open = WrittenOverride::default();
            let before = self.problems.len();
            self.table(table, keys);
            // An override of which half is understood would hold for longer, or for more, than was meant.
            if self.problems.len() == before {
                self.close_override(self.place(table.span()));
            }
        }
    }

    /// Takes in the override that was read, if it says where and why.
    fn close_override(&mut self, at: Span) {
        let WrittenOverride { files, namespaces, rules, reason, until } = std::mem::take(&mut self.open);
        if files.is_none() && namespaces.is_none() {
            self.problems.push(problems::override_of_nothing(at));
        } else if rules.is_empty() {
            self.problems.push(problems::override_without_rules(at));
        } else if let Some(reason) = reason.filter(|reason| !reason.trim().is_empty()) {
            let (files, namespaces) = (files.unwrap_or_default(), namespaces.unwrap_or_default());
            self.config.settings.overrides.push(Override { files, namespaces, entries: rules, reason, until });
        } else {
            let rules = rules.iter().map(|entry| without_reason(&entry.subject.value, entry.subject.span));
            self.problems.extend(rules);
        }
    }

    pub(super) fn override_files(&mut self, value: &At<DeValue<'_>>) {
        let mut patterns = Vec::new();
        for written in self.texts(value) {
            match Pattern::read(&written.value) {
                Some(pattern) => patterns.push((written, pattern)),
                None => self.problems.push(file_problems::no_pattern(&written)),
            }
        }
        self.open.files = Some(patterns).filter(|patterns| !patterns.is_empty());
    }

    pub(super) fn override_namespaces(&mut self, value: &At<DeValue<'_>>) {
        self.open.namespaces = Some(self.texts(value)).filter(|namespaces| !namespaces.is_empty());
    }

    pub(super) fn override_rules(&mut self, value: &At<DeValue<'_>>) {
        let Some(table) = value.get_ref().as_table() else { return self.expected("a table of levels", value) };
        for (key, value) in entries_in_order(table) {
            if let Some(level) = self.level(value) {
                self.open.rules.push(RuleSetting { subject: self.key(key), level: Some(level), params: Vec::new() });
            }
        }
    }

    pub(super) fn override_reason(&mut self, value: &At<DeValue<'_>>) {
        self.open.reason = self.text(value).map(|reason| reason.value);
    }

    /// A day, with or without quotation marks.
    pub(super) fn override_until(&mut self, value: &At<DeValue<'_>>) {
        let bare = value.get_ref().as_datetime().map(ToString::to_string);
        let words = value.get_ref().as_str().map(str::to_owned).or(bare);
        match words.and_then(|words| DateRange::parse(&words)) {
            Some(days) => self.open.until = Some(Spanned::new(days, self.place(value.span()))),
            None => self.expected("a date such as 2027-01-31", value),
        }
    }

    fn expected(&mut self, what: &str, value: &At<DeValue<'_>>) {
        let at = self.place(value.span());
        self.problems.push(problems::wrong_setting(what, at));
    }
}

/// "one of "error", "warning"".
fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    format!("one of {}", quoted.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::config::reader::ConfigKeyType;

    /// A key that had another name before.
    const RENAMED: &[ConfigKey] = &[ConfigKey {
        name: "exclude",
        was: &["ignore"],
        about: "",
        holds: ConfigKeyType::Texts,
        read: |reader, value| reader.exclude(value),
    }];

    #[test]
    fn a_key_is_read_by_a_name_that_it_had_before_and_its_present_name_is_offered() {
        let mut sources = Sources::new();
        let file = sources.add("recte.toml", "ignore = [\"drafts/\"]\n");
        let mut config = Config::default();
        let open = WrittenOverride::default();
        let mut reader =
            ConfigReader { file, folder: "", all: RENAMED, config: &mut config, problems: Vec::new(), open };
        reader.whole(&sources);
        let [problem] = reader.problems.as_slice() else { panic!("{:?}", reader.problems) };
        assert_eq!((problem.code.as_str(), &*problem.message), ("CF009", "the key `ignore` is now called `exclude`"));
        assert_eq!(
            problem.fixes[0].edits,
            [crate::diagnostic::TextEdit { at: Span::new(file, 0, 6), text: "exclude".to_owned() }]
        );
        assert_eq!(config.exclude.len(), 1);
    }
}
