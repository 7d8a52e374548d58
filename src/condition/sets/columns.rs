//! The fields of a corpus as columns of numbers, made when a condition first reads them and shared by all of a run.

use hashbrown::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::column::{Column, InverseColumns};
use super::dictionary::{Dictionary, Symbol};
use super::graph::ClosureGraph;
use super::lists::Lists;
use crate::condition::native::field::NativeField;
use crate::condition::plan::{Edges, Hop, Implicit};
use crate::condition::values::scalar::ScalarValue;
use crate::model::{BlockId, Corpus};
use crate::schema::{FieldId, KindId};

/// What conditions have read of a corpus so far. Whoever asks several queries of one corpus asks them with the same
/// columns.
#[derive(Debug)]
pub struct ColumnStore<'a> {
    pub(super) corpus: &'a Corpus,
    /// The number of each block among those of its kind.
    ranks: Vec<u32>,
    dictionary: RwLock<Dictionary<'a>>,
    forward: Once<(FieldId, KindId), Column>,
    implicit: Once<(Implicit, KindId), Column>,
    native: Once<(NativeField, KindId), Column>,
    backward: Once<FieldId, InverseColumns>,
    graphs: Once<Vec<(KindId, Vec<ColumnSource>)>, ClosureGraph>,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum ColumnSource {
    Forward(FieldId),
    Backward(FieldId),
    Implicit(Implicit),
    Native(NativeField),
}

impl ColumnSource {
    /// What a hop reads; none if it follows from others.
    pub(super) fn of(hop: &Hop) -> Option<ColumnSource> {
        Some(match hop {
            Hop::Forward(field) => ColumnSource::Forward(*field),
            Hop::Backward(field) => ColumnSource::Backward(*field),
            Hop::Implicit(implicit) => ColumnSource::Implicit(*implicit),
            Hop::Native(native_field) => ColumnSource::Native(native_field.clone()),
            Hop::Computed(_) => return None,
        })
    }
}

impl<'a> ColumnStore<'a> {
    /// Columns of which none has been read.
    pub fn new(corpus: &'a Corpus) -> ColumnStore<'a> {
        let mut ranks = vec![0; corpus.block_ids().len()];
        for kind in corpus.schema.kind_ids() {
            for (rank, block) in corpus.of_kind(kind).iter().enumerate() {
                ranks[block.0 as usize] = rank as u32;
            }
        }
        ColumnStore {
            corpus,
            ranks,
            dictionary: RwLock::default(),
            forward: Once::default(),
            implicit: Once::default(),
            native: Once::default(),
            backward: Once::default(),
            graphs: Once::default(),
        }
    }

    /// How many blocks there are.
    pub(super) fn blocks(&self) -> usize {
        self.ranks.len()
    }

    pub(super) fn kind(&self, block: Symbol) -> KindId {
        self.corpus.kind(BlockId(block))
    }

    /// What a column of the kind of a block holds for it.
    pub(super) fn at<'c>(&self, column: &'c Column, block: Symbol) -> &'c [Symbol] {
        column.at(self.ranks[block as usize] as usize)
    }

    /// A column of the blocks of a kind.
    pub(super) fn column(&self, source: ColumnSource, kind: KindId) -> Arc<Column> {
        match source {
            ColumnSource::Forward(field) => self.forward.get((field, kind), |_| self.forward(field, kind)),
            ColumnSource::Backward(field) => Arc::clone(self.backward(field).of(kind)),
            ColumnSource::Implicit(implicit) => self.implicit.get((implicit, kind), |_| self.implicit(implicit, kind)),
            ColumnSource::Native(native_field) => {
                self.native.get((native_field, kind), |(native_field, kind)| self.native(native_field, *kind))
            }
        }
    }

    /// A field seen from its other end.
    pub(super) fn backward(&self, field: FieldId) -> Arc<InverseColumns> {
        self.backward.get(field, |field| self.turn(*field))
    }

    /// The graph of a repeated step, if no hop of it follows from others.
    pub(super) fn graph(&self, hops: &Edges) -> Option<Arc<ClosureGraph>> {
        let mut key = Vec::new();
        for (kind, hops) in hops.0.iter().enumerate().filter(|(_, hops)| !hops.is_empty()) {
            key.push((KindId(kind as u16), hops.iter().map(ColumnSource::of).collect::<Option<Vec<ColumnSource>>>()?));
        }
        Some(self.graphs.get(key, |key| ClosureGraph::new(self.edges(key))))
    }

    /// What each block leads to by any of the columns of its kind.
    fn edges(&self, sources: &[(KindId, Vec<ColumnSource>)]) -> Lists {
        let mut by_kind: Vec<Vec<Arc<Column>>> = vec![Vec::new(); self.corpus.schema.kinds.len()];
        for (kind, sources) in sources {
            by_kind[usize::from(kind.0)] = sources.iter().map(|source| self.column(source.clone(), *kind)).collect();
        }
        let mut edges = Lists::default();
        for block in 0..self.blocks() as Symbol {
            for column in &by_kind[usize::from(self.kind(block).0)] {
                edges.extend(self.at(column, block));
            }
            edges.end_distinct();
        }
        edges
    }

    pub(super) fn dictionary(&self) -> RwLockReadGuard<'_, Dictionary<'a>> {
        self.dictionary.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write(&self) -> RwLockWriteGuard<'_, Dictionary<'a>> {
        self.dictionary.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The elements of a list.
    pub(super) fn elements(&self, list: &[Symbol]) -> Vec<ScalarValue> {
        let dictionary = self.dictionary();
        list.iter().map(|symbol| dictionary.read(*symbol)).collect()
    }
}

/// Values by key, each made once, by whoever asks first.
#[derive(Debug)]
struct Once<K, V>(Mutex<HashMap<K, ColumnSlot<V>>>);

type ColumnSlot<V> = Arc<OnceLock<Arc<V>>>;

impl<K, V> Default for Once<K, V> {
    fn default() -> Once<K, V> {
        Once(Mutex::default())
    }
}

impl<K: Hash + Eq + Clone, V> Once<K, V> {
    /// The value of a key. The table is free while a value is made, so that making one may ask for others.
    fn get(&self, key: K, make: impl FnOnce(&K) -> V) -> Arc<V> {
        let slot = {
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.entry(key.clone()).or_default())
        };
        Arc::clone(slot.get_or_init(|| Arc::new(make(&key))))
    }
}
