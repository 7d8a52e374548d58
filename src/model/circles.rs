//! The shortest circles of a graph, found without a walk around a ring for each block on it.

use std::collections::VecDeque;

use hashbrown::hash_map::Entry;
use hashbrown::{HashMap, HashSet};

use super::BlockId;
use super::components::components;

/// The blocks that some blocks lead to, by parts whose blocks all reach each other.
#[derive(Debug)]
pub struct Circles {
    blocks: Vec<BlockId>,
    numbers: HashMap<BlockId, usize>,
    /// What each block leads to within its part, in the order given, each once.
    next: Vec<Vec<usize>>,
    part: Vec<usize>,
    /// By part, how many blocks it has, and how many steps lead from one of them to another.
    sizes: Vec<(usize, usize)>,
    steps: usize,
}

/// What a walk around a circle came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circle {
    /// The blocks from the start on, which is not repeated; none if nothing leads back to it.
    pub blocks: Vec<BlockId>,
    /// How many steps were looked at.
    pub steps: usize,
}

impl Circles {
    /// Everything that some blocks lead to.
    pub fn new(starts: impl IntoIterator<Item = BlockId>, next: impl Fn(BlockId) -> Vec<BlockId>) -> Circles {
        let (mut blocks, mut numbers) = (Vec::new(), HashMap::new());
        let mut number = |block: BlockId, blocks: &mut Vec<BlockId>| {
            *numbers.entry(block).or_insert_with(|| {
                blocks.push(block);
                blocks.len() - 1
            })
        };
        for start in starts {
            number(start, &mut blocks);
        }
        let (mut edges, mut steps): (Vec<Vec<usize>>, usize) = (Vec::new(), 0);
        while let Some(block) = blocks.get(edges.len()).copied() {
            let targets = next(block);
            steps += 1 + targets.len();
            edges.push(targets.into_iter().map(|target| number(target, &mut blocks)).collect());
        }
        let found = components(blocks.len(), |node, nth| edges[node].get(nth).copied());
        let mut sizes = vec![(0, 0); found.count];
        for (from, next) in edges.iter_mut().enumerate() {
            let part = found.part[from];
            next.retain(|to| found.part[*to] == part);
            if next.len() > 1 {
                let mut seen = HashSet::new();
                next.retain(|to| seen.insert(*to));
            }
            sizes[part].0 += 1;
            sizes[part].1 += next.len();
        }
        Circles { blocks, numbers, next: edges, part: found.part, sizes, steps }
    }

    /// The same, with what each block leads to in the order of a key: of circles that are equally short, the choice is the same
    /// wherever the blocks stand.
    pub fn ordered<K: Ord>(mut self, key: impl Fn(BlockId) -> K) -> Circles {
        for next in self.next.iter_mut().filter(|next| next.len() > 1) {
            next.sort_by_cached_key(|to| key(self.blocks[*to]));
        }
        self
    }

    /// How many steps it took to find the parts.
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// The part of a block; nothing if it was not met, or lies on no circle.
    pub fn part(&self, block: BlockId) -> Option<usize> {
        let part = self.part[*self.numbers.get(&block)?];
        (self.sizes[part].1 > 0).then_some(part)
    }

    /// Whether a part is one circle and nothing else.
    pub fn is_ring(&self, part: usize) -> bool {
        let (blocks, steps) = self.sizes[part];
        blocks == steps
    }

    /// The shortest circle through a block, by breadth-first search (Moore, 1959); of several, the one whose steps come first.
    pub fn shortest(&self, block: BlockId) -> Circle {
        let Some(start) = self.numbers.get(&block).copied() else { return Circle::default() };
        let mut came_from: HashMap<usize, usize> = HashMap::new();
        let (mut queue, mut steps) = (VecDeque::from([start]), 0);
        while let Some(node) = queue.pop_front() {
            for target in &self.next[node] {
                steps += 1;
                if *target == start {
                    return Circle { blocks: self.way(start, node, &came_from), steps };
                }
                if let Entry::Vacant(place) = came_from.entry(*target) {
                    place.insert(node);
                    queue.push_back(*target);
                }
            }
        }
        Circle { blocks: Vec::new(), steps }
    }

    /// The blocks from the start to the last one found, in order.
    fn way(&self, start: usize, last: usize, came_from: &HashMap<usize, usize>) -> Vec<BlockId> {
        let back = std::iter::successors(Some(last), |node| came_from.get(node).copied());
        let mut nodes: Vec<usize> = back.take_while(|node| *node != start).collect();
        nodes.push(start);
        nodes.into_iter().rev().map(|node| self.blocks[node]).collect()
    }
}

/// What a circle says of others that cross it, of which so many blocks are left out.
pub fn crossing(left_out: usize) -> String {
    match left_out {
        0 => String::new(),
        1 => "; one more claim is on a cycle that crosses this one and is not shown: check again after correcting it"
            .to_owned(),
        more => format!(
            "; {more} more claims are on cycles that cross this one and are not shown: check again after correcting it"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{BlockId, Circle, Circles};

    fn circles(edges: &[&[u32]]) -> Circles {
        let next = |block: BlockId| edges[block.0 as usize].iter().map(|to| BlockId(*to)).collect();
        Circles::new((0..edges.len() as u32).map(BlockId), next)
    }

    fn shortest(circles: &Circles, from: u32) -> Vec<u32> {
        circles.shortest(BlockId(from)).blocks.iter().map(|block| block.0).collect()
    }

    #[test]
    fn the_shortest_circle_through_each_block_is_found() {
        // 0 -> 1 -> 2 -> 0 with a shortcut from 1 to 0, a loop at 3, and 4 that only leads there.
        let circles = circles(&[&[1], &[2, 0], &[0], &[3], &[0, 3]]);
        assert_eq!(shortest(&circles, 0), [0, 1]);
        assert_eq!(shortest(&circles, 2), [2, 0, 1]);
        assert_eq!(shortest(&circles, 3), [3]);
        assert!(shortest(&circles, 4).is_empty());
        assert_eq!(circles.part(BlockId(4)), None);
        let (tangle, ring) = (circles.part(BlockId(0)).unwrap(), circles.part(BlockId(3)).unwrap());
        assert!(!circles.is_ring(tangle) && circles.is_ring(ring));
    }

    #[test]
    fn a_ring_is_walked_in_as_many_steps_as_it_has() {
        let size: u32 = 1_000;
        let next = |block: BlockId| vec![BlockId((block.0 + 1) % size)];
        let circles = Circles::new((0..size).map(BlockId), next);
        assert_eq!(circles.steps(), 2 * size as usize);
        let Circle { blocks, steps } = circles.shortest(BlockId(7));
        assert_eq!((blocks.len(), steps), (size as usize, size as usize));
    }
}
