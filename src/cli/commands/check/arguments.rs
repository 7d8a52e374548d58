//! The arguments of `recte check`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ValueEnum;
use recte::diagnostic::Severity;

use super::filter::Filter;
use super::outputs::Destinations;
use crate::cli::project::SettingsOrigin;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files and folders to report on (default: the current folder); the whole project of each is read, and several projects
    /// have one report; `-` is standard input
    #[arg(help_heading = "What to check")]
    pub(super) paths: Vec<PathBuf>,
    /// Read the paths from a file, or from standard input for `-`; each ends with NUL
    #[arg(help_heading = "What to check", long, value_name = "FILE", group = "changed", conflicts_with = "paths")]
    pub(super) files_from: Option<PathBuf>,
    /// Check the index of git, and report on the files that differ from the last commit
    #[arg(help_heading = "What to check", long, group = "changed")]
    pub(super) staged: bool,
    /// Report on the files that changed since this branch left REF
    #[arg(help_heading = "What to check", long, value_name = "REF", group = "changed", allow_hyphen_values = false)]
    pub(super) since: Option<String>,
    /// Read the text of this file from standard input; the file need not exist
    #[arg(help_heading = "What to check", long, value_name = "PATH", group = "changed", conflicts_with = "paths")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Which findings to report: those in the selected files, those that involve a claim of these files, or all
    #[arg(help_heading = "What to report", long, value_enum)]
    pub(super) report: Option<ReportReach>,
    #[command(flatten)]
    pub(super) destinations: Destinations,
    /// Apply fixes: `safe` (the default) does not change the meaning of the claims, `suggested` also applies fixes that
    /// need a review
    #[arg(help_heading = "What to change", long, value_name = "SAFETY", num_args = 0..=1, require_equals = true, default_missing_value = "safe",
          value_parser = ["safe", "suggested"], conflicts_with_all = ["staged", "stdin_filename"])]
    pub(super) fix: Option<String>,
    /// Show what --fix would change, and change nothing
    #[arg(help_heading = "What to change", long, conflicts_with_all = ["staged", "stdin_filename"])]
    pub(super) diff: bool,
    /// Write an `allow` for every reported finding into its claim, with this run's --reason
    #[arg(help_heading = "What to change", long, requires = "reason", conflicts_with_all = ["fix", "diff", "staged", "stdin_filename"])]
    pub(super) add_allow: bool,
    /// The reason of --add-allow: why the findings are acceptable
    #[arg(help_heading = "What to change", long, value_name = "TEXT", value_parser = reason, requires = "add_allow")]
    pub(super) reason: Option<String>,
    /// The lowest severity that fails the run: error, warning or info
    #[arg(help_heading = "What fails the run", long, value_name = "LEVEL", value_parser = severity)]
    pub(super) fail_on: Option<Severity>,
    /// End with exit code 0 where findings would make it 1; 2 and 3 stay
    #[arg(help_heading = "What fails the run", long)]
    pub(super) exit_zero: bool,
    #[command(flatten)]
    pub(super) filter: Filter,
    /// Show only findings of at least this severity: error, warning or info; the exit code covers all
    #[arg(help_heading = "What to report", long, value_name = "LEVEL", value_parser = severity)]
    pub(super) min_severity: Option<Severity>,
    /// Show how many findings there are of each rule instead of the findings
    #[arg(help_heading = "What to report", long)]
    pub(super) statistics: bool,
    /// Show findings and nothing else
    #[arg(help_heading = "What to report", short, long)]
    pub(super) quiet: bool,
    /// Say on standard error which settings, files and documents are read
    #[arg(help_heading = "What to report", short, long)]
    pub(super) verbose: bool,
    #[command(flatten)]
    pub(super) judged: SettingsOrigin,
    /// Show at most this many findings of all projects, the most severe first; the default is 1000 for `full`, `grouped` and `agent`,
    /// and reports for programs are complete
    #[arg(help_heading = "What to report", long, value_name = "N")]
    pub(super) max: Option<usize>,
    /// Fail if a document or a quotation differs from `claims.lock`
    #[arg(help_heading = "What fails the run", long)]
    pub(super) locked: bool,
    /// Do not use or update the cache of earlier runs
    #[arg(help_heading = "Speed", long)]
    pub(super) no_cache: bool,
    /// Also show findings that an exception suppresses
    #[arg(help_heading = "What to report", long)]
    pub(super) show_suppressed: bool,
    /// Report on standard error how many rows each rule evaluated and how long it took, and which rules evaluated none
    #[arg(help_heading = "Speed", long)]
    pub(super) stats: bool,
    /// The number of threads (default: as many as the machine has processors)
    #[arg(help_heading = "Speed", long, value_name = "N", value_parser = threads)]
    pub(super) threads: Option<NonZeroUsize>,
}

impl Arguments {
    /// Whether claims files may be written.
    pub(super) fn writes(&self) -> bool {
        self.fix.is_some() && !self.diff || self.add_allow
    }
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

/// A reason of one line that says something.
fn reason(text: &str) -> Result<String, String> {
    let is_line = !text.trim().is_empty() && !text.contains(char::is_control);
    if is_line { Ok(text.to_owned()) } else { Err("give the reason as one line of text".to_owned()) }
}

fn severity(text: &str) -> Result<Severity, String> {
    let found = Severity::ALL.into_iter().find(|severity| severity.as_str() == text);
    found.ok_or_else(|| "choose error, warning or info".to_owned())
}
