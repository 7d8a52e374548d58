//! The graph that a repeated step makes of all blocks.

use super::memo::ReadState;
use crate::model::components;

/// The graph that one repeated step makes of all blocks.
pub(crate) struct StepGraph {
    pub(super) edges: AdjacencyList,
    /// The part of each block; an edge never leads to a higher one, so a search can leave out what lies too low.
    pub(super) part: Vec<usize>,
    /// By part: whether its blocks reach themselves.
    pub(super) circular: Vec<bool>,
    /// By part: whether a broken value is read on the way through all that it reaches.
    pub(super) read: Vec<ReadState>,
}

/// The blocks to which each block leads, in one run of memory.
#[derive(Default)]
pub(crate) struct AdjacencyList {
    /// Where those of each block end.
    ends: Vec<u32>,
    pub(super) targets: Vec<u32>,
}

impl AdjacencyList {
    pub(super) fn of(&self, block: usize) -> &[u32] {
        let start = block.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.targets[start as usize..self.ends[block] as usize]
    }

    pub(super) fn end(&mut self) {
        self.ends.push(self.targets.len() as u32);
    }
}

impl StepGraph {
    pub(super) fn new(edges: AdjacencyList, reads: &[ReadState]) -> StepGraph {
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
