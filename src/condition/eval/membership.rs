//! Whether a set contains a block: where it ends in a repeated step, without listing all that the step leads to.

use hashbrown::HashSet;
use std::rc::Rc;

use super::budget::EvalResult;
use super::evaluator::Evaluator;
use super::graph::{AdjacencyList, StepGraph};
use super::memo::ReadState;
use crate::condition::ast::tree::Closure;
use crate::condition::plan::{Edges, Hop, Set, SetNode, Step};
use crate::condition::values::scalar::ScalarValue;
use crate::model::BlockId;

impl Evaluator<'_> {
    /// Whether `element` is in `set`: asked of the graph if the set ends in a closure, else of the set itself.
    pub(crate) fn is_in(&mut self, element: &ScalarValue, set: &Set) -> EvalResult<bool> {
        let (SetNode::Path(start, steps), ScalarValue::Block(target)) = (&set.node, element) else {
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
