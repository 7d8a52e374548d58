//! Since when a line stands, as far as git knows.

use std::collections::BTreeMap;
use std::path::Path;

use recte::model::Days;

use crate::cli::git::Git;

/// The days on which lines were written, file by file. Without a repository no day is known.
pub(super) struct Ages {
    /// The repository, and the path of the project in it.
    git: Option<(Git, String)>,
    files: BTreeMap<String, BTreeMap<u32, Days>>,
}

impl Ages {
    pub(super) fn new(root: &Path) -> Ages {
        let git = Git::around(root).ok().and_then(|git| {
            let inside = git.inside(root).ok()?;
            Some((git, inside))
        });
        Ages { git, files: BTreeMap::new() }
    }

    /// The day since when a line (from 1) of a file of the project stands.
    pub(super) fn since(&mut self, path: &str, line: u32) -> Option<String> {
        let (git, inside) = self.git.as_ref()?;
        let from_top = if inside.is_empty() { path.to_owned() } else { format!("{inside}/{path}") };
        let blame = || git.written(&from_top).unwrap_or_default();
        let lines = self.files.entry(path.to_owned()).or_insert_with(blame);
        lines.get(&line).map(ToString::to_string)
    }
}
