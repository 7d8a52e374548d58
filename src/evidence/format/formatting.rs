//! The elements of a page that mark words, as `b` does, and are hidden: they go on after the end of the block in which they
//! began, but not after that of their cell.

use std::collections::BTreeMap;

use super::open::{Name, Place};

/// The elements that mark words and are open.
#[derive(Debug)]
pub(super) struct Formatting {
    open: BTreeMap<Name, Vec<FormattingElement>>,
    /// The cells that are open, each with how many hidden elements are open in it.
    cells: Vec<(usize, usize)>,
    hidden: usize,
    next_cell: usize,
}

/// One of them.
#[derive(Clone, Copy, Debug)]
struct FormattingElement {
    /// The cell in which it began.
    cell: usize,
    place: Place,
    is_hidden: bool,
    /// Where it begins in the file, if it hides what would be shown else.
    left_out: Option<usize>,
}

impl Formatting {
    pub(super) fn new() -> Formatting {
        Formatting { open: BTreeMap::new(), cells: vec![(0, 0)], hidden: 0, next_cell: 1 }
    }

    /// Whether one of them hides what is read now.
    pub(super) fn hides(&self) -> bool {
        self.hidden > 0
    }

    pub(super) fn open_cell(&mut self) {
        self.cells.push((self.next_cell, 0));
        self.next_cell += 1;
    }

    pub(super) fn close_cell(&mut self) {
        if let Some((_, hidden)) = self.cells.pop() {
            self.hidden -= hidden;
        }
    }

    /// Begins an element, with its first byte if it hides what would be shown else.
    pub(super) fn start(&mut self, name: Name, place: Place, (is_hidden, left_out): (bool, Option<usize>)) {
        if let Some((cell, count)) = self.cells.last_mut() {
            self.open.entry(name).or_default().push(FormattingElement { cell: *cell, place, is_hidden, left_out });
            *count += usize::from(is_hidden);
            self.hidden += usize::from(is_hidden);
        }
    }

    /// Ends the last element of a name in this cell, and returns where it began; and its first byte, if it hid something.
    pub(super) fn end(&mut self, name: Name) -> Option<(Place, Option<usize>)> {
        let open = self.open.get_mut(&name)?;
        // Those of cells that are closed ended with them.
        let is_closed = |cell: usize| self.cells.binary_search_by_key(&cell, |(open, _)| *open).is_err();
        while open.last().is_some_and(|last| is_closed(last.cell)) {
            open.pop();
        }
        let (cell, count) = self.cells.last_mut()?;
        let ended = open.pop_if(|last| last.cell == *cell)?;
        *count -= usize::from(ended.is_hidden);
        self.hidden -= usize::from(ended.is_hidden);
        Some((ended.place, ended.left_out))
    }
}
