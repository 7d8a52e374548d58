//! Which files belong to a project, and the one door by which they are read.

pub(super) mod discover;
pub(super) mod door;
pub(super) mod ignoring;
pub(super) mod listing;
pub(super) mod locate;
pub(super) mod overlay;
pub(super) mod problems;
pub(super) mod root;
pub(super) mod size;
pub(super) mod tree;
pub(super) mod unexpected;
pub(super) mod workspace;
