//! Kinds of blocks, their fields, and tables of words, all read from TOML.

mod builtin;
mod keys;
mod kinds;
mod load;
mod pair;
mod pattern;
mod problems;
mod words;
mod written;

pub use builtin::BUILTIN_SCHEMA;
pub use keys::{FIELD_KEYS, KIND_KEYS, LATTICE_KEYS, SCHEMA_KEYS, UNIT_KEYS, WORD_KEYS};
pub use kinds::{Cardinality, FieldId, FieldSchema, FieldType, Kind, KindId, Lattice, Schema};
pub use load::{Extension, load};
pub use pattern::FieldPattern;
pub use words::{NumericValue, WordMatch, WordTables};
