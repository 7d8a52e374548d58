//! `recte init`: the first files of a project, and what to do next.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use recte::project::{CLAIMS, CONFIG_NAME, Root, Tree};

use super::exit::Exit;
use super::git::Git;
use super::output::{Failure, Outcome, Output};
use super::write::{self, NotWritten, Turn};

/// The configuration of a new project: everything as it is by default.
const CONFIG: &str = include_str!("init/recte.toml");

/// The first claims of a new project.
const FIRST: (&str, &str) = ("first.claims", include_str!("init/first.claims"));

/// The text that the first claims are read from.
const TEXT: (&str, &str) = ("text.txt", include_str!("init/text.txt"));

/// What makes pre-commit run recte.
const HOOK: (&str, &str) = (".pre-commit-config.yaml", include_str!("init/pre-commit-config.yaml"));

/// What stands for the version of this program in what it writes.
const VERSION: &str = "{version}";

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The folder of the project
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Make pre-commit check and lay out claims before each commit
    #[arg(long)]
    hook: bool,
    /// Make a build server check the claims
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
            Server::Github => (".github/workflows/recte.yml", include_str!("init/github.yml")),
            Server::Gitlab => (".gitlab-ci.yml", include_str!("init/gitlab-ci.yml")),
        }
    }
}

/// Writes what is missing, and never over what is there.
pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Outcome {
    let folder = &arguments.folder;
    let others: Vec<(&str, &str)> =
        arguments.hook.then_some(HOOK).into_iter().chain(arguments.ci.map(Server::file)).collect();
    write::folder(folder).map_err(|why| Failure::unchecked(format!("{} {why}", folder.display())))?;
    let real = folder.canonicalize().map_err(|error| Failure::unchecked(format!("{}: {error}", folder.display())))?;
    let _turn = Turn::wait(&real)?;
    let is_project = folder.join(CONFIG_NAME).exists();
    if is_project && others.is_empty() {
        return Err(Failure::misused(format!("{} is a project already: it has a {CONFIG_NAME}", folder.display())));
    }
    if !is_project {
        begin(folder, output)?;
    }
    // Hooks and build servers look at the top of the repository, not at each project.
    let top = Git::around(folder).map_or_else(|_| folder.clone(), |git| git.top);
    for (name, text) in others {
        write_new(&top, (name, &text.replace(VERSION, env!("CARGO_PKG_VERSION"))), output)?;
    }
    if arguments.hook {
        writeln!(output, "next: `pre-commit install`")?;
    }
    writeln!(output, "next: `recte check {}`", folder.display())?;
    Ok(Exit::Clean)
}

/// The first files of a project.
fn begin(folder: &Path, output: &mut Output) -> Result<(), Failure> {
    let cannot = |error| Failure::unchecked(format!("{} cannot be read: {error}", folder.display()));
    let claims = Root::open(folder).map_err(cannot)?.files("", CLAIMS);
    write_new(folder, (CONFIG_NAME, CONFIG), output)?;
    if claims.is_empty() {
        write_new(folder, TEXT, output)?;
        return write_new(folder, FIRST, output);
    }
    let files = if claims.len() == 1 { "1 file".to_owned() } else { format!("{} files", claims.len()) };
    Ok(writeln!(output, "found {files} with claims")?)
}

/// Writes a file that is not there yet; shows what it would hold where it is.
fn write_new(folder: &Path, (name, text): (&str, &str), output: &mut Output) -> Result<(), Failure> {
    let path = folder.join(name);
    match write::create(folder, name, text) {
        Ok(()) => Ok(writeln!(output, "wrote {}", path.display())?),
        Err(why) if !matches!(why, NotWritten::Changed) => Err(Failure::unchecked(format!("{} {why}", path.display()))),
        Err(_) if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") => {
            Ok(writeln!(output, "kept {}; what recte needs there:\n\n{text}", path.display())?)
        }
        Err(_) => Ok(writeln!(output, "kept {}", path.display())?),
    }
}
