//! The shortest chains of steps between blocks, and what it takes to find them.

use std::collections::VecDeque;

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use crate::model::{BlockId, Circles, Corpus};
use crate::schema::FieldId;
use crate::text::Span;

/// What came of looking for a chain.
#[derive(Debug, Default)]
pub struct ChainSearch {
    /// For each step the block that it leaves and the place of the value that makes it; the last one leads to the block
    /// that was looked for, which is not repeated. None where no chain leads there.
    pub steps: Vec<(BlockId, Span)>,
    /// How many steps were looked at.
    pub taken: usize,
}

/// The shortest chain of one or more steps along the fields, from one block to another or back to itself.
///
/// Of chains of equal length, the one whose values are written first is found.
pub fn chain(corpus: &Corpus, from: BlockId, along: &[FieldId], to: BlockId) -> ChainSearch {
    let mut came: HashMap<BlockId, (BlockId, Span)> = HashMap::new();
    let (mut queue, mut taken) = (VecDeque::from([from]), 0);
    while let Some(block) = queue.pop_front() {
        for (target, span) in steps(corpus, block, along) {
            taken += 1;
            let Entry::Vacant(place) = came.entry(target) else { continue };
            place.insert((block, span));
            if target == to {
                return ChainSearch { steps: walk_back(&came, from, to), taken };
            }
            queue.push_back(target);
        }
    }
    ChainSearch { steps: Vec::new(), taken }
}

/// The circles on which some blocks may lie, along the fields.
pub fn circles(corpus: &Corpus, along: &[FieldId], blocks: impl IntoIterator<Item = BlockId>) -> Circles {
    Circles::new(blocks, |block| steps(corpus, block, along).into_iter().map(|(to, _)| to).collect())
}

/// The same as [`chain`] from a block back to itself, where circles are known.
pub fn chain_around(corpus: &Corpus, along: &[FieldId], (circles, block): (&Circles, BlockId)) -> ChainSearch {
    let found = circles.shortest(block);
    let (mut chain, mut taken) = (Vec::with_capacity(found.blocks.len()), found.steps);
    for (from, to) in found.blocks.iter().zip(found.blocks.iter().skip(1).chain([&block])) {
        let steps = steps(corpus, *from, along);
        taken += steps.len();
        chain.extend(steps.into_iter().find(|(target, _)| target == to).map(|(_, span)| (*from, span)));
    }
    ChainSearch { steps: chain, taken }
}

/// The blocks that the fields of a block refer to, with the places of the values; seen from the other end, the
/// value of a symmetric field stands in the other block.
fn steps(corpus: &Corpus, block: BlockId, along: &[FieldId]) -> Vec<(BlockId, Span)> {
    let mut steps = Vec::new();
    for field in along {
        steps.extend(references(corpus, block, *field));
        if corpus.schema.field(*field).symmetric {
            let others = corpus.referrers(block, *field).iter();
            steps.extend(others.flat_map(|other| {
                references(corpus, *other, *field).filter(|(to, _)| *to == block).map(|(_, span)| (*other, span))
            }));
        }
    }
    steps
}

fn references(corpus: &Corpus, block: BlockId, field: FieldId) -> impl Iterator<Item = (BlockId, Span)> {
    corpus.values(block, field).iter().filter_map(|held| Some((held.value.block()?, held.span)))
}

fn walk_back(came: &HashMap<BlockId, (BlockId, Span)>, from: BlockId, to: BlockId) -> Vec<(BlockId, Span)> {
    let mut chain = Vec::new();
    let mut at = to;
    // A chain that returns to its start passes it once at each end, so the first step is taken unasked.
    while let Some((before, span)) = came.get(&at) {
        chain.push((*before, *span));
        at = *before;
        if at == from {
            break;
        }
    }
    chain.reverse();
    chain
}
