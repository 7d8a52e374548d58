//! Reverse reachability: from the blocks that a set may yield back to the blocks that binders stand for when it does.

use std::collections::{BTreeMap, BTreeSet};

use crate::condition::plan::{Computed, Edges, Hop, Set, SetNode, Slot, Step};
use crate::condition::values::scalar::ScalarValue;
use crate::model::{BlockId, Corpus};

/// Some blocks.
pub(crate) type BlockSet = BTreeSet<BlockId>;

/// More blocks than this are not looked at one by one: to ask about all takes no longer.
pub(crate) const MOST: usize = 4_000;

/// Blocks by the binders that stand for them.
#[derive(Debug)]
pub(crate) struct ReachingRows<'a> {
    pub(crate) corpus: &'a Corpus,
    roots: BTreeMap<Slot, BlockSet>,
    /// Whether it may be any blocks at all.
    pub(crate) everything: bool,
}

impl<'a> ReachingRows<'a> {
    pub(crate) fn new(corpus: &'a Corpus) -> ReachingRows<'a> {
        ReachingRows { corpus, roots: BTreeMap::new(), everything: false }
    }

    /// The blocks of a binder that were found, which are then forgotten.
    pub(crate) fn take(&mut self, slot: Slot) -> BlockSet {
        self.roots.remove(&slot).unwrap_or_default()
    }

    /// Adds blocks of a binder.
    pub(crate) fn put(&mut self, slot: Slot, blocks: BlockSet) {
        self.roots.entry(slot).or_default().extend(blocks);
    }

    /// The blocks of all binders.
    pub(crate) fn all(self) -> Option<BlockSet> {
        let all: BlockSet = self.roots.into_values().flatten().collect();
        (!self.everything && all.len() <= MOST).then_some(all)
    }

    /// Finds what binders stand for when a set yields any of the blocks.
    pub(crate) fn pull(&mut self, set: &Set, blocks: BlockSet) {
        if blocks.is_empty() || self.everything {
            return;
        }
        match &set.node {
            SetNode::Bound(slot) => self.put(*slot, blocks),
            SetNode::Values(values) => {
                self.everything |= values.iter().filter_map(ScalarValue::block).any(|it| blocks.contains(&it))
            }
            SetNode::Combined(first, others) => {
                others.iter().for_each(|(_, other)| self.pull(other, blocks.clone()));
                self.pull(first, blocks);
            }
            SetNode::Path(start, steps) => {
                let first = steps.iter().rev().fold(blocks, |blocks, step| self.before(step, blocks));
                self.pull(start, first);
            }
            SetNode::Apply(_, inner) | SetNode::Else(inner, _) => self.pull(inner, blocks),
            // What is worked out is no block.
            SetNode::Arithmetic(..) => {}
            SetNode::Where(domain) => self.pull(&domain.set, blocks),
        }
    }

    /// The blocks from which a step may lead to any of these.
    pub(crate) fn before(&mut self, step: &Step, blocks: BlockSet) -> BlockSet {
        match step {
            Step::Once(hops) => self.before_hops(hops, &blocks),
            Step::Repeated(hops, ..) => self.before_all(hops, blocks),
            Step::Is(kinds) => blocks.into_iter().filter(|block| kinds.contains(&self.corpus.kind(*block))).collect(),
        }
    }

    /// The blocks from which hops lead to any of these in any number of repetitions; with these.
    fn before_all(&mut self, hops: &Edges, blocks: BlockSet) -> BlockSet {
        let mut all = blocks.clone();
        let mut last = blocks;
        while !last.is_empty() && !self.everything {
            let further = self.before_hops(hops, &last);
            last = further.into_iter().filter(|block| all.insert(*block)).collect();
            self.everything |= all.len() > MOST;
        }
        all
    }

    fn before_hops(&mut self, hops: &Edges, blocks: &BlockSet) -> BlockSet {
        let mut found = BlockSet::new();
        for (hop, _) in hops.distinct() {
            if blocks.is_empty() || self.everything {
                break;
            }
            match hop {
                Hop::Backward(field) => self.add(blocks, &mut found, |corpus, block| corpus.targets(block, *field)),
                Hop::Forward(field) if self.corpus.schema.field(*field).symmetric => {
                    self.add(blocks, &mut found, |corpus, block| corpus.targets(block, *field));
                }
                Hop::Forward(field) => {
                    self.add(blocks, &mut found, |corpus, block| corpus.referrers(block, *field).to_vec());
                }
                Hop::Computed(computed) => found.extend(self.inside(computed, blocks.clone())),
                Hop::Native(native_field) => self.everything |= native_field.leads_to_blocks(),
                Hop::Implicit(_) => {}
            }
        }
        // Other kinds have other hops of their own.
        found.retain(|block| !hops.0[usize::from(self.corpus.kind(*block).0)].is_empty());
        found
    }

    fn add(&mut self, blocks: &BlockSet, found: &mut BlockSet, before: impl Fn(&Corpus, BlockId) -> Vec<BlockId>) {
        for block in blocks {
            found.extend(before(self.corpus, *block));
            if found.len() > MOST {
                self.everything = true;
                return;
            }
        }
    }

    /// The blocks whose computed field yields any of these.
    fn inside(&mut self, computed: &Computed, blocks: BlockSet) -> BlockSet {
        let outer = self.take(computed.slot);
        self.pull(&computed.set, blocks);
        let found = self.take(computed.slot);
        self.put(computed.slot, outer);
        found
    }
}
