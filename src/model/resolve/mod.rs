//! From trees and a schema to a corpus: the only way in which a corpus comes to be.

mod cycles;
mod declare;
mod fields;
mod names;
mod problems;
mod unique;
mod values;

use std::collections::HashMap;
use std::sync::OnceLock;

use super::quoted::Quoted;
use super::{Block, BlockId, Corpus};
use crate::diagnostic::Diagnostic;
use crate::schema::{FieldId, KindId, Schema};
use crate::syntax::tree;
use crate::text::Sources;
use names::Names;

/// The corpus, and everything in it that the schema forbids.
#[derive(Debug)]
pub struct Resolved {
    /// All blocks; what was broken is marked as such.
    pub corpus: Corpus,
    /// The problems, in no particular order.
    pub problems: Vec<Diagnostic>,
}

/// Resolves the files of one project, in the order given, which becomes the order of their blocks.
pub fn resolve(files: &[tree::File], sources: &Sources, schema: Schema) -> Resolved {
    let mut problems = Vec::new();
    let mut draft = declare::declare(files, sources, &schema, &mut problems);
    draft.incomplete |= draft.names.report(&draft.blocks, &mut problems);
    fields::fill(&mut draft, sources, &schema, &mut problems);
    let corpus = Corpus { incomplete: draft.incomplete, ..Corpus::index(schema, draft.blocks, draft.names) };
    cycles::report(&corpus, &mut problems);
    unique::report(&corpus, &mut problems);
    Resolved { corpus, problems }
}

/// The blocks as far as they are known, and the names by which they refer to each other.
struct Draft<'tree> {
    blocks: Vec<Block>,
    /// The tree of each declared block, in the order of `blocks`; later blocks are declared by use.
    trees: Vec<&'tree tree::Block>,
    /// Fields that were written so that they could not be read: reported, and not missing.
    lost: HashMap<BlockId, Vec<FieldId>>,
    /// Whether some block could not be understood, so that what it refers to is not known.
    incomplete: bool,
    names: Names,
}

impl Corpus {
    fn index(schema: Schema, blocks: Vec<Block>, names: Names) -> Corpus {
        let mut by_kind: Vec<Vec<BlockId>> = vec![Vec::new(); schema.kinds.len()];
        for (at, block) in blocks.iter().enumerate() {
            by_kind[block.kind.0 as usize].push(BlockId(at as u32));
        }
        let referrers = schema.fields.iter().map(|_| OnceLock::new()).collect();
        Corpus {
            schema,
            blocks,
            ids: names.into_ids(),
            by_kind,
            referrers,
            sayings: OnceLock::new(),
            alike: OnceLock::new(),
            quoted: Quoted::default(),
            incomplete: false,
        }
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
