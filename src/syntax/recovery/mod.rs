//! Recovery after mistakes: what was meant, and where reading goes on, so that one mistake gives one finding.
//!
//! [`DocumentReader`](super::document) calls it; its own part, which needs what is open, is in `document/recover.rs`.

pub(super) mod indentation;
pub(super) mod likely_mistakes;
pub(super) mod malformed_value;
pub(super) mod resume;
