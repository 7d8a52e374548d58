//! From rules and claims to the rows that break them, and what is said of each.

pub(super) mod all_rules;
pub(super) mod one_rule;
pub(super) mod outcome;
mod problems;
