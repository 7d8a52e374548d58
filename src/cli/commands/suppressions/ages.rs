//! Since when a line stands, as far as git knows.

use std::collections::BTreeMap;

use recte::model::DateRange;
use recte::project::CheckOutput;

use crate::cli::git::Git;

/// How many files git is asked about; each takes it some milliseconds.
const FILES: usize = 200;

/// The days on which lines were written, file by file. Without a repository no day is known.
pub(super) struct Ages<'a> {
    /// The repository, and the path of the project in it.
    git: Option<(Git, String)>,
    checked: &'a CheckOutput,
    files: BTreeMap<String, BTreeMap<String, DateRange>>,
}

impl<'a> Ages<'a> {
    pub(super) fn new(root: &std::path::Path, checked: &'a CheckOutput) -> Ages<'a> {
        let git = Git::containing(root).ok().and_then(|git| {
            let inside = git.inside(root).ok()?;
            Some((git, inside))
        });
        Ages { git, checked, files: BTreeMap::new() }
    }

    /// The day since when a line (from 1) of a file of the project stands.
    pub(super) fn since(&mut self, path: &str, line: u32) -> Option<String> {
        let (git, inside) = self.git.as_ref()?;
        let source = self.checked.sources.get(self.checked.sources.named(path)?);
        let (_, words) = source.line(line.clamp(1, source.line_count()));
        if self.files.len() >= FILES && !self.files.contains_key(path) {
            return None;
        }
        let from_top = if inside.is_empty() { path.to_owned() } else { format!("{inside}/{path}") };
        let blame = || git.written(&from_top).unwrap_or_default();
        let lines = self.files.entry(path.to_owned()).or_insert_with(blame);
        lines.get(words.trim()).map(ToString::to_string)
    }
}
