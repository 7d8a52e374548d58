//! What words say: names, numbers, provisions, lists, and words of the tables.

pub(super) mod features;
pub(super) mod lists;
pub(super) mod near_duplicates;
pub(super) mod numbers;
pub(super) mod provisions;
