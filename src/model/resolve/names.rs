//! What is called what: declaring ids, and finding them from the innermost namespace outward.

use std::collections::{HashMap, HashSet};

use super::{grouped, problems};
use crate::diagnostic::Diagnostic;
use crate::model::{Block, BlockId, local};
use crate::schema::{KindId, Schema};

/// All ids of a project.
#[derive(Default)]
pub(super) struct Names {
    ids: HashMap<String, BlockId>,
    /// Every declaration in order, duplicates included, with the bytes that its namespace takes.
    declared: Vec<(String, usize, BlockId)>,
    /// Ids of blocks that were not understood: references to them are not reported again.
    poisoned: HashSet<String>,
}

/// What a reference led to.
pub(super) enum Found {
    /// A block of an allowed kind.
    Block(BlockId),
    /// A block that was reported already.
    Poisoned,
    /// Only a block of another kind.
    WrongKind(BlockId),
    /// Nothing of that name.
    Nothing,
}

impl Names {
    pub(super) fn declare(&mut self, id: &str, namespace: &str, block: BlockId) {
        let prefix = id.len() - local(id, namespace).len();
        self.ids.entry(id.to_owned()).or_insert(block);
        self.declared.push((id.to_owned(), prefix, block));
    }

    pub(super) fn poison(&mut self, id: &str) {
        self.poisoned.insert(id.to_owned());
    }

    pub(super) fn into_ids(self) -> HashMap<String, BlockId> {
        self.ids
    }

    /// Looks a path up in a namespace, then in each one around it.
    pub(super) fn find(&self, path: &str, namespace: &str, allowed: impl Fn(BlockId) -> bool) -> Found {
        let mut wrong = None;
        let mut around = Some(namespace);
        while let Some(inside) = around {
            let id = if inside.is_empty() { path.to_owned() } else { format!("{inside}/{path}") };
            match self.ids.get(&id) {
                Some(block) if allowed(*block) => return Found::Block(*block),
                Some(block) => wrong = wrong.or(Some(*block)),
                None if self.poisoned.contains(&id) => return Found::Poisoned,
                None => {}
            }
            around = outer_namespace(inside);
        }
        wrong.map_or(Found::Nothing, Found::WrongKind)
    }

    /// The ids that a reference in `namespace` could have meant, as they would be written there.
    pub(super) fn candidates<'a>(
        &'a self,
        blocks: &'a [Block],
        namespace: &'a str,
        allowed: impl Fn(KindId) -> bool + 'a,
    ) -> impl Iterator<Item = &'a str> {
        let fits = move |(_, _, block): &&(String, usize, BlockId)| allowed(blocks[block.0 as usize].kind);
        self.declared.iter().filter(fits).map(move |(id, _, _)| local(id, namespace))
    }

    /// Reports ids that are declared twice, and ids that hide one of an outer namespace; says whether an id has twins.
    pub(super) fn report(&self, blocks: &[Block], problems: &mut Vec<Diagnostic>) -> bool {
        let mut has_twins = false;
        for twins in grouped(self.declared.iter().map(|(id, _, block)| (id.as_str(), *block))) {
            if twins.len() > 1 {
                has_twins = true;
                problems.push(problems::duplicate_id(blocks, &twins));
            }
        }
        for (id, prefix, block) in &self.declared {
            if let Some(outer) = self.hidden_by(id, *prefix) {
                problems.push(problems::hides_outer(blocks, *block, outer));
            }
        }
        has_twins
    }

    fn hidden_by(&self, id: &str, prefix: usize) -> Option<BlockId> {
        let (namespace, local) = (id[..prefix].trim_end_matches('/'), &id[prefix..]);
        let around = std::iter::successors(outer_namespace(namespace), |inside| outer_namespace(inside));
        around
            .map(|inside| if inside.is_empty() { local.to_owned() } else { format!("{inside}/{local}") })
            .find_map(|outer| self.ids.get(&outer).copied())
    }
}

/// The namespace around another; around the outermost there is none.
fn outer_namespace(namespace: &str) -> Option<&str> {
    match namespace.rfind('/') {
        Some(slash) => Some(&namespace[..slash]),
        None if namespace.is_empty() => None,
        None => Some(""),
    }
}

/// Whether a kind is declared by its first use.
pub(super) fn open_kind(schema: &Schema, kinds: &[KindId]) -> Option<KindId> {
    kinds.iter().copied().find(|kind| schema.kind(*kind).open)
}
