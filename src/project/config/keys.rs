//! The keys of a configuration: what each is called, what it is for, what it holds, and what reads it.

use super::reader::{ConfigKey, ConfigKeyType, WEIGHTS};

/// The keys of the file.
pub(super) const KEYS: &[ConfigKey] = &[
    ConfigKey {
        name: "schema",
        was: &[],
        about: "Files that add kinds and fields to the built-in ones, in the folder of this file or below it.",
        holds: ConfigKeyType::Texts,
        read: |reader, value| reader.schema(value),
    },
    ConfigKey {
        name: "packs",
        was: &[],
        about: "Patterns of files with rules of your own, in the folder of this file or below it.",
        holds: ConfigKeyType::Texts,
        read: |reader, value| reader.packs(value),
    },
    ConfigKey {
        name: "rules",
        was: &[],
        about: "Levels and parameters by code, name, category or `all`, the most specific of which wins; or, as a list, the same as `packs`.",
        holds: ConfigKeyType::Rules,
        read: |reader, value| reader.rules(value),
    },
    ConfigKey {
        name: "extends",
        was: &[],
        about: "Other configurations in this repository, relative to this file, whose settings apply unless this one sets them.",
        holds: ConfigKeyType::Texts,
        read: |reader, value| drop(reader.texts(value)),
    },
    ConfigKey {
        name: "exclude",
        was: &[],
        about: "Patterns of claims files that are not checked, as in .gitignore.",
        holds: ConfigKeyType::Texts,
        read: |reader, value| reader.exclude(value),
    },
    ConfigKey {
        name: "fail-on",
        was: &[],
        about: "The lowest severity that fails the run.",
        holds: ConfigKeyType::OneOf(WEIGHTS),
        read: |reader, value| reader.fail_on(value),
    },
    ConfigKey {
        name: "override",
        was: &[],
        about: "Levels for some files or namespaces, with a recorded reason.",
        holds: ConfigKeyType::Tables(OVERRIDE, &["rules", "reason"]),
        read: |reader, value| reader.overrides(value, OVERRIDE),
    },
    ConfigKey {
        name: "limits",
        was: &[],
        about: "Limits for one file, one rule and all rules together.",
        holds: ConfigKeyType::Table(LIMITS),
        read: |reader, value| reader.table(value, LIMITS),
    },
    ConfigKey {
        name: "workspace",
        was: &[],
        about: "The projects that are checked together when this folder is checked. The folder itself is then not a project.",
        holds: ConfigKeyType::Table(WORKSPACE),
        read: |reader, value| reader.table(value, WORKSPACE),
    },
];

/// The keys under `[workspace]`. Which projects they name is found before a configuration is read, so they are only examined here.
const WORKSPACE: &[ConfigKey] = &[
    ConfigKey {
        name: "members",
        was: &[],
        about: "Patterns of folders below this one: the projects in them are checked. `.` stands for this folder itself.",
        holds: ConfigKeyType::Texts,
        read: |reader, value| drop(reader.texts(value)),
    },
    ConfigKey {
        name: "exclude",
        was: &[],
        about: "Patterns of folders whose projects are not checked.",
        holds: ConfigKeyType::Texts,
        read: |reader, value| drop(reader.texts(value)),
    },
];

/// The keys under `[limits]`.
const LIMITS: &[ConfigKey] = &[
    ConfigKey {
        name: "file-size",
        was: &[],
        about: "The maximum size of one file, such as \"512 MiB\".",
        holds: ConfigKeyType::Text("^[0-9]+ *(B|KiB|MiB|GiB)?$"),
        read: |reader, value| reader.file_size(value),
    },
    ConfigKey {
        name: "rule-steps",
        was: &[],
        about: "The maximum number of steps of one rule, or of the search for quotations in one document.",
        holds: ConfigKeyType::Count,
        read: |reader, value| reader.rule_steps(value),
    },
    ConfigKey {
        name: "run-steps",
        was: &[],
        about: "The maximum number of steps of all rules together. Rules beyond it do not run.",
        holds: ConfigKeyType::Count,
        read: |reader, value| reader.run_steps(value),
    },
];

/// The keys of one `[[override]]`.
pub(super) const OVERRIDE: &[ConfigKey] = &[
    ConfigKey {
        name: "files",
        was: &[],
        about: "Patterns of the claims files to which the levels apply, as in .gitignore.",
        holds: ConfigKeyType::Texts,
        read: |reader, value| reader.override_files(value),
    },
    ConfigKey {
        name: "namespaces",
        was: &[],
        about: "The namespaces to which the levels apply, each with those inside it.",
        holds: ConfigKeyType::Texts,
        read: |reader, value| reader.override_namespaces(value),
    },
    ConfigKey {
        name: "rules",
        was: &[],
        about: "The levels, by code, name, category or `all`.",
        holds: ConfigKeyType::Levels,
        read: |reader, value| reader.override_rules(value),
    },
    ConfigKey {
        name: "reason",
        was: &[],
        about: "The reason, in a sentence.",
        holds: ConfigKeyType::Text("\\S"),
        read: |reader, value| reader.override_reason(value),
    },
    ConfigKey {
        name: "until",
        was: &[],
        about: "The last day on which the levels apply, YYYY-MM-DD.",
        holds: ConfigKeyType::Day,
        read: |reader, value| reader.override_until(value),
    },
];
