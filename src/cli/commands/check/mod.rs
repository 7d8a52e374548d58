//! `recte check`: reads projects, judges them, and writes what was found.

mod arguments;
mod concurrent;
mod filter;
mod fix;
mod memory;
mod outputs;
mod project;
mod reported;
mod scope;
mod selection;
mod statistics;
mod stats;
mod summary;

pub(crate) use arguments::Arguments;
pub(in crate::cli) use summary::withheld;

use std::sync::Arc;
use std::time::{Duration, Instant};

use recte::project::CheckOutput;
use recte::report::{self, Style, count};
use recte::rule::{Finding, Gate, Gravity};

use crate::cli::exit::Exit;
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::paths::folder_of_several;
use crate::cli::progress::Progress;
use crate::cli::project::OpenedProject;
use crate::cli::write::WriteLock;
use concurrent::{CheckedProject, MaybeCheckedProject};
use outputs::Styles;
use project::{check_contents, check_tree};
use reported::{ReportedProject, ReportedRun};
use scope::Scope;
use selection::{Contents, SelectedProject, Selection};

/// How a project came out, and what of it is reported, if anything is.
type ProjectOutcome = (Exit, Option<ReportedProject>);

/// Checks every project that is selected, each by itself, and writes one report on all of them.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let started = Instant::now();
    let mut selection = Selection::new(arguments)?;
    if arguments.writes() {
        selection.may_write()?;
    }
    let projects = selection.projects(arguments)?;
    if arguments.statistics && !arguments.destinations.is_for_people() {
        return Err(CommandFailure::misused("--statistics is for people: leave --format out"));
    }
    if selection.everything && !arguments.quiet {
        output.remark("nothing is staged, so the report covers the whole index");
    }
    for line in selection.passed_over() {
        output.remark(&line);
    }
    arguments.destinations.refuse_same()?;
    selection.cache = memory::cache(arguments, &selection, (&projects, output));
    if let Some(cache) = &selection.cache
        && let Some(exit) = memory::replay(cache, &projects, output)?
    {
        return Ok(exit);
    }
    work_along();
    let is_of_several = selection.is_of_several;
    let date = arguments.judged.today().to_string();
    let mut all = ReportedRun { projects: Vec::new(), is_of_several, date };
    let mut exit = None;
    for some in projects.chunks(concurrent::check_concurrently(arguments, &selection)) {
        for (target, ahead) in some.iter().zip(concurrent::read(arguments, &selection, some)) {
            match run_project(arguments, &selection, (target, ahead, is_of_several), output)? {
                None if arguments.files_from.is_none() => return Err(unmet(&target.located.only)),
                None => {}
                Some((ended, reported)) => {
                    exit = exit.max(Some(ended));
                    all.projects.extend(reported);
                }
            }
        }
    }
    let exit = exit.ok_or_else(|| unmet(&[]))?;
    if !all.projects.is_empty() {
        write_report(arguments, &selection, (&all, started.elapsed()), output)?;
    }
    if let Some(cache) = selection.cache.take() {
        output.flush()?;
        cache.finish(exit, output);
    }
    all.release();
    Ok(exit)
}

/// Lets this thread be one of those that judge, instead of waiting for them.
fn work_along() {
    // Where there is a pool already, or no thread for one, that is not worse than it was.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
}

/// What is said when nothing that was selected is anything that is checked.
fn unmet(paths: &[String]) -> CommandFailure {
    let named = if paths.is_empty() { "the given files".to_owned() } else { paths.join(", ") };
    CommandFailure::misused(format!("no claims file matched, so nothing was checked: {named}"))
}

