//! `recte completions` and `recte man`: what shells and manuals know of the arguments.

use std::io::Write;
use std::path::PathBuf;

use clap::Command;
use clap_complete::Shell;
use clap_complete::env::Shells;

use crate::cli::completion::VARIABLE;
use crate::cli::exit::Exit;
use crate::cli::manual;
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::write;

/// What the program is called.
const PROGRAM: &str = "recte";

#[derive(clap::Args)]
pub(crate) struct Completions {
    /// For which shell
    shell: Shell,
}

#[derive(clap::Args)]
pub(crate) struct Pages {
    /// The folder, which must exist
    folder: PathBuf,
}

/// Prints the completions of a shell.
pub(crate) fn complete(arguments: &Completions, output: &mut Output) -> CommandResult {
    let mut script = Vec::new();
    let shells = Shells::builtins();
    let shell = shells.completer(&arguments.shell.to_string());
    let shell =
        shell.ok_or_else(|| CommandFailure::misused(format!("there are no completions for {}", arguments.shell)))?;
    shell.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    output.write_all(&script)?;
    Ok(Exit::Clean)
}

/// Writes a manual page for the program and for each of its commands, those of commands included.
pub(crate) fn pages(arguments: &Pages, mut command: Command, output: &mut Output) -> CommandResult {
    command.build();
    let pages = named(PROGRAM, &command);
    for (name, page) in &pages {
        let text = manual::page(name, page)?;
        let path = arguments.folder.join(format!("{name}.1"));
        write::put(&path, &text).map_err(|why| CommandFailure::unchecked(format!("{} {why}", path.display())))?;
    }
    output.line(&format!("wrote {} pages into {}", pages.len(), arguments.folder.display()))?;
    Ok(Exit::Clean)
}

/// A command and all beneath it, each by the name of its page. What `help` repeats has pages already.
fn named<'c>(name: &str, command: &'c Command) -> Vec<(String, &'c Command)> {
    let inner = command.get_subcommands().filter(|inner| !inner.is_hide_set() && command.get_name() != "help");
    let inner = inner.flat_map(|inner| named(&format!("{name}-{}", inner.get_name()), inner));
    [(name.to_owned(), command)].into_iter().chain(inner).collect()
}
