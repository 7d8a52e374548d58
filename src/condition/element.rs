//! The values that conditions are about, and the rows of them that offend.

use hashbrown::HashSet;
use std::hash::{Hash, Hasher};

use crate::model::{BlockId, DateRange, Value};
use crate::schema::KindId;

/// One element of a set.
#[derive(Clone, Debug, PartialEq)]
pub enum Element {
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

impl Eq for Element {}

impl Hash for Element {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Element::Block(block) => block.hash(state),
            Element::Text(text) => text.hash(state),
            // Adding zero makes the two zeros, which are equal, one.
            Element::Number(number) => (number + 0.0).to_bits().hash(state),
            Element::Days(days) => days.hash(state),
            Element::Flag(flag) => flag.hash(state),
        }
    }
}

impl Element {
    /// The element that a value of a field is; none if it is broken.
    pub fn of(value: &Value<'_>) -> Option<Element> {
        match value {
            Value::Block(block) => Some(Element::Block(*block)),
            Value::Text(text) | Value::Term(text) => Some(Element::Text((*text).to_owned())),
            Value::Number(number) => Some(Element::Number(*number)),
            Value::Days(days) => Some(Element::Days(*days)),
            Value::Flag(flag) => Some(Element::Flag(*flag)),
            Value::Broken => None,
        }
    }

    /// The block, unless the element is a value.
    pub fn block(&self) -> Option<BlockId> {
        match self {
            Element::Block(block) => Some(*block),
            Element::Text(_) | Element::Number(_) | Element::Days(_) | Element::Flag(_) => None,
        }
    }
}

/// The elements in the order of their first occurrence, each once.
pub(super) fn distinct(mut elements: Vec<Element>) -> Vec<Element> {
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
    pub(super) cells: Vec<Cell>,
}

/// What came of asking a condition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The offending rows, in document order of the binders of `for`.
    pub rows: Vec<Row>,
    /// How many rows were judged at all: those that `for` and `when` leave.
    pub judged: u64,
}

/// What one binder stands for in a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cell {
    pub(super) name: String,
    /// One element for a binder of `for`; up to five for a witness.
    pub(super) elements: Vec<Element>,
    /// How many there were in all.
    pub(super) count: usize,
}

impl Row {
    /// What a binder stands for: one element for a binder of `for`, up to five for a witness; none if the name is
    /// not bound, or the witness is of another part of the judgement than the one that offends.
    pub fn element(&self, binder: &str) -> &[Element] {
        self.cell(binder).map_or(&[], |cell| &cell.elements)
    }

    /// The blocks that it speaks of, in the order of its binders.
    pub fn blocks(&self) -> impl Iterator<Item = BlockId> {
        self.cells.iter().flat_map(|cell| &cell.elements).filter_map(Element::block)
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
        let among = |cell: &Cell| {
            let name = cell.name.clone();
            let elements = blocks.iter().copied().map(Element::Block).collect();
            Cell { name, elements, count: blocks.len() }
        };
        let cell = |cell: &Cell| if cell.name == binder { among(cell) } else { cell.clone() };
        Row { cells: self.cells.iter().map(cell).collect() }
    }

    /// Two parts of a judgement may use one name for their witnesses; those of the part that offends count.
    fn cell(&self, binder: &str) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.name == binder && !cell.elements.is_empty())
    }
}

impl Cell {
    pub(super) fn named(name: &str) -> Cell {
        Cell { name: name.to_owned(), ..Cell::default() }
    }
}
