//! What a project says of itself in `recte.toml`.

use std::ops::Range;

use toml::Spanned as At;
use toml::de::{DeTable, DeValue};

use super::{problems, size};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::{Level, Setting, Settings};
use crate::text::{SourceId, Sources, Span, Spanned};

/// The name of the file that makes a folder a project.
pub const CONFIG_NAME: &str = "recte.toml";

/// How large a file may be unless the project says otherwise.
const FILE_SIZE: u64 = 64 << 20;

/// How many steps a rule may take unless the project says otherwise; some seconds of work.
const RULE_STEPS: u64 = 50_000_000;

/// The settings of one project, with the places where it makes them.
#[derive(Clone, Debug)]
pub struct Config {
    /// Files that extend the built-in schema, beneath the project.
    pub schema: Vec<Spanned<String>>,
    /// Patterns of files with rules of the project's own.
    pub packs: Vec<Spanned<String>>,
    /// Patterns of claims files that are left out.
    pub exclude: Vec<Spanned<String>>,
    /// Levels and parameters of rules.
    pub settings: Settings,
    /// From which weight on findings fail the run.
    pub fail_on: Severity,
    /// The most bytes that a file may hold.
    pub file_size: u64,
    /// The most steps that a rule may take: rows looked at, and blocks met on paths.
    pub rule_steps: u64,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            schema: Vec::new(),
            packs: Vec::new(),
            exclude: Vec::new(),
            settings: Settings::default(),
            fail_on: Severity::Error,
            file_size: FILE_SIZE,
            rule_steps: RULE_STEPS,
        }
    }
}

/// A key of a table: its name, what reads its value.
type Key = (&'static str, fn(&mut Reader, &At<DeValue<'_>>));

/// The keys of the file. `rules` is a list of packs, or the table of levels; both at once are `packs` and `[rules]`.
const KEYS: &[Key] = &[
    ("schema", |reader, value| reader.config.schema = reader.texts(value)),
    ("packs", |reader, value| reader.packs(value)),
    ("rules", |reader, value| reader.rules(value)),
    ("exclude", |reader, value| reader.config.exclude = reader.texts(value)),
    ("fail-on", |reader, value| reader.fail_on(value)),
    ("limits", |reader, value| reader.table(value, LIMITS)),
];

/// The keys under `[limits]`.
const LIMITS: &[Key] =
    &[("file-size", |reader, value| reader.file_size(value)), ("rule-steps", |reader, value| reader.rule_steps(value))];

impl Config {
    /// Reads a configuration; what cannot be read is reported, and stays as it is by default.
    pub fn read(file: SourceId, sources: &Sources) -> (Config, Vec<Diagnostic>) {
        let mut reader = Reader { file, config: Config::default(), problems: Vec::new() };
        let (table, errors) = DeTable::parse_recoverable(sources.get(file).text());
        for error in errors {
            let at = reader.place(error.span().unwrap_or_default());
            let problem = problems::unreadable_config(error.message(), sources.slice(at), at);
            if !reader.problems.contains(&problem) {
                reader.problems.push(problem);
            }
        }
        reader.keys(table.get_ref(), KEYS);
        (reader.config, reader.problems)
    }
}

struct Reader {
    file: SourceId,
    config: Config,
    problems: Vec<Diagnostic>,
}

impl Reader {
    fn place(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start as u32, range.end as u32)
    }

    /// Reads the keys of a table, in the order written.
    fn keys(&mut self, table: &DeTable<'_>, known: &[Key]) {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            match known.iter().find(|(name, _)| name == key.get_ref()) {
                Some((_, read)) => read(self, value),
                None => {
                    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
                    let at = self.place(key.span());
                    self.problems.push(problems::unknown_key(key.get_ref(), at, &names));
                }
            }
        }
    }

    fn table(&mut self, value: &At<DeValue<'_>>, known: &[Key]) {
        match value.get_ref().as_table() {
            Some(table) => self.keys(table, known),
            None => self.expected("a table", value),
        }
    }

    fn texts(&mut self, value: &At<DeValue<'_>>) -> Vec<Spanned<String>> {
        let Some(list) = value.get_ref().as_array() else {
            self.expected("a list of texts", value);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in list {
            match item.get_ref().as_str() {
                Some(text) => texts.push(Spanned::new(text.to_owned(), self.place(item.span()))),
                None => self.expected("a text", item),
            }
        }
        texts
    }

    fn rules(&mut self, value: &At<DeValue<'_>>) {
        match value.get_ref().as_table() {
            Some(table) => {
                let mut entries: Vec<_> = table.iter().collect();
                entries.sort_by_key(|(key, _)| key.span().start);
                for (key, value) in entries {
                    let subject = Spanned::new(key.get_ref().to_string(), self.place(key.span()));
                    self.setting(subject, value);
                }
            }
            None => self.packs(value),
        }
    }

    fn packs(&mut self, value: &At<DeValue<'_>>) {
        let packs = self.texts(value);
        self.config.packs.extend(packs);
    }

    /// `CL0101 = "error"`, or a table with `level` and the rule's parameters.
    fn setting(&mut self, subject: Spanned<String>, value: &At<DeValue<'_>>) {
        let mut setting = Setting { subject, level: None, params: Vec::new() };
        match value.get_ref().as_table() {
            None => setting.level = self.level(value),
            Some(table) => {
                for (key, value) in table {
                    if key.get_ref() == "level" {
                        setting.level = self.level(value);
                    } else if let Some(number) = self.integer(value) {
                        let name = Spanned::new(key.get_ref().to_string(), self.place(key.span()));
                        setting.params.push((name, number));
                    }
                }
            }
        }
        self.config.settings.entries.push(setting);
    }

    fn level(&mut self, value: &At<DeValue<'_>>) -> Option<Level> {
        let level = match value.get_ref().as_str() {
            Some("error") => Some(Level::Error),
            Some("warning") => Some(Level::Warning),
            Some("info") => Some(Level::Info),
            Some("off") => Some(Level::Off),
            Some(_) | None => None,
        };
        if level.is_none() {
            self.expected("one of \"error\", \"warning\", \"info\", \"off\"", value);
        }
        level
    }

    fn integer(&mut self, value: &At<DeValue<'_>>) -> Option<i64> {
        let number =
            value.get_ref().as_integer().and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        if number.is_none() {
            self.expected("a whole number", value);
        }
        number
    }

    fn fail_on(&mut self, value: &At<DeValue<'_>>) {
        match Severity::ALL.into_iter().find(|severity| Some(severity.as_str()) == value.get_ref().as_str()) {
            Some(severity) => self.config.fail_on = severity,
            None => self.expected("one of \"error\", \"warning\", \"info\"", value),
        }
    }

    fn file_size(&mut self, value: &At<DeValue<'_>>) {
        let bytes = value.get_ref().as_str().and_then(size::parse).filter(|bytes| *bytes < u64::from(u32::MAX));
        match bytes {
            Some(bytes) => self.config.file_size = bytes,
            None => self.expected("a size below 4 GiB such as \"512 MiB\"", value),
        }
    }

    fn rule_steps(&mut self, value: &At<DeValue<'_>>) {
        match self.integer(value).map(u64::try_from) {
            Some(Ok(steps)) => self.config.rule_steps = steps,
            Some(Err(_)) => self.expected("a number of steps", value),
            None => {}
        }
    }

    fn expected(&mut self, what: &str, value: &At<DeValue<'_>>) {
        let at = self.place(value.span());
        self.problems.push(problems::wrong_setting(what, at));
    }
}
