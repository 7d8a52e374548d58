//! The command line: arguments, the terminal and exit codes. How claims are checked is decided in the library.

mod cache;
mod commands;
mod completion;
mod diff;
mod exit;
mod git;
mod highlight;
mod listing;
mod manual;
mod named;
mod near;
mod output;
mod pager;
mod paths;
mod program;
mod progress;
mod project;
mod setting;
mod terminal;
mod trace;
mod wrap;
mod write;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use exit::Exit;
use output::Output;

/// A linter for structured claims: who is obliged to do what, under which article, for which purpose, in which scope.
#[derive(Parser)]
#[command(name = "recte", bin_name = "recte", version, long_version = long_version(), about, max_term_width = manual::MOST, after_help = exit::help())]
struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// When to use colour
    #[arg(long, value_enum, default_value_t, global = true, value_name = "WHEN")]
    color: terminal::When,
}

#[derive(Subcommand)]
enum Command {
    /// Check claims files and report what is wrong, where, why, and what to do
    Check(commands::check::Arguments),
    /// Record existing findings, so that a check reports only new ones
    Baseline(commands::baseline::Arguments),
    /// List every exception with its reason, its age, and the findings that it suppresses
    Suppressions(commands::suppressions::Arguments),
    /// Show the settings and the lines that set them, or the schema of recte.toml
    Config(commands::config::Arguments),
    /// Record the quoted sentences of the documents in `claims.lock`
    Accept(commands::accept::Arguments),
    /// Show which sentences of the documents are claimed, waived, or still open
    Coverage(commands::coverage::Arguments),
    /// Show the units of a document, such as its articles and paragraphs, with their lines
    Outline(commands::outline::Arguments),
    /// Accept claims proposed as JSON if their quotations appear in their documents; give reasons for the others
    Ingest(commands::ingest::Arguments),
    /// Describe a rule: what it reports and why, what to do, its conditions in English, and what set its level
    Explain(commands::explain::Arguments),
    /// Show the facts that rules use, or query them as rules do
    Facts(commands::facts::Arguments),
    /// Explain a finding: the facts, the clauses, and the smallest changes that resolve it
    Why(commands::why::Arguments),
    /// Explain why a rule does not report a claim: the first clause that fails
    WhyNot(commands::why_not::Arguments),
    /// Print rules as SQL statements, or claims as the tables that they query
    Sql(commands::sql::Arguments),
    /// Format claims files in the standard layout
    Fmt(commands::fmt::Arguments),
    /// List the rules, test them by their examples, or create one
    Rules(commands::rules::Arguments),
    /// Create a project in the current folder
    Init(commands::init::Arguments),
    /// Check again whenever a file changes, and show new and resolved findings
    Watch(commands::watch::Arguments),
    /// Print completions for a shell
    Completions(commands::manual::Completions),
    /// Write the manual pages into a folder
    Man(commands::manual::Pages),
}

/// Runs the command that the arguments name. A mistake of the program never looks like a clean run.
pub(crate) fn run() -> ExitCode {
    match completion::answer(command) {
        Ok(false) => {}
        Ok(true) => return Exit::Clean.into(),
        Err(error) => return exit::usage(&error),
    }
    let parse = |command: clap::Command| Arguments::from_arg_matches(&command.try_get_matches()?);
    // To group the help is work that only those wait for who see it.
    let arguments = match parse(Arguments::command()).or_else(|_| parse(command())) {
        Ok(arguments) => arguments,
        Err(error) => return exit::usage(&error),
    };
    std::panic::set_hook(Box::new(exit::mistake));
    std::panic::catch_unwind(|| dispatch(arguments)).unwrap_or(Exit::Unchecked).into()
}

/// The version, with the commit from which the program was built and its day, where the build was told of them.
fn long_version() -> String {
    let version = env!("CARGO_PKG_VERSION");
    match (option_env!("RECTE_COMMIT"), option_env!("RECTE_COMMIT_DATE")) {
        (Some(commit), Some(day)) => format!("{version} ({commit} {day})"),
        (Some(commit), None) => format!("{version} ({commit})"),
        (None, _) => version.to_owned(),
    }
}

