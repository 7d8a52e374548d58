//! `recte check`: reads projects, judges them, and writes what was found.

mod concurrent;
mod fix;
mod memory;
mod outputs;
mod scope;
mod selection;
mod stats;
mod summary;

pub(in crate::cli) use summary::withheld;

use std::borrow::Cow;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use recte::diagnostic::Severity;
use recte::project::{self, CheckOutput, Located, Lock, Overlay, ProjectContext, SettingsSource, Tree};
use recte::report::{Color, Report, Style, Summary};
use recte::rule::{Clock, Finding, Gate, Gravity};

use crate::cli::exit::Exit;
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::progress::Progress;
use crate::cli::project::{OpenedProject, SettingsOrigin, folder};
use crate::cli::write::WriteLock;
use concurrent::{CheckedProject, MaybeCheckedProject};
use outputs::{Destinations, Styles};
use scope::{ReportReach, Scope};
use selection::{Contents, SelectedProject, Selection};

/// How many columns a report may take.
const WIDTH: usize = 100;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files and folders to report on, the current one unless others are named; the whole project around each is read
    paths: Vec<PathBuf>,
    /// Take the paths from a file, or from standard input for `-`; each ends with NUL
    #[arg(long, value_name = "FILE", group = "changed", conflicts_with = "paths")]
    files_from: Option<PathBuf>,
    /// Check what the index of git holds, and report on the files that differ from the last commit
    #[arg(long, group = "changed")]
    staged: bool,
    /// Report on the files that changed since this branch left REF
    #[arg(long, value_name = "REF", group = "changed", allow_hyphen_values = false)]
    since: Option<String>,
    /// Take standard input as the text of this file, which need not exist yet
    #[arg(long, value_name = "PATH", group = "changed", conflicts_with = "paths")]
    stdin_filename: Option<PathBuf>,
    /// Which findings to report: those in the files asked for, those that any claim there plays a part in, or all
    #[arg(long, value_enum)]
    report: Option<ReportReach>,
    #[command(flatten)]
    destinations: Destinations,
    /// Mend what can be mended: `safe` (the default) only where the claims say the same afterwards, `suggested` also
    /// what was most likely meant
    #[arg(long, value_name = "SAFETY", num_args = 0..=1, require_equals = true, default_missing_value = "safe",
          value_parser = ["safe", "suggested"], conflicts_with_all = ["staged", "stdin_filename"])]
    fix: Option<String>,
    /// Show what --fix would change, and change nothing
    #[arg(long, conflicts_with_all = ["staged", "stdin_filename"])]
    diff: bool,
    /// From which weight on findings fail the run: error, warning or info
    #[arg(long, value_name = "LEVEL", value_parser = severity)]
    fail_on: Option<Severity>,
    #[command(flatten)]
    judged: SettingsOrigin,
    /// Show people at most this many findings, the heaviest; `full`, `grouped` and `agent` show 1000 unless told otherwise,
    /// and reports for programs are complete
    #[arg(long, value_name = "N")]
    max: Option<usize>,
    /// Fail unless every document and quotation is as `claims.lock` has it
    #[arg(long)]
    locked: bool,
    /// Read and judge everything, whatever an earlier run said of the same files, and keep nothing
    #[arg(long)]
    no_cache: bool,
    /// Show findings that an exception silences as well
    #[arg(long)]
    show_suppressed: bool,
    /// Say on standard error how many rows each rule judged and how long it took, and which rules judged none
    #[arg(long)]
    stats: bool,
    /// Read claims by this many threads at once, rather than by as many as the machine has room for
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// Checks every project that is asked for, each as a world of its own.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let mut asked = Selection::new(arguments)?;
    if arguments.fix.is_some() && !arguments.diff {
        asked.may_write()?;
    }
    let projects = asked.projects(arguments)?;
    if asked.everything {
        output.remark("nothing is staged, so all of the index is reported on");
    }
    for line in asked.passed_over() {
        output.remark(&line);
    }
    arguments.destinations.refuse_impossible(&projects)?;
    asked.cache = memory::cache(arguments, &asked, (&projects, output));
    if let Some(cache) = &asked.cache
        && let Some(exit) = memory::replay(cache, &projects, output)?
    {
        return Ok(exit);
    }
    work_along();
    let mut exit = None;
    for some in projects.chunks(concurrent::check_concurrently(arguments, &asked)) {
        for (target, ahead) in some.iter().zip(concurrent::read(arguments, &asked, some)) {
            match run_project(arguments, &asked, (target, ahead), output)? {
                None if arguments.files_from.is_none() => return Err(unmet(&target.located.only)),
                None => {}
                Some(ended) => exit = exit.max(Some(ended)),
            }
        }
    }
    let exit = exit.ok_or_else(|| unmet(&[]))?;
    if let Some(cache) = asked.cache.take() {
        output.flush()?;
        cache.finish(exit, output);
    }
    Ok(exit)
}

