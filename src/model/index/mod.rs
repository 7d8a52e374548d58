//! What a corpus is made of: rows of files, and tables of what was found in them. Nothing in them knows of the corpus.

pub(super) mod block;
pub(super) mod documents;
pub(super) mod features;
pub(super) mod file;
pub(super) mod matches;
pub(super) mod names;
pub(super) mod quotations;
pub(super) mod referrers;
