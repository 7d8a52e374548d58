//! What is wrong with files: those that cannot be read, and names and patterns that lead to none.

use super::ignoring::{IGNORE_SIZE, UNREADABLE};
use super::size::show;
use super::tree::NotRead;
use super::unexpected::UnexpectedFile;
use crate::diagnostic::{Code, Diagnostic};
use crate::evidence::DocumentFault;
use crate::text::{SourceId, Span, Spanned};

/// A pattern that cannot be read.
pub(crate) fn no_pattern(pattern: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(Code::native("CF001"), format!("`{}` is not a valid path pattern", pattern.value), pattern.span)
        .here("invalid pattern")
        .help("patterns are those of .gitignore: `drafts/**`, `*.claims`".to_owned())
        .value(&pattern.value)
}

/// A pattern without effect.
pub(crate) fn matches_nothing(pattern: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(Code::native("CF003"), format!("`{}` matches no file", pattern.value), pattern.span)
        .here("without effect")
        .help("correct the pattern, or remove it".to_owned())
        .value(&pattern.value)
}

/// A file that the configuration names and that cannot be read.
pub(crate) fn named_file(path: &Spanned<String>, why: NotRead, limit: u64) -> Diagnostic {
    Diagnostic::new(Code::native("CF001"), format!("`{}` {}", path.value, because(why, limit)), path.span)
        .here("named here")
        .help(match why {
            NotRead::Missing | NotRead::Outside | NotRead::NotAFile | NotRead::OfGit => {
                "name a file in the folder of the configuration or below it".to_owned()
            }
            NotRead::Secret => "name another file: recte does not read files that may contain secrets".to_owned(),
            NotRead::OtherKind => "link to a file whose name ends in `.toml`".to_owned(),
            NotRead::TooLarge(_) => "raise `file-size` under [limits]".to_owned(),
            NotRead::NotText(_) | NotRead::NotInEncoding | NotRead::UnknownEncoding => {
                "save the file as UTF-8".to_owned()
            }
            NotRead::Refused(_) => "make the file readable".to_owned(),
        })
        .value(&path.value)
}

/// A file that the configuration names and that is something else, of which nothing is shown.
pub(crate) fn foreign(named: &Spanned<String>, what: &str, why: UnexpectedFile) -> Diagnostic {
    let why = match why {
        UnexpectedFile::NoToml(line, column) => format!("it is not valid TOML at {line}:{column}"),
        UnexpectedFile::NoKey => "it has none of the expected keys".to_owned(),
    };
    Diagnostic::new(Code::native("CF001"), format!("`{}` is not {what}: {why}", named.value), named.span)
        .here("named here")
        .help(format!("name {what}; recte does not show the contents of other files"))
        .value(&named.value)
}

/// A claims file that was not read.
pub(crate) fn unread(source: SourceId, path: &str, why: NotRead, limit: u64) -> Diagnostic {
    let (code, help) = match why {
        NotRead::Missing | NotRead::NotAFile | NotRead::Refused(_) => {
            ("CL0031", "make the file readable, or exclude it")
        }
        NotRead::Outside => {
            ("CL0032", "recte does not read files outside the project: copy the file into it, or remove the link")
        }
        NotRead::OfGit => {
            ("CL0032", "recte does not read the files of git: copy the file out of `.git`, or remove the link")
        }
        NotRead::Secret | NotRead::OtherKind => {
            ("CL0032", "recte does not read files that may contain secrets: move the claims to another file")
        }
        NotRead::TooLarge(_) => ("CL0033", "split the file, or raise `file-size` under [limits] in recte.toml"),
        NotRead::NotText(_) | NotRead::NotInEncoding | NotRead::UnknownEncoding => ("CL0030", "save the file as UTF-8"),
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

/// A folder of which nobody knows what is in it.
pub(crate) fn unlisted(source: SourceId, path: &str, kind: std::io::ErrorKind) -> Diagnostic {
    let path = if path.is_empty() { "." } else { path };
    let (why, help) = if kind == UNREADABLE {
        let size = show(IGNORE_SIZE);
        let why = format!(
            "has an ignore file, in it or above it, that is not a regular file of the repository, or is larger than {size}"
        );
        (why, "replace it by a regular file, or remove it")
    } else if kind == std::io::ErrorKind::Unsupported {
        let why = "is a separate repository, which the index of git does not contain".to_owned();
        (why, "run `recte check` without --staged, or put the folder under `exclude`")
    } else {
        (format!("cannot be listed ({kind})"), "make the folder readable, or exclude it")
    };
    let message = format!("the folder `{path}` {why}, so its contents were not checked");
    Diagnostic::new(Code::native("CL0031"), message, Span::file(source))
        .here("not checked")
        .help(help.to_owned())
        .value(path)
}

/// A document that cannot be read, or another file that a block names and that is not there.
pub(crate) fn source_unread(thing: &str, (written, at): (&str, Span), why: NotRead, limit: u64) -> Diagnostic {
    let (code, help) = match why {
        NotRead::Outside => ("CL0702", "recte does not read files outside the project: copy the document into it"),
        NotRead::OfGit => ("CL0702", "recte does not read the files of git: copy the document out of `.git`"),
        NotRead::Secret | NotRead::OtherKind => {
            ("CL0702", "recte does not read files that may contain secrets: give the document another name")
        }
        NotRead::NotText(_) => ("CL0701", "save the document as UTF-8, or name its encoding under `encoding`"),
        NotRead::NotInEncoding | NotRead::UnknownEncoding => {
            ("CL0701", "`encoding` takes a name that browsers use, such as `shift_jis` or `windows-1252`")
        }
        NotRead::Missing | NotRead::NotAFile | NotRead::TooLarge(_) | NotRead::Refused(_) => {
            ("CL0701", "the path is relative to the file that declares it; put the document there, or correct the path")
        }
    };
    Diagnostic::new(Code::native(code), format!("the {thing} `{written}` {}", because(why, limit)), at)
        .here("named here")
        .help(help.replace("the document", &format!("the {thing}")))
        .value(written)
}

/// A source document whose words are not known.
pub(crate) fn source_unusable(written: &str, at: Span, fault: DocumentFault) -> Diagnostic {
    Diagnostic::new(Code::native("CL0701"), format!("the document `{written}` {fault}"), at)
        .here("named here")
        .help(fault.help().to_owned())
        .value(written)
}

pub(crate) fn because(why: NotRead, limit: u64) -> String {
    match why {
        NotRead::Missing => "does not exist".to_owned(),
        NotRead::Outside => "leads outside the project".to_owned(),
        NotRead::OfGit => "is a file of git, or a link to one".to_owned(),
        NotRead::Secret => "has a name that suggests secrets, or is a link to such a file".to_owned(),
        NotRead::OtherKind => "is a link to a file of another kind".to_owned(),
        NotRead::NotAFile => "is not a regular file".to_owned(),
        NotRead::TooLarge(bytes) => format!("has {}, more than the limit of {}", show(bytes), show(limit)),
        NotRead::NotText(byte) => format!("is not UTF-8 at byte {byte}"),
        NotRead::NotInEncoding => "is not in the declared encoding".to_owned(),
        NotRead::UnknownEncoding => "is declared in an unknown encoding".to_owned(),
        NotRead::Refused(kind) => format!("cannot be read ({kind})"),
    }
}
