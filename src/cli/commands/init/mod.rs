//! `recte init`: the first files of a project, and what to do next.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use recte::project::{CLAIMS, CONFIG_NAME, IGNORE_SIZE, Root, Tree};

use crate::cli::exit::Exit;
use crate::cli::git::Git;
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::write;
use crate::cli::write::{NotWritten, WriteLock};

/// The configuration of a new project: everything as it is by default.
const CONFIG: &str = include_str!("recte.toml");

/// The first claims of a new project, and the text that they are read from: the beginning and the end of their names, and
/// what stands in them.
const FIRST: ((&str, &str), &str) = (("first", ".claims"), include_str!("first.claims"));
const TEXT: ((&str, &str), &str) = (("text", ".txt"), include_str!("text.txt"));

/// What keeps the line endings of a project the same on every machine.
const ATTRIBUTES: (&str, &str) = (".gitattributes", include_str!("gitattributes"));

/// What makes pre-commit run recte.
const HOOK: (&str, &str) = (".pre-commit-config.yaml", include_str!("pre-commit-config.yaml"));

/// What stands for the version of this program in what it writes.
const VERSION: &str = "{version}";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the project
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Write the settings only, without sample claims
    #[arg(long)]
    bare: bool,
    /// Set up pre-commit to check and format claims before each commit
    #[arg(long)]
    hook: bool,
    /// Set up a CI job that checks the claims
    #[arg(long, value_enum)]
    ci: Option<Server>,
}

/// A build server.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Server {
    /// GitHub Actions
    Github,
    /// GitLab CI
    Gitlab,
}

impl Server {
    /// The file that it reads, and what is to stand in it.
    fn file(self) -> (&'static str, &'static str) {
        match self {
            Server::Github => (".github/workflows/recte.yml", include_str!("github.yml")),
            Server::Gitlab => (".gitlab-ci.yml", include_str!("gitlab-ci.yml")),
        }
    }
}

/// Writes what is missing, and never over what is there.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let folder = &arguments.folder;
    let others: Vec<(&str, &str)> =
        arguments.hook.then_some(HOOK).into_iter().chain(arguments.ci.map(Server::file)).collect();
    write::folder(folder).map_err(|why| CommandFailure::unchecked(format!("{} {why}", folder.display())))?;
    let real =
        folder.canonicalize().map_err(|error| CommandFailure::unchecked(format!("{}: {error}", folder.display())))?;
    let _turn = WriteLock::wait(&real)?;
    let is_project = is_taken(&folder.join(CONFIG_NAME));
    if is_project && others.is_empty() {
        return Err(CommandFailure::misused(format!(
            "{} is a project already: it has a {CONFIG_NAME}",
            folder.display()
        )));
    }
    if !is_project {
        begin(folder, arguments.bare, output)?;
    }
    // Hooks and build servers look at the top of the repository, not at each project.
    let top = Git::containing(folder).map_or_else(|_| folder.clone(), |git| git.top);
    for (name, text) in others {
        let text = text.replace(VERSION, env!("CARGO_PKG_VERSION"));
        if write_new(&top, (name, &text), output)? == CreatedFile::Kept {
            output.line("add these lines:")?;
            output.line("")?;
            text.lines().try_for_each(|line| output.line(line))?;
        }
    }
    if arguments.hook {
        output.line("next: `pre-commit install`")?;
    }
    output.line(&format!("next: `recte check {}`", folder.display()))?;
    Ok(Exit::Clean)
}

