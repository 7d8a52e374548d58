//! What the settings leave out of a project.

use std::io;

use super::configuration::Config;
use crate::diagnostic::Diagnostic;
use crate::project::files::problems;
use crate::text::{Pattern, Spanned};

/// Takes the files that match the patterns out of a list. A pattern of the project's own that takes
/// none out, and any that cannot be read, is a problem.
pub(crate) fn exclude(
    files: &mut Vec<String>,
    patterns: &[Spanned<String>],
    is_own: impl Fn(&Spanned<String>) -> bool,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for written in patterns {
        let Some(pattern) = Pattern::read(&written.value) else {
            problems.push(problems::no_pattern(written));
            continue;
        };
        let before = files.len();
        files.retain(|path| !pattern.matches(path));
        if files.len() == before && is_own(written) {
            problems.push(problems::matches_nothing(written));
        }
    }
    problems
}

/// The files of a list that the settings do not leave out.
pub fn included(mut files: Vec<String>, config: &Config) -> Vec<String> {
    exclude(&mut files, &config.exclude, |_| false);
    files
}

/// The folders of a list that the settings do not leave out.
pub(crate) fn wanted(mut folders: Vec<(String, io::ErrorKind)>, config: &Config) -> Vec<(String, io::ErrorKind)> {
    let patterns: Vec<Pattern> = config.exclude.iter().filter_map(|written| Pattern::read(&written.value)).collect();
    // Of a folder that is left out nothing is wanted, and `drafts/**` leaves out all of `drafts`.
    let left_out = |path: &str| patterns.iter().any(|out| out.matches(path) || out.matches(&format!("{path}/x")));
    folders.retain(|(path, _)| !left_out(path));
    folders
}
