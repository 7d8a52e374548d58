//! From the tree of a condition to its plan: names, types, guards, and how many values there can be.

pub(super) mod advice;
pub(super) mod call;
pub(super) mod checker;
pub(super) mod compare;
pub(super) mod computed;
pub(super) mod definition;
pub(super) mod definition_problems;
pub(super) mod formula;
pub(super) mod guard;
pub(super) mod links;
pub(super) mod path;
pub(super) mod problems;
pub(super) mod rule;
pub(super) mod set;
pub(super) mod steps;
pub(super) mod typed;
pub(super) mod vocabulary;
