//! The keys of a configuration: what each is called, what it is for, what it holds, and what reads it.

use toml::Spanned as At;
use toml::de::DeValue;

use super::read::Reader;

/// A key of a table.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// What it is for, in one sentence.
    pub(super) about: &'static str,
    pub(super) holds: Holds,
    pub(super) read: fn(&mut Reader<'_>, &At<DeValue<'_>>),
}

/// What a key may hold.
#[derive(Clone, Copy)]
pub(super) enum Holds {
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
    Table(&'static [Key]),
    /// Several tables with these keys, of which some are needed.
    Tables(&'static [Key], &'static [&'static str]),
}

/// The words for levels.
pub(super) const LEVELS: &[&str] = &["error", "warning", "info", "off"];

/// The words for weights.
pub(super) const WEIGHTS: &[&str] = &["error", "warning", "info"];

/// The keys of the file.
pub(super) const KEYS: &[Key] = &[
    Key {
        name: "schema",
        about: "Files that add kinds and fields to the built-in ones, beneath the folder of this file.",
        holds: Holds::Texts,
        read: |reader, value| reader.schema(value),
    },
    Key {
        name: "packs",
        about: "Patterns of files with rules of your own, beneath the folder of this file.",
        holds: Holds::Texts,
        read: |reader, value| reader.packs(value),
    },
    Key {
        name: "rules",
        about: "Levels and parameters by code, name, category or `all`, the closest of which wins; or, as a list, the same as `packs`.",
        holds: Holds::Rules,
        read: |reader, value| reader.rules(value),
    },
    Key {
        name: "extends",
        about: "Other configurations in this repository, relative to this file, whose settings hold unless this one sets them.",
        holds: Holds::Texts,
        read: |reader, value| drop(reader.texts(value)),
    },
    Key {
        name: "exclude",
        about: "Patterns of claims files that are not checked, as in .gitignore.",
        holds: Holds::Texts,
        read: |reader, value| reader.exclude(value),
    },
    Key {
        name: "fail-on",
        about: "From which weight on findings fail the run.",
        holds: Holds::OneOf(WEIGHTS),
        read: |reader, value| reader.fail_on(value),
    },
    Key {
        name: "override",
        about: "Levels that hold in some files or namespaces only, with the reason on record.",
        holds: Holds::Tables(OVERRIDE, &["rules", "reason"]),
        read: |reader, value| reader.overrides(value),
    },
    Key {
        name: "limits",
        about: "How much one file, one rule and all rules may take.",
        holds: Holds::Table(LIMITS),
        read: |reader, value| reader.table(value, LIMITS),
    },
];

/// The keys under `[limits]`.
const LIMITS: &[Key] = &[
    Key {
        name: "file-size",
        about: "The most bytes of one file, such as \"512 MiB\".",
        holds: Holds::Text("^[0-9]+ *(B|KiB|MiB|GiB)?$"),
        read: |reader, value| reader.file_size(value),
    },
    Key {
        name: "rule-steps",
        about: "The most steps of one rule, or of the search for quotations in one document, before it is given up.",
        holds: Holds::Count,
        read: |reader, value| reader.rule_steps(value),
    },
    Key {
        name: "run-steps",
        about: "The most steps of all rules together, before those that are left are not judged.",
        holds: Holds::Count,
        read: |reader, value| reader.run_steps(value),
    },
];

/// The keys of one `[[override]]`.
pub(super) const OVERRIDE: &[Key] = &[
    Key {
        name: "files",
        about: "Patterns of the claims files in which the levels hold, as in .gitignore.",
        holds: Holds::Texts,
        read: |reader, value| reader.override_files(value),
    },
    Key {
        name: "namespaces",
        about: "The namespaces in which the levels hold, each with all beneath it.",
        holds: Holds::Texts,
        read: |reader, value| reader.override_namespaces(value),
    },
    Key {
        name: "rules",
        about: "The levels, by code, name, category or `all`.",
        holds: Holds::Levels,
        read: |reader, value| reader.override_rules(value),
    },
    Key {
        name: "reason",
        about: "Why, in a sentence.",
        holds: Holds::Text("\\S"),
        read: |reader, value| reader.override_reason(value),
    },
    Key {
        name: "until",
        about: "The last day on which the levels hold, YYYY-MM-DD.",
        holds: Holds::Day,
        read: |reader, value| reader.override_until(value),
    },
];
