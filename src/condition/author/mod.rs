//! What serves the authors of rules: a condition in English, its mutants, how a row came out, and why a rule said nothing.

pub(super) mod clause;
pub(super) mod defined;
pub(super) mod english;
pub(super) mod mutate;
pub(super) mod near_miss;
pub(super) mod trace;
pub(super) mod verbalization;
