//! Reports for programs: nothing in them is cut.

pub(super) mod checkstyle;
pub(super) mod github;
pub(super) mod gitlab;
pub(super) mod json;
pub(super) mod jsonl;
pub(super) mod junit;
pub(super) mod rdjson;
pub(super) mod record;
pub(super) mod sarif;
pub(super) mod xml;
