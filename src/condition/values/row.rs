//! The rows that offend, and what each of their names stands for.

use super::scalar::ScalarValue;
use crate::model::BlockId;
use crate::schema::KindId;

/// A name that a condition binds, and what it can stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binder {
    /// The name.
    pub name: String,
    /// The concrete kinds of the blocks that it can stand for; none if it stands for values.
    pub kinds: Vec<KindId>,
}

/// One offending row: what each binder stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub(crate) cells: Vec<RowCell>,
}

/// What came of asking a condition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryResult {
    /// The offending rows, in document order of the binders of `for`.
    pub rows: Vec<Row>,
    /// How many rows were judged at all: those that `for` and `when` leave.
    pub judged: u64,
}

/// What one binder stands for in a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RowCell {
    pub(crate) name: String,
    /// One element for a binder of `for`; up to five for a witness.
    pub(crate) elements: Vec<ScalarValue>,
    /// How many there were in all.
    pub(crate) count: usize,
}

impl Row {
    /// What a binder stands for: one element for a binder of `for`, up to five for a witness; none if the name is
    /// not bound, or the witness is of another part of the judgement than the one that offends.
    pub fn element(&self, binder: &str) -> &[ScalarValue] {
        self.cell(binder).map_or(&[], |cell| &cell.elements)
    }

    /// The blocks that it speaks of, in the order of its binders.
    pub fn blocks(&self) -> impl Iterator<Item = BlockId> {
        self.cells.iter().flat_map(|cell| &cell.elements).filter_map(ScalarValue::block)
    }

    /// How many witnesses there were, those beyond five included; one for a binder of `for`.
    pub fn count(&self, binder: &str) -> usize {
        self.cell(binder).map_or(0, |cell| cell.count)
    }

    /// The same row with a binder standing for one block alone: for what is said of a single witness.
    #[must_use]
    pub fn only(&self, binder: &str, block: BlockId) -> Row {
        self.among(binder, &[block])
    }

    /// The same row with a binder standing for some blocks: for what is said of several rows as of one.
    #[must_use]
    pub fn among(&self, binder: &str, blocks: &[BlockId]) -> Row {
        let among = |cell: &RowCell| {
            let name = cell.name.clone();
            let elements = blocks.iter().copied().map(ScalarValue::Block).collect();
            RowCell { name, elements, count: blocks.len() }
        };
        let cell = |cell: &RowCell| if cell.name == binder { among(cell) } else { cell.clone() };
        Row { cells: self.cells.iter().map(cell).collect() }
    }

    /// Two parts of a judgement may use one name for their witnesses; those of the part that offends count.
    fn cell(&self, binder: &str) -> Option<&RowCell> {
        self.cells.iter().find(|cell| cell.name == binder && !cell.elements.is_empty())
    }
}

impl RowCell {
    pub(crate) fn named(name: &str) -> RowCell {
        RowCell { name: name.to_owned(), ..RowCell::default() }
    }
}
