//! From trees and a schema to a corpus: the only way in which a corpus comes to be.
//!
//! What a piece of a file says by itself is read first, into a [`Part`]; that can be done for all pieces at the same time.
//! Then the parts are linked: what their references lead to depends on all of them.

mod cycles;
mod declare;
mod fields;
mod lexicon;
mod misplaced;
pub(super) mod names;
mod problems;
mod references;
mod relink;
mod unique;
mod values;

use hashbrown::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, OnceLock};

use super::file_index::FileIndex;
use super::quotations::index::QuotationIndex;
use super::{BlockId, Corpus, RowLocation};
use crate::diagnostic::Diagnostic;
use crate::schema::{KindId, Schema};
use crate::syntax::tree;
use crate::text::Sources;
pub use lexicon::Lexicon;
pub use relink::{LinkProblems, LinkState, Moves, Replaced};

/// The corpus, and everything in it that the schema forbids.
#[derive(Debug)]
pub struct Resolved {
    /// All blocks; what was broken is marked as such.
    pub corpus: Corpus,
    /// The problems, in no particular order.
    pub problems: Vec<Diagnostic>,
}

/// Resolves the files of one project, in the order given, which becomes the order of their blocks.
pub fn resolve(files: &[tree::File], sources: &Sources, schema: impl Into<Arc<Schema>>) -> Resolved {
    let schema = schema.into();
    let parts = {
        let lexicon = Lexicon::new(&schema);
        let part = |file: &tree::File| FileIndex::read(file.head(), file.blocks.iter(), (sources, &lexicon));
        files.iter().map(|file| Arc::new(part(file))).collect()
    };
    link(parts, schema, NonZeroUsize::MIN)
}

/// Links what stands in the files of one project, in the order given, which becomes the order of their blocks; by so many
/// threads.
pub fn link(parts: Vec<Arc<FileIndex>>, schema: impl Into<Arc<Schema>>, threads: NonZeroUsize) -> Resolved {
    let (corpus, _, wrong) = LinkState::of(parts, schema.into(), threads);
    Resolved { corpus, problems: wrong.all().collect() }
}

impl Corpus {
    /// The blocks of some parts, which nobody can refer to yet.
    fn of(parts: Vec<Arc<FileIndex>>, schema: Arc<Schema>) -> Corpus {
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
            names: names::NameTable::default(),
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
    fn add(&mut self, place: RowLocation, kind: KindId) -> BlockId {
        let block = BlockId(self.places.len() as u32);
        self.places.push(place);
        self.kinds.push(kind);
        self.by_kind[usize::from(kind.0)].push(block);
        block
    }
}

/// Whether blocks of a kind have no header of their own, but are values of a field.
fn is_inline(schema: &Schema, kind: KindId) -> bool {
    !schema.kind(kind).inline.is_empty()
}

/// The blocks by a key, in the order of their first occurrence.
fn grouped<K: std::hash::Hash + Eq + Clone>(keyed: impl Iterator<Item = (K, BlockId)>) -> Vec<Vec<BlockId>> {
    let mut order: Vec<Vec<BlockId>> = Vec::new();
    let mut at: HashMap<K, usize> = HashMap::new();
    for (key, block) in keyed {
        let index = *at.entry(key).or_insert_with(|| {
            order.push(Vec::new());
            order.len() - 1
        });
        order[index].push(block);
    }
    order
}
