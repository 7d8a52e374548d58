//! What a step does at the blocks of each kind, in columns.

use std::cell::OnceCell;
use std::sync::Arc;

use super::column::Column;
use super::columns::{ColumnSource, ColumnStore};
use crate::condition::plan::{Computed, Edges, Hop};
use crate::schema::KindId;

/// What a step does, by the kind of the block that it leaves; the columns are read when a block is met.
pub(super) struct PathEdges {
    pub(super) by_kind: Vec<OnceCell<Vec<PathEdge>>>,
    /// Whether they lead nowhere from any block.
    pub(super) is_empty: OnceCell<bool>,
}

/// One way from a block to others, or to its values.
#[derive(Clone, Debug)]
pub(super) enum PathEdge {
    Column(Arc<Column>),
    Computed(Arc<Computed>),
}

impl PathEdges {
    pub(super) fn of(&self, kind: usize, hops: &Edges, columns: &ColumnStore<'_>) -> &[PathEdge] {
        self.by_kind[kind].get_or_init(|| hops.0[kind].iter().map(|hop| PathEdge::new(hop, kind, columns)).collect())
    }

    /// Whether they lead nowhere, whatever block they are taken from.
    pub(super) fn is_empty(&self, hops: &Edges, columns: &ColumnStore<'_>) -> bool {
        *self.is_empty.get_or_init(|| {
            let leads_nowhere = |way: &PathEdge| match way {
                PathEdge::Column(column) => column.is_empty(),
                PathEdge::Computed(_) => false,
            };
            (0..hops.0.len()).all(|kind| self.of(kind, hops, columns).iter().all(leads_nowhere))
        })
    }
}

impl PathEdge {
    fn new(hop: &Hop, kind: usize, columns: &ColumnStore<'_>) -> PathEdge {
        let kind = KindId(kind as u16);
        match (hop, ColumnSource::of(hop)) {
            (_, Some(source)) => PathEdge::Column(columns.column(source, kind)),
            (Hop::Computed(computed), None) => PathEdge::Computed(Arc::clone(computed)),
            (Hop::Forward(_) | Hop::Backward(_) | Hop::Implicit(_) | Hop::Native(_), None) => {
                unreachable!("whatever is not computed has a column")
            }
        }
    }
}
