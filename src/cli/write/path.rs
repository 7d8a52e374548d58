//! Where a path leads: no link of a checkout leads a write out of it, or into the files of git.

use std::io;
use std::path::{Component, Path, PathBuf};

use recte::project::CONFIG_NAME;

use super::failure::NotWritten;
use crate::cli::paths::repository;

/// How many links are followed on the way to one file.
const LINKS: usize = 40;

/// Where a path leads from a folder, which nothing on the way leaves; the last part need not be there.
pub(super) fn beneath(root: &Path, name: &str) -> Result<PathBuf, NotWritten> {
    let root = root.canonicalize()?;
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let folder = root.join(folder).canonicalize()?;
    let path = folder.join(file);
    let target = if path.symlink_metadata().is_ok() { path.canonicalize()? } else { path };
    let inside = target.strip_prefix(&root).map_err(|_| NotWritten::Outside)?;
    if is_of_git(inside) { Err(NotWritten::Outside) } else { Ok(target) }
}

/// Where a path leads that somebody named, wherever that is. A link that stands in a checkout must stay in it: whoever
/// names a path means that path, and not where a checkout would lead it.
pub(super) fn named(path: &Path) -> Result<PathBuf, NotWritten> {
    let current = std::env::current_dir()?.canonicalize()?;
    let mut here = current.clone();
    let mut parts: Vec<PathBuf> = parts(path);
    let mut links = 0;
    while let Some(part) = parts.pop() {
        if part.is_absolute() || part.has_root() {
            here = part;
            continue;
        }
        if part == Path::new("..") {
            here.pop();
            continue;
        }
        let next = here.join(&part);
        let Ok(target) = next.read_link() else {
            here = next;
            continue;
        };
        links += 1;
        if links > LINKS {
            return Err(NotWritten::Outside);
        }
        match checkout(&here, &current) {
            // What a link names, such as a pipe of this process, need be no path.
            None => match next.canonicalize() {
                Ok(real) => here = real,
                Err(_) if parts.is_empty() => here = next,
                Err(error) => return Err(error.into()),
            },
            Some(checkout) => {
                let real = match next.canonicalize() {
                    Ok(real) => real,
                    Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(NotWritten::Nowhere(target)),
                    Err(error) => return Err(error.into()),
                };
                let inside = real.strip_prefix(&checkout).map_err(|_| NotWritten::Out(real.clone()))?;
                if is_of_git(inside) {
                    return Err(NotWritten::Out(real.clone()));
                }
                here = real;
            }
        }
    }
    Ok(here)
}

/// The parts of a path, the last one first.
fn parts(path: &Path) -> Vec<PathBuf> {
    let mut parts: Vec<PathBuf> = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            // `C:` and `\\` belong together.
            Component::RootDir if parts.last().is_some() => {
                let drive = parts.pop().unwrap_or_default();
                parts.push(drive.join(part));
            }
            other => parts.push(PathBuf::from(other.as_os_str())),
        }
    }
    parts.reverse();
    parts
}

/// The repository around a folder, or without one the project; a folder beneath the current one belongs to that.
fn checkout(folder: &Path, current: &Path) -> Option<PathBuf> {
    let project = || folder.ancestors().find(|above| above.join(CONFIG_NAME).symlink_metadata().is_ok());
    let current = || Some(current).filter(|current| folder.starts_with(current));
    let found = repository(folder).or_else(project).or_else(current);
    // The whole file system keeps nothing apart.
    found.filter(|found| found.parent().is_some()).map(Path::to_owned)
}

/// The folder that stands for all that belongs together: the repository around a folder, or else the folder itself.
pub(super) fn together(folder: &Path) -> PathBuf {
    repository(folder).unwrap_or(folder).to_owned()
}

fn is_of_git(inside: &Path) -> bool {
    inside.components().any(|part| part == Component::Normal(".git".as_ref()))
}
