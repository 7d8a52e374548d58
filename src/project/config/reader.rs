//! A configuration while it is read, and what a key of it is: a name, and what reads its value.

use toml::Spanned as At;
use toml::de::DeValue;

use super::configuration::Config;
use crate::diagnostic::Diagnostic;
use crate::model::DateRange;
use crate::rule::RuleSetting;
use crate::text::{Pattern, SourceId, Spanned};

/// A key of a table.
pub(super) struct ConfigKey {
    pub(super) name: &'static str,
    /// The names that it had before, which are still read.
    pub(super) was: &'static [&'static str],
    /// What it is for, in one sentence.
    pub(super) about: &'static str,
    pub(super) holds: ConfigKeyType,
    pub(super) read: fn(&mut ConfigReader<'_>, &At<DeValue<'_>>),
}

/// What a key may hold.
#[derive(Clone, Copy)]
pub(super) enum ConfigKeyType {
    /// A list of texts.
    Texts,
    /// A text that is one of these.
    OneOf(&'static [&'static str]),
    /// A text that matches a pattern.
    Text(&'static str),
    /// A whole number, not below nought.
    Count,
    /// A day.
    Day,
    /// Levels by rule.
    Levels,
    /// Levels and parameters by rule, or a list of packs.
    Rules,
    /// A table with these keys.
    Table(&'static [ConfigKey]),
    /// Several tables with these keys, of which some are needed.
    Tables(&'static [ConfigKey], &'static [&'static str]),
}

/// The words for levels.
pub(super) const LEVELS: &[&str] = &["error", "warning", "info", "off"];

/// The words for weights.
pub(super) const WEIGHTS: &[&str] = &["error", "warning", "info"];

/// Reads one file into a configuration.
pub(super) struct ConfigReader<'a> {
    pub(super) file: SourceId,
    /// The folder of the file, relative to the project.
    pub(super) folder: &'a str,
    /// The keys that the file may have.
    pub(super) all: &'a [ConfigKey],
    pub(super) config: &'a mut Config,
    pub(super) problems: Vec<Diagnostic>,
    /// The override that is being read.
    pub(super) open: WrittenOverride,
}

/// An override as far as it was read.
#[derive(Default)]
pub(super) struct WrittenOverride {
    pub(super) files: Option<Vec<(Spanned<String>, Pattern)>>,
    pub(super) namespaces: Option<Vec<Spanned<String>>>,
    pub(super) rules: Vec<RuleSetting>,
    pub(super) reason: Option<String>,
    pub(super) until: Option<Spanned<DateRange>>,
}
