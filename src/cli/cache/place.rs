//! Where entries are kept, and how many.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::cli::write;

/// The variable that names the folder; empty for no cache.
const FOLDER: &str = "RECTE_CACHE_DIR";

/// The variables that name folders of the user, and the way from each to ours.
const HOMES: [(&str, &str); 3] =
    [("XDG_CACHE_HOME", "recte"), ("LOCALAPPDATA", "recte\\cache"), ("HOME", ".cache/recte")];

/// So many entries are kept, the latest.
const MOST: usize = 64;

/// The folder of the entries; nothing where there is to be none, and why not where it is no folder to trust.
pub(super) fn folder() -> Option<Result<PathBuf, String>> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = match env::var_os(FOLDER) {
        Some(named) if named.is_empty() => return None,
        Some(named) => PathBuf::from(named),
        None => HOMES.iter().find_map(|(home, inside)| Some(set(home)?.join(inside)))?,
    };
    // Whoever made a link there decides what earlier runs are supposed to have said.
    Some(match fs::symlink_metadata(&folder) {
        Ok(metadata) if metadata.is_symlink() => Err(format!("{} is a link", folder.display())),
        Ok(metadata) if !metadata.is_dir() => Err(format!("{} is not a folder", folder.display())),
        Ok(_) | Err(_) => Ok(folder),
    })
}

/// What tells this program from every other that was built.
pub(super) fn program() -> io::Result<String> {
    let metadata = fs::metadata(env::current_exe()?)?;
    Ok(format!("{} {} {:?}", env!("CARGO_PKG_VERSION"), metadata.len(), metadata.modified()?))
}

/// Removes the oldest entries when there are too many. What is no entry is somebody else's, and stays.
pub(super) fn tidy(folder: &Path) {
    let Ok(listed) = fs::read_dir(folder) else { return };
    let written =
        |entry: &fs::DirEntry| entry.metadata().and_then(|it| it.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut entries: Vec<(SystemTime, PathBuf)> =
        listed.flatten().filter(is_entry).map(|entry| (written(&entry), entry.path())).collect();
    entries.sort();
    for (_, path) in entries.iter().rev().skip(MOST) {
        write::remove(path);
    }
}

/// Whether a file is called as entries are: by a hash.
fn is_entry(file: &fs::DirEntry) -> bool {
    let name = file.file_name();
    name.len() == 64 && name.as_encoded_bytes().iter().all(u8::is_ascii_hexdigit)
}
