//! What the parsers read: the rest of a source, knowing where it stands. With `lexeme.rs`, all that touches nom's traits.

use nom::error::{ErrorKind, ParseError};
use nom::{Compare, CompareResult, IResult, Input as NomInput, Needed, Offset};

use crate::text::{SourceId, Span};

/// The unread rest of a source, and the byte at which it begins.
///
/// Carrying the offset instead of counting lines keeps every span complete at the cost of one
/// addition per step; an expression inside a TOML file starts at its own offset there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Input<'src> {
    /// What is still to be read.
    pub rest: &'src str,
    /// The byte of the source at which `rest` begins.
    pub offset: u32,
    /// The source.
    pub source: SourceId,
}

/// What a production returns: the rest and a value, or the farthest failure.
pub type Parsed<'src, T> = IResult<Input<'src>, T, ParseFailure>;

/// Where no alternative could go on, and what would have been read there.
#[derive(Clone, Debug, PartialEq)]
pub struct ParseFailure {
    /// The byte of the source.
    pub at: u32,
    /// What was expected there, in words for people; never empty once a terminal is named.
    pub expected: Vec<&'static str>,
}

impl<'src> Input<'src> {
    /// All of `text`, which begins at byte `offset` of `source`.
    pub fn new(source: SourceId, offset: u32, text: &'src str) -> Input<'src> {
        Input { rest: text, offset, source }
    }

    /// The place from here to where `later`, a rest of the same text, begins.
    pub fn span_to(self, later: Input<'src>) -> Span {
        Span::new(self.source, self.offset, later.offset)
    }

    /// The empty place here.
    pub fn here(self) -> Span {
        self.span_to(self)
    }

    /// The next character.
    pub fn peek(self) -> Option<char> {
        self.rest.chars().next()
    }

    /// The rest after `bytes` more bytes, which end at a character boundary.
    pub fn skip(self, bytes: usize) -> Input<'src> {
        Input { rest: &self.rest[bytes..], offset: self.offset + bytes as u32, source: self.source }
    }
}

impl ParseFailure {
    /// Names what was expected at a place.
    pub fn expecting(input: Input<'_>, expected: &'static str) -> ParseFailure {
        ParseFailure { at: input.offset, expected: vec![expected] }
    }

    /// "a name, a text or `{`"
    pub fn wanted(&self) -> String {
        match self.expected.split_last() {
            None => "something else".to_owned(),
            Some((only, [])) => (*only).to_owned(),
            Some((last, first)) => format!("{} or {last}", first.join(", ")),
        }
    }
}

/// The failure that went farthest wins; two that went equally far pool what they expected.
impl<'src> ParseError<Input<'src>> for ParseFailure {
    fn from_error_kind(input: Input<'src>, _: ErrorKind) -> ParseFailure {
        ParseFailure { at: input.offset, expected: Vec::new() }
    }

    fn append(_: Input<'src>, _: ErrorKind, deeper: ParseFailure) -> ParseFailure {
        deeper
    }

    fn or(self, other: ParseFailure) -> ParseFailure {
        match self.at.cmp(&other.at) {
            std::cmp::Ordering::Greater => self,
            std::cmp::Ordering::Less => other,
            std::cmp::Ordering::Equal => {
                let mut expected = self.expected;
                expected.extend(other.expected.iter().filter(|word| !expected.contains(word)).collect::<Vec<_>>());
                ParseFailure { at: self.at, expected }
            }
        }
    }
}

impl<'src> NomInput for Input<'src> {
    type Item = char;
    type Iter = std::str::Chars<'src>;
    type IterIndices = std::str::CharIndices<'src>;

    fn input_len(&self) -> usize {
        self.rest.len()
    }

    fn take(&self, index: usize) -> Self {
        Input { rest: &self.rest[..index], ..*self }
    }

    fn take_from(&self, index: usize) -> Self {
        self.skip(index)
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.skip(index), self.take(index))
    }

    fn position<P: Fn(char) -> bool>(&self, predicate: P) -> Option<usize> {
        self.rest.find(predicate)
    }

    fn iter_elements(&self) -> Self::Iter {
        self.rest.chars()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.rest.char_indices()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        self.rest.slice_index(count)
    }
}

impl<'src> Compare<&str> for Input<'src> {
    fn compare(&self, word: &str) -> CompareResult {
        self.rest.compare(word)
    }

    fn compare_no_case(&self, word: &str) -> CompareResult {
        self.rest.compare_no_case(word)
    }
}

impl Offset for Input<'_> {
    fn offset(&self, later: &Self) -> usize {
        (later.offset - self.offset) as usize
    }
}
