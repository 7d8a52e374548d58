//! Fields seen from their other ends: who refers to a block.

use std::num::NonZeroUsize;

use super::corpus::Corpus;
use super::delta::FieldChange;
use super::index::block::BlockId;
use super::index::referrers::Referrers;
use super::view::Value;
use crate::schema::FieldId;
use crate::text::parallel_map;

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
        let takes = |field: &FieldId| {
            self.schema.field(*field).holds.kinds().is_some_and(|kinds| self.schema.allows(kinds, kind))
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
