//! Whether a repeated step leads from one block to another, without listing all that it leads to.

use hashbrown::HashSet;
use std::rc::Rc;

use super::evaluator::{Evaluator, ReadState};
use crate::condition::budget::EvalResult;
use crate::condition::plan::{Edges, Hop, Set, Step};
use crate::condition::tree::Closure;
use crate::condition::value::ScalarValue;
use crate::model::{BlockId, components};

/// The graph that one repeated step makes of all blocks.
pub(crate) struct StepGraph {
    edges: AdjacencyList,
    /// The part of each block; an edge never leads to a higher one, so a search can leave out what lies too low.
    part: Vec<usize>,
    /// By part: whether its blocks reach themselves.
    circular: Vec<bool>,
    /// By part: whether a broken value is read on the way through all that it reaches.
    read: Vec<ReadState>,
}

/// The blocks to which each block leads, in one run of memory.
#[derive(Default)]
struct AdjacencyList {
    /// Where those of each block end.
    ends: Vec<u32>,
    targets: Vec<u32>,
}

impl AdjacencyList {
    fn of(&self, block: usize) -> &[u32] {
        let start = block.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.targets[start as usize..self.ends[block] as usize]
    }

    fn end(&mut self) {
        self.ends.push(self.targets.len() as u32);
    }
}

impl Evaluator<'_> {
    /// Whether `element` is in `set`: asked of the graph if the set ends in a closure, else of the set itself.
    pub(crate) fn is_in(&mut self, element: &ScalarValue, set: &Set) -> EvalResult<bool> {
        let (Set::Path(start, steps), ScalarValue::Block(target)) = (set, element) else {
            return Ok(self.set(set)?.contains(element));
        };
        let last = steps.split_last().filter(|_| !self.few);
        let Some((Step::Repeated(hops, closure @ (Closure::Any | Closure::Once), number), before)) = last else {
            return Ok(self.set(set)?.contains(element));
        };
        let from = self.path(start, before)?;
        if *closure == Closure::Any && from.contains(element) {
            return Ok(true);
        }
        let graph = self.graph(hops, *number)?;
        let mut found = false;
        for block in from.iter().filter_map(ScalarValue::block) {
            if graph.read[graph.part[block.0 as usize]] == ReadState::Broken {
                self.read = ReadState::Broken;
            }
            found = found || self.leads(&graph, block, *target)?;
        }
        Ok(found)
    }

    /// The graph of a repeated step, made when it is first asked for.
    fn graph(&mut self, hops: &Edges, number: usize) -> EvalResult<Rc<StepGraph>> {
        if let Some(known) = self.graphs.get(&number) {
            return Ok(Rc::clone(known));
        }
        let outer = self.read;
        let (mut edges, mut reads) = (AdjacencyList::default(), Vec::new());
        for block in self.corpus.block_ids() {
            self.read = ReadState::Sound;
            self.next(hops, block, &mut edges.targets)?;
            edges.end();
            reads.push(self.read);
        }
        self.read = outer;
        let graph = Rc::new(StepGraph::new(edges, &reads));
        self.graphs.insert(number, Rc::clone(&graph));
        Ok(graph)
    }

    /// Adds the blocks to which a step leads from one.
    fn next(&mut self, hops: &Edges, block: BlockId, into: &mut Vec<u32>) -> EvalResult<()> {
        let corpus = self.corpus;
        match &hops.0[usize::from(corpus.kind(block).0)][..] {
            [] => Ok(()),
            // Nearly all steps are such; every block is asked, so the elements are left out.
            [Hop::Forward(field)] if !corpus.schema.field(*field).symmetric => {
                let (before, values) = (into.len(), corpus.values(block, *field).len());
                corpus.add_targets(block, *field, into);
                // What is no block in such a field was reported.
                if into.len() - before < values {
                    self.read = ReadState::Broken;
                }
                self.spend(1 + values)
            }
            [..] => {
                let targets = self.follow(hops, &[ScalarValue::Block(block)])?;
                into.extend(targets.iter().filter_map(ScalarValue::block).map(|target| target.0));
                Ok(())
            }
        }
    }

    /// Whether one or more steps lead from a block to another.
    fn leads(&mut self, graph: &StepGraph, from: BlockId, to: BlockId) -> EvalResult<bool> {
        let (from, to) = (from.0 as usize, to.0 as usize);
        let lowest = graph.part[to];
        if graph.part[from] <= lowest {
            return Ok(graph.part[from] == lowest && graph.circular[lowest]);
        }
        let mut seen: HashSet<usize> = [from].into_iter().collect();
        let mut open = vec![from];
        while let Some(block) = open.pop() {
            let edges = graph.edges.of(block);
            self.spend(1 + edges.len())?;
            if graph.part[block] == lowest {
                return Ok(true);
            }
            let higher = edges.iter().map(|next| *next as usize).filter(|next| graph.part[*next] >= lowest);
            open.extend(higher.filter(|next| seen.insert(*next)));
        }
        Ok(false)
    }
}

impl StepGraph {
    fn new(edges: AdjacencyList, reads: &[ReadState]) -> StepGraph {
        let found = components(edges.ends.len(), |node, nth| edges.of(node).get(nth).map(|next| *next as usize));
        let mut by_part: Vec<usize> = (0..found.part.len()).collect();
        by_part.sort_by_key(|block| found.part[*block]);
        let part = found.part;
        let mut graph = StepGraph { edges, part: part.clone(), circular: Vec::new(), read: Vec::new() };
        // Parts are numbered so that those reached come first.
        for blocks in by_part.chunk_by(|a, b| part[*a] == part[*b]) {
            let number = part[blocks[0]];
            let itself = |block: &usize| graph.edges.of(*block).contains(&(*block as u32));
            let circular = blocks.len() > 1 || blocks.iter().any(itself);
            let broken =
                blocks.iter().any(|block| reads[*block] == ReadState::Broken || graph.reads_below(*block, number));
            graph.circular.push(circular);
            graph.read.push(if broken { ReadState::Broken } else { ReadState::Sound });
        }
        graph
    }

    fn reads_below(&self, block: usize, part: usize) -> bool {
        let lower = self.edges.of(block).iter().map(|next| self.part[*next as usize]).filter(|next| *next < part);
        lower.into_iter().any(|next| self.read[next] == ReadState::Broken)
    }
}
