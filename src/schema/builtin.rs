//! The schema that ships with the program.

/// The name by which diagnostics know the built-in schema.
pub const BUILTIN_NAME: &str = "recte:schema.toml";

/// The text of the built-in schema.
pub const BUILTIN_TEXT: &str = include_str!("../../rules/schema.toml");