/// The first files of a project: all of them, or none.
fn begin(folder: &Path, bare: bool, output: &mut Output) -> Result<(), CommandFailure> {
    let found = claims(folder)?;
    let mut files = vec![(CONFIG_NAME.to_owned(), CONFIG.to_owned())];
    if !bare && found.is_empty() {
        files.extend(sample(folder));
    }
    write_together(folder, &files, output)?;
    if bare {
        return Ok(());
    }
    attributes(folder, output)?;
    if !found.is_empty() {
        let found = if found.len() == 1 { "1 file".to_owned() } else { format!("{} files", found.len()) };
        output.line(&format!("found {found} with claims"))?;
    } else if claims(folder)?.is_empty() {
        let (first, _) = &files[files.len() - 1];
        output.remark(&format!("{first} is excluded by an ignore file; `recte check` reads it only if it is named"));
    }
    Ok(())
}

/// The claims files of a folder that a check would read.
fn claims(folder: &Path) -> Result<Vec<String>, CommandFailure> {
    let cannot = |error| CommandFailure::unchecked(format!("{} cannot be read: {error}", folder.display()));
    Ok(Root::open(folder).map_err(cannot)?.files("", CLAIMS))
}

/// The first claims and their text, by names that nothing has in the folder.
fn sample(folder: &Path) -> [(String, String); 2] {
    let ((first, claims), (text, words)) = (FIRST, TEXT);
    let name = |(begins, ends): (&str, &str), number: usize| match number {
        1 => format!("{begins}{ends}"),
        number => format!("{begins}-{number}{ends}"),
    };
    let is_free = |number: &usize| ![first, text].iter().any(|it| is_taken(&folder.join(name(*it, *number))));
    let number = (1..).find(is_free).expect("a folder holds only so many files");
    let quoted = name(text, number);
    let claims = claims.replace(&format!("\"{}\"", name(text, 1)), &format!("\"{quoted}\""));
    [(quoted, words.to_owned()), (name(first, number), claims)]
}

/// Whether something has that name, be it a link to nothing.
fn is_taken(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Writes files that are not there yet, the first of them last, since with it the folder is a project; where one cannot be
/// written, the others are taken away again.
fn write_together(folder: &Path, files: &[(String, String)], output: &mut Output) -> Result<(), CommandFailure> {
    for (at, (name, text)) in files.iter().enumerate().rev() {
        if let Err(why) = write::create(folder, name, text) {
            files[at + 1..].iter().for_each(|(name, _)| write::remove(&folder.join(name)));
            return Err(CommandFailure::unchecked(format!("{} {why}", folder.join(name).display())));
        }
    }
    files.iter().try_for_each(|(name, _)| Ok(output.line(&format!("wrote {}", folder.join(name).display()))?))
}

/// Writes the attributes of the project's files for git, or says which are missing.
fn attributes(folder: &Path, output: &mut Output) -> Result<(), CommandFailure> {
    let (name, text) = ATTRIBUTES;
    if write_new(folder, (name, text), output)? == CreatedFile::New {
        return Ok(());
    }
    let old = Root::open(folder).map(|root| root.read(name, IGNORE_SIZE).unwrap_or_default()).unwrap_or_default();
    let missing: Vec<&str> = text.lines().filter(|line| !old.lines().any(|old| old.trim() == *line)).collect();
    if !missing.is_empty() {
        output.line("add these lines, which keep line endings the same on every machine:")?;
    }
    missing.into_iter().try_for_each(|line| Ok(output.line(&format!("  {line}"))?))
}

/// What became of a file.
#[derive(PartialEq, Eq)]
enum CreatedFile {
    New,
    Kept,
}

/// Writes a file that is not there yet, and leaves alone one that is.
fn write_new(folder: &Path, (name, text): (&str, &str), output: &mut Output) -> Result<CreatedFile, CommandFailure> {
    let path = folder.join(name);
    match write::create(folder, name, text) {
        Ok(()) => {
            output.line(&format!("wrote {}", path.display()))?;
            Ok(CreatedFile::New)
        }
        Err(NotWritten::Changed) => {
            output.line(&format!("kept {}", path.display()))?;
            Ok(CreatedFile::Kept)
        }
        Err(why) => Err(CommandFailure::unchecked(format!("{} {why}", path.display()))),
    }
}
