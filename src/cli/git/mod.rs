//! What git knows: which files changed, what its index holds, and when a line was written.
//!
//! The program `git` is asked rather than a library: it alone knows every way in which a repository can be
//! laid out, and it is there wherever there is a repository. It is only run when an option needs it, and
//! never so that it would run anything else, ask for a password, or fetch.

mod accepted;
mod index;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use recte::model::DateRange;

use super::output::CommandFailure;
use super::program;

pub(super) use index::GitIndex;

/// What the program is called.
const GIT: &str = "git";

/// Settings that keep git from running other programs or reaching out.
const QUIET: &[&str] = &[
    "--no-pager",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.quotePath=false",
];

/// Asks for names alone.
const NAMES: &str = "--name-only";

/// Asks for repositories within that are at another commit, whatever the settings say, and runs nothing in them.
const MODULES: &str = "--ignore-submodules=dirty";

/// What git runs to read a file, if it is so configured: even comparing files may.
const FILTERS: &str = r"^filter\..*\.(clean|smudge|process|required)$";

/// A repository.
pub(super) struct Git {
    /// Its work tree.
    pub(super) top: PathBuf,
    /// The programs that it has for reading files, which are not to be run.
    filters: Vec<String>,
    /// The program git.
    program: PathBuf,
}

/// Files that changed against a state of the repository.
pub(super) struct ChangedFiles {
    /// Their paths, relative to the top of the repository, those that are gone included.
    pub(super) paths: Vec<String>,
    /// The state, as git names it; none when there was nothing before.
    pub(super) base: Option<String>,
}

impl Git {
    /// The repository around a folder.
    pub(super) fn containing(folder: &Path) -> Result<Git, CommandFailure> {
        let program = program::find(GIT, folder).map_err(CommandFailure::unchecked)?;
        let mut git = Git { top: folder.to_owned(), filters: Vec::new(), program };
        match git.ask(&["rev-parse", "--show-toplevel"])? {
            Ok(top) => {
                git.top = Path::new(top.trim_end_matches(['\n', '\r'])).to_owned();
                let filters = git.ask(&["config", "--null", "--name-only", "--get-regexp", FILTERS])?;
                git.filters = filters.unwrap_or_default().split('\0').map(str::to_owned).collect();
                Ok(git)
            }
            Err(why) if why.contains("not a git repository") => {
                Err(CommandFailure::misused(format!("{} is not in a git repository", folder.display())))
            }
            Err(why) => Err(CommandFailure::unchecked(format!("git reports for {}: {why}", folder.display()))),
        }
    }

    /// The path of a folder from the top of the repository; empty for the top.
    pub(super) fn inside(&self, folder: &Path) -> Result<String, CommandFailure> {
        let top = self.top.canonicalize().unwrap_or_else(|_| self.top.clone());
        match folder.strip_prefix(&top) {
            Ok(inside) => Ok(inside.to_string_lossy().replace('\\', "/")),
            Err(_) => {
                Err(CommandFailure::misused(format!("{} is not in the repository {}", folder.display(), top.display())))
            }
        }
    }

