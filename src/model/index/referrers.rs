//! One field seen from its other end, as a list of blocks for each block that it leads to.

use hashbrown::HashMap;

use super::block::BlockId;

/// One field seen from its other end.
#[derive(Clone, Debug, Default)]
pub(in crate::model) struct Referrers {
    /// Where the referrers of each block begin in `blocks`, and where those of the last one end; empty without any.
    pub(in crate::model) starts: Vec<u32>,
    pub(in crate::model) blocks: Vec<BlockId>,
    /// The referrers of blocks that have others since an edit.
    pub(in crate::model) moved: HashMap<BlockId, Vec<BlockId>>,
    /// How many blocks hold the field, and how many of them a value that was reported: then who refers to what is not wholly
    /// known.
    pub(in crate::model) holders: usize,
    pub(in crate::model) broken: usize,
}

impl Referrers {
    /// The blocks that refer to one.
    pub(in crate::model) fn of(&self, target: BlockId) -> &[BlockId] {
        if let Some(moved) = self.moved.get(&target) {
            return moved;
        }
        let at = target.0 as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => &self.blocks[*from as usize..*to as usize],
            (Some(_) | None, _) => &[],
        }
    }

    /// The blocks that refer to one, so that they can be changed.
    pub(in crate::model) fn update(&mut self, target: BlockId) -> &mut Vec<BlockId> {
        if !self.moved.contains_key(&target) {
            let known = self.of(target).to_vec();
            self.moved.insert(target, known);
        }
        self.moved.entry(target).or_default()
    }

    /// Sorts pairs of a target and its referrer by targets, each pair once, keeping the order of referrers: by a
    /// counting sort, since targets are numbers.
    pub(in crate::model) fn sort(&mut self, links: &[(BlockId, BlockId)], blocks: usize) {
        if links.is_empty() {
            return;
        }
        // A block that refers to another twice does so in one run of its own.
        let mut last = vec![None; blocks];
        let mut is_new = |(target, from): &&(BlockId, BlockId)| last[target.0 as usize].replace(*from) != Some(*from);
        let links: Vec<&(BlockId, BlockId)> = links.iter().filter(&mut is_new).collect();
        let mut next = vec![0_u32; blocks + 1];
        for (target, _) in &links {
            next[target.0 as usize + 1] += 1;
        }
        for at in 0..blocks {
            next[at + 1] += next[at];
        }
        self.starts.clone_from(&next);
        self.blocks = vec![BlockId(0); links.len()];
        for (target, from) in links {
            let place = &mut next[target.0 as usize];
            self.blocks[*place as usize] = *from;
            *place += 1;
        }
    }
}
