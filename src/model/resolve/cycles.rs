//! Relations that must not lead back to where they began.

use hashbrown::HashMap;

use super::problems;
use crate::diagnostic::Diagnostic;
use crate::model::{BlockId, Corpus};
use crate::schema::FieldId;

/// How many cycles of one relation are looked for: each costs a walk over all blocks on cycles.
const MOST: usize = 100;

/// Reports the shortest cycle through each block that lies on one, each cycle once.
pub(super) fn report(corpus: &Corpus, problems: &mut Vec<Diagnostic>) {
    for field in corpus.schema.field_ids().filter(|field| corpus.schema.field(*field).acyclic) {
        let graph = Graph::new(corpus, field);
        for cycle in graph.cycles() {
            problems.push(problems::cycle(corpus, field, &cycle));
        }
    }
}

/// One relation, reduced to the blocks that can lie on a cycle of it.
struct Graph {
    nodes: Vec<BlockId>,
    next: HashMap<BlockId, Vec<BlockId>>,
}

impl Graph {
    /// Peels off what nothing leads to or from, until all that is left lies on or between cycles.
    fn new(corpus: &Corpus, field: FieldId) -> Graph {
        let mut next: HashMap<BlockId, Vec<BlockId>> = HashMap::new();
        let counterpart = corpus.schema.field(field).counterpart;
        let mut nodes = corpus.with_field(field);
        for block in &nodes {
            let mut targets = corpus.targets(*block, field);
            // What another block says of this one at the other end is a step as well.
            targets.extend(counterpart.into_iter().flat_map(|back| corpus.referrers(*block, back)));
            if !targets.is_empty() {
                next.insert(*block, targets);
            }
        }
        nodes.retain(|block| next.contains_key(block));
        peel(&mut next, &nodes);
        nodes.retain(|block| next.contains_key(block));
        Graph { nodes, next }
    }

    fn cycles(&self) -> Vec<Vec<BlockId>> {
        let mut covered = std::collections::HashSet::new();
        let mut cycles = Vec::new();
        for start in &self.nodes {
            if cycles.len() >= MOST {
                break;
            }
            if covered.contains(start) {
                continue;
            }
            if let Some(cycle) = self.shortest_from(*start) {
                covered.extend(cycle.iter().copied());
                cycles.push(cycle);
            }
        }
        cycles
    }

    /// Breadth first from a block until a step leads back to it.
    fn shortest_from(&self, start: BlockId) -> Option<Vec<BlockId>> {
        let mut came_from: HashMap<BlockId, BlockId> = HashMap::new();
        let mut queue = std::collections::VecDeque::from([start]);
        while let Some(block) = queue.pop_front() {
            for target in self.next.get(&block).into_iter().flatten() {
                if *target == start {
                    return Some(way(start, block, &came_from));
                }
                if self.next.contains_key(target) && !came_from.contains_key(target) {
                    came_from.insert(*target, block);
                    queue.push_back(*target);
                }
            }
        }
        None
    }
}

/// Removes, again and again, the blocks that lead nowhere: they lie on no cycle.
fn peel(next: &mut HashMap<BlockId, Vec<BlockId>>, nodes: &[BlockId]) {
    let mut degree: HashMap<BlockId, usize> = HashMap::new();
    let mut before: HashMap<BlockId, Vec<BlockId>> = HashMap::new();
    for block in nodes {
        let targets: Vec<BlockId> = next[block].iter().copied().filter(|target| next.contains_key(target)).collect();
        degree.insert(*block, targets.len());
        for target in targets {
            before.entry(target).or_default().push(*block);
        }
    }
    let mut ends: Vec<BlockId> = nodes.iter().copied().filter(|block| degree[block] == 0).collect();
    while let Some(end) = ends.pop() {
        next.remove(&end);
        for block in before.remove(&end).unwrap_or_default() {
            let left = degree.get_mut(&block).expect("every block of the relation has a degree");
            *left -= 1;
            if *left == 0 {
                ends.push(block);
            }
        }
    }
}

/// The blocks from the start to the last one found, in order.
fn way(start: BlockId, last: BlockId, came_from: &HashMap<BlockId, BlockId>) -> Vec<BlockId> {
    let back = std::iter::successors(Some(last), |block| came_from.get(block).copied());
    let mut blocks: Vec<BlockId> = back.take_while(|block| *block != start).collect();
    blocks.push(start);
    blocks.reverse();
    blocks
}
