//! Fixes tried in memory: only those that prove to help are kept or told.

pub(super) mod allow;
pub(super) mod apply;
pub(super) mod candidates;
