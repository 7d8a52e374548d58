//! Rule packs: TOML tables, read, checked and compiled.

pub(super) mod builtin;
pub(super) mod chain;
pub(super) mod compile;
pub(super) mod group;
pub(super) mod labels;
pub(super) mod load;
pub(super) mod meta;
pub(super) mod read;
pub(super) mod roles;
pub(super) mod shape;
pub(super) mod template;
pub(super) mod toml_text;
pub(super) mod written;
