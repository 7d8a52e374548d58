//! The arguments of `recte check`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ValueEnum;
use recte::diagnostic::Severity;

use super::outputs::Destinations;
use crate::cli::project::SettingsOrigin;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files and folders to report on (default: the current folder); the whole project of each is read, and several projects
    /// have one report
    pub(super) paths: Vec<PathBuf>,
    /// Read the paths from a file, or from standard input for `-`; each ends with NUL
    #[arg(long, value_name = "FILE", group = "changed", conflicts_with = "paths")]
    pub(super) files_from: Option<PathBuf>,
    /// Check the index of git, and report on the files that differ from the last commit
    #[arg(long, group = "changed")]
    pub(super) staged: bool,
    /// Report on the files that changed since this branch left REF
    #[arg(long, value_name = "REF", group = "changed", allow_hyphen_values = false)]
    pub(super) since: Option<String>,
    /// Read the text of this file from standard input; the file need not exist
    #[arg(long, value_name = "PATH", group = "changed", conflicts_with = "paths")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Which findings to report: those in the selected files, those that involve a claim of these files, or all
    #[arg(long, value_enum)]
    pub(super) report: Option<ReportReach>,
    #[command(flatten)]
    pub(super) destinations: Destinations,
    /// Apply fixes: `safe` (the default) does not change the meaning of the claims, `suggested` also applies fixes that
    /// need a review
    #[arg(long, value_name = "SAFETY", num_args = 0..=1, require_equals = true, default_missing_value = "safe",
          value_parser = ["safe", "suggested"], conflicts_with_all = ["staged", "stdin_filename"])]
    pub(super) fix: Option<String>,
    /// Show what --fix would change, and change nothing
    #[arg(long, conflicts_with_all = ["staged", "stdin_filename"])]
    pub(super) diff: bool,
    /// The lowest severity that fails the run: error, warning or info
    #[arg(long, value_name = "LEVEL", value_parser = severity)]
    pub(super) fail_on: Option<Severity>,
    #[command(flatten)]
    pub(super) judged: SettingsOrigin,
    /// Show at most this many findings of all projects, the most severe first; the default is 1000 for `full`, `grouped` and `agent`,
    /// and reports for programs are complete
    #[arg(long, value_name = "N")]
    pub(super) max: Option<usize>,
    /// Fail if a document or a quotation differs from `claims.lock`
    #[arg(long)]
    pub(super) locked: bool,
    /// Do not use or update the cache of earlier runs
    #[arg(long)]
    pub(super) no_cache: bool,
    /// Also show findings that an exception suppresses
    #[arg(long)]
    pub(super) show_suppressed: bool,
    /// Report on standard error how many rows each rule evaluated and how long it took, and which rules evaluated none
    #[arg(long)]
    pub(super) stats: bool,
    /// The number of threads (default: as many as the machine has processors)
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(super) threads: Option<NonZeroUsize>,
}

/// How far a report reaches beyond the files that were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReportReach {
    /// Findings in these files, and on quotations from them
    Changed,
    /// Also findings anywhere that involve a claim of these files or that a change causes
    Affected,
    /// All findings
    All,
}

fn threads(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "write a number of threads, 1 or more".to_owned())
}

fn severity(text: &str) -> Result<Severity, String> {
    let found = Severity::ALL.into_iter().find(|severity| severity.as_str() == text);
    found.ok_or_else(|| "choose error, warning or info".to_owned())
}
