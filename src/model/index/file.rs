//! A piece of one file in rows of numbers: what is written there, with nothing said of what it refers to.
//!
//! Rows point into the text of the file, and blocks of a part are known by their rows in it, so that a part stays the same
//! whatever stands around it. What its references lead to is kept beside it, by the corpus.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::model::days::DateRange;
use crate::schema::{FieldId, KindId};
use crate::text::{SourceId, Span};

/// Stands for the absence of a number.
pub(in crate::model) const NONE: u32 = u32::MAX;

/// What all blocks of a part have in common.
#[derive(Clone, Debug)]
pub(in crate::model) struct FileContext {
    pub(in crate::model) source: SourceId,
    /// The name of the file.
    pub(in crate::model) file: Arc<str>,
    pub(in crate::model) text: Arc<String>,
    /// The namespace of the file; empty for none.
    pub(in crate::model) namespace: Arc<str>,
}

/// What stands in a piece of a file.
#[derive(Debug)]
pub struct FileIndex {
    pub(in crate::model) home: FileContext,
    /// The blocks: first those with headers in the order of the text, then those that are values of fields.
    pub(in crate::model) blocks: Vec<BlockRow>,
    /// How many of the blocks have headers.
    pub(in crate::model) declared: u32,
    /// The fields, those of one block beside each other.
    pub(in crate::model) fields: Vec<FieldRow>,
    /// The values, those of one field beside each other.
    pub(in crate::model) values: Vec<ValueRow>,
    /// Texts that are not written as they are meant.
    pub(in crate::model) made: Vec<Box<str>>,
    pub(in crate::model) numbers: Vec<f64>,
    pub(in crate::model) days: Vec<DateRange>,
    /// The ids of blocks that were not understood.
    pub(in crate::model) poisoned: Vec<Box<str>>,
    /// Whether some block could not be understood, so that what it refers to is not known.
    pub(in crate::model) incomplete: bool,
    /// What is wrong in it, whatever stands elsewhere.
    pub(in crate::model) problems: Vec<Diagnostic>,
}

/// Bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) struct ByteRange {
    pub(in crate::model) start: u32,
    pub(in crate::model) end: u32,
}

/// Words of the text, or the number of a text that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) struct WordsRef {
    start: u32,
    end: u32,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct BlockRow {
    pub(in crate::model) kind: KindId,
    /// How many fields it has.
    pub(in crate::model) fields: u16,
    pub(in crate::model) first_field: u32,
    /// The row of the block around it; [`NONE`] without one.
    pub(in crate::model) outer: u32,
    pub(in crate::model) id: WordsRef,
    /// Where the title stands, quotation marks included.
    pub(in crate::model) title: ByteRange,
    /// The number of the title among the texts that were made; [`NONE`] if it is meant as it is written.
    pub(in crate::model) title_made: u32,
    pub(in crate::model) header: ByteRange,
    pub(in crate::model) whole: ByteRange,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct FieldRow {
    pub(in crate::model) field: FieldId,
    /// How long the name is that is written before the colon.
    pub(in crate::model) name_length: u16,
    pub(in crate::model) name: u32,
    pub(in crate::model) first_value: u32,
    pub(in crate::model) values: u32,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct ValueRow {
    pub(in crate::model) sort: ValueKind,
    /// By the sort: the row of a block, the number of a text that was made, or of a number or of days; 1 for yes.
    pub(in crate::model) payload: u32,
    pub(in crate::model) at: ByteRange,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) enum ValueKind {
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
    pub(in crate::model) const NOWHERE: ByteRange = ByteRange { start: NONE, end: NONE };

    pub(in crate::model) fn is_somewhere(self) -> bool {
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
    pub(in crate::model) const ABSENT: WordsRef = WordsRef { start: NONE, end: NONE };

    /// Words as they are written.
    pub(in crate::model) fn written(at: ByteRange) -> WordsRef {
        WordsRef { start: at.start, end: at.end }
    }

    /// The text of a number.
    pub(in crate::model) fn made(number: usize) -> WordsRef {
        WordsRef { start: number as u32, end: NONE }
    }
}

impl FileIndex {
    /// A part of a file in which nothing stands.
    pub(in crate::model) fn new(home: FileContext) -> FileIndex {
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
    pub(in crate::model) fn slice(&self, at: ByteRange) -> &str {
        &self.home.text[at.start as usize..at.end as usize]
    }

    pub(in crate::model) fn span(&self, at: ByteRange) -> Span {
        Span::new(self.home.source, at.start, at.end)
    }

    /// What words are; nothing for absent ones.
    pub(in crate::model) fn words(&self, words: WordsRef) -> Option<&str> {
        match words {
            WordsRef::ABSENT => None,
            WordsRef { start, end: NONE } => Some(&self.made[start as usize]),
            WordsRef { start, end } => Some(self.slice(ByteRange { start, end })),
        }
    }

    /// Keeps a text that is not written as it is meant.
    pub(in crate::model) fn make(&mut self, text: impl Into<Box<str>>) -> u32 {
        self.made.push(text.into());
        self.made.len() as u32 - 1
    }

    /// A text that was made, or else the bytes.
    pub(in crate::model) fn text(&self, made: u32, at: ByteRange) -> &str {
        if made == NONE { self.slice(at) } else { &self.made[made as usize] }
    }

    pub(in crate::model) fn fields_of(&self, block: &BlockRow) -> &[FieldRow] {
        let first = block.first_field as usize;
        &self.fields[first..first + usize::from(block.fields)]
    }

    /// Gives back the room that was set aside for more.
    pub(in crate::model) fn shrink(&mut self) {
        self.blocks.shrink_to_fit();
        self.fields.shrink_to_fit();
        self.values.shrink_to_fit();
        self.made.shrink_to_fit();
    }
}
