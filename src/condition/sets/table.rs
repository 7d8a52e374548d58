//! The rows that a condition is asked for at one time.

use std::rc::Rc;

use super::dictionary::Symbol;
use crate::condition::plan::Slot;

/// Rows of what binders stand for, column by column.
#[derive(Clone, Debug)]
pub(super) struct RowTable {
    rows: usize,
    /// By slot; nothing for binders that stand for nothing yet.
    columns: Vec<Option<Rc<[Symbol]>>>,
}

impl RowTable {
    /// One row in which no binder stands for anything.
    pub(super) fn unbound(slots: usize) -> RowTable {
        RowTable { rows: 1, columns: vec![None; slots] }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// What a binder stands for in each row.
    ///
    /// Panics when it stands for nothing: the checker lets no name be used before it is bound.
    pub(super) fn column(&self, slot: Slot) -> &[Symbol] {
        self.columns[slot].as_ref().expect("a binder is bound before it is used")
    }

    /// The same binders, with one more that stands for these in so many rows.
    pub(super) fn of_one(slots: usize, slot: Slot, values: &[Symbol]) -> RowTable {
        let mut columns = vec![None; slots];
        columns[slot] = Some(Rc::from(values));
        RowTable { rows: values.len(), columns }
    }

    /// Some of the rows, by number, in any order and any number of times.
    pub(super) fn pick(&self, rows: &[u32]) -> RowTable {
        let pick = |column: &Rc<[Symbol]>| rows.iter().map(|row| column[*row as usize]).collect();
        let columns = self.columns.iter().map(|column| column.as_ref().map(pick)).collect();
        RowTable { rows: rows.len(), columns }
    }

    /// Some of the rows, with one binder more, or another element for it.
    pub(super) fn with(&self, parents: &[u32], slot: Slot, values: &[Symbol]) -> RowTable {
        let mut table = self.pick(parents);
        table.columns[slot] = Some(Rc::from(values));
        table
    }

    /// The rows for which a mask says yes.
    pub(super) fn filtered(&self, mask: &[bool]) -> RowTable {
        if mask.iter().all(|holds| *holds) { self.clone() } else { self.pick(&numbers(mask)) }
    }
}

/// The numbers of the rows for which a mask says yes.
pub(super) fn numbers(mask: &[bool]) -> Vec<u32> {
    (0_u32..).zip(mask).filter(|(_, holds)| **holds).map(|(row, _)| row).collect()
}
