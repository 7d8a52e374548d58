//! Edits of claims: what they come to in the text, and which are worth trying.

pub(super) mod changes;
pub(super) mod edits;
