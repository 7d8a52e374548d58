//! The one door by which anything is written: as a whole or not at all, and never where a link leads out of the project.

mod failure;
mod lock;
mod path;
mod system;

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::output::CommandFailure;
pub(super) use failure::NotWritten;
pub(super) use lock::WriteLock;

/// How many names are tried for the file that will take the other's place.
const TRIES: u32 = 100;

/// Gives a file beneath `root` a new text, if it still holds the old one.
///
/// The new text is written beside the file and takes its place at once, so that at any moment the
/// file is the old one or the new one. A link stays a link: what it leads to is replaced.
pub(super) fn replace(root: &Path, name: &str, (old, new): (&str, &str)) -> Result<(), NotWritten> {
    let target = path::beneath(root, name)?;
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
        remove(&beside);
    }
    replaced
}

/// Writes a file beneath `root` that is not there yet, whole or not at all, and the folders in which it stands.
pub(super) fn create(root: &Path, name: &str, text: &str) -> Result<(), NotWritten> {
    for (end, _) in name.match_indices('/') {
        let folder = path::beneath(root, &name[..end])?;
        if !folder.is_dir() {
            fs::create_dir(folder)?;
        }
    }
    // A link to nothing is there as well.
    if root.join(name).symlink_metadata().is_ok() {
        return Err(NotWritten::Changed);
    }
    let path = path::beneath(root, name)?;
    let (beside, mut new) = create_beside(&path, |options| options)?;
    let filled = new.write_all(text.as_bytes()).and_then(|()| new.sync_all()).map_err(NotWritten::from);
    let created = filled.and_then(|()| link(&beside, &path));
    remove(&beside);
    created
}

/// Gives a file these bytes that somebody named, wherever it stands: whole, or not at all. What is no regular file, such
/// as a pipe, is simply written to.
pub(super) fn put(path: &Path, bytes: &[u8]) -> Result<(), NotWritten> {
    let target = path::named(path)?;
    let old = match fs::metadata(&target) {
        Ok(metadata) if !metadata.is_file() => {
            return Ok(OpenOptions::new().write(true).open(&target)?.write_all(bytes)?);
        }
        Ok(metadata) if metadata.permissions().readonly() => {
            return Err(io::Error::from(io::ErrorKind::PermissionDenied).into());
        }
        Ok(metadata) => Some(metadata.permissions()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    // A link that no checkout holds may lead anywhere.
    let target = if old.is_some() { target.canonicalize()? } else { target };
    Ok(exchange_whole(&target, bytes, old)?)
}

/// Refuses a path beneath which is to be written and that somebody named, where a link of the checkout leads out of it.
pub(super) fn may(path: &Path) -> Result<(), CommandFailure> {
    let led = path::named(path).map(drop);
    led.map_err(|why| CommandFailure::unchecked(format!("{} {why}", path.display())))
}

/// Puts a file with these bytes in the place of whatever has that name, a link included.
pub(super) fn supplant(path: &Path, bytes: &[u8]) -> io::Result<()> {
    exchange_whole(path, bytes, None)
}

/// Adds bytes to the end of a file that somebody named.
pub(super) fn append(path: &Path, bytes: &[u8]) -> Result<(), NotWritten> {
    let target = path::named(path)?;
    Ok(OpenOptions::new().append(true).create(true).open(target)?.write_all(bytes)?)
}

/// Makes a folder that somebody named, with those around it, unless it is there.
pub(super) fn folder(path: &Path) -> Result<(), NotWritten> {
    Ok(DirBuilder::new().recursive(true).create(path::named(path)?)?)
}

/// The same for a folder that concerns the user alone.
pub(super) fn private_folder(path: &Path) -> Result<(), NotWritten> {
    Ok(system::private_folder(DirBuilder::new().recursive(true)).create(path::named(path)?)?)
}

/// Takes a file away, a link itself rather than what it leads to. What cannot be taken away stays.
pub(super) fn remove(path: &Path) {
    let _ = fs::remove_file(path);
}

/// Writes bytes beside a file, and puts them in its place.
fn exchange_whole(target: &Path, bytes: &[u8], permissions: Option<fs::Permissions>) -> io::Result<()> {
    let (beside, mut file) = create_beside(target, |options| options)?;
    let filled = file.write_all(bytes).and_then(|()| permissions.map_or(Ok(()), |old| file.set_permissions(old)));
    let replaced = filled.and_then(|()| file.sync_all()).and_then(|()| fs::rename(&beside, target));
    if replaced.is_err() {
        remove(&beside);
    }
    replaced
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

/// Gives the new file its name, unless something else has got it meanwhile.
fn link(beside: &Path, path: &Path) -> Result<(), NotWritten> {
    match fs::hard_link(beside, path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(NotWritten::Changed),
        // Not every file system knows second names.
        Err(_) if path.symlink_metadata().is_err() => Ok(fs::rename(beside, path)?),
        Err(error) => Err(error.into()),
    }
}
