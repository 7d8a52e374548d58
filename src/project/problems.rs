//! Every message of this floor, one constructor each.

use super::NotRead;
use super::size::show;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{Nearest, SourceId, Span, Spanned, did_you_mean};

/// A configuration that is no TOML. TOML does not let `rules` be a list and a table at once.
pub(super) fn unreadable_config(message: &str, written: &str, at: Span) -> Diagnostic {
    let help = if written == "rules" {
        "write the files as `packs = [...]`, and the levels under `[rules]`"
    } else {
        "see <https://toml.io>"
    };
    Diagnostic::new(Code::native("CF001"), format!("the configuration cannot be read: {message}"), at)
        .here("here")
        .help(help.to_owned())
        .value(written)
}

/// A key that means nothing.
pub(super) fn unknown_key(key: &str, at: Span, known: &[&str]) -> Diagnostic {
    let near = did_you_mean(&Nearest::default().find(key, known.iter().copied(), 1));
    Diagnostic::new(Code::native("CF001"), format!("the configuration has no key `{key}`"), at)
        .here("unknown key")
        .help(near.unwrap_or_else(|| format!("the keys here are: {}", known.join(", "))))
        .value(key)
}

/// A value of another type.
pub(super) fn wrong_setting(expected: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CF001"), format!("the configuration wants {expected} here"), at)
        .here(format!("not {expected}"))
}

/// A pattern that cannot be read.
pub(super) fn no_pattern(pattern: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(Code::native("CF001"), format!("`{}` is no pattern of paths", pattern.value), pattern.span)
        .here("cannot be matched")
        .help("patterns are those of .gitignore: `drafts/**`, `*.claims`".to_owned())
        .value(&pattern.value)
}

/// A pattern without effect.
pub(super) fn matches_nothing(pattern: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(Code::native("CF003"), format!("`{}` matches no file", pattern.value), pattern.span)
        .here("without effect")
        .help("correct the pattern, or remove it".to_owned())
        .value(&pattern.value)
}

/// A file that the configuration names and that cannot be read.
pub(super) fn named_file(path: &Spanned<String>, why: NotRead, limit: u64) -> Diagnostic {
    Diagnostic::new(Code::native("CF001"), format!("`{}` {}", path.value, because(why, limit)), path.span)
        .here("named here")
        .help("name a file beneath the project, relative to recte.toml".to_owned())
        .value(&path.value)
}

/// Nothing to check.
pub(super) fn no_files(at: SourceId) -> Diagnostic {
    Diagnostic::new(Code::native("CF005"), "no file matched, so nothing was checked", Span::file(at))
        .here("no claims")
        .help("claims stand in files that end in `.claims`; `recte init` writes a first one".to_owned())
}

/// A claims file that was not read.
pub(super) fn unread(source: SourceId, path: &str, why: NotRead, limit: u64) -> Diagnostic {
    let (code, help) = match why {
        NotRead::Missing | NotRead::NotAFile | NotRead::Refused(_) => {
            ("CL0031", "see that the file can be read, or exclude it")
        }
        NotRead::Outside => {
            ("CL0032", "recte reads nothing outside the project: copy the file into it, or remove the link")
        }
        NotRead::TooLarge(_) => ("CL0033", "split the file, or raise `file-size` under [limits] in recte.toml"),
        NotRead::NotText(_) => ("CL0030", "save the file as UTF-8"),
    };
    Diagnostic::new(
        Code::native(code),
        format!("`{path}` {}, so it was not checked", because(why, limit)),
        Span::file(source),
    )
    .here("not checked")
    .help(help.to_owned())
    .value(path)
}

/// A source document that cannot be read.
pub(super) fn source_unread(written: &str, at: Span, why: NotRead, limit: u64) -> Diagnostic {
    let (code, help) = match why {
        NotRead::Outside => ("CL0702", "recte reads nothing outside the project: copy the document into it"),
        NotRead::Missing | NotRead::NotAFile | NotRead::TooLarge(_) | NotRead::NotText(_) | NotRead::Refused(_) => {
            ("CL0701", "the path is relative to the file that declares it; put the document there, or correct the path")
        }
    };
    Diagnostic::new(Code::native(code), format!("the document `{written}` {}", because(why, limit)), at)
        .here("named here")
        .help(help.to_owned())
        .value(written)
}

fn because(why: NotRead, limit: u64) -> String {
    match why {
        NotRead::Missing => "does not exist".to_owned(),
        NotRead::Outside => "leads outside the project".to_owned(),
        NotRead::NotAFile => "is no regular file".to_owned(),
        NotRead::TooLarge(bytes) => format!("holds {}, more than the limit of {}", show(bytes), show(limit)),
        NotRead::NotText(byte) => format!("is not UTF-8 from byte {byte} on"),
        NotRead::Refused(kind) => format!("cannot be read ({kind})"),
    }
}
