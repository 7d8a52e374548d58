//! The schema and the word tables that ship with the program.

/// The files of the built-in schema: by what name diagnostics know each, and its text.
pub const BUILTIN_SCHEMA: &[(&str, &str)] = &[
    ("recte:schema.toml", include_str!("../../rules/schema.toml")),
    ("recte:words/en.toml", include_str!("../../rules/words/en.toml")),
    ("recte:words/de.toml", include_str!("../../rules/words/de.toml")),
    ("recte:words/fr.toml", include_str!("../../rules/words/fr.toml")),
    ("recte:words/ja.toml", include_str!("../../rules/words/ja.toml")),
];
