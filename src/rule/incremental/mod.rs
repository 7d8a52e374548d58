//! What rules found before, and what of it an edit can change.

pub(super) mod delta;
pub(super) mod linter;
pub(super) mod store;
