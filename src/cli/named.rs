//! How a finding or a block is named on the command line: as reports print it, which may lead into one of several projects.

use std::path::{Path, PathBuf};

use super::paths::{repository, slashed};

/// A name that was typed: a place `FILE:LINE`, or an id, which a folder and `:` may precede.
pub(super) struct TypedName<'a> {
    typed: &'a str,
    /// The path that it begins with, where that leads somewhere, and the rest.
    path: Option<(PathBuf, &'a str)>,
}

impl<'a> TypedName<'a> {
    /// Reads a name. Paths lead from the current folder, or from the root of the repository as some reports have them.
    pub(super) fn read(typed: &'a str) -> TypedName<'a> {
        let (file, place) = typed.split_at(typed.len() - place_of(typed).len());
        let file = (!place.is_empty()).then(|| Some((found(file)?, place))).flatten();
        let folder = || typed.rsplit_once(':').and_then(|(folder, id)| Some((found(folder)?, id)));
        TypedName { typed, path: file.or_else(|| folder().filter(|(folder, _)| folder.is_dir())) }
    }

    /// The path that says which project is meant, if one does.
    pub(super) fn path(&self) -> Option<&Path> {
        self.path.as_ref().map(|(path, _)| path.as_path())
    }

    /// The name as the project in a folder knows it: a place by the path of its file there, or an id.
    pub(super) fn within(&self, root: &Path) -> String {
        match &self.path {
            Some((folder, id)) if !id.starts_with(':') => {
                let real = folder.canonicalize().unwrap_or_else(|_| folder.clone());
                let is_of_project = root.starts_with(&real) || real.starts_with(root);
                if is_of_project { id } else { self.typed }.to_owned()
            }
            Some((file, place)) => inside(root, file).map_or_else(|| self.typed.to_owned(), |file| file + place),
            None => self.typed.to_owned(),
        }
    }
}

/// A file as the project in a folder knows it, if it lies there.
pub(super) fn inside(root: &Path, file: &Path) -> Option<String> {
    // A link is a file where it stands.
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let real = match file.file_name() {
        Some(name) => folder.canonicalize().ok()?.join(name),
        None => file.canonicalize().ok()?,
    };
    real.strip_prefix(root).ok().map(slashed)
}

/// `:LINE` or `:LINE:COLUMN` at the end, or nothing.
fn place_of(typed: &str) -> &str {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let before = |text: &str| text.rsplit_once(':').filter(|(_, last)| number(last)).map(|(before, _)| before.len());
    match before(typed) {
        Some(end) => &typed[before(&typed[..end]).unwrap_or(end)..],
        None => "",
    }
}

/// A path that leads somewhere.
fn found(path: &str) -> Option<PathBuf> {
    let exists = |path: &Path| path.symlink_metadata().is_ok();
    let here = Path::new(path);
    if path.is_empty() || exists(here) {
        return (!path.is_empty()).then(|| here.to_owned());
    }
    let current = std::env::current_dir().ok()?;
    repository(&current).map(|top| top.join(path)).filter(|path| exists(path))
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn a_place_ends_in_a_line_and_perhaps_a_column() {
        let places =
            ["a.claims:13", "a.claims:13:4", "a:b.claims:1:2", "0123456789abcdef", "a:d033cd", "a.claims:", "a"];
        assert_eq!(places.map(place_of), [":13", ":13:4", ":1:2", "", "", "", ""]);
    }
}
