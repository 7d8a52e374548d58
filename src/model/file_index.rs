//! A piece of one file in rows of numbers: what is written there, with nothing said of what it refers to.
//!
//! Rows point into the text of the file, and blocks of a part are known by their rows in it, so that a part stays the same
//! whatever stands around it. What its references lead to is kept beside it, by the corpus.

use std::sync::Arc;

use super::DateRange;
use crate::diagnostic::Diagnostic;
use crate::schema::{FieldId, KindId};
use crate::text::{SourceId, Span};

/// Stands for the absence of a number.
pub(super) const NONE: u32 = u32::MAX;

/// What all blocks of a part have in common.
#[derive(Clone, Debug)]
pub(super) struct FileContext {
    pub(super) source: SourceId,
    /// The name of the file.
    pub(super) file: Arc<str>,
    pub(super) text: Arc<String>,
    /// The namespace of the file; empty for none.
    pub(super) namespace: Arc<str>,
}

/// What stands in a piece of a file.
#[derive(Debug)]
pub struct FileIndex {
    pub(super) home: FileContext,
    /// The blocks: first those with headers in the order of the text, then those that are values of fields.
    pub(super) blocks: Vec<BlockRow>,
    /// How many of the blocks have headers.
    pub(super) declared: u32,
    /// The fields, those of one block beside each other.
    pub(super) fields: Vec<FieldRow>,
    /// The values, those of one field beside each other.
    pub(super) values: Vec<ValueRow>,
    /// Texts that are not written as they are meant.
    pub(super) made: Vec<Box<str>>,
    pub(super) numbers: Vec<f64>,
    pub(super) days: Vec<DateRange>,
    /// The ids of blocks that were not understood.
    pub(super) poisoned: Vec<Box<str>>,
    /// Whether some block could not be understood, so that what it refers to is not known.
    pub(super) incomplete: bool,
    /// What is wrong in it, whatever stands elsewhere.
    pub(super) problems: Vec<Diagnostic>,
}

/// Bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ByteRange {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Words of the text, or the number of a text that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WordsRef {
    start: u32,
    end: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct BlockRow {
    pub(super) kind: KindId,
    /// How many fields it has.
    pub(super) fields: u16,
    pub(super) first_field: u32,
    /// The row of the block around it; [`NONE`] without one.
    pub(super) outer: u32,
    pub(super) id: WordsRef,
    /// Where the title stands, quotation marks included.
    pub(super) title: ByteRange,
    /// The number of the title among the texts that were made; [`NONE`] if it is meant as it is written.
    pub(super) title_made: u32,
    pub(super) header: ByteRange,
    pub(super) whole: ByteRange,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct FieldRow {
    pub(super) field: FieldId,
    /// How long the name is that is written before the colon.
    pub(super) name_length: u16,
    pub(super) name: u32,
    pub(super) first_value: u32,
    pub(super) values: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct ValueRow {
    pub(super) sort: ValueKind,
    /// By the sort: the row of a block, the number of a text that was made, or of a number or of days; 1 for yes.
    pub(super) payload: u32,
    pub(super) at: ByteRange,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueKind {
    /// A block of the same part.
    Own,
    /// The name of a block.
    Reference,
    Text,
    Term,
    Number,
    Days,
    Flag,
    Broken,
}

impl ByteRange {
    /// No bytes at all, where nothing stands.
    pub(super) const NOWHERE: ByteRange = ByteRange { start: NONE, end: NONE };

    pub(super) fn is_somewhere(self) -> bool {
        self != ByteRange::NOWHERE
    }
}

impl From<Span> for ByteRange {
    fn from(span: Span) -> ByteRange {
        ByteRange { start: span.start, end: span.end }
    }
}

impl WordsRef {
    /// No words: there is no such thing as the id of an anonymous block.
    pub(super) const ABSENT: WordsRef = WordsRef { start: NONE, end: NONE };

    /// Words as they are written.
    pub(super) fn written(at: ByteRange) -> WordsRef {
        WordsRef { start: at.start, end: at.end }
    }

    /// The text of a number.
    pub(super) fn made(number: usize) -> WordsRef {
        WordsRef { start: number as u32, end: NONE }
    }
}

impl FileIndex {
    /// A part of a file in which nothing stands.
    pub(super) fn new(home: FileContext) -> FileIndex {
        FileIndex {
            home,
            blocks: Vec::new(),
            declared: 0,
            fields: Vec::new(),
            values: Vec::new(),
            made: Vec::new(),
            numbers: Vec::new(),
            days: Vec::new(),
            poisoned: Vec::new(),
            incomplete: false,
            problems: Vec::new(),
        }
    }

    /// What bytes of the file say.
    pub(super) fn slice(&self, at: ByteRange) -> &str {
        &self.home.text[at.start as usize..at.end as usize]
    }

    pub(super) fn span(&self, at: ByteRange) -> Span {
        Span::new(self.home.source, at.start, at.end)
    }

    /// What words are; nothing for absent ones.
    pub(super) fn words(&self, words: WordsRef) -> Option<&str> {
        match words {
            WordsRef::ABSENT => None,
            WordsRef { start, end: NONE } => Some(&self.made[start as usize]),
            WordsRef { start, end } => Some(self.slice(ByteRange { start, end })),
        }
    }

    /// Keeps a text that is not written as it is meant.
    pub(super) fn make(&mut self, text: impl Into<Box<str>>) -> u32 {
        self.made.push(text.into());
        self.made.len() as u32 - 1
    }

    /// A text that was made, or else the bytes.
    pub(super) fn text(&self, made: u32, at: ByteRange) -> &str {
        if made == NONE { self.slice(at) } else { &self.made[made as usize] }
    }

    pub(super) fn fields_of(&self, block: &BlockRow) -> &[FieldRow] {
        let first = block.first_field as usize;
        &self.fields[first..first + usize::from(block.fields)]
    }

    /// Gives back the room that was set aside for more.
    pub(super) fn shrink(&mut self) {
        self.blocks.shrink_to_fit();
        self.fields.shrink_to_fit();
        self.values.shrink_to_fit();
        self.made.shrink_to_fit();
    }
}
