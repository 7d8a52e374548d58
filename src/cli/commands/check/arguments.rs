//! The arguments of `recte check`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ValueEnum;
use recte::diagnostic::Severity;

use super::outputs::Destinations;
use crate::cli::project::SettingsOrigin;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files and folders to report on, the current one unless others are named; the whole project around each is read
    pub(super) paths: Vec<PathBuf>,
    /// Take the paths from a file, or from standard input for `-`; each ends with NUL
    #[arg(long, value_name = "FILE", group = "changed", conflicts_with = "paths")]
    pub(super) files_from: Option<PathBuf>,
    /// Check what the index of git holds, and report on the files that differ from the last commit
    #[arg(long, group = "changed")]
    pub(super) staged: bool,
    /// Report on the files that changed since this branch left REF
    #[arg(long, value_name = "REF", group = "changed", allow_hyphen_values = false)]
    pub(super) since: Option<String>,
    /// Take standard input as the text of this file, which need not exist yet
    #[arg(long, value_name = "PATH", group = "changed", conflicts_with = "paths")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Which findings to report: those in the files asked for, those that any claim there plays a part in, or all
    #[arg(long, value_enum)]
    pub(super) report: Option<ReportReach>,
    #[command(flatten)]
    pub(super) destinations: Destinations,
    /// Mend what can be mended: `safe` (the default) only where the claims say the same afterwards, `suggested` also
    /// what was most likely meant
    #[arg(long, value_name = "SAFETY", num_args = 0..=1, require_equals = true, default_missing_value = "safe",
          value_parser = ["safe", "suggested"], conflicts_with_all = ["staged", "stdin_filename"])]
    pub(super) fix: Option<String>,
    /// Show what --fix would change, and change nothing
    #[arg(long, conflicts_with_all = ["staged", "stdin_filename"])]
    pub(super) diff: bool,
    /// From which weight on findings fail the run: error, warning or info
    #[arg(long, value_name = "LEVEL", value_parser = severity)]
    pub(super) fail_on: Option<Severity>,
    #[command(flatten)]
    pub(super) judged: SettingsOrigin,
    /// Show people at most this many findings, the heaviest; `full`, `grouped` and `agent` show 1000 unless told otherwise,
    /// and reports for programs are complete
    #[arg(long, value_name = "N")]
    pub(super) max: Option<usize>,
    /// Fail unless every document and quotation is as `claims.lock` has it
    #[arg(long)]
    pub(super) locked: bool,
    /// Read and judge everything, whatever an earlier run said of the same files, and keep nothing
    #[arg(long)]
    pub(super) no_cache: bool,
    /// Show findings that an exception silences as well
    #[arg(long)]
    pub(super) show_suppressed: bool,
    /// Say on standard error how many rows each rule judged and how long it took, and which rules judged none
    #[arg(long)]
    pub(super) stats: bool,
    /// Read claims by this many threads at once, rather than by as many as the machine has room for
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<NonZeroUsize>,
}

/// How far a report reaches beyond the files that were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReportReach {
    /// Findings in these files, and on what is quoted from them
    Changed,
    /// Findings anywhere in which a claim of these files plays a part too; and those that a change brings anywhere
    Affected,
    /// All findings
    All,
}

fn severity(text: &str) -> Result<Severity, String> {
    let found = Severity::ALL.into_iter().find(|severity| severity.as_str() == text);
    found.ok_or_else(|| "choose error, warning or info".to_owned())
}
