//! The ids of all blocks, by hash.

use hashbrown::{DefaultHashBuilder, HashSet, HashTable};

use super::block::BlockId;

/// The ids of a project, each with the first block that it names.
#[derive(Clone, Debug, Default)]
pub(in crate::model) struct NameTable {
    pub(in crate::model) hasher: DefaultHashBuilder,
    /// By hash; each id with its own.
    pub(in crate::model) shards: Vec<HashTable<(u64, BlockId)>>,
    /// Ids of blocks that were not understood: references to them are not reported again.
    pub(in crate::model) poisoned: HashSet<Box<str>>,
}
