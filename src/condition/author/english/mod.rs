//! Conditions in English, so that an author can check that the rule says what was meant.

pub(crate) mod formula;
pub(crate) mod path;
pub(crate) mod relation;
pub(crate) mod set;
pub(crate) mod verbalizer;
pub(crate) mod words;
