//! `recte completions` and `recte man`: what shells and manuals know of the arguments.

use std::io::Write;
use std::path::PathBuf;

use clap::Command;
use clap_complete::Shell;

use crate::cli::exit::Exit;
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
pub(crate) fn complete(arguments: &Completions, mut command: Command, output: &mut Output) -> CommandResult {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "recte", &mut script);
    output.write_all(&script)?;
    Ok(Exit::Clean)
}

/// Writes a manual page for the program and for each of its commands.
pub(crate) fn pages(arguments: &Pages, mut command: Command, output: &mut Output) -> CommandResult {
    command.build();
    let mut written = 0;
    let subcommands =
        command.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help");
    let named = subcommands.map(|command| (format!("recte-{}", command.get_name()), command.clone()));
    for (name, page) in [("recte".to_owned(), command.clone())].into_iter().chain(named) {
        let mut text = Vec::new();
        clap_mangen::Man::new(page).title(name.as_str()).render(&mut text)?;
        let path = arguments.folder.join(format!("{name}.1"));
        write::put(&path, &text).map_err(|why| CommandFailure::unchecked(format!("{} {why}", path.display())))?;
        written += 1;
    }
    output.line(&format!("wrote {written} pages into {}", arguments.folder.display()))?;
    Ok(Exit::Clean)
}
