//! What of an answer an edit can change, and the answer for that alone.

pub(super) mod delta;
pub(super) mod invalidation;
pub(super) mod reverse_reachability;
