//! Rule packs: TOML tables, read, checked and compiled.

pub(super) mod builtin;
pub(super) mod case;
pub(super) mod keys;
pub(super) mod load;
pub(super) mod problems;
pub(super) mod read;
pub(super) mod set;
pub(super) mod settings;
pub(super) mod shape;
pub(super) mod toml_text;
pub(super) mod written;