/// Lets this thread be one of those that judge, instead of waiting for them.
fn work_along() {
    // Where there is a pool already, or no thread for one, that is not worse than it was.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
}

/// What is said when nothing that was asked for is anything that is checked.
fn unmet(paths: &[String]) -> CommandFailure {
    let named = if paths.is_empty() { "the files that are named".to_owned() } else { paths.join(", ") };
    CommandFailure::misused(format!("no claims file matched, so nothing was checked: {named}"))
}

/// Checks one project, and writes what was found; nothing where nothing of it was asked for.
fn run_project(
    arguments: &Arguments,
    asked: &Selection,
    (target, ahead): (&SelectedProject, MaybeCheckedProject),
    output: &mut Output,
) -> Result<Option<Exit>, CommandFailure> {
    let started = Instant::now();
    let progress = Progress::start("checking");
    let writes = arguments.fix.is_some() && !arguments.diff;
    let _turn = writes.then(|| WriteLock::wait(&target.located.root)).transpose()?;
    let CheckedProject { opened, mut checked, took } = ahead.unwrap_or_else(|| now(arguments, asked, target))?;
    let only = &target.located.only;
    if target.changed.is_none()
        && !only.is_empty()
        && !Scope::new(&checked, width(arguments, asked), target).is_met(only)
    {
        return Ok(None);
    }
    arguments.destinations.refuse_inputs(&checked, opened.root.path())?;
    let (mut mended, mut written) = (None, Exit::Clean);
    let worked_out = fix::work_out(arguments, asked, target, &opened)?;
    drop(progress);
    match worked_out {
        Some(worked_out) if arguments.diff => {
            fix::show(&worked_out, &checked, output)?;
            return Ok(Some(exit(arguments, &checked, &scope(arguments, asked, (target, &opened), &checked)?)));
        }
        Some(worked_out) => {
            let outcome = fix::write_down(worked_out, &checked, &opened, output);
            (mended, written) = (Some(outcome.mended), outcome.exit);
            // What could not be written is as it was.
            checked = if written == Exit::Clean { outcome.checked } else { read(arguments, asked, target, &opened)? };
        }
        None => {}
    }
    let scope = scope(arguments, asked, (target, &opened), &checked)?;
    let exit = exit(arguments, &checked, &scope).max(written);
    let (shown, excused) = sort_out(&checked, &scope, arguments.show_suppressed);
    let mut summary = summary::new(&checked, &shown);
    (summary.mended, summary.elapsed) = (mended, Some(took + started.elapsed()));
    let report = Report {
        findings: &shown,
        excused: &excused,
        rules: &checked.rules,
        gate: gate(arguments, &checked),
        sources: &checked.sources,
        summary,
        date: arguments.judged.today().to_string(),
    };
    write_summary(arguments, asked, (report, &target.located), output)?;
    if arguments.stats {
        output.flush()?;
        stats::write(&checked)?;
    }
    drop(shown);
    // Nobody waits for it: to give back what a project took needs as long as to judge by some of the rules. A thread that is
    // alone would never come to do it.
    if rayon::current_num_threads() > 1 {
        rayon::spawn(|| drop(checked));
    }
    Ok(Some(exit))
}

