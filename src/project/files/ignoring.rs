//! Whether the ignore files of a folder can be read: somebody else opens them, and would wait for a pipe for ever.

use std::fs::{self, File, Metadata};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::project::names::IGNORE_FILE;

/// The most bytes of an ignore file.
pub const IGNORE_SIZE: u64 = 1 << 20;

/// By what a folder is reported whose ignore files cannot be read, so that nobody knows what is in it. No listing ends so.
pub(crate) const UNREADABLE: io::ErrorKind = io::ErrorKind::InvalidData;

/// The ignore files that stand in the folder that they are about.
const IN_FOLDER: [&str; 3] = [IGNORE_FILE, ".gitignore", ".ignore"];

/// What git ignores in one clone, beneath the folder of git.
const EXCLUDE: &str = "info/exclude";

/// Whether the ignore files of a folder, and of those around it, can be opened: whoever looks through the folder opens all of
/// them, although those above do not count.
pub(crate) fn can_begin(folder: &Path) -> bool {
    let is_open =
        |above: &Path| IN_FOLDER.iter().all(|name| is_short_or_absent(&above.join(name))) && is_exclude_readable(above);
    folder.ancestors().skip(1).all(is_open) && are_readable(folder)
}

/// Whether every ignore file that counts in a folder is a regular file, not too large, and no link out of the repository.
pub(crate) fn are_readable(folder: &Path) -> bool {
    let own = IN_FOLDER.iter().map(|name| folder.join(name)).all(|path| match path.symlink_metadata() {
        Err(_) => true,
        Ok(metadata) if metadata.file_type().is_symlink() => leads_inside(&path, folder) && is_short(path.metadata()),
        Ok(metadata) => is_short(Ok(metadata)),
    });
    own && is_exclude_readable(folder)
}

/// Whether what git ignores in the clone whose top a folder is can be read.
fn is_exclude_readable(folder: &Path) -> bool {
    git_folder(folder).is_none_or(|git| git.is_some_and(|git| is_short_or_absent(&git.join(EXCLUDE))))
}

fn is_short(metadata: io::Result<Metadata>) -> bool {
    metadata.is_ok_and(|metadata| metadata.is_file() && metadata.len() <= IGNORE_SIZE)
}

fn is_short_or_absent(path: &Path) -> bool {
    path.metadata().is_err() || is_short(path.metadata())
}

/// Whether a link leads to something in the repository around a folder, or without one in the folder.
fn leads_inside(link: &Path, folder: &Path) -> bool {
    let around = folder.ancestors().find(|above| above.join(".git").symlink_metadata().is_ok()).unwrap_or(folder);
    let real = fs::canonicalize(link).and_then(|real| Ok(real.starts_with(fs::canonicalize(around)?)));
    real.unwrap_or(false)
}

/// The folder of git that belongs to a folder: `.git`, or what the file of that name tells. The inner nothing is one that
/// cannot be read.
fn git_folder(folder: &Path) -> Option<Option<PathBuf>> {
    let git = folder.join(".git");
    let metadata = git.metadata().ok()?;
    if metadata.is_dir() {
        return Some(Some(git));
    }
    if !metadata.is_file() {
        return None;
    }
    let told = first_line(&git).and_then(|line| Some(folder.join(line.strip_prefix("gitdir: ")?)));
    Some(told.and_then(|told| {
        let common = told.join("commondir");
        if common.metadata().is_err() {
            return Some(told);
        }
        first_line(&common).map(|line| told.join(line))
    }))
}

/// The first line of a short file.
fn first_line(path: &Path) -> Option<String> {
    is_short(path.metadata()).then_some(())?;
    let mut line = String::new();
    BufReader::new(File::open(path).ok()?.take(IGNORE_SIZE)).read_line(&mut line).ok()?;
    Some(line.trim_end().to_owned())
}
