//! What expressions yield: values, their types, and what functions, sums and comparisons make of them.

pub(super) mod alike;
pub(super) mod arithmetic;
pub(super) mod compare;
pub(super) mod function;
pub(super) mod param;
pub(super) mod row;
pub(super) mod scalar;
pub(super) mod types;
