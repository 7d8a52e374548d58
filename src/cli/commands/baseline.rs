//! `recte baseline`: puts old findings on record, so that a check shows what is new.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use recte::project::{CONFIG_NAME, CheckOutput};
use recte::report::count;
use recte::rule::{BASELINE_NAME, Baseline, BaselineEntry, Finding};
use serde::Serialize;

use crate::cli::exit::Exit;
use crate::cli::listing::Listing;
use crate::cli::named::TypedName;
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::project::{OpenedProject, ProjectArgument, refuse_wrong_run};
use crate::cli::write;
use crate::cli::write::WriteLock;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: BaselineCommand,
    #[command(flatten)]
    place: ProjectArgument,
}

#[derive(Subcommand)]
enum BaselineCommand {
    /// Record open findings, so that a check no longer reports them
    Add {
        /// Only these findings, by fingerprint or a prefix of it
        findings: Vec<String>,
        /// The reason for the exception
        #[arg(long, value_name = "TEXT", value_parser = reason)]
        reason: String,
    },
    /// Remove the entries that no longer have a finding; never adds any
    Prune,
    /// List the recorded findings
    Show {
        /// The format of the list
        #[arg(long, value_enum, default_value_t)]
        format: Listing,
    },
    /// Fail if an entry no longer has a finding, or if the file was edited by hand
    Verify,
}

impl BaselineCommand {
    /// The path that says of which project a finding is, if it was typed with one.
    fn path(&self) -> Option<PathBuf> {
        match self {
            BaselineCommand::Add { findings, .. } => {
                findings.iter().find_map(|typed| TypedName::read(typed).path().map(Path::to_owned))
            }
            BaselineCommand::Prune | BaselineCommand::Show { .. } | BaselineCommand::Verify => None,
        }
    }
}

/// The project, and what is on record for it.
struct Record {
    opened: OpenedProject,
    checked: CheckOutput,
    baseline: Baseline,
    /// The text of the file, if there is one.
    text: Option<String>,
}

/// Changes or shows what is on record.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let writes = matches!(arguments.command, BaselineCommand::Add { .. } | BaselineCommand::Prune);
    let place = arguments.place.at(arguments.command.path().as_deref());
    let opened = if writes { place.open_to_write()? } else { place.open()? };
    let _turn = writes.then(|| WriteLock::wait(opened.settings_folder())).transpose()?;
    let record = Record::read(opened, &place)?;
    match &arguments.command {
        BaselineCommand::Add { findings, reason } => {
            let since = arguments.place.judged.today().to_string();
            let root = record.opened.root.path();
            let findings: Vec<String> = findings.iter().map(|typed| TypedName::read(typed).within(root)).collect();
            record.add(&findings, (reason, &since), output)
        }
        BaselineCommand::Prune => record.prune(output),
        BaselineCommand::Show { format: Listing::Text } => record.show(output),
        BaselineCommand::Show { format: Listing::Json } => record.show_json(output),
        BaselineCommand::Verify => record.verify(output),
    }
}

impl Record {
    /// Checks the project. Where its settings cannot be trusted, neither can what would be recorded.
    fn read(opened: OpenedProject, place: &ProjectArgument) -> Result<Record, CommandFailure> {
        let checked = place.check_opened(&opened);
        refuse_wrong_run(&checked)?;
        let baseline = checked.baseline.as_deref().cloned().unwrap_or_default();
        let name = format!("{}{BASELINE_NAME}", opened.settings_source().label);
        let text = checked.sources.named(&name).map(|file| checked.sources.get(file).text().to_owned());
        Ok(Record { opened, checked, baseline, text })
    }

    fn add(mut self, only: &[String], (reason, since): (&str, &str), output: &mut Output) -> CommandResult {
        self.refuse_unread("written")?;
        if self.checked.config.own.is_none() {
            return Err(CommandFailure::misused(format!(
                "there is no {CONFIG_NAME} to mark the root of the project; `recte init` writes one"
            )));
        }
        let chosen = chosen(&self.checked.findings, only)?;
        let open = chosen.iter().filter(|finding| finding.suppressed.is_none()).count();
        let added = self.baseline.add(chosen, &self.checked.rules, (reason, since));
        if added == 0 {
            output.line(&format!("nothing to record: {BASELINE_NAME} is unchanged"))?;
        } else {
            self.write()?;
            output.line(&format!("recorded {} in {BASELINE_NAME}", count(added, "finding")))?;
            output.line(&format!("next: commit {BASELINE_NAME}; `recte check` now shows new findings"))?;
        }
        let left = open - added;
        if left > 0 {
            output.line(&format!(
                "{} cannot be recorded: errors in exceptions must be corrected",
                count(left, "finding")
            ))?;
        }
        Ok(if left > 0 { Exit::Findings } else { Exit::Clean })
    }

    /// Takes out what is stale, unless something that was not read may hold it.
    fn prune(mut self, output: &mut Output) -> CommandResult {
        self.refuse_unread("pruned")?;
        let stale = std::mem::take(&mut self.checked.stale);
        let lowered = self.baseline.lower(&self.checked.findings);
        if lowered > 0
            || !stale.is_empty()
            || self.text.as_ref().is_some_and(|text| !is_canonical(text, &self.baseline))
        {
            self.baseline.retain(|entry| !stale.contains(&entry.fingerprint));
            self.write()?;
        }
        let left = self.baseline.entries().count();
        output.line(&format!("removed {}, {left} left", count_entries(stale.len())))?;
        Ok(Exit::Clean)
    }

