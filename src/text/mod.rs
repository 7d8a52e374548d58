//! Sources, positions in them, and the display of untrusted text.

mod dates;
mod numerals;
mod parallel;
mod pattern;
mod phrase;
mod portable;
pub mod quotation;
mod sanitized;
mod similar;
mod source;
mod span;
mod toml_shape;
mod toml_string;
mod toml_syntax;
mod wrap;

pub use dates::usual_date;
pub(crate) use numerals::{in_letters, in_roman, roman};
pub use parallel::{all_threads, parallel_map, parallel_map_within};
pub use pattern::Pattern;
pub use phrase::{Match, Phrases, Word, quoted_words, stands_alone, words};
pub use portable::{Unportable, portable_regex};
pub use sanitized::{Sanitized, is_bidi_control, is_hidden, visible};
pub use similar::{Nearest, did_you_mean};
pub use source::{Position, Source, Sources, floor_char_boundary};
pub use span::{SourceId, Span, Spanned};
#[cfg(test)]
pub(crate) use toml_shape::keys as toml_keys;
pub use toml_shape::{TomlKey, TomlMisfit, TomlType, toml_misfits};
pub(crate) use toml_shape::{entries_in_order, needed_key, optional_key};
pub use toml_string::TomlString;
pub use toml_syntax::TomlMistake;
pub use wrap::{one_line, wrapped};
