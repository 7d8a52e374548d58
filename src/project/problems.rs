//! Every message of this floor, one constructor each.

use super::analysis::lock::{ChangedQuotation, Drift, LOCK_NAME};
use super::files::ignoring::{IGNORE_SIZE, UNREADABLE};
use super::files::tree::NotRead;
use super::files::unexpected::UnexpectedFile;
use super::size::show;
use crate::diagnostic::{Code, Diagnostic};
use crate::rule::BASELINE_NAME;
use crate::text::{Nearest, SourceId, Span, Spanned, did_you_mean};

/// A configuration that is no TOML. TOML does not let `rules` be a list and a table at once.
pub(super) fn unreadable_config(message: &str, written: &str, at: Span) -> Diagnostic {
    let help = if written == "rules" {
        "`rules` may stand once: put all levels under one `[rules]`, and lists of files into `packs = [...]`"
    } else {
        "correct it; until then nothing of it holds"
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

/// A key of the whole file that stands in a table: in TOML a table goes on until the next one begins.
pub(super) fn key_of_the_file(key: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CF001"), format!("`{key}` is no rule, but a key of the whole file"), at)
        .here("belongs to the table above")
        .help("move the line up, before the first `[...]`".to_owned())
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
        .help(match why {
            NotRead::Missing | NotRead::Outside | NotRead::NotAFile | NotRead::OfGit => {
                "name a file beneath the folder of the configuration".to_owned()
            }
            NotRead::Secret => "name another file: recte reads none in which secrets are kept".to_owned(),
            NotRead::OtherKind => "link to a file whose name ends in `.toml`".to_owned(),
            NotRead::TooLarge(_) => "raise `file-size` under [limits]".to_owned(),
            NotRead::NotText(_) | NotRead::NotInEncoding | NotRead::UnknownEncoding => {
                "save the file as UTF-8".to_owned()
            }
            NotRead::Refused(_) => "see that the file can be read".to_owned(),
        })
        .value(&path.value)
}

/// A file that the configuration names and that is something else, of which nothing is shown.
pub(super) fn foreign(named: &Spanned<String>, what: &str, why: UnexpectedFile) -> Diagnostic {
    let why = match why {
        UnexpectedFile::NoToml(line, column) => format!("it is not TOML from {line}:{column} on"),
        UnexpectedFile::NoKey => "it has none of its keys".to_owned(),
    };
    Diagnostic::new(Code::native("CF001"), format!("`{}` is not {what}: {why}", named.value), named.span)
        .here("named here")
        .help(format!("name {what}; recte shows nothing of a file that is something else"))
        .value(&named.value)
}

/// A configuration that extends itself.
pub(super) fn extends_itself(written: &Spanned<String>, chain: &[String]) -> Diagnostic {
    let steps: Vec<&str> = chain.iter().map(String::as_str).collect();
    let message = format!("the configuration extends itself: {} -> {}", steps.join(" -> "), chain[0]);
    Diagnostic::new(Code::native("CF001"), message, written.span)
        .here("leads back to it")
        .help("take one of the steps out".to_owned())
        .value(&written.value)
}

/// A configuration that extends one of another repository.
pub(super) fn extends_outside(written: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` leads outside the repository", written.value);
    Diagnostic::new(Code::native("CF001"), message, written.span)
        .here("named here")
        .help("name a file in the same repository, which is the nearest folder with a `.git`; without one, a file of the project".to_owned())
        .value(&written.value)
}

/// A configuration that extends more than anybody can follow.
pub(super) fn extends_too_many(written: &Spanned<String>, most: usize) -> Diagnostic {
    let message = format!("more than {most} configurations are extended, so `{}` is not read", written.value);
    Diagnostic::new(Code::native("CF001"), message, written.span)
        .help("join some of them into one file".to_owned())
        .value(&written.value)
}

/// An override that does not say where it holds.
pub(super) fn override_of_nothing(at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::native("CF001"),
        "the override says neither in which files it holds nor in which namespaces",
        at,
    )
    .here("holds nowhere")
    .help(
        "add `files = [\"archive/**\"]` or `namespaces = [\"archive\"]`; what holds everywhere stands under [rules]"
            .to_owned(),
    )
}

/// An override that sets nothing.
pub(super) fn override_without_rules(at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CF001"), "the override sets no level", at)
        .here("changes nothing")
        .help("add `rules = { RULE = LEVEL }`: what shall weigh otherwise there, and how much".to_owned())
}

/// A namespace in which no claims file stands.
pub(super) fn no_namespace(namespace: &Spanned<String>, near: &[&str]) -> Diagnostic {
    let help = did_you_mean(near).unwrap_or_else(|| "correct the name, or remove it".to_owned());
    Diagnostic::new(
        Code::native("CF003"),
        format!("no claims stand in a namespace `{}`", namespace.value),
        namespace.span,
    )
    .here("without effect")
    .help(help)
    .value(&namespace.value)
}

/// A baseline that says something that is not understood.
pub(super) fn unusable_baseline(why: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CF007"), format!("the baseline holds nothing back: {why}"), at)
        .help("after a merge, keep the lines of both sides; otherwise take the file back from git, or remove it and run `recte baseline add --reason TEXT` anew".to_owned())
}

/// A baseline that cannot be read.
pub(super) fn unread_baseline(at: Span, why: NotRead, limit: u64) -> Diagnostic {
    Diagnostic::new(
        Code::native("CF007"),
        format!("the baseline `{BASELINE_NAME}` {}, so it holds nothing back", because(why, limit)),
        at,
    )
    .help("see that the file can be read, or remove it".to_owned())
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
        NotRead::OfGit => {
            ("CL0032", "recte reads nothing of git itself: copy the file out of `.git`, or remove the link")
        }
        NotRead::Secret | NotRead::OtherKind => {
            ("CL0032", "recte reads no file in which secrets are kept: give the claims a file of their own")
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
pub(super) fn unlisted(source: SourceId, path: &str, kind: std::io::ErrorKind) -> Diagnostic {
    let path = if path.is_empty() { "." } else { path };
    let (why, help) = if kind == UNREADABLE {
        let size = show(IGNORE_SIZE);
        let why = format!(
            "has an ignore file, or stands beneath one, that is no regular file of the repository, or larger than {size}"
        );
        (why, "put a regular file in its place, or remove it")
    } else if kind == std::io::ErrorKind::Unsupported {
        let why = "is a repository of its own, which the index of git does not hold".to_owned();
        (why, "run `recte check` without --staged, or put the folder under `exclude`")
    } else {
        (format!("cannot be listed ({kind})"), "see that the folder can be read, or exclude it")
    };
    let message = format!("the folder `{path}` {why}, so what is in it was not checked");
    Diagnostic::new(Code::native("CL0031"), message, Span::file(source))
        .here("not checked")
        .help(help.to_owned())
        .value(path)
}

/// A source document that cannot be read.
pub(super) fn source_unread(written: &str, at: Span, why: NotRead, limit: u64) -> Diagnostic {
    let (code, help) = match why {
        NotRead::Outside => ("CL0702", "recte reads nothing outside the project: copy the document into it"),
        NotRead::OfGit => ("CL0702", "recte reads nothing of git itself: copy the document out of `.git`"),
        NotRead::Secret | NotRead::OtherKind => {
            ("CL0702", "recte reads no file in which secrets are kept: quote a document under another name")
        }
        NotRead::NotText(_) => ("CL0701", "save the document as UTF-8, or name its encoding under `encoding`"),
        NotRead::NotInEncoding | NotRead::UnknownEncoding => {
            ("CL0701", "`encoding` takes a name that browsers know, such as `shift_jis` or `windows-1252`")
        }
        NotRead::Missing | NotRead::NotAFile | NotRead::TooLarge(_) | NotRead::Refused(_) => {
            ("CL0701", "the path is relative to the file that declares it; put the document there, or correct the path")
        }
    };
    Diagnostic::new(Code::native(code), format!("the document `{written}` {}", because(why, limit)), at)
        .here("named here")
        .help(help.to_owned())
        .value(written)
}

/// A quotation that was not compared with all places where it may stand.
pub(super) fn quotation_not_compared(at: Span) -> Diagnostic {
    let message = "this quotation was not compared with every place where it may stand";
    Diagnostic::new(Code::native("CL0036"), message, at)
        .here("looking for it takes too many steps: its words, or parts of it, stand at very many places")
        .help(
            "quote more words and leave out fewer, part the document into several, or raise `rule-steps` under [limits]"
                .to_owned(),
        )
}

/// A lock that cannot be read.
pub(super) fn lock_unread(why: NotRead, limit: u64, at: Span) -> Diagnostic {
    lock_problem(format!("`{LOCK_NAME}` {}", because(why, limit)), at).here("nothing is known of what was accepted")
}

/// A lock that another version of the program has written.
pub(super) fn lock_of_another_version(version: &str, at: Span) -> Diagnostic {
    lock_problem(format!("`{LOCK_NAME}` is of version {version}, which this program does not know"), at)
        .here("written by another recte")
}

/// A lock that is not what the program writes.
pub(super) fn unreadable_lock(why: &str, at: Span) -> Diagnostic {
    lock_problem(format!("`{LOCK_NAME}` cannot be read: {}", why.lines().next().unwrap_or_default()), at)
        .here("not what `recte accept` writes")
}

/// A file in the place of the lock that is none.
pub(super) fn not_a_lock(at: Span) -> Diagnostic {
    lock_problem(format!("`{LOCK_NAME}` is not what `recte accept` writes: it has no seal"), at)
}

/// A lock whose seal is not that of what stands in it.
pub(super) fn edited_lock(at: Span) -> Diagnostic {
    lock_problem(format!("`{LOCK_NAME}` was changed by something else than `recte accept`"), at)
        .here("the seal does not fit what stands below")
}

fn lock_problem(message: String, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CF008"), message, at)
        .help("take the file back from git, or remove it and run `recte accept`".to_owned())
}

/// A quotation whose sentence is not the one that was accepted.
pub(super) fn passage_changed(
    changed: &ChangedQuotation,
    (at, passage): (Span, Option<Span>),
    (rests, more): (&[&str], usize),
) -> Diagnostic {
    let now = changed.now.as_deref().unwrap_or_default();
    let other = changed.accepted_for().map(|(by, source)| format!(" when it was accepted for `{by}` in `{source}`"));
    let (before, other) = (&changed.before, other.unwrap_or_default());
    let message = format!("the sentence quoted here has changed: it was “{before}”{other}, and is “{now}”");
    let names = rests.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let rests = match more {
        _ if rests.is_empty() => String::new(),
        0 => format!(", and what follows from it: {names}"),
        more => format!(", and what follows from it: {names} and {more} more"),
    };
    let found = Diagnostic::new(Code::native("CL0720"), message, at)
        .here("accepted when the sentence was another")
        .help(format!("see whether the claim still holds{rests}; then run `recte accept --reason TEXT`"));
    match passage {
        Some(passage) => found.label(passage, "what stands there now"),
        None => found,
    }
}

/// The same of one that was accepted as it is, where nobody said why.
pub(super) fn accepted_without_reason(found: Diagnostic) -> Diagnostic {
    found.here(format!("accepted as it is, and `{LOCK_NAME}` does not say why")).help(format!(
        "see whether the claim still holds; then take `{LOCK_NAME}` back from git as it was before, and run `recte accept --reason TEXT`"
    ))
}

/// A lock, or a part of it, that a change has taken away.
pub(super) fn off_the_record(quotations: usize, at: Span) -> Diagnostic {
    let (quotations, are, stand) = match quotations {
        1 => ("a quotation that was".to_owned(), "is", "stands"),
        many => (format!("{many} quotations that were"), "are", "stand"),
    };
    let message = format!(
        "{quotations} accepted before this change, and still {stand} in the documents, {are} not in `{LOCK_NAME}`"
    );
    Diagnostic::new(Code::native("CL0724"), message, at)
        .here("nothing tells any more when a passage changes")
        .help(format!("take `{LOCK_NAME}` back from git, or run `recte accept`, and commit the file"))
}

/// A lock that is not what the documents and claims are now.
pub(super) fn stale_lock(drift: &Drift, at: Span) -> Diagnostic {
    let sources = drift.sources.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
    let sources = if sources.is_empty() { String::new() } else { format!(" (in {sources})") };
    let Drift { moved, renewed, changed, .. } = drift;
    let message = format!(
        "`{LOCK_NAME}` is not up to date: {} quotations moved, {} changed, {renewed} new or gone{sources}",
        moved.len(),
        changed.len()
    );
    Diagnostic::new(Code::native("CL0721"), message, at)
        .here("this is what was accepted")
        .help("run `recte accept`, and commit the file".to_owned())
}

fn because(why: NotRead, limit: u64) -> String {
    match why {
        NotRead::Missing => "does not exist".to_owned(),
        NotRead::Outside => "leads outside the project".to_owned(),
        NotRead::OfGit => "is one of the files of git, or a link to one".to_owned(),
        NotRead::Secret => "has a name under which secrets are kept, or is a link to one that has".to_owned(),
        NotRead::OtherKind => "is a link to a file of another kind".to_owned(),
        NotRead::NotAFile => "is no regular file".to_owned(),
        NotRead::TooLarge(bytes) => format!("holds {}, more than the limit of {}", show(bytes), show(limit)),
        NotRead::NotText(byte) => format!("is not UTF-8 from byte {byte} on"),
        NotRead::NotInEncoding => "is not written in the encoding that is declared".to_owned(),
        NotRead::UnknownEncoding => "is declared in an encoding that nobody knows".to_owned(),
        NotRead::Refused(kind) => format!("cannot be read ({kind})"),
    }
}
