//! What serves the authors of rules: examples, mutants, and why a rule found something or did not.

pub(super) mod examples;
pub(super) mod mutate;
pub(super) mod problems;
pub(super) mod why;
