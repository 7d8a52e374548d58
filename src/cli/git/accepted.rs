//! What an earlier state of a repository had on record of the documents of a project.

use recte::project::{CONFIG_NAME, LOCK_NAME, Lock, NotRead, Tree};
use recte::text::Sources;

use super::GitIndex;
use super::index::{folder, within};
use crate::cli::output::CommandFailure;

/// The most bytes of a lock.
const MOST: u64 = 256 << 20;

impl GitIndex {
    /// What was accepted of the documents of the project in a folder: by its own lock, by the one of the project that it was
    /// a part of, and by those of projects that are a part of it since. Whether a folder is a project now, `is_project` tells.
    ///
    /// # Errors
    /// When git does not give a file.
    pub(in crate::cli) fn accepted(
        &self,
        inside: &str,
        is_project: impl Fn(&str) -> bool,
    ) -> Result<Lock, CommandFailure> {
        let was_project = |folder: &str| self.has(&within(folder, CONFIG_NAME));
        let locks = self.named(LOCK_NAME);
        let mut accepted = Lock::default();
        let above = outward(inside).skip(1).take_while(|_| !was_project(inside));
        let around = above.into_iter().find(|folder| was_project(folder) || locks.contains(folder));
        for place in locks.iter().copied() {
            let is_part = || {
                let between = outward(place).take_while(|folder| *folder != inside);
                is_beneath(place, inside) && was_project(place) && !between.into_iter().any(&is_project)
            };
            if place == inside || around == Some(place) || is_part() {
                accepted.add(self.lock(place)?.seen_from(place, inside));
            }
        }
        Ok(accepted)
    }

    /// The lock in a folder. Of one that cannot be understood nothing was known before either.
    fn lock(&self, folder: &str) -> Result<Lock, CommandFailure> {
        let text = match self.tree(folder, true).read(LOCK_NAME, MOST) {
            Ok(text) => text,
            Err(NotRead::TooLarge(_) | NotRead::Refused(_)) => {
                let path = within(folder, LOCK_NAME);
                return Err(CommandFailure::unchecked(format!("{path} as it was before the change cannot be read")));
            }
            Err(_) => String::new(),
        };
        let mut sources = Sources::new();
        let file = sources.add(LOCK_NAME, text);
        Ok(Lock::read(file, &sources).unwrap_or_default())
    }

    /// The folders in which there is a file of this name.
    fn named(&self, name: &str) -> Vec<&str> {
        self.paths().filter(|path| path.rsplit('/').next() == Some(name)).map(folder).collect()
    }
}

/// A folder and those around it, from the inside out; empty for the top.
fn outward(inner: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(inner), |inner| (!inner.is_empty()).then(|| folder(inner)))
}

fn is_beneath(path: &str, outer: &str) -> bool {
    outer.is_empty() || path.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
}
