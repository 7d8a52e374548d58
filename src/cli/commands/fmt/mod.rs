//! `recte fmt`: lays claims files out in the one canonical way.

mod file;

use std::io::Write;
use std::path::PathBuf;

use recte::diagnostic::Diagnostic;
use recte::project::{self, CLAIMS, Located, ProjectContext, Root, SettingsSource, Tree};
use recte::text::Sources;

use crate::cli::diff;
use crate::cli::exit::Exit;
use crate::cli::near::no_such_path;
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::paths::folder_of_several;
use crate::cli::project::{locate, refuse_wrong};
use crate::cli::write;
use crate::cli::write::WriteLock;
use file::{FileText, FormatResult};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files and folders to format, instead of the whole project
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// List the files that are not formatted, and write nothing
    #[arg(long, conflicts_with = "diff")]
    check: bool,
    /// Show what would change, and write nothing
    #[arg(long)]
    diff: bool,
}

/// What is done about a file that is not laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FormatMode {
    Write,
    List,
    Diff,
}

/// How many files came out how.
#[derive(Debug, Default)]
struct FormatTally {
    laid_out: usize,
    already: usize,
    left_alone: usize,
}

/// Lays out every project that the paths name, or what the paths name of it.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    if let Some(missing) = arguments.paths.iter().find(|path| std::fs::symlink_metadata(path).is_err()) {
        return Err(CommandFailure::misused(no_such_path(missing)));
    }
    let mode = match (arguments.check, arguments.diff) {
        (true, _) => FormatMode::List,
        (false, true) => FormatMode::Diff,
        (false, false) => FormatMode::Write,
    };
    if mode == FormatMode::Write {
        arguments.paths.iter().try_for_each(|path| write::may(path))?;
    }
    let mut tally = FormatTally::default();
    let mut exit = Exit::Clean;
    for located in locate(&arguments.paths)?.projects {
        exit = exit.max(run_project(&located, mode, &mut tally, output)?);
    }
    if exit == Exit::Clean && tally.already + tally.laid_out == 0 {
        return Err(CommandFailure::misused(
            "no file matched, so nothing was formatted: the names of claims files end in `.claims`",
        ));
    }
    say(&tally, mode, output)?;
    Ok(exit)
}

fn run_project(located: &Located, mode: FormatMode, tally: &mut FormatTally, output: &mut Output) -> CommandResult {
    let cannot = |error| CommandFailure::unchecked(format!("{} cannot be read: {error}", located.root.display()));
    let root = Root::open(&located.root).map_err(cannot)?;
    let _turn = (mode == FormatMode::Write).then(|| WriteLock::wait(root.path())).transpose()?;
    let context = ProjectContext::open(SettingsSource::own(&root));
    refuse_wrong(&context)?;
    let (config, listed) = (context.config, root.files("", CLAIMS));
    let mut exit = Exit::Clean;
    for (path, kind) in root.unlisted() {
        let failure = CommandFailure::unchecked(format!(
            "the folder {}{path} cannot be listed ({kind})",
            folder_of_several(root.path())
        ));
        exit = exit.max(unfinished(&failure, tally, output));
    }
    for name in names(located, &project::included(listed, &config)) {
        exit = exit.max(match file::read(&root, &name, config.file_size.value) {
            Ok(text) => format_file(&root, &text, (mode, tally), output)?,
            Err(failure) => unfinished(&failure, tally, output),
        });
    }
    Ok(exit)
}

/// The files that were selected, those that the project leaves out included when they are named one by one.
fn names(located: &Located, all: &[String]) -> Vec<String> {
    let beneath =
        |name: &str, only: &str| name.strip_prefix(only).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let is_selected = |name: &&String| located.only.is_empty() || located.only.iter().any(|only| beneath(name, only));
    let mut names: Vec<String> = all.iter().filter(is_selected).cloned().collect();
    let is_claims = |only: &&String| only.ends_with(CLAIMS);
    names.extend(located.only.iter().filter(is_claims).filter(|only| !located.root.join(only).is_dir()).cloned());
    names.sort();
    names.dedup();
    names
}

/// Lays one file out, or says why it is left alone.
fn format_file(
    root: &Root,
    text: &FileText,
    (mode, tally): (FormatMode, &mut FormatTally),
    output: &mut Output,
) -> CommandResult {
    let new = match file::format(text) {
        FormatResult::Already => {
            tally.already += 1;
            return Ok(Exit::Clean);
        }
        FormatResult::Broken { sources, problems } => {
            tally.left_alone += 1;
            return report(&sources, &problems, output);
        }
        FormatResult::Unsafe => return Ok(unfinished(&file::would_change_meaning(&text.shown), tally, output)),
        FormatResult::New(new) => new,
    };
    match mode {
        FormatMode::List => output.line(&text.shown)?,
        FormatMode::Diff => diff::write((&text.shown, &text.words, &new), output)?,
        FormatMode::Write => {
            if let Err(why) = write::replace(root.path(), &text.name, (&text.words, &new)) {
                return Ok(unfinished(&CommandFailure::unchecked(format!("{} {why}", text.shown)), tally, output));
            }
        }
    }
    tally.laid_out += 1;
    Ok(if mode == FormatMode::Write { Exit::Clean } else { Exit::Findings })
}

fn unfinished(failure: &CommandFailure, tally: &mut FormatTally, output: &mut Output) -> Exit {
    tally.left_alone += 1;
    output.fail(failure)
}

/// Says on one line each what keeps a file from being laid out.
fn report(sources: &Sources, problems: &[Diagnostic], output: &mut Output) -> CommandResult {
    for problem in problems {
        let source = sources.get(problem.primary.span.source);
        let at = source.position(problem.primary.span.start);
        let line = format!("{}:{}:{}: error[{}] {}", source.name(), at.line, at.column, problem.code, problem.message);
        output.line(&line)?;
    }
    Ok(Exit::Findings)
}

/// What was done. A list for programs and a diff are left as they are.
fn say(tally: &FormatTally, mode: FormatMode, output: &mut Output) -> Result<(), CommandFailure> {
    if mode == FormatMode::Write {
        let files = if tally.laid_out == 1 { "file" } else { "files" };
        let left = if tally.left_alone > 0 { format!(", {} not formatted", tally.left_alone) } else { String::new() };
        writeln!(
            output,
            "formatted {} {files}, {} already {}{left}",
            tally.laid_out,
            tally.already,
            were(tally.already)
        )?;
    }
    Ok(())
}

fn were(number: usize) -> &'static str {
    if number == 1 { "was" } else { "were" }
}