/// Checks one project; nothing where nothing of it was selected. One of several that cannot be read leaves the others their
/// report.
fn run_project(
    arguments: &Arguments,
    selection: &Selection,
    (target, ahead, is_one_of_several): (&SelectedProject, MaybeCheckedProject, bool),
    output: &mut Output,
) -> Result<Option<ProjectOutcome>, CommandFailure> {
    let started = Instant::now();
    let progress = Progress::start("checking");
    let writes = arguments.writes();
    let turn = writes.then(|| WriteLock::wait(&target.located.root)).transpose();
    let read_now = || turn.and_then(|turn| Ok((turn, ahead.unwrap_or_else(|| now(arguments, selection, target))?)));
    let (_turn, CheckedProject { opened, checked, took }) = match read_now() {
        Ok(checked) => checked,
        Err(failure) if is_one_of_several => return Ok(Some((output.fail(&failure), None))),
        Err(failure) => return Err(failure),
    };
    if arguments.verbose {
        output.remark(&what_was_read(&opened, &checked));
    }
    let mut checked = Arc::new(checked);
    let only = &target.located.only;
    if target.changed.is_none()
        && !only.is_empty()
        && !Scope::new(&checked, (selection.reach(arguments), &arguments.filter), target).is_met(only)
    {
        return Ok(None);
    }
    arguments.filter.refuse_unmet(&checked.rules)?;
    arguments.destinations.refuse_inputs(&checked, opened.root.path())?;
    let (mut fixed, mut written) = (None, Exit::Clean);
    let worked_out = fix::work_out(arguments, selection, target, &opened)?;
    drop(progress);
    match worked_out {
        Some(worked_out) if arguments.diff => {
            let folder = if is_one_of_several { folder_of_several(opened.root.path()) } else { String::new() };
            fix::show(&worked_out, (&checked, &folder), output)?;
            let exit = exit(arguments, &checked, &scope(arguments, selection, (target, &opened), &checked)?);
            return Ok(Some((exit, None)));
        }
        Some(worked_out) => {
            let outcome = fix::write_down(worked_out, &checked, &opened, output);
            written = outcome.exit;
            match arguments.add_allow {
                true => output.remark(&allowed(outcome.fixed)),
                false => fixed = Some(outcome.fixed),
            }
            // What could not be written is as it was.
            checked = if written == Exit::Clean {
                outcome.checked
            } else {
                Arc::new(check_contents(arguments, selection, target, &opened)?)
            };
        }
        None => {}
    }
    let scope = scope(arguments, selection, (target, &opened), &checked)?;
    let exit = exit(arguments, &checked, &scope).max(written);
    let (shown, excused) = sort_out(&checked, &scope, arguments);
    let mut summary = summary::new(&checked, shown.as_deref().unwrap_or(&checked.findings));
    summary.is_filtered = arguments.filter.is_some() || arguments.min_severity.is_some();
    summary.is_unsaved = matches!(selection.contents, Contents::Text(_));
    (summary.fixed, summary.elapsed) = (fixed, Some(took + started.elapsed()));
    drop(scope);
    let (root, gate) = (target.located.root.clone(), gate(arguments, &checked));
    let reported = ReportedProject { root, checked, shown, excused, gate, summary };
    Ok(Some((exit, Some(if is_one_of_several { reported.slim() } else { reported }))))
}

/// By what a project was judged, and what was read of it.
fn what_was_read(opened: &OpenedProject, checked: &CheckOutput) -> String {
    let name = |file| checked.sources.get(file).name().to_owned();
    let settings: Vec<String> = checked.own_settings().map(name).collect();
    let settings = if settings.is_empty() { "no settings".to_owned() } else { settings.join(", ") };
    let documents = recte::project::documents(&checked.corpus).iter().filter(|file| file.is_read).count();
    format!(
        "{}: {settings}; {}, {}, {} on",
        opened.root.path().display(),
        count(checked.files.len(), "claims file"),
        count(documents, "document"),
        count(checked.rules.iter().filter(|rule| rule.is_on()).count(), "rule")
    )
}

/// What is said of exceptions that were written.
fn allowed((findings, files): (usize, usize)) -> String {
    format!("added exceptions for {} in {}", count(findings, "finding"), count(files, "file"))
}

