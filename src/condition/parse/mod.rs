//! From the text of a condition to its tree.

pub(super) mod formula;
pub(super) mod grammar;
pub(super) mod note;
pub(super) mod problems;
pub(super) mod read;
pub(super) mod set;
pub(super) mod token;
