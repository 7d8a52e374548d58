//! Conditions as written: texts of rule files, and their trees, in which no name is resolved yet.

pub(super) mod excerpt;
pub(super) mod operator;
pub(super) mod source;
pub(super) mod tree;
pub(super) mod trees;
mod walk;
