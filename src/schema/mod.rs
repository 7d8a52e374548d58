//! Kinds of blocks, their fields, and tables of words, all read from TOML.

mod builtin;
mod kinds;
mod load;
mod pair;
mod problems;
mod words;

pub use builtin::BUILTIN_SCHEMA;
pub use kinds::{Cardinality, FieldId, FieldSchema, FieldType, Kind, KindId, Lattice, Schema};
pub use load::{Extension, load};
pub use words::{NumericValue, WordMatch, WordTables};
