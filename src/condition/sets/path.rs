//! Follows the steps of paths from all rows of a table at once.

use hashbrown::{HashMap, HashSet};
use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use super::dictionary::{Symbol, block};
use super::edges::{PathEdge, PathEdges};
use super::graph::{ClosureGraph, Reachability};
use super::lists::Lists;
use super::runner::Runner;
use super::table::RowTable;
use crate::condition::ast::tree::Closure;
use crate::condition::eval::budget::EvalResult;
use crate::condition::plan::{Edges, Hop, Step};

/// How many reached blocks are kept for later; beyond that they are found again.
const KEPT: usize = 4_000_000;

/// So many steps are taken before they are told.
const TOLD: usize = 64 * 1024;

impl Runner<'_, '_> {
    /// What steps lead to from lists.
    pub(super) fn steps(&mut self, steps: &[Step], mut reached: Lists) -> EvalResult<Lists> {
        for step in steps {
            reached = self.step(step, reached)?;
        }
        Ok(reached)
    }

    fn step(&mut self, step: &Step, from: Lists) -> EvalResult<Lists> {
        match step {
            Step::Once(hops) => self.follow(hops, &from),
            Step::Repeated(hops, closure, _) => self.closure(hops, *closure, &from),
            Step::Is(kinds) => {
                let is_of =
                    |symbol: &Symbol| block(*symbol).is_some_and(|_| kinds.contains(&self.columns.kind(*symbol)));
                let keep: Vec<bool> = from.values().iter().map(is_of).collect();
                Ok(if keep.iter().all(|keep| *keep) { from } else { from.retained(&keep) })
            }
        }
    }

    /// What hops lead to from lists, each once in each list.
    pub(super) fn follow(&mut self, hops: &Edges, from: &Lists) -> EvalResult<Lists> {
        self.spend(from.rows() + from.values().len())?;
        let ways = self.ways(hops);
        if from.values().is_empty() || ways.is_empty(hops, self.columns) {
            return Ok(Lists::of_none(from.rows()));
        }
        let mut computed = self.computed(&ways, hops, from)?;
        let (mut reached, mut met) = (Lists::default(), 0);
        for list in from.iter() {
            for symbol in list.iter().filter(|symbol| block(**symbol).is_some()) {
                let kind = usize::from(self.columns.kind(*symbol).0);
                for (nth, way) in ways.of(kind, hops, self.columns).iter().enumerate() {
                    match way {
                        PathEdge::Column(column) => reached.extend(self.columns.at(column, *symbol)),
                        PathEdge::Computed(_) => {
                            let next = computed.get_mut(&(kind, nth)).map(|(lists, next)| {
                                *next += 1;
                                lists.row(*next - 1)
                            });
                            reached.extend(next.unwrap_or_default());
                        }
                    }
                }
            }
            met += reached.end_distinct();
            if met > TOLD {
                self.spend(std::mem::take(&mut met))?;
            }
        }
        self.spend(met)?;
        Ok(reached)
    }

    fn ways(&mut self, hops: &Edges) -> Rc<PathEdges> {
        let kinds = hops.0.len();
        let place = std::ptr::from_ref(hops) as usize;
        Rc::clone(
            self.ways.entry(place).or_insert_with(|| {
                Rc::new(PathEdges { by_kind: vec![OnceCell::new(); kinds], is_empty: OnceCell::new() })
            }),
        )
    }

