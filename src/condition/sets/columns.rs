//! The fields of a corpus as columns of numbers, made when a condition first reads them and shared by all of a run.

use hashbrown::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::column::{Backward, Column};
use super::dictionary::{Dictionary, Symbol};
use super::graph::Graph;
use super::lists::Lists;
use crate::condition::element::ScalarValue;
use crate::condition::eval::native::NativeField;
use crate::condition::plan::{Hop, Edges, Implicit};
use crate::model::{BlockId, Corpus};
use crate::schema::{FieldId, KindId};

/// What conditions have read of a corpus so far. Whoever asks several queries of one corpus asks them with the same
/// columns.
#[derive(Debug)]
pub struct Columns<'a> {
    pub(super) corpus: &'a Corpus,
    /// The number of each block among those of its kind.
    ranks: Vec<u32>,
    dictionary: RwLock<Dictionary<'a>>,
    forward: Once<(FieldId, KindId), Column>,
    implicit: Once<(Implicit, KindId), Column>,
    native: Once<(NativeField, KindId), Column>,
    backward: Once<FieldId, Backward>,
    graphs: Once<Vec<(KindId, Vec<Source>)>, Graph>,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Source {
    Forward(FieldId),
    Backward(FieldId),
    Implicit(Implicit),
    Native(NativeField),
}

impl Source {
    /// What a hop reads; none if it follows from others.
    pub(super) fn of(hop: &Hop) -> Option<Source> {
        Some(match hop {
            Hop::Forward(field) => Source::Forward(*field),
            Hop::Backward(field) => Source::Backward(*field),
            Hop::Implicit(implicit) => Source::Implicit(*implicit),
            Hop::Native(provider) => Source::Native(provider.clone()),
            Hop::Computed(_) => return None,
        })
    }
}

impl<'a> Columns<'a> {
    /// Columns of which none has been read.
    pub fn new(corpus: &'a Corpus) -> Columns<'a> {
        let mut ranks = vec![0; corpus.block_ids().len()];
        for kind in corpus.schema.kind_ids() {
            for (rank, block) in corpus.of_kind(kind).iter().enumerate() {
                ranks[block.0 as usize] = rank as u32;
            }
        }
        Columns {
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
    pub(super) fn column(&self, source: Source, kind: KindId) -> Arc<Column> {
        match source {
            Source::Forward(field) => self.forward.get((field, kind), |_| self.forward(field, kind)),
            Source::Backward(field) => Arc::clone(self.backward(field).of(kind)),
            Source::Implicit(implicit) => self.implicit.get((implicit, kind), |_| self.implicit(implicit, kind)),
            Source::Native(provider) => {
                self.native.get((provider, kind), |(provider, kind)| self.native(provider, *kind))
            }
        }
    }

    /// A field seen from its other end.
    pub(super) fn backward(&self, field: FieldId) -> Arc<Backward> {
        self.backward.get(field, |field| self.turn(*field))
    }

    /// The graph of a repeated step, if no hop of it follows from others.
    pub(super) fn graph(&self, hops: &Edges) -> Option<Arc<Graph>> {
        let mut key = Vec::new();
        for (kind, hops) in hops.0.iter().enumerate().filter(|(_, hops)| !hops.is_empty()) {
            key.push((KindId(kind as u16), hops.iter().map(Source::of).collect::<Option<Vec<Source>>>()?));
        }
        Some(self.graphs.get(key, |key| Graph::new(self.edges(key))))
    }

    /// What each block leads to by any of the columns of its kind.
    fn edges(&self, sources: &[(KindId, Vec<Source>)]) -> Lists {
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
struct Once<K, V>(Mutex<HashMap<K, Slot<V>>>);

type Slot<V> = Arc<OnceLock<Arc<V>>>;

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
