//! The index of git as a tree of files: what the next commit will hold, whatever lies in the work tree.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use recte::project::{
    CLAIMS, CONFIG_NAME, IGNORE_SIZE, NotRead, RepositoryTree, Root, Tree, admit, belonging, decode, join,
};

use super::{Git, no_git};
use crate::cli::output::CommandFailure;

/// How many links are followed from one path.
const LINKS: usize = 8;

/// All that the index holds.
pub(in crate::cli) struct GitIndex {
    /// By path relative to the top of the repository.
    entries: BTreeMap<String, Staged>,
    sizes: Mutex<ObjectReader>,
    texts: Mutex<ObjectReader>,
    /// Where the files lie.
    work_tree: PathBuf,
}

/// One entry of the index.
#[derive(Clone, Debug)]
struct Staged {
    mode: EntryMode,
    oid: String,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EntryMode {
    File,
    Link,
    /// Another repository.
    Module,
}

/// A folder of the index.
pub(in crate::cli) struct IndexTree<'a> {
    index: &'a GitIndex,
    /// Its path from the top of the repository; empty for the top itself.
    inside: String,
    /// The tree of the top, for all others.
    top: Option<Box<IndexTree<'a>>>,
    /// Whether every file counts, whatever the folder says of ignoring any and of projects within.
    whole: bool,
}

impl GitIndex {
    /// Lists the index of a repository.
    pub(in crate::cli) fn read(git: &Git) -> Result<GitIndex, CommandFailure> {
        let mut entries = BTreeMap::new();
        for line in git.list(&["ls-files", "--stage", "-z"])? {
            let Some((header, path)) = line.split_once('\t') else { continue };
            let [mode, oid, stage] = header.split(' ').collect::<Vec<_>>()[..] else { continue };
            if stage != "0" {
                return Err(CommandFailure::unchecked(format!(
                    "{path} is not merged yet, so the index cannot be checked"
                )));
            }
            entries.insert(path.to_owned(), Staged::new(mode, oid));
        }
        GitIndex::of(git, entries)
    }

    /// Lists what an index would hold that is as a commit is.
    pub(in crate::cli) fn at(git: &Git, commit: &str) -> Result<GitIndex, CommandFailure> {
        let mut entries = BTreeMap::new();
        for line in git.list(&["ls-tree", "-r", "--full-tree", "-z", commit])? {
            let Some((header, path)) = line.split_once('\t') else { continue };
            let [mode, _, oid] = header.split(' ').collect::<Vec<_>>()[..] else { continue };
            entries.insert(path.to_owned(), Staged::new(mode, oid));
        }
        GitIndex::of(git, entries)
    }

    fn of(git: &Git, entries: BTreeMap<String, Staged>) -> Result<GitIndex, CommandFailure> {
        let start = |how| ObjectReader::start(git, how).map(Mutex::new);
        let work_tree = git.top.clone();
        Ok(GitIndex { entries, sizes: start("--batch-check")?, texts: start("--batch")?, work_tree })
    }

    /// Whether there is an entry at a path.
    pub(in crate::cli) fn has(&self, path: &str) -> bool {
        self.entries.contains_key(path)
    }

    /// The repositories within, by their paths.
    pub(in crate::cli) fn modules(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter(|(_, entry)| entry.mode == EntryMode::Module).map(|(path, _)| path.as_str())
    }

    /// Whether claims of the project around it stand in a repository within, as it lies in the work tree.
    pub(in crate::cli) fn has_claims(&self, module: &str) -> bool {
        let folder = self.work_tree.join(module);
        let is_project = folder.join(CONFIG_NAME).is_file();
        !is_project && Root::open(&folder).is_ok_and(|root| !root.files("", CLAIMS).is_empty())
    }

