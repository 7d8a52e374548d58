//! How lists are written: for people or for programs.

use clap::ValueEnum;

/// How a list is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Listing {
    /// One line for each entry
    #[default]
    Text,
    /// Everything, for programs
    Json,
}
