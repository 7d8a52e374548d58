//! Expressions in problems: their words, and where these stand in the file.

use super::source::ExpressionSource;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{Span, Spanned};

/// An expression as written, and its place.
pub(crate) type Excerpt<'a> = Spanned<&'a str>;

pub(crate) fn new(code: &'static str, message: impl Into<String>, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native(code), message, at)
}

/// The problems with places that stand in the file.
pub(crate) fn all_relocated(problems: Vec<Diagnostic>, written: &[ExpressionSource<'_>]) -> Vec<Diagnostic> {
    problems.into_iter().map(|problem| relocated(problem, written)).collect()
}

/// The problem with places that stand in the file: an expression whose bytes do not map is underlined whole.
fn relocated(mut problem: Diagnostic, written: &[ExpressionSource<'_>]) -> Diagnostic {
    for label in problem.labels.iter_mut().chain([&mut problem.primary]) {
        if let Some(home) = written.iter().find(|written| !written.exact && written.holds(label.span)) {
            label.span = home.at;
        }
    }
    problem
}
