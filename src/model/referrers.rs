//! Fields seen from their other ends: who refers to a block.

use std::num::NonZeroUsize;

use hashbrown::HashMap;

use super::{BlockId, Corpus, FieldChange, Value};
use crate::schema::{FieldId, FieldType};
use crate::text::parallel_map;

/// One field seen from its other end.
#[derive(Clone, Debug, Default)]
pub(super) struct Referrers {
    /// Where the referrers of each block begin in `blocks`, and where those of the last one end; empty without any.
    starts: Vec<u32>,
    blocks: Vec<BlockId>,
    /// The referrers of blocks that have others since an edit.
    moved: HashMap<BlockId, Vec<BlockId>>,
    /// How many blocks hold the field, and how many of them a value that was reported: then who refers to what is not wholly
    /// known.
    holders: usize,
    broken: usize,
}

/// What a field of a block leads to.
#[derive(Clone, Debug, Default)]
pub(super) struct ReferenceTargets {
    pub(super) targets: Vec<BlockId>,
    pub(super) is_held: bool,
    pub(super) is_broken: bool,
}

impl Corpus {
    /// The blocks whose field refers to a block, in document order.
    pub fn referrers(&self, block: BlockId, field: FieldId) -> &[BlockId] {
        self.seen_from_behind(field).of(block)
    }

    /// Whether a field holds a broken value in any block, so that [`Corpus::referrers`] may lack one.
    pub fn is_broken_anywhere(&self, field: FieldId) -> bool {
        self.incomplete || self.seen_from_behind(field).broken > 0
    }

    /// Whether any block holds a field.
    pub fn is_used(&self, field: FieldId) -> bool {
        self.seen_from_behind(field).holders > 0
    }

    /// The blocks that quote by a block: those that it stands in, and those that refer to it.
    pub(super) fn quoting(&self, block: BlockId) -> Vec<BlockId> {
        let around = std::iter::successors(self.block(block).outer(), |block| self.block(*block).outer());
        let kind = self.kind(block);
        let takes = |field: &FieldId| match &self.schema.field(*field).holds {
            FieldType::Ref(kinds) => self.schema.allows(kinds, kind),
            _ => false,
        };
        let referring = self.schema.field_ids().filter(takes).flat_map(|field| self.referrers(block, field).to_vec());
        around.chain(referring).collect()
    }

    /// Finds out now, with so many threads, who refers to what, rather than when it is first asked.
    pub fn prepare_referrers(&self, threads: NonZeroUsize) {
        let fields: Vec<FieldId> = self.schema.field_ids().collect();
        parallel_map(&fields, threads, |field| self.is_used(*field));
    }

    fn seen_from_behind(&self, field: FieldId) -> &Referrers {
        self.referrers[field.0 as usize].get_or_init(|| self.index_referrers(field))
    }

    fn index_referrers(&self, field: FieldId) -> Referrers {
        let mut index = Referrers::default();
        let mut links: Vec<(BlockId, BlockId)> = Vec::new();
        for block in self.with_field(field) {
            let Some(held) = self.field(block, field) else { continue };
            index.holders += 1;
            index.broken += usize::from(held.values.iter().any(|held| held.value == Value::Broken));
            links.extend(held.values.into_iter().filter_map(|held| Some((held.value.block()?, block))));
        }
        index.sort(&links, self.places.len());
        index
    }

    /// Takes in that a field of a block holds something else. Says whether it is no longer, or only now, known wholly who refers
    /// to what by it.
    pub(super) fn turn(&mut self, change: &FieldChange) -> bool {
        let Some(index) = self.referrers[change.field.0 as usize].get_mut() else { return false };
        let before = index.broken > 0;
        index.holders = index.holders + usize::from(change.now.is_held) - usize::from(change.before.is_held);
        index.broken = index.broken + usize::from(change.now.is_broken) - usize::from(change.before.is_broken);
        let only = |one: &'_ [BlockId], other: &'_ [BlockId]| -> Vec<BlockId> {
            one.iter().filter(|target| !other.contains(target)).copied().collect()
        };
        for target in only(&change.before.targets, &change.now.targets) {
            index.update(target).retain(|from| *from != change.block);
        }
        for target in only(&change.now.targets, &change.before.targets) {
            let referrers = index.update(target);
            if let Err(at) = referrers.binary_search(&change.block) {
                referrers.insert(at, change.block);
            }
        }
        before != (index.broken > 0)
    }
}

impl Referrers {
    /// The blocks that refer to one.
    fn of(&self, target: BlockId) -> &[BlockId] {
        if let Some(moved) = self.moved.get(&target) {
            return moved;
        }
        let at = target.0 as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => &self.blocks[*from as usize..*to as usize],
            (Some(_) | None, _) => &[],
        }
    }

    /// The blocks that refer to one, so that they can be changed.
    fn update(&mut self, target: BlockId) -> &mut Vec<BlockId> {
        if !self.moved.contains_key(&target) {
            let known = self.of(target).to_vec();
            self.moved.insert(target, known);
        }
        self.moved.entry(target).or_default()
    }

    /// Sorts pairs of a target and its referrer by targets, each pair once, keeping the order of referrers: by counting,
    /// since targets are numbers.
    fn sort(&mut self, links: &[(BlockId, BlockId)], blocks: usize) {
        if links.is_empty() {
            return;
        }
        // A block that refers to another twice does so in one run of its own.
        let mut last = vec![None; blocks];
        let mut is_new = |(target, from): &&(BlockId, BlockId)| last[target.0 as usize].replace(*from) != Some(*from);
        let links: Vec<&(BlockId, BlockId)> = links.iter().filter(&mut is_new).collect();
        let mut next = vec![0_u32; blocks + 1];
        for (target, _) in &links {
            next[target.0 as usize + 1] += 1;
        }
        for at in 0..blocks {
            next[at + 1] += next[at];
        }
        self.starts.clone_from(&next);
        self.blocks = vec![BlockId(0); links.len()];
        for (target, from) in links {
            let place = &mut next[target.0 as usize];
            self.blocks[*place as usize] = *from;
            *place += 1;
        }
    }
}