    /// What computed hops lead to from each block of the lists, in their order, by kind and number of the hop; and how
    /// many of the lists were taken.
    fn computed(
        &mut self,
        ways: &PathEdges,
        hops: &Edges,
        from: &Lists,
    ) -> EvalResult<HashMap<(usize, usize), (Lists, usize)>> {
        let mut computed = HashMap::new();
        let is_computed = |hop: &Hop| matches!(hop, Hop::Computed(_));
        for kind in (0..hops.0.len()).filter(|kind| hops.0[*kind].iter().any(is_computed)) {
            let is_of =
                |symbol: &&Symbol| block(**symbol).is_some_and(|_| usize::from(self.columns.kind(**symbol).0) == kind);
            let blocks: Vec<Symbol> = from.values().iter().filter(is_of).copied().collect();
            if blocks.is_empty() {
                continue;
            }
            for (nth, way) in ways.of(kind, hops, self.columns).iter().enumerate() {
                if let PathEdge::Computed(way) = way {
                    let table = RowTable::of_one(self.slots, way.slot, &blocks);
                    computed.insert((kind, nth), (self.set(&way.set, &table)?, 0));
                }
            }
        }
        Ok(computed)
    }

    fn closure(&mut self, hops: &Edges, closure: Closure, from: &Lists) -> EvalResult<Lists> {
        let mut reached = Lists::default();
        if closure == Closure::Maybe {
            let further = self.follow(hops, from)?;
            for (list, further) in from.iter().zip(further.iter()) {
                reached.extend(list);
                reached.extend(further);
                reached.end_distinct();
            }
            return Ok(reached);
        }
        let graph = self.graph(hops)?;
        let place = std::ptr::from_ref(hops) as usize;
        for list in from.iter() {
            if closure == Closure::Any {
                reached.extend(list);
            }
            for symbol in list.iter().filter(|symbol| !graph.next(**symbol).is_empty()) {
                let further = self.reached(&graph, place, *symbol)?;
                self.spend(further.len())?;
                reached.extend(&further);
            }
            let met = reached.end_distinct();
            self.spend(met)?;
        }
        Ok(reached)
    }

    /// What one or more steps lead to from a block, nearest first.
    fn reached(&mut self, graph: &ClosureGraph, place: usize, start: Symbol) -> EvalResult<Rc<[Symbol]>> {
        if let Some(known) = self.reached.get(&(place, start)) {
            return Ok(Rc::clone(known));
        }
        let mut found = graph.next(start).to_vec();
        let mut seen: HashSet<Symbol> = found.iter().copied().collect();
        let mut next = 0;
        while let Some(symbol) = found.get(next).copied() {
            let further = graph.next(symbol);
            self.spend(1 + further.len())?;
            found.extend(further.iter().filter(|symbol| seen.insert(**symbol)));
            next += 1;
        }
        let found: Rc<[Symbol]> = Rc::from(found);
        self.kept += found.len();
        if self.kept <= KEPT {
            self.reached.insert((place, start), Rc::clone(&found));
        }
        Ok(found)
    }

    /// The graph of a repeated step, made when it is first asked for.
    pub(super) fn graph(&mut self, hops: &Edges) -> EvalResult<Arc<ClosureGraph>> {
        let place = std::ptr::from_ref(hops) as usize;
        if let Some(known) = self.graphs.get(&place) {
            return Ok(Arc::clone(known));
        }
        let graph = match self.columns.graph(hops) {
            Some(graph) => graph,
            None => {
                let all = Lists::of_one_each((0..self.columns.blocks() as Symbol).collect());
                Arc::new(ClosureGraph::new(self.follow(hops, &all)?))
            }
        };
        self.graphs.insert(place, Arc::clone(&graph));
        Ok(graph)
    }

    /// Whether one or more steps lead from a block to another.
    pub(super) fn leads(&mut self, graph: &ClosureGraph, from: Symbol, to: Symbol) -> EvalResult<bool> {
        match graph.leads(from, to) {
            Reachability::Yes => return Ok(true),
            Reachability::No => return Ok(false),
            Reachability::Unsure => {}
        }
        let mut seen: HashSet<Symbol> = [from].into_iter().collect();
        let mut open = vec![from];
        while let Some(symbol) = open.pop() {
            if graph.same_part(symbol, to) {
                return Ok(true);
            }
            let before = open.len();
            open.extend(graph.towards(symbol, to).filter(|next| seen.insert(*next)));
            self.spend(1 + open.len() - before)?;
        }
        Ok(false)
    }
}
