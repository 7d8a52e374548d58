//! From the files of a project to its findings: settings (`context`), files (`claims_files`, `documents`, `accepted`), and the
//! analysis (`host`), of which snapshots are taken (`output`).

pub(super) mod accepted;
pub(super) mod change;
pub(super) mod check;
pub(super) mod claims;
mod claims_files;
pub(super) mod context;
pub(super) mod documents;
pub(super) mod host;
mod namespaces;
pub(super) mod output;
mod problems;
pub(super) mod request;
mod settings;
