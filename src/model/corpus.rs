//! All blocks of a project, numbered, with what is found out of them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::index::block::{BlockId, RowLocation};
use super::index::features::LexicalFeatures;
use super::index::file::FileIndex;
use super::index::names::NameTable;
use super::index::quotations::QuotationIndex;
use super::index::referrers::Referrers;
use crate::schema::{KindId, Schema};
use crate::text::SourceId;

/// All blocks of one project, with every reference resolved or marked as broken.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// What the blocks may hold.
    pub schema: Arc<Schema>,
    pub(super) parts: Vec<Arc<FileIndex>>,
    /// By part, the numbers of its first block with a header, and of its first one without.
    pub(super) first: Vec<[u32; 2]>,
    /// Where each block stands.
    pub(super) places: Vec<RowLocation>,
    /// The kind of each block.
    pub(super) kinds: Vec<KindId>,
    /// By part and row of a value, what a reference leads to.
    pub(super) targets: Vec<Vec<u32>>,
    pub(super) names: NameTable,
    pub(super) by_kind: Vec<Vec<BlockId>>,
    pub(super) referrers: Vec<OnceLock<Referrers>>,
    pub(super) features: OnceLock<LexicalFeatures>,
    pub(super) alike: OnceLock<BTreeMap<BlockId, Vec<BlockId>>>,
    pub(super) quoted: QuotationIndex,
    /// Whether some block could not be understood or is declared twice, so that who refers to what is not wholly known.
    pub(super) incomplete: bool,
}

impl Corpus {
    /// All blocks, in document order.
    pub fn block_ids(&self) -> impl ExactSizeIterator<Item = BlockId> + use<> {
        (0..self.places.len() as u32).map(BlockId)
    }

    /// The kind of a block.
    ///
    /// # Panics
    /// For a block of another corpus.
    pub fn kind(&self, id: BlockId) -> KindId {
        self.kinds[id.0 as usize]
    }

    /// The blocks of exactly this kind, in document order.
    pub fn of_kind(&self, kind: KindId) -> &[BlockId] {
        &self.by_kind[kind.0 as usize]
    }

    /// How many blocks count as claims.
    pub fn claims(&self) -> usize {
        self.schema.kind_ids().filter(|kind| self.schema.is_claim(*kind)).map(|kind| self.of_kind(kind).len()).sum()
    }

    /// The source that a block stands in.
    ///
    /// # Panics
    /// For a block of another corpus.
    pub fn source(&self, id: BlockId) -> SourceId {
        self.parts[self.places[id.0 as usize].part as usize].home.source
    }

    /// The blocks of some parts, which nobody can refer to yet.
    pub(super) fn of(parts: Vec<Arc<FileIndex>>, schema: Arc<Schema>) -> Corpus {
        let incomplete = parts.iter().any(|part| part.incomplete);
        let by_kind = vec![Vec::new(); schema.kinds.len()];
        let referrers = schema.fields.iter().map(|_| OnceLock::new()).collect();
        let mut corpus = Corpus {
            schema,
            parts,
            first: Vec::new(),
            places: Vec::new(),
            kinds: Vec::new(),
            targets: Vec::new(),
            names: NameTable::default(),
            by_kind,
            referrers,
            features: OnceLock::new(),
            alike: OnceLock::new(),
            quoted: QuotationIndex::default(),
            incomplete,
        };
        corpus.number();
        corpus
    }

    /// Numbers the blocks: those with headers in document order, and then those that are values of fields.
    fn number(&mut self) {
        self.first = vec![[0; 2]; self.parts.len()];
        for inline in [false, true] {
            for number in 0..self.parts.len() {
                self.first[number][usize::from(inline)] = self.places.len() as u32;
                let part = Arc::clone(&self.parts[number]);
                let declared = part.declared as usize;
                let rows = if inline { declared..part.blocks.len() } else { 0..declared };
                for row in rows {
                    self.add(RowLocation { part: number as u32, row: row as u32 }, part.blocks[row].kind);
                }
            }
        }
    }

    /// Gives a block the next number.
    pub(super) fn add(&mut self, place: RowLocation, kind: KindId) -> BlockId {
        let block = BlockId(self.places.len() as u32);
        self.places.push(place);
        self.kinds.push(kind);
        self.by_kind[usize::from(kind.0)].push(block);
        block
    }
}
