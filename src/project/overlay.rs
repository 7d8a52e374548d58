//! A tree in which one file has another text: what an editor holds and has not saved.

use super::tree::{Around, NotRead, Tree};

/// A tree with one text laid over it.
pub struct Overlay<'a> {
    /// What lies beneath.
    pub under: &'a dyn Tree,
    /// The path of the file, joined and beneath the tree.
    pub path: String,
    /// What it is to hold.
    pub text: String,
}

impl Tree for Overlay<'_> {
    fn files(&self, folder: &str, ending: &str) -> Vec<String> {
        let mut files = self.under.files(folder, ending);
        let inside = if folder.is_empty() { Some(self.path.as_str()) } else { beneath(&self.path, folder) };
        let new = inside.filter(|path| path.ends_with(ending) && !files.iter().any(|known| known == path));
        files.extend(new.map(str::to_owned));
        files.sort();
        files
    }

    fn probe(&self, path: &str) -> Result<u64, NotRead> {
        if path == self.path { Ok(self.text.len() as u64) } else { self.under.probe(path) }
    }

    fn read(&self, path: &str, limit: u64) -> Result<String, NotRead> {
        match self.text.len() as u64 {
            _ if path != self.path => self.under.read(path, limit),
            length if length > limit => Err(NotRead::TooLarge(length)),
            _ => Ok(self.text.clone()),
        }
    }

    fn around(&self) -> Option<Around<'_>> {
        self.under.around()
    }
}

/// The rest of a path beneath a folder.
pub(super) fn beneath<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    path.strip_prefix(folder)?.strip_prefix('/')
}
