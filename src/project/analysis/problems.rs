//! What is wrong with a project as a whole.

use crate::diagnostic::{Code, Diagnostic};
use crate::project::files::problems::because;
use crate::project::files::tree::NotRead;
use crate::project::names::CLAIMS;
use crate::rule::BASELINE_NAME;
use crate::text::{SourceId, Span, Spanned, did_you_mean};

/// A namespace in which no claims file stands.
pub(crate) fn no_namespace(namespace: &Spanned<String>, near: &[&str]) -> Diagnostic {
    let help = did_you_mean(near).unwrap_or_else(|| "correct the name, or remove it".to_owned());
    Diagnostic::new(
        Code::native("CF003"),
        format!("there are no claims in a namespace `{}`", namespace.value),
        namespace.span,
    )
    .here("without effect")
    .help(help)
    .value(&namespace.value)
}

/// A baseline that says something that is not understood.
pub(crate) fn unusable_baseline(why: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CF007"), format!("the baseline has no effect: {why}"), at)
        .help("after a merge, keep the lines of both sides; otherwise restore the file from git, or remove it and run `recte baseline add --reason TEXT` again".to_owned())
}

/// A baseline that cannot be read.
pub(crate) fn unread_baseline(at: Span, why: NotRead, limit: u64) -> Diagnostic {
    Diagnostic::new(
        Code::native("CF007"),
        format!("the baseline `{BASELINE_NAME}` {}, so it has no effect", because(why, limit)),
        at,
    )
    .help("make the file readable, or remove it".to_owned())
}

/// Nothing to check: no file matches, or all of so many are left out.
pub(crate) fn no_files(at: SourceId, left_out: usize) -> Diagnostic {
    let (message, help) = match left_out {
        0 => (
            format!("no file in the project matches `**/*{CLAIMS}`, so nothing was checked"),
            "the names of claims files end in `.claims`; `recte init` writes a sample",
        ),
        1 => (
            format!("the only file that matches `**/*{CLAIMS}` is excluded, so nothing was checked"),
            "change `exclude` in recte.toml or the ignore file that leaves it out",
        ),
        _ => (
            format!("all {left_out} files that match `**/*{CLAIMS}` are excluded, so nothing was checked"),
            "change `exclude` in recte.toml or the ignore file that leaves them out",
        ),
    };
    Diagnostic::new(Code::native("CF005"), message, Span::file(at)).here("no claims").help(help.to_owned())
}

/// A quotation that was not compared with all places where it may stand.
pub(crate) fn quotation_not_compared(at: Span) -> Diagnostic {
    let message = "this quotation was not compared with every place where it may appear";
    Diagnostic::new(Code::native("CL0036"), message, at)
        .here("the search takes too many steps: its words, or parts of it, appear at very many places")
        .help(
            "quote more words with fewer omissions, split the document, or raise `rule-steps` under [limits]"
                .to_owned(),
        )
}
