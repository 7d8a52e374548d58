//! Every file that a project reads from the disk is opened beneath one directory handle.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use cap_std::ambient_authority;
use cap_std::fs::Dir;

use super::discover::{WalkPolicy, nearly_ends_with, slashed, walk, walk_for};
use super::door::admit;
use super::tree::{NotRead, RepositoryTree, Tree, folder, join, relative};
#[cfg(unix)]
use crate::text::{all_threads, parallel_map};

/// From how many bytes on a file is read by all threads, and how many each reads at a time.
#[cfg(unix)]
const LARGE: u64 = 8 << 20;
#[cfg(unix)]
const PIECE: usize = 4 << 20;

/// A folder on the disk. No path leads out of it: not by `..`, not by a link, not by a race.
#[derive(Debug)]
pub struct Root {
    dir: Dir,
    path: PathBuf,
    walk: WalkPolicy,
    unlisted: Mutex<BTreeSet<(String, io::ErrorKind)>>,
    /// The folders that were seen to be no links, nor beneath one.
    plain: Mutex<BTreeSet<String>>,
    /// The repository around it, and where in that it stands.
    repository: Option<(Box<Root>, String)>,
}

impl Root {
    /// Opens a folder as a project's root.
    ///
    /// # Errors
    /// When it is not a folder, or cannot be opened.
    pub fn open(path: &Path) -> io::Result<Root> {
        let path = path.canonicalize()?;
        let root = Root::alone(&path, WalkPolicy::Ignoring)?;
        let repository = path.ancestors().find(|above| above.join(".git").exists());
        let Some(above) = repository else { return Ok(root) };
        let inside = path.strip_prefix(above).map(slashed).unwrap_or_default();
        Ok(Root { repository: Some((Box::new(Root::alone(above, WalkPolicy::Ignoring)?), inside)), ..root })
    }

    /// Opens a folder of which every file counts, whatever the folder itself says of ignoring any.
    ///
    /// # Errors
    /// As [`Root::open`].
    pub fn open_whole(path: &Path) -> io::Result<Root> {
        Root::alone(&path.canonicalize()?, WalkPolicy::Whole)
    }

    fn alone(path: &Path, walk: WalkPolicy) -> io::Result<Root> {
        let dir = Dir::open_ambient_dir(path, ambient_authority())?;
        Ok(Root {
            dir,
            path: path.to_owned(),
            walk,
            unlisted: Mutex::default(),
            plain: Mutex::default(),
            repository: None,
        })
    }

