//! Floor 1: where words are, and how they are shown.

mod at_once;
mod dates;
mod pattern;
mod phrase;
pub mod quotation;
mod quoted;
mod sanitized;
mod similar;
mod source;
mod span;

pub use at_once::{all_threads, parallel_map, parallel_map_within};
pub use dates::usual_date;
pub use pattern::Pattern;
pub use phrase::{Match, Phrases, Word, quoted_words, stands_alone, words};
pub use quoted::TomlString;
pub use sanitized::{Sanitized, is_bidi_control, is_hidden, visible};
pub use similar::{Nearest, did_you_mean};
pub use source::{Position, Source, SourceId, Sources};
pub use span::{Span, Spanned};
