//! Floor 10: the arguments, the terminal and the exit code. Nothing of the program's judgement is here.

mod check;
mod exit;
mod explain;
mod fmt;
mod init;
mod output;
mod rules;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use output::Output;

/// A linter for structured claims: who is obliged to do what, under which article, for which purpose, in which scope.
#[derive(Parser)]
#[command(name = "recte", version, about, max_term_width = 100, after_help = exit::HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// When to use colour
    #[arg(long, value_enum, default_value_t, global = true, value_name = "WHEN")]
    color: output::When,
}

#[derive(Subcommand)]
enum Command {
    /// Check claims files and show what is wrong, where, why, and what to do
    Check(check::Arguments),
    /// Say what a rule finds, why it matters, and what to do
    Explain(explain::Arguments),
    /// Lay claims files out in the one canonical way
    Fmt(fmt::Arguments),
    /// List the rules, or test them by their own examples
    Rules(rules::Arguments),
    /// Begin a project in the current folder
    Init(init::Arguments),
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return exit::usage(&error),
    };
    let mut output = Output::new(arguments.color);
    let result = match arguments.command {
        Command::Check(arguments) => check::run(&arguments, &mut output),
        Command::Explain(arguments) => explain::run(&arguments, &mut output),
        Command::Fmt(arguments) => fmt::run(&arguments, &mut output),
        Command::Rules(arguments) => rules::run(&arguments, &mut output),
        Command::Init(arguments) => init::run(&arguments, &mut output),
    };
    let result = result.and_then(|exit| output.flush().map(|()| exit));
    result.unwrap_or_else(|failure| output.fail(&failure)).into()
}
