//! From the files of a project to its findings: settings, documents, the lock, and what stays in memory between edits.

pub(super) mod check;
pub(super) mod context;
pub(super) mod documents;
pub(super) mod earlier;
pub(super) mod host;
pub(super) mod lock;
pub(super) mod renamed;
