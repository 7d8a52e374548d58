//! From the rows that rules find to findings.

pub(super) mod lint;
pub(super) mod one_rule;
pub(super) mod run_budget;
pub(super) mod shared;
