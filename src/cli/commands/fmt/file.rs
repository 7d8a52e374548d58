//! One file on its way: read, laid out, and proved to say what it said.

use recte::diagnostic::Diagnostic;
use recte::project::{Root, Tree};
use recte::syntax::{self, same_meaning};
use recte::text::Sources;

use crate::cli::output::CommandFailure;
use crate::cli::paths::folder_of_several;
use crate::cli::project::because;

/// A file as it was read.
pub(super) struct FileText {
    /// The path beneath the project's root.
    pub(super) name: String,
    /// The path as it is shown: from the current folder.
    pub(super) shown: String,
    /// What it holds.
    pub(super) words: String,
}

/// What came of laying a file out.
pub(super) enum FormatResult {
    /// It already was.
    Already,
    /// It has problems, and is left alone.
    Broken { sources: Sources, problems: Vec<Diagnostic> },
    /// The new text would not say the same: a mistake of this program.
    Unsafe,
    /// The new text.
    New(String),
}

/// Reads a file beneath a root.
pub(super) fn read(root: &Root, name: &str, limit: u64) -> Result<FileText, CommandFailure> {
    let shown = format!("{}{name}", folder_of_several(root.path()));
    match root.read(name, limit) {
        Ok(words) => Ok(FileText { name: name.to_owned(), shown, words }),
        Err(why) => Err(CommandFailure::unchecked(format!("{shown} {}, so it was not formatted", because(why)))),
    }
}

/// Lays a text out, and reads the result back before anyone relies on it.
pub(super) fn format(text: &FileText) -> FormatResult {
    let mut sources = Sources::new();
    let source = sources.add(&text.shown, &text.words);
    let old = syntax::parse(source, &sources);
    let Some(words) = syntax::format(&old, &sources) else {
        return FormatResult::Broken { sources, problems: old.problems };
    };
    if words == text.words {
        return FormatResult::Already;
    }
    let source = sources.add(&text.shown, &words);
    let new = syntax::parse(source, &sources);
    if new.problems.is_empty() && same_meaning(&old.file, &new.file, &sources) {
        FormatResult::New(words)
    } else {
        FormatResult::Unsafe
    }
}

/// What is said when the new text would not say the same.
pub(super) fn would_change_meaning(name: &str) -> CommandFailure {
    let why = "would change its meaning, so it was not formatted; this is an internal error of recte: please report it";
    CommandFailure::unchecked(format!("{name} {why}"))
}
