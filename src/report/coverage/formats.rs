//! The formats in which coverage is written.

use std::io::{self, Write};

use super::project::ProjectCoverage;
use super::{html, json, lcov, text};

/// How coverage is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverageFormat {
    /// For people: the open sentences, and how many there are of each sort.
    Text,
    /// For programs.
    Json,
    /// For viewers of test coverage.
    Lcov,
    /// A page of the documents themselves.
    Html,
}

impl ProjectCoverage<'_> {
    /// Writes the coverage.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn write(&self, format: CoverageFormat, output: &mut dyn Write) -> io::Result<()> {
        match format {
            CoverageFormat::Text => text::write(self, output),
            CoverageFormat::Json => json::write(self, output),
            CoverageFormat::Lcov => lcov::write(self, output),
            CoverageFormat::Html => html::write(self, output),
        }
    }
}
