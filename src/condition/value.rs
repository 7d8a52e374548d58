//! The values that conditions are about, and the rows of them that offend.

use hashbrown::HashSet;
use std::hash::{Hash, Hasher};

use crate::model::{BlockId, DateRange, Value};
use crate::schema::KindId;

/// One element of a set.
#[derive(Clone, Debug, PartialEq)]
pub enum ScalarValue {
    /// A block.
    Block(BlockId),
    /// A text, a free word, a value of an enum, or the name of a kind.
    Text(String),
    /// A number; never NaN, since none can be written.
    Number(f64),
    /// A date or a period.
    Days(DateRange),
    /// `yes` or `no`.
    Flag(bool),
}

impl Eq for ScalarValue {}

impl Hash for ScalarValue {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            ScalarValue::Block(block) => block.hash(state),
            ScalarValue::Text(text) => text.hash(state),
            // Adding zero makes the two zeros, which are equal, one.
            ScalarValue::Number(number) => (number + 0.0).to_bits().hash(state),
            ScalarValue::Days(days) => days.hash(state),
            ScalarValue::Flag(flag) => flag.hash(state),
        }
    }
}

impl ScalarValue {
    /// The element that a value of a field is; none if it is broken.
    pub fn of(value: &Value<'_>) -> Option<ScalarValue> {
        match value {
            Value::Block(block) => Some(ScalarValue::Block(*block)),
            Value::Text(text) | Value::Term(text) => Some(ScalarValue::Text((*text).to_owned())),
            Value::Number(number) => Some(ScalarValue::Number(*number)),
            Value::Days(days) => Some(ScalarValue::Days(*days)),
            Value::Flag(flag) => Some(ScalarValue::Flag(*flag)),
            Value::Broken => None,
        }
    }

    /// The block, unless the element is a value.
    pub fn block(&self) -> Option<BlockId> {
        match self {
            ScalarValue::Block(block) => Some(*block),
            ScalarValue::Text(_) | ScalarValue::Number(_) | ScalarValue::Days(_) | ScalarValue::Flag(_) => None,
        }
    }
}

/// The elements in the order of their first occurrence, each once.
pub(super) fn distinct(mut elements: Vec<ScalarValue>) -> Vec<ScalarValue> {
    if elements.len() > 1 {
        let first: Vec<bool> = {
            let mut seen = HashSet::with_capacity(elements.len());
            elements.iter().map(|element| seen.insert(element)).collect()
        };
        let mut first = first.into_iter();
        elements.retain(|_| first.next().unwrap_or_default());
    }
    elements
}

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
    pub(super) cells: Vec<RowCell>,
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
pub(super) struct RowCell {
    pub(super) name: String,
    /// One element for a binder of `for`; up to five for a witness.
    pub(super) elements: Vec<ScalarValue>,
    /// How many there were in all.
    pub(super) count: usize,
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
    pub(super) fn named(name: &str) -> RowCell {
        RowCell { name: name.to_owned(), ..RowCell::default() }
    }
}
