//! What is wrong where documents are not as they were accepted.

use super::difference::{ChangedQuotation, Drift};
use crate::diagnostic::{Code, Diagnostic};
use crate::project::names::LOCK_NAME;
use crate::text::Span;

/// A quotation whose sentence is not the one that was accepted.
pub(crate) fn passage_changed(
    changed: &ChangedQuotation,
    (at, passage): (Span, Option<Span>),
    (rests, more): (&[&str], usize),
) -> Diagnostic {
    let now = changed.now.as_deref().unwrap_or_default();
    let other = changed.accepted_for().map(|(by, source)| format!(" when it was accepted for `{by}` in `{source}`"));
    let (before, other) = (&changed.before, other.unwrap_or_default());
    let message = format!("the sentence quoted here has changed: it was “{before}”{other}, and is now “{now}”");
    let names = rests.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let rests = match more {
        _ if rests.is_empty() => String::new(),
        0 => format!(", and the claims that depend on it: {names}"),
        more => format!(", and the claims that depend on it: {names} and {more} more"),
    };
    let found = Diagnostic::new(Code::native("CL0720"), message, at)
        .here("accepted with the former sentence")
        .help(format!("check whether the claim is still correct{rests}; then run `recte accept --reason TEXT`"));
    match passage {
        Some(passage) => found.label(passage, "the sentence now"),
        None => found,
    }
}

/// The same of one that was accepted as it is, where nobody said why.
pub(crate) fn accepted_without_reason(found: Diagnostic) -> Diagnostic {
    found.here(format!("accepted in this form, but `{LOCK_NAME}` gives no reason")).help(format!(
        "check whether the claim is still correct; then restore the previous `{LOCK_NAME}` from git, and run `recte accept --reason TEXT`"
    ))
}

/// A lock, or a part of it, that a change has taken away.
pub(crate) fn off_the_record(quotations: usize, at: Span) -> Diagnostic {
    let (quotations, are, stand) = match quotations {
        1 => ("a quotation that was".to_owned(), "is", "appears"),
        many => (format!("{many} quotations that were"), "are", "appear"),
    };
    let message = format!(
        "{quotations} accepted before this change, and still {stand} in the documents, {are} not in `{LOCK_NAME}`"
    );
    Diagnostic::new(Code::native("CL0724"), message, at)
        .here("changes of the passage are no longer noticed")
        .help(format!("restore `{LOCK_NAME}` from git, or run `recte accept`, and commit the file"))
}

/// A lock that is not what the documents and claims are now.
pub(crate) fn stale_lock(drift: &Drift, at: Span) -> Diagnostic {
    let sources = drift.sources.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
    let sources = if sources.is_empty() { String::new() } else { format!(" (in {sources})") };
    let Drift { moved, renewed, changed, .. } = drift;
    let message = format!(
        "`{LOCK_NAME}` is not up to date: of its quotations {} moved, {} changed, {renewed} new or removed{sources}",
        moved.len(),
        changed.len()
    );
    Diagnostic::new(Code::native("CL0721"), message, at)
        .here("accepted version")
        .help("run `recte accept`, and commit the file".to_owned())
}
