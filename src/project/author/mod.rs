//! What serves the authors of rules: their examples, judged as small projects.

pub(super) mod examples;
pub(super) mod untested;
