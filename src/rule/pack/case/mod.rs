//! One way to break a rule, compiled: the query that finds the rows, and what is said of them.

pub(crate) mod chain;
pub(crate) mod compile;
pub(crate) mod context;
pub(crate) mod fixes;
pub(crate) mod group;
pub(crate) mod labels;
pub(crate) mod roles;
pub(crate) mod shared;
pub(crate) mod template;