/// The command line, with its help in groups.
fn command() -> clap::Command {
    manual::with_groups(Arguments::command())
}

fn dispatch(arguments: Arguments) -> Exit {
    let mut output = Output::new(arguments.color);
    let result = match arguments.command {
        Command::Check(arguments) => commands::check::run(&arguments, &mut output),
        Command::Baseline(arguments) => commands::baseline::run(&arguments, &mut output),
        Command::Suppressions(arguments) => commands::suppressions::run(&arguments, &mut output),
        Command::Config(arguments) => commands::config::run(&arguments, &mut output),
        Command::Accept(arguments) => commands::accept::run(&arguments, &mut output),
        Command::Coverage(arguments) => commands::coverage::run(&arguments, &mut output),
        Command::Outline(arguments) => commands::outline::run(&arguments, &mut output),
        Command::Ingest(arguments) => commands::ingest::run(&arguments, &mut output),
        Command::Explain(arguments) => commands::explain::run(&arguments, &mut output),
        Command::Facts(arguments) => commands::facts::run(&arguments, &mut output),
        Command::Why(arguments) => commands::why::run(&arguments, &mut output),
        Command::WhyNot(arguments) => commands::why_not::run(&arguments, &mut output),
        Command::Sql(arguments) => commands::sql::run(&arguments, &mut output),
        Command::Fmt(arguments) => commands::fmt::run(&arguments, &mut output),
        Command::Rules(arguments) => commands::rules::run(&arguments, &mut output),
        Command::Init(arguments) => commands::init::run(&arguments, &mut output),
        Command::Watch(arguments) => commands::watch::run(&arguments, &mut output),
        Command::Completions(arguments) => commands::manual::complete(&arguments, &mut output),
        Command::Man(arguments) => commands::manual::pages(&arguments, command(), &mut output),
    };
    let result = result.and_then(|exit| output.flush().map(|()| exit));
    result.unwrap_or_else(|failure| output.fail(&failure))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Arguments;
    use super::manual::GROUPS;
    use super::manual::texts::{DESCRIPTIONS, EXAMPLES};

    #[test]
    fn every_command_is_in_one_group() {
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| *names).copied().collect();
        grouped.sort_unstable();
        let command = Arguments::command();
        let mut all: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).chain(["help"]).collect();
        all.sort_unstable();
        assert_eq!(grouped, all);
    }

    /// Every page of the manual has a description and examples, and no text is of a command that does not exist.
    #[test]
    fn every_command_is_described_and_has_examples() {
        fn named(name: &str, command: &clap::Command) -> Vec<String> {
            let inner = command.get_subcommands();
            let inner = inner.flat_map(|inner| named(&format!("{name} {}", inner.get_name()), inner));
            [name.to_owned()].into_iter().chain(inner).collect()
        }
        let mut all = named("recte", &Arguments::command());
        all.sort();
        for texts in [EXAMPLES.iter().map(|(of, _)| *of).collect(), DESCRIPTIONS.iter().map(|(of, _)| *of).collect()] {
            let mut texts: Vec<&str> = texts;
            texts.sort_unstable();
            assert_eq!(texts, all);
        }
    }

    #[test]
    fn examples_are_commands_that_the_program_takes() {
        for (line, _) in EXAMPLES.iter().flat_map(|(_, examples)| *examples) {
            let line = line.split(" > ").next().unwrap();
            let quoted: Vec<&str> = line.split('"').collect();
            let words = quoted.iter().enumerate().flat_map(|(at, part)| match at % 2 {
                0 => part.split_whitespace().collect(),
                _ => vec![*part],
            });
            let taken = Arguments::command().try_get_matches_from(words);
            assert!(taken.is_ok(), "{line}: {}", taken.unwrap_err());
        }
    }
}
