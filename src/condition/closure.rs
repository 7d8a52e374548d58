//! Steps that are repeated: what can be reached, and by which chain.

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use super::budget::Costly;
use super::element::{Element, distinct};
use super::eval::{Machine, Read};
use super::plan::Hops;
use super::tree::Closure;
use crate::model::{BlockId, Corpus};
use crate::schema::FieldId;
use crate::text::Span;

/// How many reached blocks are kept for later; beyond that they are found again.
const KEPT: usize = 4_000_000;

/// What each block reaches in one or more repetitions of each repeated step.
#[derive(Default)]
pub(super) struct Closures {
    known: HashMap<(usize, BlockId), Rc<Reached>>,
    kept: usize,
}

/// What can be reached in one or more repetitions, nearest first, and whether a broken value was met.
struct Reached {
    blocks: Vec<Element>,
    read: Read,
}

impl Machine<'_> {
    /// What a repeated step, known by its number, reaches from any of the elements.
    pub(super) fn closure(
        &mut self,
        hops: &Hops,
        (closure, number): (Closure, usize),
        from: Vec<Element>,
    ) -> Costly<Vec<Element>> {
        let mut reached = match closure {
            Closure::Once => Vec::new(),
            Closure::Any | Closure::Maybe => from.clone(),
        };
        if closure == Closure::Maybe {
            reached.extend(self.follow(hops, &from)?);
            return Ok(distinct(reached));
        }
        for block in from.iter().filter_map(Element::block) {
            let further = self.reached(hops, number, block)?;
            if further.read == Read::Broken {
                self.read = Read::Broken;
            }
            self.spend(further.blocks.len())?;
            reached.extend(further.blocks.iter().cloned());
        }
        Ok(distinct(reached))
    }

    fn reached(&mut self, hops: &Hops, number: usize, start: BlockId) -> Costly<Rc<Reached>> {
        if let Some(known) = self.closures.known.get(&(number, start)) {
            return Ok(Rc::clone(known));
        }
        let outer = std::mem::replace(&mut self.read, Read::Sound);
        let blocks = self.search(hops, start)?;
        let reached = Rc::new(Reached { blocks, read: std::mem::replace(&mut self.read, outer) });
        self.closures.kept += reached.blocks.len();
        if self.closures.kept <= KEPT {
            self.closures.known.insert((number, start), Rc::clone(&reached));
        }
        Ok(reached)
    }

    /// Breadth first; the start is only reached if a chain leads back to it.
    fn search(&mut self, hops: &Hops, start: BlockId) -> Costly<Vec<Element>> {
        let mut reached = self.follow(hops, &[Element::Block(start)])?;
        let mut seen: HashSet<Element> = reached.iter().cloned().collect();
        let mut next = 0;
        while let Some(block) = reached.get(next).cloned() {
            let further = self.follow(hops, &[block])?;
            reached.extend(further.into_iter().filter(|element| seen.insert(element.clone())));
            next += 1;
        }
        Ok(reached)
    }
}

/// The shortest chain of one or more steps along the fields, from one block to another or back to itself.
///
/// Returns for each step the block that it leaves and the place of the value that makes it; the last step leads to
/// `to`, which is not repeated. Of chains of equal length, the one whose values are written first is found; `None`
/// when there is none.
pub fn chain(corpus: &Corpus, from: BlockId, along: &[FieldId], to: BlockId) -> Option<Vec<(BlockId, Span)>> {
    let mut came: HashMap<BlockId, (BlockId, Span)> = HashMap::new();
    let mut queue = VecDeque::from([from]);
    while let Some(block) = queue.pop_front() {
        for (target, span) in steps(corpus, block, along) {
            if came.contains_key(&target) {
                continue;
            }
            came.insert(target, (block, span));
            if target == to {
                return Some(walk_back(&came, from, to));
            }
            queue.push_back(target);
        }
    }
    None
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
