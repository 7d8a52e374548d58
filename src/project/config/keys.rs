//! The keys of a configuration: what each is called, what it is for, what it holds, and what reads it.

use super::reader::{ConfigKey, ConfigKeyType, WEIGHTS};

/// The keys of the file.
pub(super) const KEYS: &[ConfigKey] = &[
    ConfigKey {
        name: "schema",
        about: "Files that add kinds and fields to the built-in ones, beneath the folder of this file.",
        holds: ConfigKeyType::Texts,
        read: |reader, value| reader.schema(value),
    },
    ConfigKey {
        name: "packs",
        about: "Patterns of files with rules of your own, beneath the folder of this file.",
        holds: ConfigKeyType::Texts,
        read: |reader, value| reader.packs(value),
    },
    ConfigKey {
        name: "rules",
        about: "Levels and parameters by code, name, category or `all`, the closest of which wins; or, as a list, the same as `packs`.",
        holds: ConfigKeyType::Rules,
        read: |reader, value| reader.rules(value),
    },
    ConfigKey {
        name: "extends",
        about: "Other configurations in this repository, relative to this file, whose settings hold unless this one sets them.",
        holds: ConfigKeyType::Texts,
        read: |reader, value| drop(reader.texts(value)),
    },
    ConfigKey {
        name: "exclude",
        about: "Patterns of claims files that are not checked, as in .gitignore.",
        holds: ConfigKeyType::Texts,
        read: |reader, value| reader.exclude(value),
    },
    ConfigKey {
        name: "fail-on",
        about: "From which weight on findings fail the run.",
        holds: ConfigKeyType::OneOf(WEIGHTS),
        read: |reader, value| reader.fail_on(value),
    },
    ConfigKey {
        name: "override",
        about: "Levels that hold in some files or namespaces only, with the reason on record.",
        holds: ConfigKeyType::Tables(OVERRIDE, &["rules", "reason"]),
        read: |reader, value| reader.overrides(value, OVERRIDE),
    },
    ConfigKey {
        name: "limits",
        about: "How much one file, one rule and all rules may take.",
        holds: ConfigKeyType::Table(LIMITS),
        read: |reader, value| reader.table(value, LIMITS),
    },
];

/// The keys under `[limits]`.
const LIMITS: &[ConfigKey] = &[
    ConfigKey {
        name: "file-size",
        about: "The most bytes of one file, such as \"512 MiB\".",
        holds: ConfigKeyType::Text("^[0-9]+ *(B|KiB|MiB|GiB)?$"),
        read: |reader, value| reader.file_size(value),
    },
    ConfigKey {
        name: "rule-steps",
        about: "The most steps of one rule, or of the search for quotations in one document, before it is given up.",
        holds: ConfigKeyType::Count,
        read: |reader, value| reader.rule_steps(value),
    },
    ConfigKey {
        name: "run-steps",
        about: "The most steps of all rules together, before those that are left are not judged.",
        holds: ConfigKeyType::Count,
        read: |reader, value| reader.run_steps(value),
    },
];

/// The keys of one `[[override]]`.
pub(super) const OVERRIDE: &[ConfigKey] = &[
    ConfigKey {
        name: "files",
        about: "Patterns of the claims files in which the levels hold, as in .gitignore.",
        holds: ConfigKeyType::Texts,
        read: |reader, value| reader.override_files(value),
    },
    ConfigKey {
        name: "namespaces",
        about: "The namespaces in which the levels hold, each with all beneath it.",
        holds: ConfigKeyType::Texts,
        read: |reader, value| reader.override_namespaces(value),
    },
    ConfigKey {
        name: "rules",
        about: "The levels, by code, name, category or `all`.",
        holds: ConfigKeyType::Levels,
        read: |reader, value| reader.override_rules(value),
    },
    ConfigKey {
        name: "reason",
        about: "Why, in a sentence.",
        holds: ConfigKeyType::Text("\\S"),
        read: |reader, value| reader.override_reason(value),
    },
    ConfigKey {
        name: "until",
        about: "The last day on which the levels hold, YYYY-MM-DD.",
        holds: ConfigKeyType::Day,
        read: |reader, value| reader.override_until(value),
    },
];
