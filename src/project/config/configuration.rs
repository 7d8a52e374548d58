//! The settings of one project, as they hold.

use crate::diagnostic::Severity;
use crate::project::files::tree;
use crate::project::files::tree::NotRead;
use crate::rule::Settings;
use crate::text::{SourceId, Span, Spanned};

/// How large a file may be unless the project says otherwise.
const FILE_SIZE: u64 = 64 << 20;

/// How many steps a rule may take unless the project says otherwise; some seconds of work.
const RULE_STEPS: u64 = 50_000_000;

/// How many steps all rules may take together unless the project says otherwise, and how many more for each claim.
const RUN_STEPS: u64 = 250_000_000;
const CLAIM_STEPS: u64 = 1_000;

/// The settings of one project, with the places where it makes them; those it inherits come first.
#[derive(Clone, Debug)]
pub struct Config {
    /// The project's own file, if it has one.
    pub own: Option<SourceId>,
    /// Files that extend the built-in schema.
    pub schema: Vec<NamedFiles>,
    /// Patterns of files with rules of the project's own.
    pub packs: Vec<NamedFiles>,
    /// Patterns of claims files that are left out.
    pub exclude: Vec<Spanned<String>>,
    /// Levels and parameters of rules.
    pub settings: Settings,
    /// The lowest severity that fails the run.
    pub fail_on: ConfigChoice<Severity>,
    /// The most bytes that a file may hold.
    pub file_size: ConfigChoice<u64>,
    /// The most steps that a rule may take: rows looked at, and blocks met on paths.
    pub rule_steps: ConfigChoice<u64>,
    /// The most steps that all rules may take together.
    pub run_steps: ConfigChoice<u64>,
    /// Whether something in it could not be read, so that it may name more files than are known.
    pub incomplete: bool,
}

/// A file, or a pattern of files, that a configuration names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFiles {
    /// As it is written.
    pub written: Spanned<String>,
    /// The folder of the configuration, relative to the project: what is named stands beneath it.
    pub folder: String,
}

/// A setting that has one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigChoice<T> {
    /// The value that holds.
    pub value: T,
    /// Where it is set; nowhere for what holds by default.
    pub at: Option<Span>,
    /// What it would be otherwise, the nearest first.
    pub instead_of: Vec<(T, Option<Span>)>,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            own: None,
            schema: Vec::new(),
            packs: Vec::new(),
            exclude: Vec::new(),
            settings: Settings::default(),
            fail_on: ConfigChoice::by_default(Severity::Error),
            file_size: ConfigChoice::by_default(FILE_SIZE),
            rule_steps: ConfigChoice::by_default(RULE_STEPS),
            run_steps: ConfigChoice::by_default(RUN_STEPS),
            incomplete: false,
        }
    }
}

impl Config {
    /// Whether something stands in the project's own file rather than in one that it extends.
    pub fn is_own(&self, at: Span) -> bool {
        self.own == Some(at.source)
    }

    /// How many steps all rules may take together where there are so many claims.
    pub fn steps_of_run(&self, claims: usize) -> u64 {
        let more = if self.run_steps.at.is_none() { CLAIM_STEPS.saturating_mul(claims as u64) } else { 0 };
        self.run_steps.value.saturating_add(more)
    }
}

impl NamedFiles {
    /// Where it stands, relative to the project.
    ///
    /// # Errors
    /// When it would lie outside the folder of the configuration.
    pub fn path(&self) -> Result<String, NotRead> {
        let beneath = tree::join("", &self.written.value)?;
        if tree::leads_out(&beneath) { Err(NotRead::Outside) } else { tree::join(&self.folder, &beneath) }
    }
}

impl<T: Clone> ConfigChoice<T> {
    fn by_default(value: T) -> ConfigChoice<T> {
        ConfigChoice { value, at: None, instead_of: Vec::new() }
    }

    /// Sets another value, and remembers what it takes the place of.
    pub(super) fn set(&mut self, value: T, at: Span) {
        let old = std::mem::replace(&mut self.value, value);
        self.instead_of.insert(0, (old, self.at.replace(at)));
    }
}
