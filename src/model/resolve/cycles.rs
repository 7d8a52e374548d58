//! Relations that must not lead back to where they began.

use std::collections::{BTreeMap, HashSet};

use super::problems::value_place;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::circles::Circles;
use crate::model::{BlockId, Corpus, crossing};
use crate::schema::FieldId;

/// How many steps the circles of one relation may take that cross others. What is left of them then is counted.
const MOST: usize = 5_000_000;

/// How many steps it counts for to keep one block of a cycle, with its name.
const KEPT: usize = 16;

/// Reports the shortest cycle through each block that lies on one and is on none that was reported.
pub(super) fn report(corpus: &Corpus, problems: &mut Vec<Diagnostic>) {
    for field in corpus.schema.field_ids().filter(|field| corpus.schema.field(*field).acyclic) {
        problems.extend(cycles(corpus, field, MOST).iter().map(|found| describe(corpus, field, found)));
    }
}

/// A cycle, and how many other blocks lie on cycles that cross it and are not told.
#[derive(Debug)]
struct Cycle {
    blocks: Vec<BlockId>,
    left_out: usize,
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

/// A relation that leads back to its start.
fn describe(corpus: &Corpus, field: FieldId, Cycle { blocks: cycle, left_out }: &Cycle) -> Diagnostic {
    let name = &corpus.schema.field(field).name;
    let first = cycle[0];
    let names: Vec<String> = cycle.iter().chain([&first]).map(|block| format!("`{}`", corpus.name(*block))).collect();
    let step = |at: usize| value_place(corpus, field, cycle[at], cycle[(at + 1) % cycle.len()]);
    let shown = cycle.len().min(8);
    let chain = if names.len() > 10 {
        format!("{} -> {} more -> {}", names[..8].join(" -> "), cycle.len() - 8, names[names.len() - 1])
    } else {
        names.join(" -> ")
    };
    let mut problem = Diagnostic::new(
        Code::native("CL0011"),
        format!("`{name}` leads from {} back to itself: {chain}", names[0]),
        step(0),
    )
    .here(format!("{} {name} {}", names[0], names[1]))
    .help(format!("remove the step that is wrong: `{name}` must not lead back to its start{}", crossing(*left_out)));
    for at in 1..shown {
        problem = problem.label(step(at), format!("{} {name} {}", names[at], names[at + 1]));
    }
    let mut ids: Vec<String> = cycle.iter().map(|block| corpus.identity(*block)).collect();
    ids.sort();
    problem.identity.roles.push(("cycle".to_owned(), ids));
    problem.value(name)
}