/// Writes the report everywhere it is to go, and notes it where it may be said again.
fn write_report(
    arguments: &Arguments,
    selection: &Selection,
    (all, took): (&ReportedRun, Duration),
    output: &mut Output,
) -> Result<(), CommandFailure> {
    let styles = styles(arguments, output);
    if arguments.statistics {
        statistics::write(all, output)?;
        if styles.people.closing {
            report::write_withheld(&all.report(None), &styles.people, output)?;
        }
        return Ok(());
    }
    arguments.destinations.write(&all.report(Some(took)), &styles, output)?;
    if let Some(cache) = &selection.cache {
        // Said again, it took no time.
        let again = all.report(None);
        cache.record(|bytes| arguments.destinations.say(&again, &styles, bytes))?;
    }
    if arguments.stats { all.write_stats(output) } else { Ok(()) }
}

/// How the report is to look, to each who reads it.
fn styles(arguments: &Arguments, output: &Output) -> Styles {
    let style = |style: Style, max| Style { max, closing: !arguments.quiet, ..style };
    Styles {
        people: style(output.terminal.style(), arguments.max),
        files: style(Style::plain(), arguments.max),
        programs: style(Style::plain(), None),
    }
}

/// Checks a project whose turn has come.
fn now(
    arguments: &Arguments,
    selection: &Selection,
    target: &SelectedProject,
) -> Result<CheckedProject, CommandFailure> {
    let opened = OpenedProject::open(&target.located.root, arguments.judged.config.as_deref())?;
    let checked = check_contents(arguments, selection, target, &opened)?;
    Ok(CheckedProject { opened, checked, took: Duration::ZERO })
}

/// The findings that were selected.
fn scope<'a>(
    arguments: &'a Arguments,
    selection: &Selection,
    (target, opened): (&'a SelectedProject, &OpenedProject),
    checked: &'a CheckOutput,
) -> Result<Scope<'a>, CommandFailure> {
    let mut scope = Scope::new(checked, (selection.reach(arguments), &arguments.filter), target);
    // To check a project twice is not free.
    if scope.leaves_some_out()
        && let Some(before) = selection.before((target, arguments.judged.config.is_some()), |tree| {
            check_tree(arguments, (tree, opened), (&[], None))
        })?
    {
        scope.compare(&before.findings);
    }
    Ok(scope)
}

/// The findings to show, and those that an exception keeps from being shown. Mostly all are shown, and need not be copied.
fn sort_out(checked: &CheckOutput, scope: &Scope<'_>, arguments: &Arguments) -> (Option<Vec<Finding>>, Vec<Finding>) {
    let is_open = |finding: &Finding| finding.suppressed.is_none() || arguments.show_suppressed;
    let is_severe = |finding: &Finding| arguments.min_severity.is_none_or(|least| finding.severity >= least);
    let is_shown = |finding: &Finding| is_severe(finding) && scope.holds(finding);
    if checked.findings.iter().all(|finding| is_open(finding) && is_shown(finding)) {
        return (None, Vec::new());
    }
    let selected = checked.findings.iter().filter(|finding| is_shown(finding)).cloned();
    let (shown, excused): (Vec<Finding>, Vec<Finding>) = selected.partition(is_open);
    (Some(shown), excused)
}

/// What must not be found for the run to pass.
fn gate(arguments: &Arguments, checked: &CheckOutput) -> Gate {
    Gate { fail_on: arguments.fail_on.unwrap_or(checked.config.fail_on.value), apart: checked.apart }
}

fn exit(arguments: &Arguments, checked: &CheckOutput, scope: &Scope<'_>) -> Exit {
    let gate = gate(arguments, checked);
    let gravity = |finding: &Finding| match gate.gravity(finding, &checked.rules) {
        Gravity::Failed if !scope.holds(finding) => Gravity::Passed,
        gravity => gravity,
    };
    match checked.findings.iter().map(gravity).max().map_or(Exit::Clean, Exit::from) {
        Exit::Findings if arguments.exit_zero => Exit::Clean,
        exit => exit,
    }
}
