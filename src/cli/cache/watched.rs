//! A project on the disk of which everything that is looked at is noted.

use std::io;

use recte::project::{NotRead, RepositoryTree, Root, Tree};

use super::observation::{Observation, Stamp, hash, list_hash};
use super::recording::Recording;

/// A project on the disk that notes what is asked of it.
pub(in crate::cli) struct Watched<'a> {
    pub(super) root: &'a Root,
    /// The number of the project in the run.
    pub(super) number: usize,
    pub(super) recording: &'a Recording,
}

impl Tree for Watched<'_> {
    fn files(&self, folder: &str, ending: &str) -> Vec<String> {
        let files = self.root.files(folder, ending);
        let (folder, ending, sha256) = (folder.to_owned(), ending.to_owned(), list_hash(self.root, &files));
        self.recording.note(Some(Observation::Listed { project: self.number, folder, ending, sha256 }));
        files
    }

    fn left_out(&self, ending: &str) -> Vec<String> {
        let files = self.root.left_out(ending);
        let (ending, sha256) = (ending.to_owned(), list_hash(self.root, &files));
        self.recording.note(Some(Observation::LeftOut { project: self.number, ending, sha256 }));
        files
    }

    fn unlisted(&self) -> Vec<(String, io::ErrorKind)> {
        self.root.unlisted()
    }

    fn probe(&self, path: &str) -> Result<u64, NotRead> {
        let found = self.root.probe(path);
        let project = self.number;
        self.recording.note(match found {
            Ok(length) => Some(Observation::Probed { project, path: path.to_owned(), length: Some(length) }),
            Err(NotRead::Missing) => Some(Observation::Probed { project, path: path.to_owned(), length: None }),
            Err(_) => None,
        });
        found
    }

    fn bytes(&self, path: &str, limit: u64) -> Result<Vec<u8>, NotRead> {
        // The stamp is older than the bytes: what changes between is noticed.
        let stamp = Stamp::of(self.root, path);
        let found = self.root.bytes(path, limit);
        let project = self.number;
        self.recording.note(match &found {
            Ok(bytes) => Some(Observation::Read { project, path: path.to_owned(), stamp, sha256: hash(bytes) }),
            Err(NotRead::Missing) => Some(Observation::Probed { project, path: path.to_owned(), length: None }),
            Err(_) => None,
        });
        found
    }

    /// What is read around a project is not noted, so such a run is not kept.
    fn repository(&self) -> Option<RepositoryTree<'_>> {
        let around = self.root.repository()?;
        self.recording.note(None);
        Some(around)
    }
}
