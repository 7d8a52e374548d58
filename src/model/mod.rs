//! Floor 5: the resolved claims. Inert and read-only; blocks are named by number, not by pointer.

mod alike;
mod coverage;
mod days;
mod lattice;
mod lists;
mod numbers;
mod query;
mod quoted;
pub mod resolve;
mod said;

use std::sync::{Arc, OnceLock};

use crate::schema::{FieldId, KindId, Schema};
use crate::text::{SourceId, Span, Spanned};

pub use alike::LOOKS_LIKE;
pub use coverage::{Coverage, Covered, Line, State, Tally};
pub use days::Days;
pub use lattice::{Verdict, Weighed};
use quoted::Quoted;
pub use quoted::{Cited, Reading, Unsearched};
pub use resolve::resolve;
pub use said::Saying;
use said::Sayings;

/// Names one block of a [`Corpus`]; the order of numbers is the order of the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(pub u32);

/// All blocks of one project, with every reference resolved or marked as broken.
#[derive(Debug)]
pub struct Corpus {
    /// What the blocks may hold.
    pub schema: Schema,
    blocks: Vec<Block>,
    ids: hashbrown::HashMap<Arc<str>, BlockId>,
    by_kind: Vec<Vec<BlockId>>,
    referrers: Vec<OnceLock<Referrers>>,
    sayings: OnceLock<Sayings>,
    alike: OnceLock<alike::Links>,
    quoted: Quoted,
    /// Whether some block could not be understood or is declared twice, so that who refers to what is not wholly known.
    incomplete: bool,
}

/// One field seen from its other end.
#[derive(Debug, Default)]
struct Referrers {
    /// Where the referrers of each block begin in `blocks`, and where those of the last one end; empty without any.
    starts: Vec<u32>,
    blocks: Vec<BlockId>,
    /// Whether some value of the field was reported, so that who refers to what is not wholly known.
    is_broken: bool,
    /// Whether any block holds the field at all.
    is_used: bool,
}

/// One block: a declaration, a statement, a quotation.
#[derive(Debug)]
pub struct Block {
    /// What it is.
    pub kind: KindId,
    /// Its full id, with namespace and outer blocks; anonymous blocks have none.
    pub id: Option<Arc<str>>,
    /// The namespace of the file that declares it; empty for none.
    pub namespace: Arc<str>,
    /// The file that it stands in, or for one declared by its first use, where that stands.
    pub file: Arc<str>,
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// The block that it stands inside.
    pub outer: Option<BlockId>,
    /// Where it is named: the id, or the kind when it has no id, or the first use that declared it.
    pub header: Span,
    /// All of it, to the closing brace.
    pub whole: Span,
    /// Its fields in the order written.
    pub fields: Vec<FieldValues>,
}

/// The values of one field of one block.
#[derive(Debug)]
pub struct FieldValues {
    /// Which field.
    pub field: FieldId,
    /// The name before the colon; for a field that nesting fills, the header.
    pub name: Span,
    /// The values in the order written.
    pub values: Vec<Held>,
}

/// A value and its place.
#[derive(Debug)]
pub struct Held {
    /// What it is.
    pub value: Value,
    /// Where it stands.
    pub span: Span,
}

/// A value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A reference, a quotation or an allowance.
    Block(BlockId),
    /// A text.
    Text(String),
    /// A free word or an enum value.
    Term(String),
    /// A number.
    Number(f64),
    /// A date or a period.
    Days(Days),
    /// `yes` or `no`.
    Flag(bool),
    /// Already reported; rules that read it stay silent.
    Broken,
}

/// An id as it is written inside a namespace.
pub fn local<'a>(id: &'a str, namespace: &str) -> &'a str {
    id.strip_prefix(namespace).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id)
}

impl Corpus {
    /// The block that `id` names.
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.0 as usize]
    }

    /// All blocks, in document order.
    pub fn block_ids(&self) -> impl Iterator<Item = BlockId> + use<> {
        (0..self.blocks.len() as u32).map(BlockId)
    }

    /// The blocks of exactly this kind, in document order.
    pub fn of_kind(&self, kind: KindId) -> &[BlockId] {
        &self.by_kind[kind.0 as usize]
    }

    /// The blocks that count as claims, in document order.
    pub fn claims(&self) -> impl Iterator<Item = BlockId> {
        self.block_ids().filter(|block| self.schema.is_claim(self.block(*block).kind))
    }

    /// The block with this full id.
    pub fn named(&self, full_id: &str) -> Option<BlockId> {
        self.ids.get(full_id).copied()
    }

    /// The source that a block stands in.
    pub fn source(&self, id: BlockId) -> SourceId {
        self.block(id).header.source
    }
}
