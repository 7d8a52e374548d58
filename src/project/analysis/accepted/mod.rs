//! What the documents said when their quotations were accepted: the lock, and what has changed since.

pub(in crate::project) mod difference;
mod drift;
mod drift_problems;
pub(super) mod earlier;
pub(in crate::project) mod lock;
mod lock_problems;
pub(super) mod read_lock;
mod renamed;
mod resplit;