/// Writes a report everywhere it is to go, and notes it where it may be said again.
fn write_summary(
    arguments: &Arguments,
    asked: &Selection,
    (report, located): (Report<'_>, &Located),
    output: &mut Output,
) -> Result<(), CommandFailure> {
    let styles = styles(arguments, located, output);
    arguments.destinations.write(&report, &styles, output)?;
    if let Some(cache) = &asked.cache {
        // Said again, it took no time.
        let again = Report { summary: Summary { elapsed: None, ..report.summary }, ..report };
        cache.record(|bytes| arguments.destinations.say(&again, &styles, bytes))?;
    }
    Ok(())
}

/// How the report is to look, to each who reads it.
fn styles(arguments: &Arguments, located: &Located, output: &Output) -> Styles {
    let style = |color, max| Style { color, width: WIDTH, max, folder: folder(&located.root) };
    Styles {
        people: style(if output.colored { Color::Ansi } else { Color::Plain }, arguments.max),
        files: style(Color::Plain, arguments.max),
        programs: style(Color::Plain, None),
    }
}

/// Checks a project whose turn has come.
fn now(arguments: &Arguments, asked: &Selection, target: &SelectedProject) -> Result<CheckedProject, CommandFailure> {
    let opened = OpenedProject::open(&target.located.root, arguments.judged.config.as_deref())?;
    let checked = read(arguments, asked, target, &opened)?;
    Ok(CheckedProject { opened, checked, took: Duration::ZERO })
}

/// Checks the files of a tree by the settings that hold for it, and by what was accepted of documents before a change.
fn by(
    arguments: &Arguments,
    (tree, opened): (&dyn Tree, &OpenedProject),
    (explicit, earlier): (&[String], Option<Lock>),
) -> CheckOutput {
    let clock: Option<Clock> = arguments.stats.then_some(stats::clock);
    let (locked, threads) = (arguments.locked, arguments.threads);
    let setup = if arguments.judged.config.is_some() { opened.setup() } else { SettingsSource::own(tree) };
    let context = ProjectContext::open(SettingsSource { clock, locked, threads, ..setup });
    project::check_by(ProjectContext { earlier, ..context }, tree, explicit, arguments.judged.today())
}

/// The findings that were asked for.
fn scope<'a>(
    arguments: &Arguments,
    asked: &Selection,
    (target, opened): (&'a SelectedProject, &OpenedProject),
    checked: &'a CheckOutput,
) -> Result<Scope<'a>, CommandFailure> {
    let mut scope = Scope::new(checked, width(arguments, asked), target);
    // To check a project twice is not free.
    if scope.leaves_some_out()
        && let Some(before) = asked
            .before((target, arguments.judged.config.is_some()), |tree| by(arguments, (tree, opened), (&[], None)))?
    {
        scope.compare(&before.findings);
    }
    Ok(scope)
}

/// How far a report reaches.
fn width(arguments: &Arguments, asked: &Selection) -> ReportReach {
    arguments.report.unwrap_or(asked.width())
}

/// Checks the files that count: those on the disk, those in the index, or those with an unsaved text.
fn read(
    arguments: &Arguments,
    asked: &Selection,
    target: &SelectedProject,
    opened: &OpenedProject,
) -> Result<CheckOutput, CommandFailure> {
    let located = &target.located;
    let earlier = asked.accepted_before(target)?;
    let check = |tree: &dyn Tree| by(arguments, (tree, opened), (asked.explicit(located), earlier.clone()));
    Ok(match &asked.contents {
        Contents::Disk => match &asked.cache {
            Some(cache) => check(&cache.watch(&opened.root, target.number)),
            None => check(&opened.root),
        },
        Contents::Index(git, index) => {
            check(&index.tree(&git.inside(&located.root)?, arguments.judged.config.is_some()))
        }
        Contents::Text(text) => {
            let path = located.only.first().cloned().unwrap_or_default();
            check(&Overlay { under: &opened.root, texts: [(path, text.clone())].into() })
        }
    })
}

/// The findings to show, and those that an exception keeps from being shown. Mostly all are shown, and need not be copied.
fn sort_out<'a>(
    checked: &'a CheckOutput,
    scope: &Scope<'_>,
    show_suppressed: bool,
) -> (Cow<'a, [Finding]>, Vec<Finding>) {
    let is_open = |finding: &Finding| finding.suppressed.is_none() || show_suppressed;
    if checked.findings.iter().all(|finding| is_open(finding) && scope.holds(finding)) {
        return (Cow::Borrowed(&checked.findings), Vec::new());
    }
    let selected = checked.findings.iter().filter(|finding| scope.holds(finding)).cloned();
    let (shown, excused): (Vec<Finding>, Vec<Finding>) = selected.partition(is_open);
    (Cow::Owned(shown), excused)
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

fn severity(text: &str) -> Result<Severity, String> {
    let found = Severity::ALL.into_iter().find(|severity| severity.as_str() == text);
    found.ok_or_else(|| "choose error, warning or info".to_owned())
}
