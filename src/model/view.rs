//! Blocks, fields and values as they are asked for, read out of the rows of their parts.

use super::index::file::{BlockRow, ByteRange, FieldRow, FileIndex, NONE, ValueKind, ValueRow};
use super::{BlockId, Corpus, DateRange};
use crate::schema::{FieldId, KindId};
use crate::text::{Span, Spanned};

/// One block: a declaration, a statement, a quotation.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    pub(super) part: FileView<'a>,
    pub(super) row: &'a BlockRow,
}

/// A part, and where to ask what the corpus knows beside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct FileView<'a> {
    pub(super) part: &'a FileIndex,
    corpus: &'a Corpus,
    /// Which part of the corpus it is.
    number: usize,
}

/// A part, the numbers of its first block with a header and of its first one without, and what its references lead to, by the rows
/// of the values.
#[derive(Clone, Copy)]
pub(super) struct LinkedFile<'a> {
    pub(super) part: &'a FileIndex,
    pub(super) first: [u32; 2],
    pub(super) targets: &'a [u32],
}

impl LinkedFile<'_> {
    /// The block of a row.
    pub(super) fn block(self, row: u32) -> BlockId {
        let declared = self.part.declared;
        BlockId(if row < declared { self.first[0] + row } else { self.first[1] + (row - declared) })
    }

    /// The block that a value is or refers to, as far as that is known.
    pub(super) fn target(self, value: usize) -> Option<BlockId> {
        let row = &self.part.values[value];
        match row.sort {
            ValueKind::Own => Some(self.block(row.payload)),
            ValueKind::Reference => {
                self.targets.get(value).filter(|target| **target != NONE).map(|target| BlockId(*target))
            }
            ValueKind::Text
            | ValueKind::Term
            | ValueKind::Number
            | ValueKind::Days
            | ValueKind::Flag
            | ValueKind::Broken => None,
        }
    }
}

/// The fields of a block, in the order written.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    part: FileView<'a>,
    rows: std::slice::Iter<'a, FieldRow>,
}

/// The values of one field of one block.
#[derive(Clone, Copy, Debug)]
pub struct FieldValues<'a> {
    /// Which field.
    pub field: FieldId,
    /// The name before the colon; for a field that nesting fills, the header.
    pub name: Span,
    /// The values in the order written.
    pub values: Values<'a>,
}

/// The values of a field, in the order written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Values<'a> {
    part: Option<FileView<'a>>,
    first: usize,
    rows: &'a [ValueRow],
}

/// A value and its place.
#[derive(Clone, Copy, Debug)]
pub struct PlacedValue<'a> {
    /// What it is.
    pub value: Value<'a>,
    /// Where it stands.
    pub span: Span,
}

/// A value of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// A reference, a quotation or an allowance.
    Block(BlockId),
    /// A text.
    Text(&'a str),
    /// A free word or an enum value.
    Term(&'a str),
    /// A number.
    Number(f64),
    /// A date or a period.
    Days(DateRange),
    /// `yes` or `no`.
    Flag(bool),
    /// Already reported; rules that read it stay silent.
    Broken,
}

impl<'a> Block<'a> {
    /// What it is.
    pub fn kind(self) -> KindId {
        self.row.kind
    }

    /// Its full id, with namespace and outer blocks; anonymous blocks have none.
    pub fn id(self) -> Option<&'a str> {
        self.part.part.words(self.row.id)
    }

    /// The namespace of the file that declares it; empty for none.
    pub fn namespace(self) -> &'a str {
        &self.part.part.home.namespace
    }

    /// The file that it stands in, or for one declared by its first use, where that stands.
    pub fn file(self) -> &'a str {
        &self.part.part.home.file
    }

    /// Its title.
    pub fn title(self) -> Option<Spanned<&'a str>> {
        let (part, at) = (self.part.part, self.row.title);
        at.is_somewhere()
            .then(|| Spanned::new(part.text(self.row.title_made, within_marks(self.row.title_made, at)), part.span(at)))
    }

    /// The block that it stands inside.
    pub fn outer(self) -> Option<BlockId> {
        (self.row.outer != NONE).then(|| self.part.block(self.row.outer))
    }

    /// Where it is named: the id, or the kind when it has no id, or the first use that declared it.
    pub fn header(self) -> Span {
        self.part.part.span(self.row.header)
    }

    /// All of it, to the closing brace.
    pub fn whole(self) -> Span {
        self.part.part.span(self.row.whole)
    }

    /// Its fields in the order written.
    pub fn fields(self) -> Fields<'a> {
        Fields { part: self.part, rows: self.part.part.fields_of(self.row).iter() }
    }

    /// The values of all of its fields.
    pub fn values(self) -> impl Iterator<Item = PlacedValue<'a>> {
        self.fields().flat_map(|field| field.values)
    }

    /// The field as it stands in it, if it does.
    pub fn field(self, field: FieldId) -> Option<FieldValues<'a>> {
        let row = self.part.part.fields_of(self.row).iter().find(|row| row.field == field);
        row.map(|row| self.part.field(row))
    }
}

