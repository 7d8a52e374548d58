//! Relations that must not lead back to where they began.

use std::collections::{BTreeMap, HashSet};

use super::problems;
use crate::diagnostic::Diagnostic;
use crate::model::circles::Circles;
use crate::model::{BlockId, Corpus};
use crate::schema::FieldId;

/// How many steps the circles of one relation may take that cross others. What is left of them then is counted.
const MOST: usize = 5_000_000;

/// How many steps it counts for to keep one block of a cycle, with its name.
const KEPT: usize = 16;

/// Reports the shortest cycle through each block that lies on one and is on none that was reported.
pub(super) fn report(corpus: &Corpus, problems: &mut Vec<Diagnostic>) {
    for field in corpus.schema.field_ids().filter(|field| corpus.schema.field(*field).acyclic) {
        problems.extend(cycles(corpus, field, MOST).iter().map(|found| problems::cycle(corpus, field, found)));
    }
}

/// A cycle, and how many other blocks lie on cycles that cross it and are not told.
#[derive(Debug)]
pub(super) struct Cycle {
    pub(super) blocks: Vec<BlockId>,
    pub(super) left_out: usize,
}

/// The cycles of a relation; of those that cross others only as many as can be found in so many steps, but one at least.
fn cycles(corpus: &Corpus, field: FieldId, most: usize) -> Vec<Cycle> {
    let counterpart = corpus.schema.field(field).counterpart;
    let targets = |block: BlockId| {
        let mut targets = corpus.targets(block, field);
        // What another block says of this one at the other end is a step as well.
        targets.extend(counterpart.into_iter().flat_map(|back| corpus.referrers(block, back)));
        targets
    };
    let mut blocks = corpus.with_field(field);
    blocks.retain(|block| !targets(*block).is_empty());
    // Of circles that cross, those are told that come first by name, wherever their blocks stand.
    let circles = Circles::new(blocks.iter().copied(), targets).ordered(|block| corpus.identity(block));
    blocks.retain(|block| circles.part(*block).is_some());
    blocks.sort_by_cached_key(|block| corpus.identity(*block));
    let (mut cycles, mut covered, mut last, mut taken) = (Vec::new(), HashSet::new(), BTreeMap::new(), 0);
    for block in blocks {
        let Some(part) = circles.part(block).filter(|_| !covered.contains(&block)) else { continue };
        if let Some(crossed) = last.get(&part).filter(|_| taken > most) {
            let crossed: &mut Cycle = &mut cycles[*crossed];
            crossed.left_out += 1;
            continue;
        }
        let mut found = circles.shortest(block);
        // The first one of each part takes no more steps than the part has.
        taken += if last.contains_key(&part) { found.steps + found.blocks.len() * KEPT } else { 0 };
        covered.extend(found.blocks.iter().copied());
        last.insert(part, cycles.len());
        begin_with_first(&mut found.blocks);
        cycles.push(Cycle { blocks: found.blocks, left_out: 0 });
    }
    cycles
}

/// Turns a circle so that it begins with the block that stands first.
fn begin_with_first(blocks: &mut [BlockId]) {
    let first = blocks.iter().enumerate().min_by_key(|(_, block)| block.0).map_or(0, |(at, _)| at);
    blocks.rotate_left(first);
}