    fn verify(&self, output: &mut Output) -> CommandResult {
        self.refuse_unread("verified")?;
        let Some(text) = &self.text else {
            return Err(CommandFailure::misused(format!("there is no {BASELINE_NAME} to verify")));
        };
        for entry in self.baseline.entries().filter(|entry| self.is_stale(entry)) {
            output.line(&format!("stale: {} {} {}", entry.fingerprint, entry.code, entry.message))?;
        }
        let canonical = is_canonical(text, &self.baseline);
        if !canonical {
            output.line(&format!("{BASELINE_NAME} was edited by hand: its layout differs from what recte writes"))?;
        }
        let total = self.baseline.entries().count();
        if self.checked.stale.is_empty() && canonical {
            output.line(&format!("{}, none of them stale", count_entries(total)))?;
            return Ok(Exit::Clean);
        }
        output.line(&format!("stale: {} of {}", self.checked.stale.len(), count_entries(total)))?;
        output.line("next: `recte baseline prune`")?;
        Ok(Exit::Findings)
    }

    fn show(&self, output: &mut Output) -> CommandResult {
        for entry in self.baseline.entries() {
            let state = if self.is_stale(entry) { "stale" } else { "used" };
            let BaselineEntry { fingerprint, code, message, reason, since, .. } = entry;
            output.line(&format!("{fingerprint} {code} {since} {state}: {message} ({reason})"))?;
        }
        let total = self.baseline.entries().count();
        output.line(&format!("{}, {} stale", count_entries(total), self.checked.stale.len()))?;
        Ok(Exit::Clean)
    }

    fn show_json(&self, output: &mut Output) -> CommandResult {
        #[derive(Serialize)]
        struct BaselineStatus<'a> {
            #[serde(flatten)]
            entry: &'a BaselineEntry,
            stale: bool,
        }
        let all: Vec<BaselineStatus<'_>> =
            self.baseline.entries().map(|entry| BaselineStatus { entry, stale: self.is_stale(entry) }).collect();
        output.json(&all)?;
        Ok(Exit::Clean)
    }

    fn is_stale(&self, entry: &BaselineEntry) -> bool {
        self.checked.stale.contains(&entry.fingerprint)
    }

    /// What was not read may hold findings that seem gone.
    fn refuse_unread(&self, done: &str) -> Result<(), CommandFailure> {
        let rules = &self.checked.rules;
        let hides =
            |finding: &&Finding| rules.get(&finding.diagnostic.code).is_none_or(|rule| rule.meta.hides_others());
        match self.checked.findings.iter().find(hides) {
            None => Ok(()),
            Some(finding) => {
                let unread = rules.get(&finding.diagnostic.code).is_none_or(|rule| rule.meta.unchecked);
                let message = format!(
                    "{}, so the baseline was not {done}: until this is corrected, findings may be missing or wrong",
                    finding.diagnostic.message
                );
                Err(CommandFailure { message, exit: if unread { Exit::Unchecked } else { Exit::Findings } })
            }
        }
    }

    /// Writes the file, whole or not at all, unless somebody else has written it meanwhile.
    fn write(&self) -> Result<(), CommandFailure> {
        let (folder, new) = (self.opened.settings_folder(), self.baseline.text());
        let failed = |why: String| CommandFailure::unchecked(format!("{BASELINE_NAME} {why}"));
        match &self.text {
            Some(old) => write::replace(folder, BASELINE_NAME, (old, &new)).map_err(|why| failed(why.to_string())),
            None => write::create(folder, BASELINE_NAME, &new).map_err(|why| failed(why.to_string())),
        }
    }
}

/// The findings that were asked for: all, or those whose fingerprints begin so.
fn chosen<'a>(all: &'a [Finding], only: &[String]) -> Result<Vec<&'a Finding>, CommandFailure> {
    if only.is_empty() { Ok(all.iter().collect()) } else { only.iter().map(|prefix| called(all, prefix)).collect() }
}

/// The one finding whose fingerprint is this, or begins so.
fn called<'a>(all: &'a [Finding], prefix: &str) -> Result<&'a Finding, CommandFailure> {
    if let Some(exact) = all.iter().find(|finding| finding.fingerprint.as_str() == prefix) {
        return Ok(exact);
    }
    let mut found = all.iter().filter(|finding| finding.fingerprint.as_str().starts_with(prefix));
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => {
            Err(CommandFailure::misused(format!("the fingerprints of several findings begin with `{prefix}`")))
        }
        (None, _) => Err(CommandFailure::misused(format!(
            "no fingerprint begins with `{prefix}`; `recte check --format agent` shows the fingerprints"
        ))),
    }
}

/// Whether a file is as it would be written; how lines end is for git to decide.
fn is_canonical(text: &str, baseline: &Baseline) -> bool {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n") == baseline.text()
}

fn reason(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("give a reason, in a sentence".to_owned()) } else { Ok(text.trim().to_owned()) }
}

/// "1 entry", "2 entries".
fn count_entries(number: usize) -> String {
    if number == 1 { "1 entry".to_owned() } else { format!("{number} entries") }
}
