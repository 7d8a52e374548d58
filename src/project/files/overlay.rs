//! A tree in which some files have other texts: what an editor holds, or what fixes make of them.

use std::collections::BTreeMap;

use super::tree::{NotRead, RepositoryTree, Tree};

/// A tree with texts laid over it.
pub struct Overlay<'a> {
    /// What lies beneath.
    pub under: &'a dyn Tree,
    /// What files are to hold, by their paths, joined and beneath the tree.
    pub texts: BTreeMap<String, String>,
}

/// A tree without files, over which texts can be laid.
pub struct NoFiles;

impl Tree for NoFiles {
    fn files(&self, _folder: &str, _ending: &str) -> Vec<String> {
        Vec::new()
    }

    fn probe(&self, _path: &str) -> Result<u64, NotRead> {
        Err(NotRead::Missing)
    }

    fn bytes(&self, _path: &str, _limit: u64) -> Result<Vec<u8>, NotRead> {
        Err(NotRead::Missing)
    }
}

impl Tree for Overlay<'_> {
    fn files(&self, folder: &str, ending: &str) -> Vec<String> {
        let mut files = self.under.files(folder, ending);
        let inside = |path: &'_ String| if folder.is_empty() { Some(path.clone()) } else { beneath(path, folder) };
        let new = self.texts.keys().filter(|path| path.ends_with(ending)).filter_map(inside);
        files.extend(new);
        files.sort();
        files.dedup();
        files
    }

    fn left_out(&self, ending: &str) -> Vec<String> {
        self.under.left_out(ending)
    }

    fn unlisted(&self) -> Vec<(String, std::io::ErrorKind)> {
        self.under.unlisted()
    }

    fn probe(&self, path: &str) -> Result<u64, NotRead> {
        self.texts.get(path).map_or_else(|| self.under.probe(path), |text| Ok(text.len() as u64))
    }

    fn bytes(&self, path: &str, limit: u64) -> Result<Vec<u8>, NotRead> {
        match self.texts.get(path) {
            None => self.under.bytes(path, limit),
            Some(text) if text.len() as u64 > limit => Err(NotRead::TooLarge(text.len() as u64)),
            Some(text) => Ok(text.clone().into_bytes()),
        }
    }

    fn repository(&self) -> Option<RepositoryTree<'_>> {
        self.under.repository()
    }
}

/// The rest of a path beneath a folder.
fn beneath(path: &str, folder: &str) -> Option<String> {
    path.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned)
}
