//! What came of checking a project.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::claims::Excluded;
use crate::model::Corpus;
use crate::project::config::Config;
use crate::rule::{BUILTIN_PACKS, Baseline, Exception, Finding, RuleCost, RuleSet};
use crate::schema::BUILTIN_SCHEMA;
use crate::text::{SourceId, Sources};

/// What came of checking a project: a snapshot, which no later change touches.
#[derive(Default)]
pub struct CheckOutput {
    /// Every text that was read.
    pub sources: Arc<Sources>,
    /// Every finding, those that are silenced included, in order.
    pub findings: Vec<Finding>,
    /// Every exception in the claims and in the configuration.
    pub exceptions: Vec<Exception>,
    /// What each rule with conditions took, in the order of codes.
    pub effort: Vec<RuleCost>,
    /// The findings on record; none without a baseline.
    pub baseline: Option<Arc<Baseline>>,
    /// The fingerprints of the entries of the baseline that hold no finding.
    pub stale: BTreeSet<String>,
    /// The rules, with the levels that the project gives them.
    pub rules: Arc<RuleSet>,
    /// What the claims say; absent when nothing was resolved.
    pub corpus: Arc<Corpus>,
    /// The settings that were in force.
    pub config: Arc<Config>,
    /// The files by which the claims were judged: configurations, schemas, packs, the baseline, and those that are built in.
    pub settings: Vec<SourceId>,
    /// The claims files that were read.
    pub files: Vec<SourceId>,
    /// A file of the project whose faults are no faults of the settings, because these come from elsewhere.
    pub apart: Option<SourceId>,
    /// How many claims they hold.
    pub claims: usize,
    /// What leaves claims files out, in the order in which it does.
    pub excluded: Vec<Excluded>,
}

impl CheckOutput {
    /// The files of the project by which its claims were judged, without those that are built in or lie around it.
    pub fn own_settings(&self) -> impl Iterator<Item = SourceId> {
        let builtin = || BUILTIN_PACKS.iter().chain(BUILTIN_SCHEMA).map(|(name, _)| *name);
        let own = move |file: &SourceId| {
            let name = self.sources.get(*file).name();
            builtin().all(|builtin| builtin != name) && !name.starts_with("../")
        };
        self.settings.iter().copied().filter(own)
    }
}