    /// The last commit, if there is one.
    pub(super) fn head(&self) -> Result<Option<String>, CommandFailure> {
        let found = self.ask(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])?;
        Ok(found.ok().map(|oid| oid.trim().to_owned()))
    }

    /// The files that differ between the index and the last commit, or all of the index before the first one.
    pub(super) fn staged(&self) -> Result<ChangedFiles, CommandFailure> {
        let paths =
            self.list(&["diff", "--cached", NAMES, MODULES, "--no-renames", "--no-ext-diff", "--no-textconv", "-z"])?;
        Ok(ChangedFiles { paths, base: self.head()? })
    }

    /// The files that differ between the work tree and the state at which the branch left `name`, new ones included.
    pub(super) fn since(&self, name: &str) -> Result<ChangedFiles, CommandFailure> {
        let commit = format!("{name}^{{commit}}");
        let found = self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        let Ok(oid) = found.map(|oid| oid.trim().to_owned()) else {
            return Err(CommandFailure::misused(format!("git does not know `{name}` here{}", self.shallow_hint()?)));
        };
        let Ok(base) = self.ask(&["merge-base", &oid, "HEAD"])? else {
            let hint = self.shallow_hint()?;
            return Err(CommandFailure::unchecked(format!(
                "git finds no commit that `{name}` and this branch share{hint}"
            )));
        };
        let base = base.trim().to_owned();
        // Files are compared by what git knows of them, never by their contents: reading these runs filters.
        let mut paths = self.list(&["diff-index", NAMES, MODULES, "--no-renames", "-z", &base])?;
        paths.extend(self.list(&["ls-files", "--others", "--exclude-standard", "-z"])?);
        // Of another repository within the folder is told, and not what changed in it.
        paths.iter_mut().for_each(|path| path.truncate(path.trim_end_matches('/').len()));
        paths.sort();
        paths.dedup();
        Ok(ChangedFiles { paths, base: Some(base) })
    }

    /// The day on which each line that is committed was written, by what stands on it.
    ///
    /// The last commit is asked, not the work tree: reading that runs filters.
    pub(super) fn written(&self, path: &str) -> Result<BTreeMap<String, DateRange>, CommandFailure> {
        let blamed = self.ask(&["blame", "--line-porcelain", "--no-textconv", "HEAD", "--", path])?;
        let mut days = BTreeMap::new();
        let mut day = DateRange::of_unix_time(0);
        for entry in blamed.unwrap_or_default().lines() {
            if let Some(seconds) = entry.strip_prefix("author-time ") {
                day = DateRange::of_unix_time(seconds.parse().unwrap_or_default());
            } else if let Some(line) = entry.strip_prefix('\t') {
                days.entry(line.trim().to_owned()).or_insert(day);
            }
        }
        Ok(days)
    }

    /// What to do where history may have been cut off.
    fn shallow_hint(&self) -> Result<&'static str, CommandFailure> {
        let shallow = self.ask(&["rev-parse", "--is-shallow-repository"])?.is_ok_and(|said| said.trim() == "true");
        Ok(if shallow { "; the clone is shallow: `git fetch --unshallow` fetches the history" } else { "" })
    }

    /// A list of paths that git ends with NUL.
    fn list(&self, arguments: &[&str]) -> Result<Vec<String>, CommandFailure> {
        let listed = self.ask(arguments)?.map_err(|why| CommandFailure::unchecked(format!("git reports: {why}")))?;
        Ok(listed.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
    }

    /// Runs git: what it answers, or what it says is wrong.
    fn ask(&self, arguments: &[&str]) -> Result<Result<String, String>, CommandFailure> {
        let output = self.command().args(arguments).stdin(Stdio::null()).output().map_err(no_git)?;
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(if output.status.success() { Ok(said(&output.stdout)) } else { Err(said(&output.stderr).trim().to_owned()) })
    }

    /// A git that runs no other program, changes nothing, asks nothing and fetches nothing.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(QUIET).current_dir(&self.top).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
        command.env("GIT_TERMINAL_PROMPT", "0").env("GIT_NO_LAZY_FETCH", "1");
        let filters = self.filters.iter().filter(|key| !key.is_empty());
        for (number, key) in filters.clone().enumerate() {
            let nothing = if key.ends_with(".required") { "false" } else { "" };
            command.env(format!("GIT_CONFIG_KEY_{number}"), key).env(format!("GIT_CONFIG_VALUE_{number}"), nothing);
        }
        command.env("GIT_CONFIG_COUNT", filters.count().to_string());
        command
    }
}

fn no_git(error: std::io::Error) -> CommandFailure {
    CommandFailure::unchecked(format!("the program git cannot be run: {error}"))
}
