//! What of an answer an edit can change, and the answer for that alone.

pub(super) mod again;
pub(super) mod behind;
pub(super) mod touched;
