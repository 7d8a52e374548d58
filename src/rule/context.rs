//! What rules are judged against.

use std::time::Duration;

use super::settings::Settings;
use crate::model::{Corpus, DateRange};
use crate::text::Sources;

/// What rules are judged against.
#[derive(Clone, Copy, Debug)]
pub struct LintContext<'a> {
    /// The resolved claims.
    pub corpus: &'a Corpus,
    /// Every text that a place may point into.
    pub sources: &'a Sources,
    /// What the project says of levels.
    pub settings: &'a Settings,
    /// The day by which exceptions expire.
    pub today: DateRange,
    /// How many steps one rule may take before it is given up.
    pub steps: u64,
    /// How many steps all rules may take together before those that are left are not judged.
    pub run_steps: u64,
    /// What to measure by, if anything.
    pub clock: Option<Clock>,
}

/// How long it is since some moment that stays the same.
pub type Clock = fn() -> Duration;
