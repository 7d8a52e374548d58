//! `recte completions` and `recte man`: what shells and manuals know of the arguments.

use std::io::Write;
use std::path::PathBuf;

use clap::Command;
use clap_complete::Shell;
use clap_complete::env::Shells;

use crate::cli::completion::{FOR_BASH, VARIABLE};
use crate::cli::exit::Exit;
use crate::cli::manual::{self, GROUPS, NAME};
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::write;

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
    shell.write_registration(VARIABLE, NAME, NAME, NAME, &mut script)?;
    output.write_all(&script)?;
    if arguments.shell == Shell::Bash {
        output.write_all(FOR_BASH.as_bytes())?;
    }
    Ok(Exit::Clean)
}

/// Writes a manual page for the program and for each of its commands, those of commands included.
pub(crate) fn pages(arguments: &Pages, command: Command, output: &mut Output) -> CommandResult {
    let mut command = without_help(command);
    command.build();
    let pages = named(NAME, &command);
    for (name, page) in &pages {
        let text = manual::page(name, page, &beside(name, &pages))?;
        let path = arguments.folder.join(format!("{}.1", name.replace(' ', "-")));
        write::put(&path, &text).map_err(|why| CommandFailure::unchecked(format!("{} {why}", path.display())))?;
    }
    output.line(&format!("wrote {} pages into {}", pages.len(), arguments.folder.display()))?;
    Ok(Exit::Clean)
}

/// A command without `help`, which repeats what has pages already.
fn without_help(command: Command) -> Command {
    command.disable_help_subcommand(true).mut_subcommands(without_help)
}

/// A command and all beneath it, each as it is typed.
fn named<'c>(name: &str, command: &'c Command) -> Vec<(String, &'c Command)> {
    let inner = command.get_subcommands().filter(|inner| !inner.is_hide_set());
    let inner = inner.flat_map(|inner| named(&format!("{name} {}", inner.get_name()), inner));
    [(name.to_owned(), command)].into_iter().chain(inner).collect()
}

/// The pages that the reader of one may want: of the command above, those beside it, and those of the same group.
fn beside(name: &str, pages: &[(String, &Command)]) -> Vec<String> {
    let above = |name: &str| name.rsplit_once(' ').map(|(above, _)| above.to_owned());
    let group =
        |name: &str| GROUPS.iter().find(|(_, names)| names.iter().any(|known| format!("{NAME} {known}") == name));
    let is_near = |other: &&str| {
        let of_group = group(name).is_some_and(|(title, _)| group(other).is_some_and(|(same, _)| title == same));
        let is_above = above(name).as_deref() == Some(other);
        let is_sibling = name.matches(' ').count() == 2 && above(name) == above(other);
        *other != name && (of_group || is_above || is_sibling || above(other).as_deref() == Some(name))
    };
    pages.iter().map(|(other, _)| other.as_str()).filter(is_near).map(str::to_owned).collect()
}
