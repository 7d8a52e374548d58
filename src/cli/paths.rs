//! Where projects stand: as seen from the folder of the run, and from the root of their repository.

use std::path::{Component, Path, PathBuf};

/// The folder of a project as seen from the current one, empty or ending in `/`; where neither lies beneath the
/// other, the whole path.
pub(super) fn folder(root: &Path) -> String {
    let current = current();
    let seen = match (root.strip_prefix(&current), current.strip_prefix(root)) {
        (Ok(beneath), _) => beneath.to_owned(),
        (Err(_), Ok(above)) => above.components().map(|_| "..").collect(),
        (Err(_), Err(_)) => root.to_owned(),
    };
    let seen = slashed(&seen);
    if seen.is_empty() { seen } else { format!("{seen}/") }
}

/// The folders of projects, to choose from.
pub(super) fn choice(projects: impl Iterator<Item = PathBuf>) -> String {
    let name = |root: PathBuf| Some(folder(&root)).filter(|name| !name.is_empty()).unwrap_or_else(|| ".".to_owned());
    projects.map(name).collect::<Vec<_>>().join(", ")
}

/// How one of several projects is called: by the way to it from the current folder, `.` for that folder itself.
pub(super) fn way_to(root: &Path) -> String {
    way(&current(), root)
}

/// The folder from which programs know the files of several projects: the root of the repository that holds all of them, or else
/// the current folder if it holds them, or else whatever folder does.
pub(super) fn shared_folder(roots: &[&Path]) -> PathBuf {
    let current = current();
    match roots {
        [first, rest @ ..] => match repository(first) {
            Some(repository) if rest.iter().all(|root| self::repository(root) == Some(repository)) => {
                repository.to_owned()
            }
            Some(_) | None if roots.iter().all(|root| root.starts_with(&current)) => current,
            Some(_) | None => rest.iter().fold((*first).to_owned(), |shared, root| common(&shared, root)),
        },
        [] => current,
    }
}

/// The folder of one of several projects as it is put before the paths of its files: empty, or ending in `/`.
pub(super) fn folder_of_several(root: &Path) -> String {
    let way = way_to(root);
    if way == "." { String::new() } else { format!("{way}/") }
}

/// The way from one folder to another, `.` where they are the same.
pub(super) fn way(from: &Path, to: &Path) -> String {
    let shared = common(from, to);
    let up = from.strip_prefix(&shared).into_iter().flat_map(Path::components).map(|_| Component::ParentDir);
    let down = to.strip_prefix(&shared).into_iter().flat_map(Path::components);
    let way: PathBuf = up.chain(down).collect();
    if way.as_os_str().is_empty() { ".".to_owned() } else { slashed(&way) }
}

/// The innermost folder that holds both.
fn common(one: &Path, other: &Path) -> PathBuf {
    one.components().zip(other.components()).take_while(|(one, other)| one == other).map(|(one, _)| one).collect()
}

/// The root of the repository around a folder.
pub(super) fn repository(folder: &Path) -> Option<&Path> {
    // A link that leads nowhere is one as well: what comes with a checkout does not decide where it ends.
    folder.ancestors().find(|folder| folder.join(".git").symlink_metadata().is_ok())
}

fn current() -> PathBuf {
    std::env::current_dir().and_then(|current| current.canonicalize()).unwrap_or_default()
}

/// A path as it is shown and typed: with `/` on every system.
pub(super) fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::way;

    #[test]
    fn the_way_leads_up_and_down() {
        let way = |from, to| way(Path::new(from), Path::new(to));
        assert_eq!(way("/a/b", "/a/b"), ".");
        assert_eq!(way("/a", "/a/b/c"), "b/c");
        assert_eq!(way("/a/b/c", "/a"), "../..");
        assert_eq!(way("/a/b", "/a/c"), "../c");
    }
}
