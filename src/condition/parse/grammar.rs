//! The name under which the productions of formulas and those of sets call each other.

/// The productions that stand inside of others: a formula compares sets, and a set may stand on a formula in brackets.
pub(crate) struct Grammar;
