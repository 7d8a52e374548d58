//! Quotations in the documents that they name: where they stand, and how much of the documents they cover.

pub(super) mod coverage;
mod provision;
mod query;
mod read;
mod search;
pub(super) mod sentences;
