//! Which file a program is: one that the user has put on the path, never one that comes with what is checked.

use std::env::{self, consts::EXE_SUFFIX};
use std::path::{Path, PathBuf};

use super::paths::repository;

/// The program of that name in the first folder on the path that is named in full and lies outside the repository around
/// `folder`; or why there is none. An empty entry and `.` stand for whatever folder is the current one, so they are passed over.
pub(super) fn find(name: &str, folder: &Path) -> Result<PathBuf, String> {
    let place = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let checked = repository(&place).unwrap_or(&place);
    let paths = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&paths).filter(|folder| folder.is_absolute());
    let files = folders.map(|folder| folder.join(format!("{name}{EXE_SUFFIX}")));
    let is_trusted = |file: &PathBuf| {
        let named = file.parent().and_then(|folder| folder.canonicalize().ok());
        let real = file.canonicalize().ok();
        // A repository that is the whole file system keeps nothing apart.
        let inside = |path: &PathBuf| checked.parent().is_some() && path.starts_with(checked);
        named.zip(real).is_some_and(|(named, real)| is_program(&real) && !inside(&named) && !inside(&real))
    };
    files.into_iter().find(is_trusted).ok_or_else(|| {
        format!("the program {name} cannot be run: no folder on the path outside {} has it", checked.display())
    })
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}
