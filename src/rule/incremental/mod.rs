//! What rules found before, and what of it an edit can change.

pub(super) mod again;
pub(super) mod board;
pub(super) mod memory;
