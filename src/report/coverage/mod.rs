//! Which sentences of the documents are claimed, waived or open, in every format in which that is asked for.

mod formats;
mod html;
mod json;
mod lcov;
mod project;
mod text;

pub use formats::CoverageFormat;
pub use project::ProjectCoverage;