/// The bytes of a text that is meant as it is written, without its quotation marks.
fn within_marks(made: u32, at: ByteRange) -> ByteRange {
    if made == NONE { ByteRange { start: at.start + 1, end: at.end - 1 } } else { at }
}

impl<'a> FileView<'a> {
    /// The block of a row.
    pub(super) fn block(self, row: u32) -> BlockId {
        self.corpus.linked_part(self.number).block(row)
    }

    fn field(self, row: &'a FieldRow) -> FieldValues<'a> {
        let name = ByteRange { start: row.name, end: row.name + u32::from(row.name_length) };
        FieldValues { field: row.field, name: self.part.span(name), values: self.values(row) }
    }

    pub(super) fn values(self, row: &'a FieldRow) -> Values<'a> {
        let first = row.first_value as usize;
        Values { part: Some(self), first, rows: &self.part.values[first..first + row.values as usize] }
    }

    fn held(self, number: usize, row: &ValueRow) -> PlacedValue<'a> {
        PlacedValue { value: self.value(number, row), span: self.part.span(row.at) }
    }

    fn value(self, number: usize, row: &ValueRow) -> Value<'a> {
        let payload = row.payload;
        match row.sort {
            ValueKind::Own | ValueKind::Reference => {
                self.corpus.linked_part(self.number).target(number).map_or(Value::Broken, Value::Block)
            }
            ValueKind::Text => Value::Text(self.part.text(payload, within_marks(payload, row.at))),
            ValueKind::Term => Value::Term(self.part.text(payload, row.at)),
            ValueKind::Number => Value::Number(self.part.numbers[payload as usize]),
            ValueKind::Days => Value::Days(self.part.days[payload as usize]),
            ValueKind::Flag => Value::Flag(payload == 1),
            ValueKind::Broken => Value::Broken,
        }
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = FieldValues<'a>;

    fn next(&mut self) -> Option<FieldValues<'a>> {
        self.rows.next().map(|row| self.part.field(row))
    }
}

impl<'a> Values<'a> {
    /// How many there are.
    pub fn len(self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.rows.is_empty()
    }

    /// One of them, from 0.
    pub fn get(self, at: usize) -> Option<PlacedValue<'a>> {
        let row = self.rows.get(at)?;
        self.part.map(|part| part.held(self.first + at, row))
    }

    /// The first of them.
    pub fn first(self) -> Option<PlacedValue<'a>> {
        self.get(0)
    }

    /// The last of them.
    pub fn last(self) -> Option<PlacedValue<'a>> {
        self.get(self.len().checked_sub(1)?)
    }

    /// All of them.
    pub fn iter(self) -> ValuesIter<'a> {
        self.into_iter()
    }
}

impl<'a> IntoIterator for Values<'a> {
    type Item = PlacedValue<'a>;
    type IntoIter = ValuesIter<'a>;

    fn into_iter(self) -> ValuesIter<'a> {
        ValuesIter { values: self, next: 0 }
    }
}

/// The values of a field, one after the other.
#[derive(Clone, Debug)]
pub struct ValuesIter<'a> {
    values: Values<'a>,
    next: usize,
}

impl<'a> Iterator for ValuesIter<'a> {
    type Item = PlacedValue<'a>;

    fn next(&mut self) -> Option<PlacedValue<'a>> {
        let held = self.values.get(self.next)?;
        self.next += 1;
        Some(held)
    }
}

impl<'a> Value<'a> {
    /// The block, if it is one.
    pub fn block(self) -> Option<BlockId> {
        match self {
            Value::Block(block) => Some(block),
            Value::Text(_) | Value::Term(_) | Value::Number(_) | Value::Days(_) | Value::Flag(_) | Value::Broken => {
                None
            }
        }
    }

    /// The date or the period, if it is one.
    pub fn days(self) -> Option<DateRange> {
        match self {
            Value::Days(days) => Some(days),
            Value::Block(_) | Value::Text(_) | Value::Term(_) | Value::Number(_) | Value::Flag(_) | Value::Broken => {
                None
            }
        }
    }

    /// The text or the term, if it is one.
    pub fn words(self) -> Option<&'a str> {
        match self {
            Value::Text(words) | Value::Term(words) => Some(words),
            Value::Block(_) | Value::Number(_) | Value::Days(_) | Value::Flag(_) | Value::Broken => None,
        }
    }
}

impl Corpus {
    /// The block that `id` names.
    ///
    /// # Panics
    /// For a block of another corpus.
    pub fn block(&self, id: BlockId) -> Block<'_> {
        let place = self.places[id.0 as usize];
        let part = self.ranked(place.part as usize);
        Block { part, row: &part.part.blocks[place.row as usize] }
    }

    pub(super) fn linked_part(&self, number: usize) -> LinkedFile<'_> {
        // What is declared by use refers to nothing.
        let targets = self.targets.get(number).map_or(&[][..], Vec::as_slice);
        LinkedFile { part: &self.parts[number], first: self.first[number], targets }
    }

    pub(super) fn ranked(&self, number: usize) -> FileView<'_> {
        FileView { part: &self.parts[number], corpus: self, number }
    }
}
