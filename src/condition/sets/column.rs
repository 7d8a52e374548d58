//! One column: what the blocks of one kind hold under one name.

use std::sync::Arc;

use super::dictionary::Symbol;
use crate::schema::KindId;

/// What each block of one kind holds under one name.
#[derive(Debug, Default)]
pub(super) struct Column {
    /// Where the values of each block end, by its number among those of its kind; nothing if no block holds any.
    ends: Vec<u32>,
    pub(super) values: Vec<Symbol>,
}

/// A field seen from its other end: a column for each kind.
#[derive(Debug, Default)]
pub(super) struct InverseColumns(pub(super) Vec<Arc<Column>>);

impl Column {
    /// What the block with this number among those of its kind holds.
    pub(super) fn at(&self, rank: usize) -> &[Symbol] {
        let Some(end) = self.ends.get(rank) else { return &[] };
        let start = rank.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.values[start as usize..*end as usize]
    }

    /// Whether no block holds anything.
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub(super) fn end(&mut self) {
        self.ends.push(self.values.len() as u32);
    }

    /// The column, without the ends if it holds nothing at all.
    pub(super) fn closed(mut self) -> Column {
        if self.values.is_empty() {
            self.ends = Vec::new();
        }
        self.values.shrink_to_fit();
        self.ends.shrink_to_fit();
        self
    }
}

impl InverseColumns {
    /// The column of a kind.
    pub(super) fn of(&self, kind: KindId) -> &Arc<Column> {
        &self.0[usize::from(kind.0)]
    }
}
