//! What is called what: declaring ids, and finding them from the innermost namespace outward.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use super::problems;
use crate::diagnostic::Diagnostic;
use crate::model::{Block, BlockId, local};
use crate::schema::{KindId, Schema};

/// All ids of a project.
#[derive(Default)]
pub(super) struct Names {
    ids: HashMap<Arc<str>, BlockId>,
    /// The blocks that are declared by an id that another has, by the first of that id.
    twins: BTreeMap<BlockId, Vec<BlockId>>,
    /// Ids of blocks that were not understood: references to them are not reported again.
    poisoned: HashSet<Arc<str>>,
    /// Where ids are put together to be looked up, so that no look-up costs an allocation.
    desk: RefCell<String>,
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
    pub(super) fn declare(&mut self, id: &Arc<str>, block: BlockId) {
        let first = *self.ids.entry_ref(id).or_insert(block);
        if first != block {
            self.twins.entry(first).or_default().push(block);
        }
    }

    pub(super) fn poison(&mut self, id: &Arc<str>) {
        self.poisoned.insert(id.clone());
    }

    pub(super) fn into_ids(self) -> HashMap<Arc<str>, BlockId> {
        self.ids
    }

    /// Looks a path up in a namespace, then in each one around it.
    pub(super) fn find(&self, path: &str, namespace: &str, allowed: impl Fn(BlockId) -> bool) -> Found {
        let mut wrong = None;
        let mut around = Some(namespace);
        let mut desk = self.desk.borrow_mut();
        while let Some(inside) = around {
            let id = joined(&mut desk, inside, path);
            match self.ids.get(id) {
                Some(block) if allowed(*block) => return Found::Block(*block),
                Some(block) => wrong = wrong.or(Some(*block)),
                None if self.poisoned.contains(id) => return Found::Poisoned,
                None => {}
            }
            around = outer_namespace(inside);
        }
        wrong.map_or(Found::Nothing, Found::WrongKind)
    }

    /// The ids that a reference in `namespace` could have meant, as they would be written there.
    pub(super) fn candidates<'a>(
        blocks: &'a [Block],
        namespace: &'a str,
        allowed: impl Fn(KindId) -> bool + 'a,
    ) -> impl Iterator<Item = &'a str> {
        let declared = blocks.iter().filter(move |block| block.id.is_some() && allowed(block.kind));
        declared.filter_map(move |block| Some(local(block.id.as_deref()?, namespace)))
    }

    /// Reports ids that are declared twice, and ids that hide one of an outer namespace; says whether an id has twins.
    pub(super) fn report(&self, blocks: &[Block], problems: &mut Vec<Diagnostic>) -> bool {
        for (first, others) in &self.twins {
            let twins: Vec<BlockId> = std::iter::once(first).chain(others).copied().collect();
            problems.push(problems::duplicate_id(blocks, &twins));
        }
        for (at, block) in blocks.iter().enumerate() {
            let Some(id) = block.id.as_deref().filter(|_| !block.namespace.is_empty()) else { continue };
            if let Some(outer) = self.hidden_by(id, &block.namespace) {
                problems.push(problems::hides_outer(blocks, BlockId(at as u32), outer));
            }
        }
        !self.twins.is_empty()
    }

    fn hidden_by(&self, id: &str, namespace: &str) -> Option<BlockId> {
        let mut around = std::iter::successors(outer_namespace(namespace), |inside| outer_namespace(inside));
        let mut desk = self.desk.borrow_mut();
        around.find_map(|inside| self.ids.get(joined(&mut desk, inside, local(id, namespace))).copied())
    }
}

/// A path in a namespace as one id, put together on the desk.
fn joined<'a>(desk: &'a mut String, namespace: &str, path: &'a str) -> &'a str {
    if namespace.is_empty() {
        return path;
    }
    desk.clear();
    desk.extend([namespace, "/", path]);
    desk
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
