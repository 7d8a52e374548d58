//! Which projects a path names, and what of them is to be reported.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::WalkBuilder;

use super::discover;
use super::discover::WalkPolicy;
use super::ignoring;
use crate::project::names::{CLAIMS, CONFIG_NAME};

/// A project, and the paths beneath its root that were asked for; an empty list asks for all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The folder of the project.
    pub root: PathBuf,
    /// Files and folders beneath it, with `/`.
    pub only: Vec<String>,
}

/// The projects that the paths name, in order of their folders.
///
/// A path inside a project names that project; a path with projects beneath it names each of them;
/// without any configuration the current folder is the project, or the path itself when it lies elsewhere.
/// All paths must exist; `current` is the current folder.
pub fn locate(paths: &[PathBuf], current: &Path) -> Vec<Located> {
    let mut found: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    let current = current.canonicalize().unwrap_or_else(|_| current.to_owned());
    for path in paths {
        let path = current.join(path);
        let path = canonical(&path);
        for located in locate_one(&path, &current) {
            let named = || located.only.iter().cloned().collect();
            let only = found.entry(located.root).or_insert_with(named);
            if located.only.is_empty() || only.is_empty() {
                only.clear();
            } else {
                only.extend(located.only);
            }
        }
    }
    let roots: Vec<PathBuf> = found.keys().cloned().collect();
    let counts = |root: &Path| roots.len() == 1 || has_claims(root, &roots);
    let projects = found.into_iter().filter(|(root, only)| !only.is_empty() || counts(root));
    projects.map(|(root, only)| Located { root, only: only.into_iter().collect() }).collect()
}

/// Whether there is any claims file in a project, whatever the project says of ignoring it. Beside others,
/// a configuration without claims is one that they share.
fn has_claims(root: &Path, projects: &[PathBuf]) -> bool {
    let within: Vec<&PathBuf> = projects.iter().filter(|other| *other != root && other.starts_with(root)).collect();
    let files = discover::walk(root, CLAIMS, WalkPolicy::Whole).files;
    !discover::walk(root, CLAIMS, WalkPolicy::Ignoring).unlisted.is_empty()
        || files.iter().any(|file| !within.iter().any(|project| root.join(file).starts_with(project)))
}

/// The one project of all the paths when the configuration comes from elsewhere: the current folder, or the
/// folder that holds all of them. What the folder says of projects is not asked.
pub fn locate_whole(paths: &[PathBuf], current: &Path) -> Located {
    let current = current.canonicalize().unwrap_or_else(|_| current.to_owned());
    let paths: Vec<PathBuf> = paths.iter().map(|path| canonical(&current.join(path))).collect();
    let mut root = match paths.as_slice() {
        [only] if only.is_dir() => only.clone(),
        [..] if paths.iter().all(|path| path.starts_with(&current)) => current,
        [first, ..] => first.parent().unwrap_or(first).to_owned(),
        [] => current,
    };
    while !paths.iter().all(|path| path.starts_with(&root)) && root.pop() {}
    let inside = paths.iter().filter_map(|path| path.strip_prefix(&root).ok()).map(discover::slashed);
    let only: Vec<String> = inside.collect();
    let all = only.iter().any(String::is_empty);
    Located { root, only: if all { Vec::new() } else { only } }
}

fn locate_one(path: &Path, current: &Path) -> Vec<Located> {
    if path.is_dir() && path.join(CONFIG_NAME).is_file() {
        let mut all = vec![Located { root: path.to_owned(), only: Vec::new() }];
        all.extend(beneath(path));
        return all;
    }
    let mut all = if path.is_dir() { beneath(path) } else { Vec::new() };
    let around = configured_above(path);
    let root = around.clone().unwrap_or_else(|| default_root(path, current));
    // What cannot be listed may hold claims, and is told by whoever checks the folder.
    let has_own = !path.is_dir() || {
        let found = discover::walk(path, CLAIMS, WalkPolicy::Ignoring);
        !found.files.is_empty() || !found.unlisted.is_empty()
    };
    if has_own || all.is_empty() {
        let inside = path.strip_prefix(&root).map(discover::slashed).unwrap_or_default();
        let only = if inside.is_empty() { Vec::new() } else { vec![inside] };
        all.insert(0, Located { root, only });
    }
    all
}

/// The folder itself with its parent's links resolved, so that a link is not followed out of a project unseen.
fn canonical(path: &Path) -> PathBuf {
    let link = path.is_symlink() && !path.is_dir();
    match (link, path.parent(), path.file_name()) {
        (true, Some(parent), Some(name)) => {
            parent.canonicalize().map_or_else(|_| path.to_owned(), |parent| parent.join(name))
        }
        (true | false, _, _) => path.canonicalize().unwrap_or_else(|_| path.to_owned()),
    }
}

/// The nearest folder upward with a configuration, at most to the root of the repository.
fn configured_above(path: &Path) -> Option<PathBuf> {
    for folder in path.ancestors().skip(usize::from(!path.is_dir())) {
        if folder.join(CONFIG_NAME).is_file() {
            return Some(folder.to_owned());
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

fn default_root(path: &Path, current: &Path) -> PathBuf {
    match (path.starts_with(current), path.is_dir(), path.parent()) {
        (true, _, _) => current.to_owned(),
        (false, false, Some(parent)) => parent.to_owned(),
        (false, true | false, _) => path.to_owned(),
    }
}

/// The projects beneath a folder that is none itself.
fn beneath(folder: &Path) -> Vec<Located> {
    if !ignoring::can_begin(folder) {
        return Vec::new();
    }
    let shut: Arc<Mutex<Vec<PathBuf>>> = Arc::default();
    let apart = Arc::clone(&shut);
    let mut builder = WalkBuilder::new(folder);
    builder
        .parents(false)
        .git_global(false)
        .require_git(false)
        .filter_entry(move |entry| discover::is_open(entry, &apart));
    let configs =
        builder.build().filter_map(Result::ok).filter(|entry| entry.depth() > 1 && entry.file_name() == CONFIG_NAME);
    let mut roots: Vec<PathBuf> = configs.filter_map(|entry| entry.path().parent().map(Path::to_owned)).collect();
    let shut = std::mem::take(&mut *shut.lock().unwrap_or_else(PoisonError::into_inner));
    roots.extend(shut.into_iter().filter(|folder| folder.join(CONFIG_NAME).is_file()));
    roots.into_iter().map(|root| Located { root, only: Vec::new() }).collect()
}
