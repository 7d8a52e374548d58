//! Which files belong to a project.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{DirEntry, WalkBuilder};

use super::{CONFIG_NAME, problems};
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

/// The extension of claims files.
pub const CLAIMS: &str = "claims";

/// The files with one of the extensions beneath a root, as paths with `/`, sorted.
///
/// Left out are what `.gitignore` and `.recteignore` leave out, folders with a project of their
/// own, and what matches `exclude`; a pattern that leaves nothing out is reported. Links to folders
/// are not followed: what they lead to inside the project is found where it is.
pub fn files(root: &Path, extension: &str, exclude: &[Spanned<String>]) -> (Vec<String>, Vec<Diagnostic>) {
    let mut found: Vec<String> = walk(root, extension).collect();
    found.sort();
    let mut problems = Vec::new();
    for pattern in exclude {
        let Some(matcher) = matcher(pattern) else {
            problems.push(problems::no_pattern(pattern));
            continue;
        };
        let before = found.len();
        found.retain(|path| !matcher.matched_path_or_any_parents(path, false).is_ignore());
        if found.len() == before {
            problems.push(problems::matches_nothing(pattern));
        }
    }
    (found, problems)
}

/// The files of a list that match a pattern, in order.
pub(super) fn matching(paths: &[String], pattern: &Spanned<String>) -> Vec<String> {
    let Some(matcher) = matcher(pattern) else { return Vec::new() };
    paths.iter().filter(|path| matcher.matched_path_or_any_parents(path, false).is_ignore()).cloned().collect()
}

fn matcher(pattern: &Spanned<String>) -> Option<Gitignore> {
    let mut builder = GitignoreBuilder::new("");
    builder.add_line(None, &pattern.value).ok()?;
    builder.build().ok()
}

fn walk<'a>(root: &'a Path, extension: &'a str) -> impl Iterator<Item = String> + 'a {
    let walker = WalkBuilder::new(root)
        .parents(false)
        .git_global(false)
        .require_git(false)
        .add_custom_ignore_filename(".recteignore")
        .filter_entry(belongs)
        .build();
    walker.filter_map(Result::ok).filter(is_file).filter_map(move |entry| {
        let path = entry.path().strip_prefix(root).ok()?;
        (path.extension()? == extension).then(|| slashed(path))
    })
}

/// A folder with a configuration of its own is another project.
fn belongs(entry: &DirEntry) -> bool {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    entry.depth() == 0 || !is_folder || !entry.path().join(CONFIG_NAME).exists()
}

/// Links count as files: opening them beneath the root shows where they lead.
fn is_file(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| !kind.is_dir())
}

/// A path as it is shown and written: with `/` on every system.
pub(super) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
