//! Checked conditions: what a rule, its messages and its labels ask of a corpus, and questions apart from any rule.

pub(super) mod compile;
pub(super) mod place;
pub(super) mod question;
pub(super) mod template;
