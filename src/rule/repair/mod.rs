//! Fixes: what they do, and the edits of claims that they come to.

pub(super) mod changes;
pub(super) mod edits;
pub(super) mod fix;