    /// The paths of all entries, sorted.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The folder of this path from the top, empty for the top; of the `whole` of it every file counts.
    pub(in crate::cli) fn tree(&self, inside: &str, whole: bool) -> IndexTree<'_> {
        let top = (!inside.is_empty()).then(|| Box::new(self.tree("", whole)));
        IndexTree { index: self, inside: inside.to_owned(), top, whole }
    }

    /// Whether there is a file of claims or of settings at a path that belongs to one of the projects in these folders, if
    /// there is one at all.
    pub(in crate::cli) fn belongs(&self, path: &str, projects: &[String]) -> bool {
        let is_hidden = path.split('/').any(|part| part.starts_with('.'));
        let counts = path.ends_with(CLAIMS) || path.rsplit('/').next() == Some(CONFIG_NAME);
        if is_hidden || !counts || !self.entries.contains_key(path) {
            return true;
        }
        let folders = path.rmatch_indices('/').map(|(end, _)| &path[..end]).chain([""]);
        let config = |folder: &&str| self.entries.contains_key(&within(folder, CONFIG_NAME));
        match folders.clone().find(config) {
            Some(project) => projects.iter().any(|known| known == project),
            // Nothing says where the project begins.
            None => folders.into_iter().any(|folder| projects.iter().any(|known| known == folder)),
        }
    }

    /// Adds to paths those of the links that lead to one of them, or to a folder around one.
    pub(in crate::cli) fn follow(&self, paths: &mut Vec<String>) {
        let links: Vec<(&String, String)> = self
            .entries
            .iter()
            .filter_map(|(path, entry)| {
                let text = (entry.mode == EntryMode::Link)
                    .then(|| locked(&self.texts).bytes(&entry.oid, u64::from(u16::MAX)))?;
                Some((path, join(folder(path), &decode(text.ok()?).ok()?).ok()?))
            })
            .collect();
        let mut known: BTreeSet<String> = paths.drain(..).collect();
        for _ in 0..LINKS {
            let found: Vec<String> = links
                .iter()
                .flat_map(|(link, target)| {
                    let beneath = format!("{target}/");
                    let inside = known.range(beneath.clone()..).take_while(|path| path.starts_with(&beneath));
                    let around = target.match_indices('/').map(|(end, _)| &target[..end]).chain([target.as_str()]);
                    let met = around.into_iter().any(|path| known.contains(path)).then(|| (*link).clone());
                    inside.map(|path| within(link, &path[beneath.len()..])).chain(met).collect::<Vec<_>>()
                })
                .collect();
            let before = known.len();
            known.extend(found);
            if known.len() == before {
                break;
            }
        }
        paths.extend(known);
    }
}

impl Staged {
    fn new(mode: &str, oid: &str) -> Staged {
        let mode = match mode {
            "120000" => EntryMode::Link,
            "160000" => EntryMode::Module,
            _ => EntryMode::File,
        };
        Staged { mode, oid: oid.to_owned() }
    }
}

impl IndexTree<'_> {
    /// The file at a path, links followed as long as they stay in the tree.
    fn file(&self, requested: &str) -> Result<&Staged, NotRead> {
        let mut path = join("", requested)?;
        for _ in 0..LINKS {
            if path == ".." || path.starts_with("../") {
                return Err(NotRead::Outside);
            }
            let (end, found) = self.entry(&path).ok_or(NotRead::Missing)?;
            match found.mode {
                EntryMode::Link => {
                    let target = locked(&self.index.texts).bytes(&found.oid, u64::from(u16::MAX)).and_then(decode)?;
                    path = join(folder(&path[..end]), &(target + &path[end..]))?;
                }
                EntryMode::File if end == path.len() => return admit(requested, &path).map(|()| found),
                EntryMode::Module if end == path.len() => return Err(NotRead::NotAFile),
                EntryMode::File | EntryMode::Module => return Err(NotRead::Missing),
            }
        }
        Err(NotRead::NotAFile)
    }

    /// What stands at a path, or at the nearest folder around it, and where in the path that ends.
    fn entry(&self, path: &str) -> Option<(usize, &Staged)> {
        let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
        ends.into_iter().find_map(|end| Some((end, self.index.entries.get(&self.path_from_top(&path[..end]))?)))
    }

    /// The files beneath a folder, and those that ignore files leave out.
    fn listed(&self, folder: &str, ending: &str) -> (Vec<String>, Vec<String>) {
        let folder = self.path_from_top(folder);
        let prefix = if folder.is_empty() || folder.ends_with('/') { folder } else { format!("{folder}/") };
        let from = self.index.entries.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
        let paths: Vec<String> = from.map(|(path, _)| path[prefix.len()..].to_owned()).collect();
        let text = |path: &str| {
            let entry = self.index.entries.get(&format!("{prefix}{path}"))?;
            locked(&self.index.texts).bytes(&entry.oid, IGNORE_SIZE).and_then(decode).ok()
        };
        if self.whole {
            return (paths.into_iter().filter(|path| path.ends_with(ending)).collect(), Vec::new());
        }
        belonging(&paths, ending, text)
    }

    fn path_from_top(&self, path: &str) -> String {
        within(&self.inside, path)
    }
}

