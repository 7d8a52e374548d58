//! Every file that a project reads is opened beneath one directory handle.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::Dir;

/// A project's folder. No path leads out of it: not by `..`, not by a link, not by a race.
#[derive(Debug)]
pub struct Root {
    dir: Dir,
    path: PathBuf,
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// There is no such file.
    Missing,
    /// The path leads outside the project.
    Outside,
    /// It is a folder, a pipe or a device.
    NotAFile,
    /// It holds more bytes than the limit allows.
    TooLarge(u64),
    /// Its bytes are not UTF-8; the first that is not stands here.
    NotText(usize),
    /// The system refused to read it.
    Refused(io::ErrorKind),
}

impl Root {
    /// Opens a folder as a project's root.
    ///
    /// # Errors
    /// When it is not a folder, or cannot be opened.
    pub fn open(path: &Path) -> io::Result<Root> {
        Ok(Root { dir: Dir::open_ambient_dir(path, ambient_authority())?, path: path.to_owned() })
    }

    /// Where the root is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a path beneath the root names a regular file.
    ///
    /// # Errors
    /// Says why it does not.
    pub fn probe(&self, path: &str) -> Result<u64, NotRead> {
        let metadata = self.dir.metadata(relative(path)?).map_err(|error| not_read(&error))?;
        if metadata.is_file() { Ok(metadata.len()) } else { Err(NotRead::NotAFile) }
    }

    /// Reads a text file of at most `limit` bytes, by its path beneath the root.
    ///
    /// The length is asked for before anything is read, and never trusted while reading.
    ///
    /// # Errors
    /// Says why the file was not read.
    pub fn read(&self, path: &str, limit: u64) -> Result<String, NotRead> {
        let length = self.probe(path)?;
        if length > limit {
            return Err(NotRead::TooLarge(length));
        }
        let file = self.dir.open(relative(path)?).map_err(|error| not_read(&error))?;
        let mut bytes = Vec::with_capacity(length as usize);
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| not_read(&error))?;
        if bytes.len() as u64 > limit {
            return Err(NotRead::TooLarge(bytes.len() as u64));
        }
        if let [0, _, ..] | [_, 0, ..] = bytes.as_slice() {
            // Letters beside zeros are UTF-16, which happens to be valid UTF-8.
            return Err(NotRead::NotText(0));
        }
        String::from_utf8(bytes).map_err(|error| NotRead::NotText(error.utf8_error().valid_up_to()))
    }
}

/// Refuses what no path beneath a root looks like, on any system, before the system is asked.
pub(super) fn relative(path: &str) -> Result<&str, NotRead> {
    let drive = path.as_bytes().get(1) == Some(&b':');
    let foreign = path.starts_with(['/', '\\']) || path.contains(['\0', '\\']) || drive || path.contains("://");
    if foreign { Err(NotRead::Outside) } else { Ok(path) }
}

/// The sandbox reports an escape as a permission error that the system never raised.
fn not_read(error: &io::Error) -> NotRead {
    match error.kind() {
        io::ErrorKind::NotFound => NotRead::Missing,
        io::ErrorKind::PermissionDenied if error.raw_os_error().is_none() => NotRead::Outside,
        io::ErrorKind::NotADirectory => NotRead::Missing,
        io::ErrorKind::IsADirectory => NotRead::NotAFile,
        other => NotRead::Refused(other),
    }
}
