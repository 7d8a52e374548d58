//! The reference evaluator: one row at a time, as directly as the meaning of a plan reads.

pub(super) mod ask;
pub(super) mod chain;
pub(super) mod closure;
pub(super) mod compare;
pub(super) mod evaluator;
pub(super) mod join;
pub(super) mod native;
pub(super) mod quotation_facts;
pub(super) mod reach;
pub(super) mod rows;
