//! Quotations in the documents that they name: where they stand, and how much of the documents they cover.

pub(super) mod coverage;
pub(super) mod index;
pub(super) mod matches;
pub(super) mod search;
