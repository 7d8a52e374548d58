//! Replaces a file as a whole or not at all, and never one outside the project.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// How many names are tried for the file that will take the other's place.
const TRIES: u32 = 100;

/// Why a file was left alone.
pub(super) enum NotWritten {
    /// It is no longer what was read.
    Changed,
    /// It lies outside the project, or among the files of git.
    Outside,
    /// It must not be written.
    ReadOnly,
    /// It has a second name, which would keep the old text.
    Linked,
    /// The system refused.
    Refused(io::Error),
}

impl fmt::Display for NotWritten {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotWritten::Changed => write!(out, "changed on disk, left alone"),
            NotWritten::Outside => write!(out, "lies outside the project, left alone"),
            NotWritten::ReadOnly => write!(out, "is read-only, left alone"),
            NotWritten::Linked => write!(out, "has a second name (a hard link), left alone"),
            NotWritten::Refused(error) => write!(out, "cannot be written, left alone: {error}"),
        }
    }
}

impl From<io::Error> for NotWritten {
    fn from(error: io::Error) -> NotWritten {
        NotWritten::Refused(error)
    }
}

/// Gives a file beneath `root` a new text, if it still holds the old one.
///
/// The new text is written beside the file and takes its place at once, so that at any moment the
/// file is the old one or the new one. A link stays a link: what it leads to is replaced.
pub(super) fn replace(root: &Path, name: &str, (old, new): (&str, &str)) -> Result<(), NotWritten> {
    let target = target(root, name)?;
    let metadata = fs::metadata(&target)?;
    if metadata.permissions().readonly() {
        return Err(NotWritten::ReadOnly);
    }
    if system::names(&metadata) > 1 {
        return Err(NotWritten::Linked);
    }
    let (beside, file) = create_beside(&target, system::private)?;
    let replaced = fill(file, new, &metadata).map_err(NotWritten::from).and_then(|()| exchange(&beside, &target, old));
    if replaced.is_err() {
        // The file that was to be replaced is whole; what is left of the other is only litter.
        let _ = fs::remove_file(&beside);
    }
    replaced
}

/// Writes a file beneath `root` that is not there yet, whole or not at all.
pub(super) fn create(root: &Path, name: &str, text: &str) -> Result<(), NotWritten> {
    let (folder, file) = name.rsplit_once('/').unwrap_or((".", name));
    let path = target(root, folder)?.join(file);
    // A link to nothing is there as well.
    if fs::symlink_metadata(&path).is_ok() {
        return Err(NotWritten::Changed);
    }
    let (beside, mut new) = create_beside(&path, |options| options)?;
    let filled = new.write_all(text.as_bytes()).and_then(|()| new.sync_all());
    let created = filled.and_then(|()| fs::rename(&beside, &path));
    if created.is_err() {
        let _ = fs::remove_file(&beside);
    }
    Ok(created?)
}

/// Gives a file these bytes, wherever it stands: whole, or not at all. What is no regular file, such as a pipe,
/// is simply written to.
pub(super) fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let old = match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => return OpenOptions::new().write(true).open(path)?.write_all(bytes),
        Ok(metadata) if metadata.permissions().readonly() => return Err(io::ErrorKind::PermissionDenied.into()),
        Ok(metadata) => Some(metadata.permissions()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let target = if old.is_some() { path.canonicalize()? } else { path.to_owned() };
    let (beside, mut file) = create_beside(&target, |options| options)?;
    let filled = file.write_all(bytes).and_then(|()| old.map_or(Ok(()), |old| file.set_permissions(old)));
    let replaced = filled.and_then(|()| file.sync_all()).and_then(|()| fs::rename(&beside, &target));
    if replaced.is_err() {
        let _ = fs::remove_file(&beside);
    }
    replaced
}

/// Where a path leads in the end, if that is beneath the root.
fn target(root: &Path, name: &str) -> Result<PathBuf, NotWritten> {
    let root = root.canonicalize()?;
    let target = root.join(name).canonicalize()?;
    let inside = target.strip_prefix(&root).map_err(|_| NotWritten::Outside)?;
    let of_git = inside.components().any(|part| part == Component::Normal(".git".as_ref()));
    if of_git { Err(NotWritten::Outside) } else { Ok(target) }
}

/// A new file in the same folder, which nobody else has open.
fn create_beside(target: &Path, prepare: fn(&mut OpenOptions) -> &mut OpenOptions) -> io::Result<(PathBuf, File)> {
    let mut number = 0;
    loop {
        let beside = target.with_file_name(format!(".recte-{}-{number}.tmp", std::process::id()));
        match prepare(OpenOptions::new().write(true).create_new(true)).open(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < TRIES => number += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Writes a text down to the disk, with the owner and the permissions of the file it is to replace.
fn fill(mut file: File, text: &str, like: &fs::Metadata) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    system::give(&file, like)?;
    file.set_permissions(like.permissions())?;
    file.sync_all()
}

/// Puts the new file in the place of the one that was read.
fn exchange(beside: &Path, target: &Path, old: &str) -> Result<(), NotWritten> {
    if fs::read(target)? != old.as_bytes() {
        return Err(NotWritten::Changed);
    }
    fs::rename(beside, target)?;
    if let Some(folder) = target.parent() {
        system::settle(folder);
    }
    Ok(())
}

/// What only some systems have: owners, names and folders that are files.
#[cfg(unix)]
mod system {
    use std::fs::{File, Metadata, OpenOptions};
    use std::io;
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, fchown};
    use std::path::Path;

    pub(super) fn names(metadata: &Metadata) -> u64 {
        metadata.nlink()
    }

    /// A file that only its owner can read, until it gets its permissions.
    pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
        options.mode(0o600)
    }

    /// Gives a file to the owner of another.
    pub(super) fn give(file: &File, like: &Metadata) -> io::Result<()> {
        let own = file.metadata()?;
        if (own.uid(), own.gid()) == (like.uid(), like.gid()) {
            return Ok(());
        }
        fchown(file, Some(like.uid()), Some(like.gid()))
    }

    /// Writes down that a folder has changed. The file is whole either way, so failing is no harm.
    pub(super) fn settle(folder: &Path) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// What other systems do without.
#[cfg(not(unix))]
mod system {
    use std::fs::{File, Metadata, OpenOptions};
    use std::io;
    use std::path::Path;

    pub(super) fn names(_: &Metadata) -> u64 {
        1
    }

    pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
        options
    }

    pub(super) fn give(_: &File, _: &Metadata) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn settle(_: &Path) {}
}
