//! Three-valued containment and overlap: proved, refuted, or unknown until something is declared.

use std::collections::{BTreeSet, HashSet};

use super::{BlockId, Corpus, Value};
use crate::schema::{FieldId, Lattice};

/// What the declarations say of a relation between two blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// A chain of declarations shows that it holds.
    Proved,
    /// A chain of declarations shows that it does not hold.
    Refuted,
    /// Nothing declared settles it.
    Unknown,
    /// The blocks are not of one kind or dimension, so the question does not arise.
    Incomparable,
}

impl Corpus {
    /// Whether `inner` lies within `outer` (which itself counts).
    ///
    /// Refuted by a chain the other way, since what contains a thing is not within it, and by
    /// proved disjointness.
    pub fn within(&self, inner: BlockId, outer: BlockId) -> Verdict {
        let Some(lattice) = self.common_lattice(inner, outer) else { return Verdict::Incomparable };
        let order = lattice.order;
        if self.reaches(inner, outer, order) {
            Verdict::Proved
        } else if self.reaches(outer, inner, order) || self.are_disjoint(inner, outer, lattice) {
            Verdict::Refuted
        } else {
            self.undecided(inner, outer, lattice)
        }
    }

    /// Whether two blocks share something: one within the other, or a common part.
    pub fn overlap(&self, a: BlockId, b: BlockId) -> Verdict {
        let Some(lattice) = self.common_lattice(a, b) else { return Verdict::Incomparable };
        if self.are_disjoint(a, b, lattice) {
            Verdict::Refuted
        } else if !self.parts(a, lattice.order).is_disjoint(&self.parts(b, lattice.order)) {
            Verdict::Proved
        } else {
            self.undecided(a, b, lattice)
        }
    }

    /// Everything that a block lies within, itself included, nearest first.
    pub fn wholes(&self, block: BlockId, order: FieldId) -> Vec<BlockId> {
        self.closure(block, |block| self.targets(block, order))
    }

    fn parts(&self, block: BlockId, order: FieldId) -> BTreeSet<BlockId> {
        self.closure(block, |block| self.referrers(block, order).to_vec()).into_iter().collect()
    }

    fn closure(&self, start: BlockId, step: impl Fn(BlockId) -> Vec<BlockId>) -> Vec<BlockId> {
        let mut seen = HashSet::from([start]);
        let mut found = vec![start];
        let mut next = 0;
        while let Some(block) = found.get(next).copied() {
            found.extend(step(block).into_iter().filter(|target| seen.insert(*target)));
            next += 1;
        }
        found
    }

    fn reaches(&self, from: BlockId, to: BlockId, order: FieldId) -> bool {
        self.wholes(from, order).contains(&to)
    }

    /// The lattice that both blocks belong to.
    fn common_lattice(&self, a: BlockId, b: BlockId) -> Option<&Lattice> {
        let lattice = self.schema.lattice(self.block(a).kind)?;
        let other = self.schema.lattice(self.block(b).kind)?;
        (lattice.order == other.order).then_some(lattice)
    }

    /// Disjoint as declared for the two or for anything that contains them.
    fn are_disjoint(&self, a: BlockId, b: BlockId, lattice: &Lattice) -> bool {
        let around_a = self.wholes(a, lattice.order);
        let around_b = self.wholes(b, lattice.order);
        around_a.iter().any(|x| around_b.iter().any(|y| x != y && self.declared_disjoint(*x, *y, lattice)))
    }

    fn declared_disjoint(&self, x: BlockId, y: BlockId, lattice: &Lattice) -> bool {
        if lattice.disjoint.is_some_and(|field| self.targets(x, field).contains(&y)) {
            return true;
        }
        let Some(exclusive) = lattice.exclusive else { return false };
        let beside = self.targets(y, lattice.order);
        let share = |whole: &BlockId| beside.contains(whole) && !self.values(*whole, exclusive).is_empty();
        self.targets(x, lattice.order).iter().any(share)
    }

    /// Unknown, unless the blocks are of different dimensions.
    fn undecided(&self, a: BlockId, b: BlockId, lattice: &Lattice) -> Verdict {
        let Some(field) = lattice.dimension else { return Verdict::Unknown };
        let same = self.dimension(a, field, lattice.order) == self.dimension(b, field, lattice.order);
        if same { Verdict::Unknown } else { Verdict::Incomparable }
    }

    /// The dimension that a block declares, or that of the nearest thing it lies within.
    fn dimension(&self, block: BlockId, field: FieldId, order: FieldId) -> Option<Value> {
        let declared = |block: &BlockId| self.values(*block, field).first().map(|held| held.value.clone());
        self.wholes(block, order).iter().find_map(declared)
    }
}
