//! The problems of a condition that cannot be read.

use crate::condition::ast::excerpt::new;
use crate::diagnostic::Diagnostic;
use crate::syntax::ParseFailure;
use crate::text::Span;

/// RL001
pub(crate) fn syntax(failure: &ParseFailure, found: &str, at: Span) -> Diagnostic {
    let found = if found.is_empty() { "the end".to_owned() } else { format!("`{found}`") };
    new("RL001", format!("expected {}, found {found}", failure.wanted()), at)
        .here("the condition cannot be parsed from here")
}

/// RL001
pub(crate) fn too_deep(at: Span, limit: usize) -> Diagnostic {
    new("RL001", format!("the condition is nested more than {limit} levels deep"), at)
        .here("too deep from here")
        .help("split the rule into several, or bind more names in `for`".to_owned())
}

/// RL001
pub(crate) fn too_long(at: Span, limit: usize) -> Diagnostic {
    new("RL001", format!("the condition has more than {limit} words and signs"), at)
        .here("too long from here")
        .help("split the rule into several, or put what is repeated into a definition under `[define]`".to_owned())
}
