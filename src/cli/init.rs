//! `recte init`: the first files of a project, and what to do next.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use recte::project::{CLAIMS, CONFIG_NAME, Root, Tree};

use super::exit::Exit;
use super::output::{Failure, Outcome, Output};

/// The configuration of a new project: everything as it is by default.
const CONFIG: &str = include_str!("init/recte.toml");

/// The first claims of a new project.
const FIRST: (&str, &str) = ("first.claims", include_str!("init/first.claims"));

/// The text that the first claims are read from.
const TEXT: (&str, &str) = ("text.txt", include_str!("init/text.txt"));

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The folder of the project
    #[arg(default_value = ".")]
    folder: PathBuf,
}

/// Writes what is missing, and never over what is there.
pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Outcome {
    let folder = &arguments.folder;
    if folder.join(CONFIG_NAME).exists() {
        return Err(Failure::misused(format!("{} is a project already: it has a {CONFIG_NAME}", folder.display())));
    }
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure::unchecked(format!("{} cannot be made: {error}", folder.display())))?;
    let cannot = |error| Failure::unchecked(format!("{} cannot be read: {error}", folder.display()));
    let claims = Root::open(folder).map_err(cannot)?.files("", CLAIMS);
    write_new(folder, (CONFIG_NAME, CONFIG), output)?;
    if claims.is_empty() {
        write_new(folder, TEXT, output)?;
        write_new(folder, FIRST, output)?;
    } else {
        writeln!(
            output,
            "found {} with claims",
            if claims.len() == 1 { "1 file".to_owned() } else { format!("{} files", claims.len()) }
        )?;
    }
    writeln!(output, "next: `recte check {}`", folder.display())?;
    Ok(Exit::Clean)
}

fn write_new(folder: &Path, (name, text): (&str, &str), output: &mut Output) -> Result<(), Failure> {
    let path = folder.join(name);
    let written = std::fs::File::create_new(&path).and_then(|mut file| file.write_all(text.as_bytes()));
    match written {
        Ok(()) => Ok(writeln!(output, "wrote {}", path.display())?),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(writeln!(output, "kept {}", path.display())?),
        Err(error) => Err(Failure::unchecked(format!("{} cannot be written: {error}", path.display()))),
    }
}
