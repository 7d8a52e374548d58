//! Which files of a list belong to a project, by the rules that hold on the disk.

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::discover::nearly_ends_with;
use super::tree::folder;
use crate::project::names::{CONFIG_NAME, IGNORE_FILE};

/// The files of a list whose names have this ending and that belong to the project whose root the paths
/// are relative to: neither hidden, nor of a project within. Those that ignore files leave out come apart, and so do those
/// whose names end almost so.
///
/// The list is one of files that git knows, which `.gitignore` does not concern. `text` reads one of them.
pub fn belonging(paths: &[String], ending: &str, text: impl Fn(&str) -> Option<String>) -> (Vec<String>, Vec<String>) {
    let ignores = ignore_files(paths, text);
    let is_config = |path: &&String| path.ends_with(&format!("/{CONFIG_NAME}"));
    let projects: Vec<String> = paths.iter().filter(is_config).map(|path| format!("{}/", folder(path))).collect();
    let belongs = |path: &&String| {
        let hidden = path.split('/').any(|part| part.starts_with('.') && part != IGNORE_FILE);
        !hidden && !projects.iter().any(|root| path.starts_with(root))
    };
    let ignored = |path: &String| ignores.iter().find_map(|(inside, ignore)| decide(inside, ignore, path));
    let is_ignored = |path: &String| ignored(path).unwrap_or(false);
    let (mut belonging, mut left_out) = (Vec::new(), Vec::new());
    for path in paths.iter().filter(belongs) {
        match path.ends_with(ending) {
            true if is_ignored(path) => left_out.push(path.clone()),
            true => belonging.push(path.clone()),
            false if nearly_ends_with(path, ending) && !is_ignored(path) => left_out.push(path.clone()),
            false => {}
        }
    }
    (belonging, left_out)
}

/// The ignore files of a list with their folders, the deepest first.
fn ignore_files(paths: &[String], text: impl Fn(&str) -> Option<String>) -> Vec<(String, Gitignore)> {
    let is_named = |path: &&String| path.rsplit('/').next() == Some(IGNORE_FILE);
    let mut files: Vec<&String> = paths.iter().filter(is_named).collect();
    files.sort_by_key(|path| std::cmp::Reverse(path.matches('/').count()));
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
            (".gitignore", "*.claims\n"),
            (".recteignore", "*.claims\n!a.claims\nignored*\n"),
            ("ignored.CLAIMS", ""),
            (".hidden/b.claims", ""),
            ("other/recte.toml", ""),
            ("other/c.claims", ""),
            ("sub/.recteignore", "!kept.claims\n"),
            ("sub/kept.claims", ""),
            ("sub/lost.claims", ""),
            ("sub/loud.CLAIMS", ""),
            ("one.Claim", ""),
            ("lost/CLAIMS", ""),
            ("a.claims.txt", ""),
        ];
        let paths: Vec<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
        let text = |path: &str| files.iter().find(|(name, _)| *name == path).map(|(_, text)| (*text).to_owned());
        let (belonging, left_out) = belonging(&paths, ".claims", text);
        assert_eq!(belonging, ["a.claims", "sub/kept.claims"]);
        assert_eq!(left_out, ["sub/lost.claims", "sub/loud.CLAIMS", "one.Claim"]);
    }
}
