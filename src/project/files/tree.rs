//! Where the files of a project come from: the disk, the index of git, a text that an editor has not saved.

use std::io;

/// A folder of files, read only beneath itself, and by several threads at once.
pub trait Tree: Sync {
    /// The files beneath a folder whose names end in `ending`, as paths relative to that folder with `/`,
    /// sorted. `""` is the folder of the tree itself. Files that are to be ignored, and folders that are
    /// projects of their own, are left out.
    fn files(&self, folder: &str, ending: &str) -> Vec<String>;

    /// The files with this ending that ignore files leave out, as far as is known; and those whose names end almost so.
    fn left_out(&self, _ending: &str) -> Vec<String> {
        Vec::new()
    }

    /// The folders that could not be listed so far, relative to the tree: what is in them is not known.
    fn unlisted(&self) -> Vec<(String, io::ErrorKind)> {
        Vec::new()
    }

    /// The length in bytes of the regular file at a path.
    ///
    /// # Errors
    /// Says why there is none.
    fn probe(&self, path: &str) -> Result<u64, NotRead>;

    /// What stands in a file of at most `limit` bytes.
    ///
    /// # Errors
    /// Says why it was not read.
    fn bytes(&self, path: &str, limit: u64) -> Result<Vec<u8>, NotRead>;

    /// The text of a file of at most `limit` bytes.
    ///
    /// # Errors
    /// Says why it was not read.
    fn read(&self, path: &str, limit: u64) -> Result<String, NotRead> {
        self.bytes(path, limit).and_then(decode)
    }

    /// The repository around the tree, if there is one: what shared configuration is read from.
    fn repository(&self) -> Option<RepositoryTree<'_>> {
        None
    }
}

/// A repository, and where in it a tree stands.
#[derive(Clone, Copy)]
pub struct RepositoryTree<'a> {
    /// The whole of the repository.
    pub tree: &'a dyn Tree,
    /// The path of the smaller tree in it; empty for the repository itself.
    pub inside: &'a str,
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// There is no such file.
    Missing,
    /// The path leads outside the project.
    Outside,
    /// It belongs to git.
    OfGit,
    /// It has a name that suggests secrets.
    Secret,
    /// A link with the name of one kind of files leads to it, and it is of another.
    OtherKind,
    /// It is a folder, a pipe or a device.
    NotAFile,
    /// It holds more bytes than the limit allows.
    TooLarge(u64),
    /// Its bytes are not UTF-8; the first that is not stands here.
    NotText(usize),
    /// Its bytes are not what they should be in the encoding that is declared.
    NotInEncoding,
    /// No encoding has the name that is declared.
    UnknownEncoding,
    /// The system refused to read it.
    Refused(io::ErrorKind),
}

/// The bytes of a file as text.
///
/// # Errors
/// When they are not UTF-8. Letters beside zeros are UTF-16, which happens to be valid UTF-8.
pub fn decode(bytes: Vec<u8>) -> Result<String, NotRead> {
    if let [0, _, ..] | [_, 0, ..] = bytes.as_slice() {
        return Err(NotRead::NotText(0));
    }
    String::from_utf8(bytes).map_err(|error| NotRead::NotText(error.utf8_error().valid_up_to()))
}

/// Where a written path leads from a folder, without `.` and with `..` only at its start.
///
/// # Errors
/// When it is no path beneath a root on any system.
pub fn join(folder: &str, written: &str) -> Result<String, NotRead> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(relative(written)?.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    Ok(parts.join("/"))
}

/// The folder of a path; empty for a file that stands in none.
pub(crate) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a path, joined, leads out of the tree.
pub(crate) fn leads_out(path: &str) -> bool {
    path == ".." || path.starts_with("../")
}

/// Refuses what no path beneath a root looks like, on any system, before the system is asked.
pub(crate) fn relative(path: &str) -> Result<&str, NotRead> {
    let drive = path.as_bytes().get(1) == Some(&b':');
    let foreign = path.starts_with(['/', '\\']) || path.contains(['\0', '\\']) || drive || path.contains("://");
    if foreign { Err(NotRead::Outside) } else { Ok(path) }
}

/// The tree in which a path is to be looked up, and the path there: one that leads out of a project is
/// looked up in its repository, and no further.
pub(crate) fn reach<'a>(tree: &'a dyn Tree, path: &str) -> Result<(&'a dyn Tree, String), NotRead> {
    if !leads_out(path) {
        return Ok((tree, path.to_owned()));
    }
    let around = tree.repository().ok_or(NotRead::Outside)?;
    let there = join(around.inside, path)?;
    if leads_out(&there) { Err(NotRead::Outside) } else { Ok((around.tree, there)) }
}

#[cfg(test)]
mod tests {
    use super::{NotRead, join};

    #[test]
    fn paths_are_followed_by_their_words() {
        let cases = [
            ("", "a.toml", "a.toml"),
            ("house", "../a.toml", "a.toml"),
            ("", "../house/./recte.toml", "../house/recte.toml"),
            ("../house", "../../x", "../../x"),
            ("a/b", "../../../x", "../x"),
        ];
        for (folder, written, expected) in cases {
            assert_eq!(join(folder, written).as_deref(), Ok(expected), "{folder} {written}");
        }
    }

    #[test]
    fn foreign_paths_are_refused() {
        for written in ["/etc/x", "C:\\x", "https://x.org/recte.toml", "a\\b"] {
            assert_eq!(join("", written), Err(NotRead::Outside), "{written}");
        }
    }
}
