//! `recte check`: reads projects, judges them, and writes what was found.

mod arguments;
mod concurrent;
mod fix;
mod memory;
mod outputs;
mod project;
mod reported;
mod scope;
mod selection;
mod stats;
mod summary;

pub(crate) use arguments::Arguments;
pub(in crate::cli) use summary::withheld;

use std::sync::Arc;
use std::time::{Duration, Instant};

use recte::project::CheckOutput;
use recte::report::Style;
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
use selection::{SelectedProject, Selection};

/// How a project came out, and what of it is reported, if anything is.
type ProjectOutcome = (Exit, Option<ReportedProject>);

/// Checks every project that is selected, each by itself, and writes one report on all of them.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let started = Instant::now();
    let mut selection = Selection::new(arguments)?;
    if arguments.fix.is_some() && !arguments.diff {
        selection.may_write()?;
    }
    let projects = selection.projects(arguments)?;
    if selection.everything {
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
    let writes = arguments.fix.is_some() && !arguments.diff;
    let turn = writes.then(|| WriteLock::wait(&target.located.root)).transpose();
    let read_now = || turn.and_then(|turn| Ok((turn, ahead.unwrap_or_else(|| now(arguments, selection, target))?)));
    let (_turn, CheckedProject { opened, checked, took }) = match read_now() {
        Ok(checked) => checked,
        Err(failure) if is_one_of_several => return Ok(Some((output.fail(&failure), None))),
        Err(failure) => return Err(failure),
    };
    let mut checked = Arc::new(checked);
    let only = &target.located.only;
    if target.changed.is_none()
        && !only.is_empty()
        && !Scope::new(&checked, selection.reach(arguments), target).is_met(only)
    {
        return Ok(None);
    }
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
            (fixed, written) = (Some(outcome.fixed), outcome.exit);
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
    let (shown, excused) = sort_out(&checked, &scope, arguments.show_suppressed);
    let mut summary = summary::new(&checked, shown.as_deref().unwrap_or(&checked.findings));
    (summary.fixed, summary.elapsed) = (fixed, Some(took + started.elapsed()));
    drop(scope);
    let (root, gate) = (target.located.root.clone(), gate(arguments, &checked));
    let reported = ReportedProject { root, checked, shown, excused, gate, summary };
    Ok(Some((exit, Some(if is_one_of_several { reported.slim() } else { reported }))))
}

/// Writes the report everywhere it is to go, and notes it where it may be said again.
fn write_report(
    arguments: &Arguments,
    selection: &Selection,
    (all, took): (&ReportedRun, Duration),
    output: &mut Output,
) -> Result<(), CommandFailure> {
    let styles = styles(arguments, output);
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
    let style = |style: Style, max| Style { max, ..style };
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
    arguments: &Arguments,
    selection: &Selection,
    (target, opened): (&'a SelectedProject, &OpenedProject),
    checked: &'a CheckOutput,
) -> Result<Scope<'a>, CommandFailure> {
    let mut scope = Scope::new(checked, selection.reach(arguments), target);
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
fn sort_out(checked: &CheckOutput, scope: &Scope<'_>, show_suppressed: bool) -> (Option<Vec<Finding>>, Vec<Finding>) {
    let is_open = |finding: &Finding| finding.suppressed.is_none() || show_suppressed;
    if checked.findings.iter().all(|finding| is_open(finding) && scope.holds(finding)) {
        return (None, Vec::new());
    }
    let selected = checked.findings.iter().filter(|finding| scope.holds(finding)).cloned();
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
    checked.findings.iter().map(gravity).max().map_or(Exit::Clean, Exit::from)
}
