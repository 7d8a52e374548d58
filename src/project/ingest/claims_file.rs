//! The file that proposals are written into: what stands there already, and what comes below it.

use std::ops::Range;

use super::outcome::NotIngested;
use super::request::IngestRequest;
use crate::model::BlockId;
use crate::project::analysis::output::CheckOutput;
use crate::project::declared::namespace;
use crate::project::files::tree::NotRead;
use crate::syntax;
use crate::text::{Sanitized, SourceId, Sources};

/// The file, as it is, and what is put above the blocks that are added.
pub(super) struct ClaimsFile {
    /// Its path beneath the project.
    pub(super) name: String,
    /// What it holds; nothing if there is none.
    pub(super) before: Option<String>,
    /// The namespace of its blocks.
    pub(super) namespace: String,
    opening: String,
}

/// The text with some blocks added, and where each of them stands.
pub(super) struct FilledClaimsFile {
    pub(super) text: String,
    pub(super) places: Vec<Range<u32>>,
}

impl ClaimsFile {
    /// Reads the file; `requested` is the namespace that the proposals ask for, `by` who proposes.
    ///
    /// # Errors
    /// When it cannot be read, is not checked with the project, has errors of syntax, or another namespace.
    pub(super) fn open(
        ingesting: &IngestRequest<'_>,
        requested: Option<&str>,
        by: &[String],
    ) -> Result<ClaimsFile, NotIngested> {
        let (name, base) = (ingesting.into, ingesting.base);
        let wrong = |why: &str| Err(NotIngested::Misused(format!("{name} {why}")));
        let before = match ingesting.tree.read(name, base.config.file_size.value) {
            Ok(text) => Some(text),
            Err(NotRead::Missing) => None,
            Err(NotRead::Outside) => return wrong("leads outside the project"),
            Err(NotRead::OfGit | NotRead::Secret | NotRead::OtherKind) => return wrong("cannot contain claims"),
            Err(NotRead::NotAFile) => return wrong("is not a file"),
            Err(
                NotRead::TooLarge(_)
                | NotRead::NotText(_)
                | NotRead::NotInEncoding
                | NotRead::UnknownEncoding
                | NotRead::Refused(_),
            ) => {
                return Err(NotIngested::Unread(format!("{name} cannot be read; `recte check` says why")));
            }
        };
        let text = before.as_deref().unwrap_or_default();
        if before.is_some() && file(base, name).is_none() {
            return wrong("is excluded when the project is checked; choose another file");
        }
        if has_problems(text) {
            return wrong("has syntax errors; correct them first: `recte check` shows them");
        }
        let namespace = match (&before, requested) {
            (Some(_), _) => namespace(name, text),
            (None, Some(requested)) => requested.to_owned(),
            (None, None) => only_namespace(base),
        };
        if requested.is_some_and(|requested| requested != namespace) {
            return wrong(&format!("has a namespace other than `{}`", requested.unwrap_or_default()));
        }
        Ok(ClaimsFile { name: name.to_owned(), opening: opening(text, &namespace, by), before, namespace })
    }

    /// The text with these blocks at its end.
    pub(super) fn with<'a>(&self, blocks: impl Iterator<Item = &'a str>) -> FilledClaimsFile {
        let mut text = self.before.clone().unwrap_or_default();
        text.push_str(&self.opening);
        let mut places = Vec::new();
        for (number, block) in blocks.enumerate() {
            text.push_str(if number == 0 { "" } else { "\n" });
            let start = text.len() as u32;
            text.push_str(block);
            places.push(start..text.len() as u32);
        }
        FilledClaimsFile { text, places }
    }

    /// The same with the line breaks that the file has, to be written.
    pub(super) fn finished<'a>(&self, blocks: impl Iterator<Item = &'a str>) -> String {
        let text = self.with(blocks).text;
        match &self.before {
            Some(before) if before.contains("\r\n") => {
                format!("{before}{}", text[before.len()..].replace('\n', "\r\n"))
            }
            Some(_) | None => text,
        }
    }

    /// The full id of a block of this file.
    pub(super) fn full(&self, id: &str) -> String {
        if self.namespace.is_empty() { id.to_owned() } else { format!("{}/{id}", self.namespace) }
    }

    /// A name as blocks of this file write it.
    pub(super) fn local<'a>(&self, checked: &'a CheckOutput, block: BlockId) -> Option<&'a str> {
        checked.corpus.block(block).id().map(|id| crate::model::local(id, &self.namespace))
    }
}

/// The claims file of that name, if it was read.
pub(super) fn file(checked: &CheckOutput, name: &str) -> Option<SourceId> {
    checked.files.iter().copied().find(|file| checked.sources.get(*file).name() == name)
}

fn has_problems(text: &str) -> bool {
    let mut sources = Sources::new();
    let file = sources.add("", text);
    !syntax::parse(file, &sources).problems.is_empty()
}

/// The namespace in which all blocks of a project stand; empty where there are several.
fn only_namespace(checked: &CheckOutput) -> String {
    let corpus = &checked.corpus;
    let mut all = corpus.block_ids().map(|block| corpus.block(block).namespace());
    let first = all.next();
    first.filter(|first| all.all(|other| other == *first)).map(|only| only.to_string()).unwrap_or_default()
}

/// What stands between the text and the first block that is added.
fn opening(before: &str, namespace: &str, by: &[String]) -> String {
    let mut opening = String::new();
    if before.is_empty() && !namespace.is_empty() {
        opening.push_str(&format!("namespace {namespace}\n\n"));
    } else if !before.is_empty() {
        opening.push_str(if before.ends_with(['\n', '\r']) { "\n" } else { "\n\n" });
    }
    let by = Sanitized::line(&by.join(", ")).to_string();
    if !by.is_empty() {
        opening.push_str(&format!("# Proposed: {}\n", by.trim()));
    }
    opening
}
