//! Three-valued containment and overlap: proved, refuted, or unknown until something is declared.

use hashbrown::HashSet;

use super::{BlockId, Corpus, Value};
use crate::schema::{FieldId, Lattice};

/// What the declarations say of a relation between two blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LatticeVerdict {
    /// A chain of declarations shows that it holds.
    Proved,
    /// A chain of declarations shows that it does not hold.
    Refuted,
    /// Nothing declared settles it.
    Unknown,
    /// The blocks are not of one kind or dimension, so the question does not arise.
    Incomparable,
}

/// A verdict, and how many blocks had to be looked at for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostedVerdict {
    /// The verdict.
    pub verdict: LatticeVerdict,
    /// The blocks looked at.
    pub steps: usize,
}

/// Two blocks of one lattice, with everything that each lies within, itself first.
struct BlockPair<'a> {
    corpus: &'a Corpus,
    lattice: &'a Lattice,
    blocks: (BlockId, BlockId),
    around: (Vec<BlockId>, Vec<BlockId>),
}

impl Corpus {
    /// Whether `inner` lies within `outer` (which itself counts).
    ///
    /// Refuted by a chain the other way, since what contains a thing is not within it, and by
    /// proved disjointness.
    pub fn within(&self, inner: BlockId, outer: BlockId) -> CostedVerdict {
        self.decide(inner, outer, |pair| {
            if pair.around.0.contains(&outer) {
                LatticeVerdict::Proved
            } else if pair.around.1.contains(&inner) || pair.is_disjoint() {
                LatticeVerdict::Refuted
            } else {
                pair.undecided()
            }
        })
    }

    /// Whether two blocks share something: one within the other, or a common part.
    pub fn overlap(&self, a: BlockId, b: BlockId) -> CostedVerdict {
        self.decide(a, b, |pair| {
            if pair.is_disjoint() {
                LatticeVerdict::Refuted
            } else if pair.around.0.contains(&b) || pair.around.1.contains(&a) || pair.share_a_part() {
                LatticeVerdict::Proved
            } else {
                pair.undecided()
            }
        })
    }

    fn decide(&self, a: BlockId, b: BlockId, judge: impl Fn(&BlockPair<'_>) -> LatticeVerdict) -> CostedVerdict {
        let Some(lattice) = self.common_lattice(a, b) else {
            return CostedVerdict { verdict: LatticeVerdict::Incomparable, steps: 1 };
        };
        if a == b && !self.declares_disjointness(lattice) {
            return CostedVerdict { verdict: LatticeVerdict::Proved, steps: 1 };
        }
        let around = (self.wholes(a, lattice.order), self.wholes(b, lattice.order));
        let steps = around.0.len() + around.1.len();
        CostedVerdict { verdict: judge(&BlockPair { corpus: self, lattice, blocks: (a, b), around }), steps }
    }

    /// The lattice that both blocks belong to.
    fn common_lattice(&self, a: BlockId, b: BlockId) -> Option<&Lattice> {
        let lattice = self.schema.lattice(self.block(a).kind())?;
        let other = self.schema.lattice(self.block(b).kind())?;
        (lattice.order == other.order).then_some(lattice)
    }

    /// Whether anything at all is declared disjoint; else a block surely lies within itself.
    fn declares_disjointness(&self, lattice: &Lattice) -> bool {
        [lattice.disjoint, lattice.exclusive].into_iter().flatten().any(|field| self.is_used(field))
    }

    /// Everything that a block lies within, itself included, nearest first.
    fn wholes(&self, block: BlockId, order: FieldId) -> Vec<BlockId> {
        closure(block, |block| self.targets(block, order))
    }
}

impl BlockPair<'_> {
    /// Disjoint as declared for the two, or for anything that contains them.
    fn is_disjoint(&self) -> bool {
        self.declared_apart() || self.exclusive_parts()
    }

    /// `disjoint: y` on something around the one, where `y` is around the other.
    fn declared_apart(&self) -> bool {
        let Some(disjoint) = self.lattice.disjoint else { return false };
        let around_b: HashSet<&BlockId> = self.around.1.iter().collect();
        let apart = |x: &BlockId| self.corpus.targets(*x, disjoint).iter().any(|y| y != x && around_b.contains(y));
        self.around.0.iter().any(apart)
    }

    /// Two different direct parts of one whole that says its parts are exclusive.
    fn exclusive_parts(&self) -> bool {
        let Some(exclusive) = self.lattice.exclusive else { return false };
        let around_b: HashSet<&BlockId> = self.around.1.iter().collect();
        let says_so =
            |whole: &&BlockId| around_b.contains(*whole) && !self.corpus.values(**whole, exclusive).is_empty();
        self.around.0.iter().filter(says_so).any(|whole| self.reached_apart(*whole))
    }

    /// Whether the two are reached from a whole by different direct parts of it.
    fn reached_apart(&self, whole: BlockId) -> bool {
        let parts = |around: &[BlockId]| -> Vec<BlockId> {
            around
                .iter()
                .copied()
                .filter(|part| self.corpus.targets(*part, self.lattice.order).contains(&whole))
                .collect()
        };
        let (a, b) = (parts(&self.around.0), parts(&self.around.1));
        a.iter().any(|x| b.iter().any(|y| x != y))
    }

    fn share_a_part(&self) -> bool {
        let parts = |block| closure(block, |block| self.corpus.referrers(block, self.lattice.order).to_vec());
        let of_a: HashSet<BlockId> = parts(self.blocks.0).into_iter().collect();
        parts(self.blocks.1).iter().any(|part| of_a.contains(part))
    }

    /// Unknown, unless the blocks are of different dimensions.
    fn undecided(&self) -> LatticeVerdict {
        let Some(field) = self.lattice.dimension else { return LatticeVerdict::Unknown };
        let (a, b) = (self.dimensions(self.blocks.0, field), self.dimensions(self.blocks.1, field));
        let same = a.is_empty() && b.is_empty() || a.iter().any(|dimension| b.contains(dimension));
        if same { LatticeVerdict::Unknown } else { LatticeVerdict::Incomparable }
    }

    /// The dimension that a block declares, or those of the nearest things that it lies within, whichever is written first.
    fn dimensions(&self, block: BlockId, field: FieldId) -> Vec<Value<'_>> {
        let mut found = Vec::new();
        closure(block, |block| match self.corpus.values(block, field).first() {
            Some(declared) => {
                found.push(declared.value);
                Vec::new()
            }
            None => self.corpus.targets(block, self.lattice.order),
        });
        found
    }
}

/// Everything that can be reached from a block, itself first, nearest first.
fn closure(start: BlockId, mut step: impl FnMut(BlockId) -> Vec<BlockId>) -> Vec<BlockId> {
    let mut seen: HashSet<BlockId> = [start].into_iter().collect();
    let mut found = vec![start];
    let mut next = 0;
    while let Some(block) = found.get(next).copied() {
        found.extend(step(block).into_iter().filter(|target| seen.insert(*target)));
        next += 1;
    }
    found
}
