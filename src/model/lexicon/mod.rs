//! What words say: names, numbers, provisions, lists, and words of the tables.

pub(super) mod alike;
pub(super) mod lists;
pub(super) mod numbers;
pub(super) mod provisions;
pub(super) mod said;
