//! Which files of a list belong to a project, by the rules that hold on the disk.

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::config::CONFIG_NAME;
use super::discover::IGNORE_FILE;
use super::tree::folder;

/// The ignore files of a folder, the one that counts more first.
const IGNORE_FILES: [&str; 2] = [IGNORE_FILE, ".gitignore"];

/// The files of a list whose names have this ending and that belong to the project whose root the paths
/// are relative to: neither hidden, nor ignored, nor of a project within. `text` reads one of the list.
pub fn belonging(paths: &[String], ending: &str, text: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let ignores = ignore_files(paths, text);
    let is_config = |path: &&String| path.ends_with(&format!("/{CONFIG_NAME}"));
    let projects: Vec<String> = paths.iter().filter(is_config).map(|path| format!("{}/", folder(path))).collect();
    let belongs = |path: &&String| {
        let hidden = path.split('/').any(|part| part.starts_with('.') && part != IGNORE_FILE);
        let ignored = || ignores.iter().find_map(|(inside, ignore)| decide(inside, ignore, path)).unwrap_or(false);
        path.ends_with(ending) && !hidden && !projects.iter().any(|root| path.starts_with(root)) && !ignored()
    };
    paths.iter().filter(belongs).cloned().collect()
}

/// The ignore files of a list with their folders, the deepest first.
fn ignore_files(paths: &[String], text: impl Fn(&str) -> Option<String>) -> Vec<(String, Gitignore)> {
    let name = |path: &str| path.rsplit('/').next().map(str::to_owned).unwrap_or_default();
    let rank = |path: &str| IGNORE_FILES.iter().position(|known| *known == name(path));
    let mut files: Vec<&String> = paths.iter().filter(|path| rank(path).is_some()).collect();
    files.sort_by_key(|path| (std::cmp::Reverse(path.matches('/').count()), rank(path)));
    let read = |path: &&String| {
        let mut builder = GitignoreBuilder::new("");
        for line in text(path)?.lines() {
            // A line that is no pattern ignores nothing, as in git.
            let _ = builder.add_line(None, line);
        }
        Some((folder(path).to_owned(), builder.build().ok()?))
    };
    files.iter().filter_map(read).collect()
}

/// What an ignore file in a folder says of a path, if anything.
fn decide(inside: &str, ignore: &Gitignore, path: &str) -> Option<bool> {
    let rest = if inside.is_empty() { path } else { path.strip_prefix(inside)?.strip_prefix('/')? };
    match ignore.matched_path_or_any_parents(rest, false) {
        Match::None => None,
        Match::Ignore(_) => Some(true),
        Match::Whitelist(_) => Some(false),
    }
}

#[cfg(test)]
mod tests {
    use super::belonging;

    #[test]
    fn a_list_is_read_as_a_folder_would_be() {
        let files = [
            ("a.claims", ""),
            (".gitignore", "*.claims\n!a.claims\n!sub/\n"),
            (".hidden/b.claims", ""),
            ("other/recte.toml", ""),
            ("other/c.claims", ""),
            ("sub/.recteignore", "!kept.claims\n"),
            ("sub/kept.claims", ""),
            ("sub/lost.claims", ""),
        ];
        let paths: Vec<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
        let text = |path: &str| files.iter().find(|(name, _)| *name == path).map(|(_, text)| (*text).to_owned());
        assert_eq!(belonging(&paths, ".claims", text), ["a.claims", "sub/kept.claims"]);
    }
}
