//! What a project is judged by, read once and never changed: its settings, its schema, its rules, its baseline.

use std::num::NonZeroUsize;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::model::{Corpus, DateRange};
use crate::project::config::Config;
use crate::project::files::tree::Tree;
use crate::project::names::CONFIG_NAME;
use crate::rule::{Baseline, Clock, LintContext, RuleSet};
use crate::schema::Schema;
use crate::text::{Sources, all_threads};

/// The settings, the schema and the rules of a project, and what is wrong with them. To clone one shares them.
#[derive(Clone, Default)]
pub struct ProjectContext {
    /// The texts that they were read from.
    pub sources: Sources,
    /// Kinds and fields, built-in and the project's own.
    pub schema: Arc<Schema>,
    /// Rules, built-in and the project's own, at the project's levels.
    pub rules: Arc<RuleSet>,
    /// The settings.
    pub config: Arc<Config>,
    /// The findings on record; none without a baseline.
    pub baseline: Option<Arc<Baseline>>,
    /// What is wrong with the settings, and what of them could not be read.
    pub problems: Vec<Diagnostic>,
    /// Whether the documents must be what was accepted.
    pub must_hold: bool,
    /// Whether the settings come from elsewhere, so that no file of the project is one of them.
    pub is_foreign: bool,
    /// What to measure the rules by, if anything.
    pub clock: Option<Clock>,
    /// How many threads may work at once; without a number, as many as the machine has room for.
    pub threads: Option<NonZeroUsize>,
}

/// Where the settings of a project are read from, and all that they name.
#[derive(Clone, Copy)]
pub struct SettingsSource<'a> {
    /// The files.
    pub tree: &'a dyn Tree,
    /// The path of the configuration in them.
    pub file: &'a str,
    /// What is put before the names of these files, so that they are not taken for files of the project.
    pub label: &'a str,
    /// What to measure the rules by, if anything.
    pub clock: Option<Clock>,
    /// Whether the documents must be what was accepted.
    pub locked: bool,
    /// Whether every rule keeps the parameters of its table, with which its examples are written.
    pub keeps_params: bool,
    /// How many threads may work at once; without a number, as many as the machine has room for.
    pub threads: Option<NonZeroUsize>,
}

impl<'a> SettingsSource<'a> {
    /// The settings that a project makes for itself.
    pub fn own(tree: &'a dyn Tree) -> SettingsSource<'a> {
        SettingsSource {
            tree,
            file: CONFIG_NAME,
            label: "",
            clock: None,
            locked: false,
            keeps_params: false,
            threads: None,
        }
    }

    /// Settings from elsewhere, which hold whatever the project says.
    pub fn trusted(tree: &'a dyn Tree, file: &'a str) -> SettingsSource<'a> {
        SettingsSource { tree, file, label: "config:", clock: None, locked: false, keeps_params: false, threads: None }
    }
}

impl ProjectContext {
    /// How many threads may work at once.
    pub(crate) fn workers(&self) -> NonZeroUsize {
        self.threads.unwrap_or_else(all_threads)
    }

    /// What the rules are judged against, for claims that were linked.
    pub(crate) fn lint_context<'a>(
        &'a self,
        corpus: &'a Corpus,
        sources: &'a Sources,
        today: DateRange,
    ) -> LintContext<'a> {
        let (steps, run_steps) = (self.config.rule_steps.value, self.config.steps_of_run(corpus.claims()));
        LintContext { corpus, sources, settings: &self.config.settings, today, steps, run_steps, clock: self.clock }
    }
}