    /// The folders that could not be listed so far.
    fn noted(&self) -> MutexGuard<'_, BTreeSet<(String, io::ErrorKind)>> {
        self.unlisted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the file at a path really stands, links followed, if it may be read.
    fn admitted<'a>(&self, path: &'a str) -> Result<Cow<'a, str>, NotRead> {
        let path = relative(path)?;
        let real = if self.is_plain(path) {
            Cow::Borrowed(path)
        } else {
            match self.dir.canonicalize(path) {
                Ok(real) => Cow::Owned(slashed(&real)),
                Err(error) => match not_read(&error) {
                    // A link to nothing is there, and is not what it should be.
                    NotRead::Missing if self.dir.symlink_metadata(path).is_ok() => return Err(NotRead::NotAFile),
                    why => return Err(why),
                },
            }
        };
        admit(path, &real)?;
        Ok(real)
    }

    /// Whether no part of a path is a link, nor leads back.
    fn is_plain(&self, path: &str) -> bool {
        let is_link = |path: &str| self.path.join(path).symlink_metadata().is_ok_and(|it| it.file_type().is_symlink());
        if path.split('/').any(|part| part == "..") || is_link(path) {
            return false;
        }
        let folder = folder(path);
        let mut plain = self.plain.lock().unwrap_or_else(PoisonError::into_inner);
        if folder.is_empty() || plain.contains(folder) {
            return true;
        }
        let around = folder.match_indices('/').map(|(end, _)| &folder[..end]).chain([folder]);
        let is_plain = !around.into_iter().any(is_link);
        if is_plain {
            plain.insert(folder.to_owned());
        }
        is_plain
    }

    /// Where the root is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Tree for Root {
    fn files(&self, folder: &str, ending: &str) -> Vec<String> {
        let found = walk(&self.path.join(folder), ending, self.walk);
        let inside = |path: String| join(folder, &path).unwrap_or(path);
        self.noted().extend(found.unlisted.into_iter().map(|(path, kind)| (inside(path), kind)));
        found.files
    }

    fn left_out(&self, ending: &str) -> Vec<String> {
        if self.walk == WalkPolicy::Whole {
            return Vec::new();
        }
        let is_wanted = |path: &str| path.ends_with(ending) || nearly_ends_with(path, ending);
        let listed: BTreeSet<String> = walk_for(&self.path, is_wanted, self.walk).files.into_iter().collect();
        let mut left_out = walk(&self.path, ending, WalkPolicy::Unignored).files;
        left_out.retain(|path| !listed.contains(path));
        left_out.extend(listed.into_iter().filter(|path| !path.ends_with(ending)));
        left_out.sort();
        left_out
    }

    fn unlisted(&self) -> Vec<(String, io::ErrorKind)> {
        self.noted().iter().cloned().collect()
    }

    fn probe(&self, path: &str) -> Result<u64, NotRead> {
        let real = self.admitted(path)?;
        let metadata = self.dir.metadata(&*real).map_err(|error| not_read(&error))?;
        if metadata.is_file() { Ok(metadata.len()) } else { Err(NotRead::NotAFile) }
    }

    /// The length is asked for before anything is read, and never trusted while reading.
    fn bytes(&self, path: &str, limit: u64) -> Result<Vec<u8>, NotRead> {
        let length = self.probe(path)?;
        if length > limit {
            return Err(NotRead::TooLarge(length));
        }
        let file = self.dir.open(&*self.admitted(path)?).map_err(|error| not_read(&error))?.into_std();
        let bytes = contents(&file, length, limit + 1).map_err(|error| not_read(&error))?;
        if bytes.len() as u64 > limit {
            return Err(NotRead::TooLarge(bytes.len() as u64));
        }
        Ok(bytes)
    }

    fn repository(&self) -> Option<RepositoryTree<'_>> {
        let (repository, inside) = self.repository.as_ref()?;
        Some(RepositoryTree { tree: &**repository, inside })
    }
}

/// What stands in a file that seems to be so long, up to `most` bytes.
fn contents(mut file: &File, length: u64, most: u64) -> io::Result<Vec<u8>> {
    #[cfg(unix)]
    if length >= LARGE
        && let Some(bytes) = by_all_threads(file, length as usize)?
    {
        return Ok(bytes);
    }
    let mut bytes = Vec::with_capacity(length as usize);
    file.by_ref().take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What stands in a large file, read at several places at once; nothing if it has another length by now.
#[cfg(unix)]
fn by_all_threads(file: &File, length: usize) -> io::Result<Option<Vec<u8>>> {
    use std::os::unix::fs::FileExt;
    let mut bytes = vec![0; length];
    let pieces: Vec<(usize, Mutex<&mut [u8]>)> =
        (0..).step_by(PIECE).zip(bytes.chunks_mut(PIECE).map(Mutex::new)).collect();
    let read = parallel_map(&pieces, all_threads(), |(at, piece)| {
        file.read_exact_at(&mut piece.lock().unwrap_or_else(PoisonError::into_inner), *at as u64)
    });
    drop(pieces);
    match read.into_iter().collect::<io::Result<()>>() {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
        Ok(()) => Ok((file.read_at(&mut [0], length as u64)? == 0).then_some(bytes)),
    }
}

/// The sandbox reports an escape as a permission error that the system never returned.
fn not_read(error: &io::Error) -> NotRead {
    match error.kind() {
        io::ErrorKind::NotFound => NotRead::Missing,
        io::ErrorKind::PermissionDenied if error.raw_os_error().is_none() => NotRead::Outside,
        io::ErrorKind::NotADirectory => NotRead::Missing,
        io::ErrorKind::IsADirectory => NotRead::NotAFile,
        other => NotRead::Refused(other),
    }
}
