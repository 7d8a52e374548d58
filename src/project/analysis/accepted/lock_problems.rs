//! What is wrong with the file of the lock.

use crate::diagnostic::{Code, Diagnostic};
use crate::project::files::problems::because;
use crate::project::files::tree::NotRead;
use crate::project::names::LOCK_NAME;
use crate::text::Span;

/// A lock that cannot be read.
pub(crate) fn lock_unread(why: NotRead, limit: u64, at: Span) -> Diagnostic {
    lock_problem(format!("`{LOCK_NAME}` {}", because(why, limit)), at).here("the accepted passages are unknown")
}

/// A lock that another version of the program has written.
pub(crate) fn lock_of_another_version(version: &str, at: Span) -> Diagnostic {
    lock_problem(format!("`{LOCK_NAME}` has version {version}, which this version of recte cannot read"), at)
        .here("written by another version of recte")
}

/// A lock that is not what the program writes.
pub(crate) fn unreadable_lock(at: Span) -> Diagnostic {
    lock_problem(format!("`{LOCK_NAME}` cannot be read"), at).here("not what `recte accept` writes")
}

/// A file in the place of the lock that is none.
pub(crate) fn not_a_lock(at: Span) -> Diagnostic {
    lock_problem(format!("`{LOCK_NAME}` is not what `recte accept` writes: it has no checksum"), at)
}

/// A lock whose seal is not that of what stands in it.
pub(crate) fn edited_lock(at: Span) -> Diagnostic {
    lock_problem(format!("`{LOCK_NAME}` was changed other than by `recte accept`"), at)
        .here("the checksum does not match the contents")
}

fn lock_problem(message: String, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CF008"), message, at)
        .help("restore the file from git, or remove it and run `recte accept`".to_owned())
}
