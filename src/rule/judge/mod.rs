//! From the rows that rules find to findings.

pub(super) mod one_rule;
pub(super) mod ration;
pub(super) mod run;
pub(super) mod shared;
