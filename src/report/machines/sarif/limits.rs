//! The limits of GitHub, by which a report is cut, and says so.

/// The most results of a run that GitHub takes.
pub(super) const RESULTS: usize = 25_000;

/// The most rules that GitHub takes.
pub(super) const RULES: usize = 25_000;

/// The most tags of a rule that GitHub shows.
pub(super) const TAGS: usize = 10;

/// The most places of a result that GitHub takes, besides the primary one.
pub(super) const RELATED: usize = 999;

/// The most steps of a chain that GitHub takes.
pub(super) const STEPS: usize = 10_000;

/// The most runs, one for each project, that GitHub takes in one file.
pub(in crate::report) const RUNS: usize = 20;
