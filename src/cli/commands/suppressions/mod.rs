//! `recte suppressions`: every exception that is on record, with its reason, its age, and what it still holds.

mod ages;

use std::collections::BTreeMap;
use std::io::Write;

use std::path::PathBuf;

use recte::model::DateRange;
use recte::project::CheckOutput;
use recte::report::WithheldKind;
use recte::rule::ExceptionState;
use serde::Serialize;

use super::check::withheld;
use crate::cli::exit::Exit;
use crate::cli::listing::Listing;
use crate::cli::output::{CommandResult, Output};
use crate::cli::paths::folder_of_several;
use crate::cli::project::{ProjectArgument, refuse_wrong_run};
use ages::Ages;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The project: a folder or a file in it (default: the current folder)
    #[arg(conflicts_with = "project")]
    path: Option<PathBuf>,
    #[command(flatten)]
    place: ProjectArgument,
    /// The format of the list
    #[arg(long, value_enum, default_value_t)]
    format: Listing,
}

/// One exception, of any sort.
#[derive(Serialize)]
struct ListedException {
    /// `allow`, `override`, `baseline`, `level` or `exclude`.
    sort: &'static str,
    /// The rule that it speaks of; none for files that are left out.
    rule: Option<String>,
    /// What it covers.
    covers: String,
    path: String,
    line: Option<u32>,
    reason: Option<String>,
    until: Option<String>,
    /// The day on which it was granted, as far as that is known.
    since: Option<String>,
    /// How many days ago that was.
    age: Option<i32>,
    /// How many findings it holds back; not known for rules that do not run and files that are not read.
    holds: Option<usize>,
    state: &'static str,
}

/// Lists every exception of a project.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let (opened, checked) = arguments.place.at(arguments.path.as_deref()).check()?;
    let today = arguments.place.judged.today();
    let mut ages = Ages::new(opened.root.path(), &checked);
    let mut all = granted(&checked, &mut ages);
    all.extend(recorded(&checked, opened.settings_source().label));
    all.extend(configured(&checked, &mut ages));
    for one in &mut all {
        let since = one.since.as_deref().and_then(DateRange::parse);
        one.age = since.and_then(|since| today.days_after(&since));
    }
    match arguments.format {
        Listing::Json => output.json(&all)?,
        Listing::Text => {
            let folder = folder_of_several(opened.root.path());
            for one in &all {
                output.line(&line(one, &folder))?;
            }
            writeln!(output, "{}", total(&all))?;
        }
    }
    output.flush()?;
    refuse_wrong_run(&checked).map(|()| Exit::Clean)
}

/// The exceptions that name a rule: in the claims, and in the settings.
fn granted(checked: &CheckOutput, ages: &mut Ages<'_>) -> Vec<ListedException> {
    let listed = |exception: &recte::rule::Exception| {
        let source = checked.sources.get(exception.at.source);
        let line = source.position(exception.at.start).line;
        ListedException {
            sort: exception.sort.as_str(),
            rule: Some(exception.rule.clone()),
            covers: exception.covers.clone(),
            path: source.name().to_owned(),
            line: Some(line),
            reason: Some(exception.reason.clone()),
            until: exception.until.map(|until| until.to_string()),
            since: ages.since(source.name(), line),
            age: None,
            holds: Some(exception.holds),
            state: exception.state.as_str(),
        }
    };
    checked.exceptions.iter().map(listed).collect()
}

/// The entries of the baseline, those of one rule, reason and day together.
fn recorded(checked: &CheckOutput, label: &str) -> Vec<ListedException> {
    let mut groups: BTreeMap<(&str, &str, &str, bool), usize> = BTreeMap::new();
    for entry in checked.baseline.iter().flat_map(|baseline| baseline.entries()) {
        let stale = checked.stale.contains(&entry.fingerprint);
        *groups.entry((&entry.code, &entry.reason, &entry.since, stale)).or_default() += 1;
    }
    let listed = |((code, reason, since, stale), count): ((&str, &str, &str, bool), usize)| ListedException {
        sort: "baseline",
        rule: Some(code.to_owned()),
        covers: if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") },
        path: format!("{label}{}", recte::rule::BASELINE_NAME),
        line: None,
        reason: Some(reason.to_owned()),
        until: None,
        since: Some(since.to_owned()),
        age: None,
        holds: Some(if stale { 0 } else { count }),
        state: if stale { ExceptionState::Unused } else { ExceptionState::Used }.as_str(),
    };
    groups.into_iter().map(listed).collect()
}

/// What the settings switch off, lower, or leave out for good, which asks for no reason.
fn configured(checked: &CheckOutput, ages: &mut Ages<'_>) -> Vec<ListedException> {
    let kept = withheld(checked)
        .into_iter()
        .filter(|kept| !matches!(kept.what, WithheldKind::Override | WithheldKind::Misnamed));
    let listed = |kept: recte::report::Withheld| {
        let is_rule = kept.what != WithheldKind::Files;
        ListedException {
            sort: if is_rule { "level" } else { "exclude" },
            rule: is_rule.then(|| kept.name.clone()),
            covers: if is_rule { "everywhere".to_owned() } else { kept.name },
            since: ages.since(&kept.path, kept.line),
            path: kept.path,
            line: Some(kept.line),
            reason: None,
            until: None,
            age: None,
            holds: None,
            state: ExceptionState::Used.as_str(),
        }
    };
    kept.map(listed).collect()
}

/// What is said of an exception in a project, whose files are found in `folder`:
/// `a.claims:3 allow claim-without-quote for it: "being drafted", until 2026-12-31, 12 days old, holds 1 finding`.
fn line(one: &ListedException, folder: &str) -> String {
    let at = one.line.map(|line| format!(":{line}")).unwrap_or_default();
    let rule = one.rule.as_ref().map(|rule| format!(" {rule}")).unwrap_or_default();
    let reason = one.reason.as_ref().map_or_else(|| "no reason given".to_owned(), |reason| format!("\"{reason}\""));
    let until = one.until.as_ref().map(|until| format!(", until {until}")).unwrap_or_default();
    let age = match one.age {
        Some(1) => ", 1 day old".to_owned(),
        Some(days) => format!(", {days} days old"),
        None => ", age unknown".to_owned(),
    };
    let holds = match (one.state, one.holds) {
        ("used", Some(1)) => ", suppresses 1 finding".to_owned(),
        ("used", Some(count)) => format!(", suppresses {count} findings"),
        ("used", None) => String::new(),
        (state, _) => format!(", suppresses nothing ({state})"),
    };
    let folder = if one.path.contains(':') { "" } else { folder };
    format!("{folder}{}{at} {}{rule} for {}: {reason}{until}{age}{holds}", one.path, one.sort, one.covers)
}

/// "7 exceptions, 2 of which hold nothing"; entries of the baseline count together where they agree.
fn total(all: &[ListedException]) -> String {
    let idle = all.iter().filter(|one| one.state != ExceptionState::Used.as_str()).count();
    let exceptions = if all.len() == 1 { "1 exception".to_owned() } else { format!("{} exceptions", all.len()) };
    match idle {
        0 => exceptions,
        idle => format!("{exceptions}, of which {idle} without effect: remove them"),
    }
}
