//! The reference evaluator: one row at a time, as directly as the meaning of a plan reads.

pub(super) mod budget;
pub(super) mod chain;
pub(super) mod closure;
pub(super) mod evaluator;
pub(super) mod graph;
pub(super) mod join;
pub(super) mod membership;
pub(super) mod memo;
pub(super) mod rows;
pub(super) mod witness;
