//! What the evaluator keeps of repeated steps that it has followed, with whether anything broken was read.

use std::collections::HashMap;
use std::rc::Rc;

use crate::condition::values::scalar::ScalarValue;
use crate::model::BlockId;

/// Whether something that was read had been reported as broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReadState {
    Sound,
    Broken,
}

/// What each block reaches in one or more repetitions of each repeated step.
#[derive(Default)]
pub(crate) struct Closures {
    pub(super) known: HashMap<(usize, BlockId), Rc<Reached>>,
    pub(super) kept: usize,
}

/// What can be reached in one or more repetitions, nearest first, and whether a broken value was met.
pub(crate) struct Reached {
    pub(super) blocks: Vec<ScalarValue>,
    pub(super) read: ReadState,
}
