//! Floor 5: the resolved claims. Inert and read-only; blocks are named by number, not by pointer.

mod circles;
mod components;
mod days;
mod delta;
mod file_index;
mod lattice;
mod lexicon;
mod query;
mod quotations;
mod referrers;
pub mod resolve;
mod view;

use std::sync::{Arc, OnceLock};

use crate::schema::{KindId, Schema};
use crate::text::SourceId;

pub use circles::{Circle, Circles, crossing};
pub use components::components;
pub use days::DateRange;
pub use delta::{CorpusDelta, FieldChange};
pub use file_index::FileIndex;
pub use lattice::{CostedVerdict, LatticeVerdict};
use lexicon::features::LexicalFeatures;
pub use lexicon::features::{ITEMS, LexicalFeature};
pub use lexicon::near_duplicates::LOOKS_LIKE;
pub use quotations::coverage::{Coverage, CoverageTally, CoveredSentence, DocumentLine, SentenceState};
use quotations::index::QuotationIndex;
pub use quotations::index::{CitedDocument, QuotationMatch, UnsearchedDocument};
pub use quotations::matches::QuotationMatches;
use referrers::Referrers;
use resolve::names::NameTable;
pub use resolve::{Lexicon, LinkProblems, LinkState, Moves, Replaced, link, resolve};
pub use view::{Block, FieldValues, Fields, PlacedValue, Value, Values, ValuesIter};

/// Names one block of a [`Corpus`]; the order of numbers is the order of the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(pub u32);

/// All blocks of one project, with every reference resolved or marked as broken.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// What the blocks may hold.
    pub schema: Arc<Schema>,
    parts: Vec<Arc<FileIndex>>,
    /// By part, the numbers of its first block with a header, and of its first one without.
    first: Vec<[u32; 2]>,
    /// Where each block stands.
    places: Vec<RowLocation>,
    /// The kind of each block.
    kinds: Vec<KindId>,
    /// By part and row of a value, what a reference leads to.
    targets: Vec<Vec<u32>>,
    names: NameTable,
    by_kind: Vec<Vec<BlockId>>,
    referrers: Vec<OnceLock<Referrers>>,
    features: OnceLock<LexicalFeatures>,
    alike: OnceLock<lexicon::near_duplicates::NearDuplicates>,
    quoted: QuotationIndex,
    /// Whether some block could not be understood or is declared twice, so that who refers to what is not wholly known.
    incomplete: bool,
}

/// The row of a block in its part.
#[derive(Clone, Copy, Debug)]
struct RowLocation {
    part: u32,
    row: u32,
}

/// An id as it is written inside a namespace.
pub fn local<'a>(id: &'a str, namespace: &str) -> &'a str {
    id.strip_prefix(namespace).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id)
}

impl Corpus {
    /// All blocks, in document order.
    pub fn block_ids(&self) -> impl ExactSizeIterator<Item = BlockId> + use<> {
        (0..self.places.len() as u32).map(BlockId)
    }

    /// The kind of a block.
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

    /// The block with this full id.
    pub fn named(&self, full_id: &str) -> Option<BlockId> {
        self.names.get(self, full_id)
    }

    /// The source that a block stands in.
    pub fn source(&self, id: BlockId) -> SourceId {
        self.parts[self.places[id.0 as usize].part as usize].home.source
    }
}
