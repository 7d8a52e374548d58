//! Which files belong to a project.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder};

use super::ignoring;
use super::ignoring::UNREADABLE;
use crate::project::names::{CONFIG_NAME, IGNORE_FILE};

/// The most entries that are looked through for what is left out: ignored folders can be very large.
const MOST: usize = 50_000;

/// What decides which files are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WalkPolicy {
    /// The ignore files of the folder, and its folders that are projects of their own.
    Ignoring,
    /// Its folders alone, to see what the ignore files leave out.
    Unignored,
    /// Nothing: every file counts.
    Whole,
}

/// What a walk came upon.
#[derive(Default)]
pub(crate) struct DiscoveredFiles {
    /// The files, as paths with `/`, sorted.
    pub(crate) files: Vec<String>,
    /// The folders that could not be listed, and why.
    pub(crate) unlisted: Vec<(String, io::ErrorKind)>,
}

/// The files beneath a folder whose names have this ending.
pub(crate) fn walk(folder: &Path, ending: &str, walk: WalkPolicy) -> DiscoveredFiles {
    walk_for(folder, |path| path.ends_with(ending), walk)
}

/// Whether the name of a file ends almost as it should: in other letters, or with one letter more, less or changed.
pub(crate) fn nearly_ends_with(path: &str, ending: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some(dot) = name.rfind('.').filter(|dot| *dot > 0) else { return false };
    let written = name[dot..].to_lowercase();
    !name.ends_with(ending) && !ending.is_empty() && strsim::osa_distance(&written, ending) <= 1
}

/// The files beneath a folder that are wanted.
///
/// Links to folders are not followed: what they lead to inside the project is found where it is.
pub(crate) fn walk_for(folder: &Path, is_wanted: impl Fn(&str) -> bool, walk: WalkPolicy) -> DiscoveredFiles {
    let mut found = DiscoveredFiles::default();
    let shut: Arc<Mutex<Vec<PathBuf>>> = Arc::default();
    if walk == WalkPolicy::Ignoring && !ignoring::can_begin(folder) {
        found.unlisted.push((String::new(), UNREADABLE));
        return found;
    }
    let mut builder = WalkBuilder::new(folder);
    builder.parents(false).hidden(false).git_global(false).require_git(false);
    match walk {
        WalkPolicy::Ignoring => {
            let shut = Arc::clone(&shut);
            builder
                .add_custom_ignore_filename(IGNORE_FILE)
                .filter_entry(move |entry| belongs(entry) && is_open(entry, &shut))
        }
        WalkPolicy::Unignored => builder.ignore(false).git_ignore(false).git_exclude(false).filter_entry(belongs),
        WalkPolicy::Whole => {
            builder.ignore(false).git_ignore(false).git_exclude(false).filter_entry(|entry| !is_named(entry, ".git"))
        }
    };
    let inside = |path: &Path| path.strip_prefix(folder).ok().map(slashed);
    let most = if walk == WalkPolicy::Unignored { MOST } else { usize::MAX };
    for entry in builder.build().take(most) {
        match entry {
            Ok(entry) if is_file(&entry) => {
                found.files.extend(inside(entry.path()).filter(|path| is_wanted(path)));
            }
            Ok(_) => {}
            Err(error) => {
                let (path, kind) = cause(&error);
                found.unlisted.push((path.and_then(inside).unwrap_or_default(), kind));
            }
        }
    }
    let shut = shut.lock().unwrap_or_else(PoisonError::into_inner);
    found.unlisted.extend(shut.iter().filter_map(|path| Some((inside(path)?, UNREADABLE))));
    found.files.sort();
    found.unlisted.sort();
    found
}

/// Whether a folder can be gone into: one whose ignore files cannot be read is put aside.
pub(crate) fn is_open(entry: &DirEntry, shut: &Mutex<Vec<PathBuf>>) -> bool {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    let is_open = !is_folder || ignoring::are_readable(entry.path());
    if !is_open {
        shut.lock().unwrap_or_else(PoisonError::into_inner).push(entry.path().to_owned());
    }
    is_open
}

/// What could not be listed, and why.
fn cause(error: &ignore::Error) -> (Option<&Path>, io::ErrorKind) {
    match error {
        ignore::Error::WithPath { path, err } => (Some(path), cause(err).1),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => cause(err),
        other => (None, other.io_error().map_or(io::ErrorKind::Other, io::Error::kind)),
    }
}

/// Not hidden, and no project of its own. An ignore file is no claims file, but somebody may ask for it.
fn belongs(entry: &DirEntry) -> bool {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    let is_hidden = entry.file_name().to_string_lossy().starts_with('.') && !is_named(entry, IGNORE_FILE);
    let is_project = is_folder && entry.path().join(CONFIG_NAME).exists();
    entry.depth() == 0 || !(is_hidden || is_project)
}

fn is_named(entry: &DirEntry, name: &str) -> bool {
    entry.file_name() == OsStr::new(name)
}

/// Links count as files: opening them beneath the root shows where they lead.
fn is_file(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| !kind.is_dir())
}

/// A path as it is shown and written: with `/` on every system.
pub(crate) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
