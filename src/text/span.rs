//! Where a piece of text stands: a source and a range of its bytes.

/// Names one source of a [`Sources`](super::Sources).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub(super) u32);

/// A range of bytes in one source: `start` inclusive, `end` exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source that the bytes belong to.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `source`.
    pub fn new(source: SourceId, start: u32, end: u32) -> Span {
        Span { source, start, end: end.max(start) }
    }

    /// The empty span at the very start of a source, for what concerns a file as a whole.
    pub fn file(source: SourceId) -> Span {
        Span::new(source, 0, 0)
    }

    /// Whether the span stands for a file as a whole, and marks none of its words.
    pub fn is_file(self) -> bool {
        self == Span::file(self.source)
    }

    /// From the start of `self` to the end of `last`, both of one source.
    pub fn to(self, last: Span) -> Span {
        Span::new(self.source, self.start, last.end.max(self.end))
    }

    /// The empty span right after `self`.
    pub fn after(self) -> Span {
        Span::new(self.source, self.end, self.end)
    }

    /// Whether `other` lies wholly inside `self`.
    pub fn contains(self, other: Span) -> bool {
        self.source == other.source && self.start <= other.start && other.end <= self.end
    }

    /// The number of bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A value together with the place it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> Spanned<T> {
        Spanned { value, span }
    }
}
