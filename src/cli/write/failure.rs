//! Why a file was left alone.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a file was left alone.
pub(in crate::cli) enum NotWritten {
    /// It is no longer what was read.
    Changed,
    /// It lies outside the project, or among the files of git.
    Outside,
    /// A link of the checkout leads to this place outside of it, or among the files of git.
    Out(PathBuf),
    /// It is a link to something that is not there.
    Nowhere(PathBuf),
    /// It must not be written.
    ReadOnly,
    /// It has a second name, which would keep the old text.
    Linked,
    /// The system refused.
    Refused(io::Error),
}

impl fmt::Display for NotWritten {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotWritten::Changed => write!(out, "changed on disk and was not written"),
            NotWritten::Outside => write!(out, "is outside the project and was not written"),
            NotWritten::Out(real) => {
                write!(
                    out,
                    "was not written: a link leads out of the project to {}; name that path itself",
                    real.display()
                )
            }
            NotWritten::Nowhere(target) => {
                write!(out, "was not written: a link leads to {}, which does not exist", target.display())
            }
            NotWritten::ReadOnly => write!(out, "is read-only and was not written"),
            NotWritten::Linked => write!(out, "has several hard links and was not written"),
            NotWritten::Refused(error) => write!(out, "cannot be written: {error}"),
        }
    }
}

impl From<io::Error> for NotWritten {
    fn from(error: io::Error) -> NotWritten {
        NotWritten::Refused(error)
    }
}
