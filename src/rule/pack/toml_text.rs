//! Strings and places of rule files.

use std::ops::Range;

use crate::condition::ExpressionSource;
use crate::text::{SourceId, Span, TomlString};

/// The whole of a string, for the condition language.
pub(crate) fn written(quoted: &TomlString) -> ExpressionSource<'_> {
    ExpressionSource::of(quoted, 0..quoted.text.len())
}

/// A range of bytes that TOML names, as a place in `file`.
pub(crate) fn span(file: SourceId, range: Range<usize>) -> Span {
    Span::new(file, range.start as u32, range.end as u32)
}