/// A path in a folder; the folder is empty for the top.
pub(super) fn within(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

/// The folder of a path; empty for the top.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl Tree for IndexTree<'_> {
    fn files(&self, folder: &str, ending: &str) -> Vec<String> {
        self.listed(folder, ending).0
    }

    fn left_out(&self, ending: &str) -> Vec<String> {
        self.listed("", ending).1
    }

    /// What repositories within hold is not in the index.
    fn unlisted(&self) -> Vec<(String, io::ErrorKind)> {
        let prefix = within(&self.inside, "");
        let inside = self.index.modules().filter_map(|module| Some((module, module.strip_prefix(&prefix)?)));
        let hidden = |path: &str| !self.whole && path.split('/').any(|part| part.starts_with('.'));
        let holding = inside.filter(|(module, path)| !hidden(path) && self.index.has_claims(module));
        holding.map(|(_, path)| (path.to_owned(), io::ErrorKind::Unsupported)).collect()
    }

    fn probe(&self, path: &str) -> Result<u64, NotRead> {
        let file = self.file(path)?;
        locked(&self.index.sizes).size(&file.oid)
    }

    fn bytes(&self, path: &str, limit: u64) -> Result<Vec<u8>, NotRead> {
        let file = self.file(path)?;
        locked(&self.index.texts).bytes(&file.oid, limit)
    }

    fn repository(&self) -> Option<RepositoryTree<'_>> {
        let top = self.top.as_ref()?;
        Some(RepositoryTree { tree: &**top, inside: &self.inside })
    }
}

/// The reader for one caller: all requests to git go through one pipe.
fn locked(reader: &Mutex<ObjectReader>) -> MutexGuard<'_, ObjectReader> {
    reader.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A `git cat-file` that answers one question after the other.
struct ObjectReader {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl ObjectReader {
    fn start(git: &Git, how: &str) -> Result<ObjectReader, CommandFailure> {
        let mut command = git.command();
        command.args(["cat-file", how]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(no_git)?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(questions), Some(answers)) => Ok(ObjectReader { child, questions, answers: BufReader::new(answers) }),
            (_, _) => Err(CommandFailure::unchecked("the program git cannot be reached")),
        }
    }

    /// The length of an object.
    fn size(&mut self, oid: &str) -> Result<u64, NotRead> {
        self.header(oid).map_err(|error| NotRead::Refused(error.kind()))
    }

    /// The text of an object of at most `limit` bytes. A longer one is passed over, never held.
    fn bytes(&mut self, oid: &str, limit: u64) -> Result<Vec<u8>, NotRead> {
        let length = self.size(oid)?;
        let mut bytes = Vec::new();
        // The byte after the object ends the answer.
        let mut answer = self.answers.by_ref().take(length + 1);
        let too_large = length > limit;
        let read = if too_large {
            io::copy(&mut answer, &mut io::sink())
        } else {
            answer.read_to_end(&mut bytes).map(|read| read as u64)
        };
        match read {
            Err(error) => Err(NotRead::Refused(error.kind())),
            // git has ended before its answer did.
            Ok(read) if read != length + 1 => Err(NotRead::Refused(io::ErrorKind::UnexpectedEof)),
            Ok(_) if too_large => Err(NotRead::TooLarge(length)),
            Ok(_) => {
                bytes.pop();
                Ok(bytes)
            }
        }
    }

    /// Asks for an object, and reads `oid type length`, or `oid missing`.
    fn header(&mut self, oid: &str) -> io::Result<u64> {
        writeln!(self.questions, "{oid}")?;
        self.questions.flush()?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let length = line.trim_end().rsplit(' ').next().and_then(|length| length.parse().ok());
        length.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}

impl Drop for ObjectReader {
    fn drop(&mut self) {
        // It ends by itself once nobody asks any more; waiting would only be politeness.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
