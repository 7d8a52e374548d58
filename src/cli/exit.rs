//! How a run ends: one number that scripts can rely on.

use std::io::{self, Write};
use std::process::ExitCode;

use recte::diagnostic::Severity;
use recte::report::{Color, Style, Tone, harmless};
use recte::rule::Gravity;

use super::terminal::{self, Terminal, When};

/// With what a message on wrong arguments begins.
const ERROR: &str = "error:";

/// The numbers by which a run ends, and what each says.
pub(super) const STATUS: [(&str, &str); 4] = [
    ("0", "no findings that fail the run"),
    ("1", "findings"),
    ("2", "a wrong argument, configuration or rule, or no matching file"),
    ("3", "something could not be read or checked"),
];

/// What is said where several of them apply.
pub(super) const HIGHEST: &str = "The highest one applies.";

/// What the help says about exits.
pub(super) fn help() -> String {
    let numbers: Vec<String> = STATUS.iter().map(|(number, what)| format!("{number}, {what}")).collect();
    format!("Exit codes: {}. {HIGHEST}", numbers.join("; "))
}

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
    let when = When::typed(std::env::args_os().map(|word| word.to_string_lossy().into_owned()));
    let shown = error.render();
    if !error.use_stderr() {
        let help = if Terminal::of_stdout(when).colored { shown.ansi().to_string() } else { shown.to_string() };
        let written = io::stdout().write_all(help.as_bytes()).and_then(|()| io::stdout().flush());
        return if written.is_ok() { Exit::Clean.into() } else { Exit::Unchecked.into() };
    }
    // What was typed is shown again, and may have been typed by a script from anywhere.
    let lines = shown.to_string().lines().map(|line| harmless(line) + "\n").collect::<String>();
    let lines = match lines.strip_prefix(ERROR).filter(|_| terminal::colors_stderr(when)) {
        Some(rest) => {
            Style { color: Color::Ansi, ..Style::plain() }.paint(Tone::Severity(Severity::Error), ERROR) + rest
        }
        None => lines,
    };
    let written = io::stderr().write_all(lines.as_bytes());
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
