//! How a run ends: one number that scripts can rely on.

use std::io::{self, Write};
use std::process::ExitCode;

use recte::report::harmless;
use recte::rule::Gravity;

/// What the help says about exits.
pub(super) const HELP: &str = "Exit codes: 0, no findings that fail the run; 1, findings; 2, a wrong argument, configuration or rule, or no matching \
     file; 3, something could not be read or checked. The highest one applies.";

/// The outcome of a command, from the mildest to the gravest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// Nothing at or above the weight that fails a run.
    Clean,
    /// Findings, or files that are not laid out.
    Findings,
    /// A wrong argument, configuration, rule or schema; or no file matched.
    Misused,
    /// Something was not read or not checked.
    Unchecked,
}

impl From<Gravity> for Exit {
    fn from(gravity: Gravity) -> Exit {
        match gravity {
            Gravity::Passed => Exit::Clean,
            Gravity::Failed => Exit::Findings,
            Gravity::Misused => Exit::Misused,
            Gravity::Unchecked => Exit::Unchecked,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        match exit {
            Exit::Clean => ExitCode::SUCCESS,
            Exit::Findings => ExitCode::from(1),
            Exit::Misused => ExitCode::from(2),
            Exit::Unchecked => ExitCode::from(3),
        }
    }
}

/// Shows what is wrong with the arguments, or the help that was asked for.
pub(super) fn usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        return if error.print().is_ok() { Exit::Clean.into() } else { Exit::Unchecked.into() };
    }
    // What was typed is shown again, and may have been typed by a script from anywhere.
    let shown = error.render().to_string();
    let lines = shown.lines().map(|line| harmless(line) + "\n");
    let written = io::stderr().write_all(lines.collect::<String>().as_bytes());
    if written.is_ok() { Exit::Misused.into() } else { Exit::Unchecked.into() }
}

/// Says that the program itself is wrong, and where.
pub(super) fn mistake(panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic.location().map(|at| format!(" at {}:{}", at.file(), at.line())).unwrap_or_default();
    let payload = panic.payload();
    let owned = payload.downcast_ref::<String>().map(String::as_str);
    let words = payload.downcast_ref::<&str>().copied().or(owned).unwrap_or("no more is known");
    let line = format!("recte: an internal error of recte{place}: {words}; nothing was checked, please report it");
    // Nothing can be said any more when standard error is gone; the exit still tells.
    let _ = writeln!(io::stderr(), "{}", harmless(&line));
}
