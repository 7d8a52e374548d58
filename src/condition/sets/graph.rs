//! The graph that a repeated step makes of all blocks, and whether one block leads to another in it.

use std::sync::OnceLock;

use super::dictionary::{Symbol, block};
use super::lists::Lists;
use crate::model::components;

/// A repeated step: what one repetition leads to from each block.
#[derive(Debug)]
pub(super) struct ClosureGraph {
    edges: Lists,
    order: OnceLock<Order>,
}

/// Which blocks lie on which side of which.
#[derive(Debug)]
struct Order {
    /// The part of each block, all of whose blocks reach each other; an edge never leads to a part with a higher number.
    part: Vec<u32>,
    /// By part: whether its blocks reach themselves.
    circular: Vec<bool>,
    /// By part, where no part leads to two others: the run of numbers of all parts that lead to it, its own the first.
    runs: Option<Vec<(u32, u32)>>,
}

/// Whether one or more steps lead from a block to another, as far as it can be told without a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reachability {
    Yes,
    No,
    /// Only a search can tell.
    Unsure,
}

impl ClosureGraph {
    pub(super) fn new(edges: Lists) -> ClosureGraph {
        ClosureGraph { edges, order: OnceLock::new() }
    }

    /// What one repetition leads to.
    pub(super) fn next(&self, from: Symbol) -> &[Symbol] {
        if block(from).is_some() { self.edges.row(from as usize) } else { &[] }
    }

    /// Whether one or more steps lead from one block to another.
    pub(super) fn leads(&self, from: Symbol, to: Symbol) -> Reachability {
        let order = self.order();
        let (low, high) = (order.part[to as usize], order.part[from as usize]);
        let told = |holds| if holds { Reachability::Yes } else { Reachability::No };
        if high <= low {
            return told(high == low && order.circular[low as usize]);
        }
        match &order.runs {
            Some(runs) => {
                let (start, end) = runs[low as usize];
                told((start..end).contains(&runs[high as usize].0))
            }
            None => Reachability::Unsure,
        }
    }

    /// The blocks that one repetition leads to and from which `to` may still be reached.
    pub(super) fn towards(&self, from: Symbol, to: Symbol) -> impl Iterator<Item = Symbol> {
        let part = &self.order().part;
        let lowest = part[to as usize];
        let may_lead = move |next: &Symbol| block(*next).is_some() && part[*next as usize] >= lowest;
        self.next(from).iter().copied().filter(may_lead)
    }

    /// Whether two blocks reach each other, or are one.
    pub(super) fn same_part(&self, a: Symbol, b: Symbol) -> bool {
        let part = &self.order().part;
        part[a as usize] == part[b as usize]
    }

    fn order(&self) -> &Order {
        self.order.get_or_init(|| {
            let edge = |from: usize, nth: usize| self.edges.row(from).get(nth).map(|to| *to as usize);
            // What is no block leads nowhere, so that it can stand for the block itself.
            let inner =
                |from: usize, nth: usize| edge(from, nth).map(|to| if to < self.edges.rows() { to } else { from });
            let found = components(self.edges.rows(), inner);
            let part: Vec<u32> = found.part.iter().map(|part| *part as u32).collect();
            Order::new(&self.edges, part, found.count)
        })
    }
}

impl Order {
    fn new(edges: &Lists, part: Vec<u32>, count: usize) -> Order {
        const NONE: u32 = u32::MAX;
        let mut circular = vec![false; count];
        let mut above = vec![NONE; count];
        let mut is_forest = true;
        for (from, next) in edges.iter().enumerate() {
            let own = part[from] as usize;
            for to in next.iter().filter(|to| block(**to).is_some()) {
                let other = part[*to as usize];
                if other as usize == own {
                    circular[own] = true;
                } else if above[own] == NONE {
                    above[own] = other;
                } else if above[own] != other {
                    is_forest = false;
                }
            }
        }
        let runs = is_forest.then(|| runs(&above));
        Order { part, circular, runs }
    }
}

/// For each node of a forest the run of numbers of the nodes beneath it, its own the first; `above` names for each node
/// the one above it, which has a lower number, or else no node.
fn runs(above: &[u32]) -> Vec<(u32, u32)> {
    let mut sizes = vec![1_u32; above.len()];
    for node in (0..above.len()).rev() {
        let size = sizes[node];
        if let Some(over) = sizes.get_mut(above[node] as usize) {
            *over += size;
        }
    }
    let mut next_root = 0;
    // The next number that is free beneath each node.
    let mut free = vec![0_u32; above.len()];
    let mut runs = Vec::with_capacity(above.len());
    for node in 0..above.len() {
        let place = free.get_mut(above[node] as usize).unwrap_or(&mut next_root);
        let start = *place;
        *place += sizes[node];
        free[node] = start + 1;
        runs.push((start, start + sizes[node]));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::{ClosureGraph, Reachability};
    use crate::condition::sets::lists::Lists;

    fn graph(edges: &[&[u32]]) -> ClosureGraph {
        let mut lists = Lists::default();
        for next in edges {
            lists.extend(next);
            lists.end();
        }
        ClosureGraph::new(lists)
    }

    #[test]
    fn a_forest_tells_without_a_search() {
        let graph = graph(&[&[1], &[2], &[], &[1], &[], &[4]]);
        for (from, to, leads) in
            [(0, 2, true), (3, 2, true), (2, 0, false), (0, 3, false), (0, 0, false), (5, 2, false)]
        {
            assert_eq!(
                graph.leads(from, to),
                if leads { Reachability::Yes } else { Reachability::No },
                "{from} to {to}"
            );
        }
    }

    #[test]
    fn circles_lead_to_themselves_and_forks_want_a_search() {
        let graph = graph(&[&[1, 2], &[0], &[3], &[], &[0, 3]]);
        assert_eq!(graph.leads(0, 0), Reachability::Yes);
        assert_eq!(graph.leads(2, 2), Reachability::No);
        assert_eq!(graph.leads(4, 3), Reachability::Unsure);
        assert_eq!(graph.leads(3, 4), Reachability::No);
    }
}
