//! `claims.lock`: what the documents were when their quotations were last accepted.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::lock_problems as problems;
use crate::diagnostic::Diagnostic;
use crate::model::{BlockId, CitedDocument, Corpus};
use crate::project::files::tree::{join, leads_out};
use crate::text::{SourceId, Sources, Span, one_line};

/// The version of the file; a later one is not read.
const VERSION: u32 = 1;

/// What stands at the head of the file.
const HEAD: &str = "# Written by `recte accept`, to be committed, and not to be edited by hand.\n";

/// What was accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The documents, by path.
    #[serde(default, rename = "source")]
    pub sources: Vec<LockedSource>,
    /// The quotations, by the blocks that hold them.
    #[serde(default, rename = "quote")]
    pub quotes: Vec<LockedQuote>,
}

/// A document as it was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedSource {
    /// The path, relative to the project.
    pub path: String,
    /// The SHA-256 of its text with the line endings of Unix, in hexadecimal.
    pub sha256: String,
    /// Why the passages that had changed were accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A quotation as it was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedQuote {
    /// The block that holds it.
    pub by: String,
    /// The path of the document.
    pub source: String,
    /// The SHA-256 of the words as they are quoted.
    pub words: String,
    /// The line of the document where they began.
    pub line: usize,
    /// The sentence in which they stood.
    pub passage: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LockFile {
    version: u32,
    #[serde(rename = "seal")]
    _seal: String,
    #[serde(flatten)]
    lock: Lock,
}

/// Which quotation of which block in which document: what stays the same while documents change.
pub(crate) type QuotationKey = (String, String, String);

impl Lock {
    /// What is to be accepted of a project as it stands: every document, and every quotation that stands in one.
    pub fn of(corpus: &Corpus, sources: &Sources) -> Lock {
        let mut quotes: Vec<LockedQuote> =
            standing(corpus).into_iter().filter(|quote| quote.is_found).map(|quote| quote.locked).collect();
        quotes.sort_by_key(key);
        quotes.dedup_by(|one, other| key(one) == key(other));
        Lock { sources: locked_sources(corpus, sources), quotes }
    }

    /// The text of the file.
    pub fn write(&self) -> String {
        let body = toml::to_string_pretty(self).expect("a lock is made of texts and numbers");
        format!("{HEAD}version = {VERSION}\nseal = \"{}\"\n\n{body}", hash(&body))
    }

    /// Reads the file.
    ///
    /// # Errors
    /// When it is not what a program of this version has written.
    pub fn read(file: SourceId, sources: &Sources) -> Result<Lock, Diagnostic> {
        let written = sources.get(file).text();
        let text = &*unix(written);
        let at = |bytes: Option<std::ops::Range<usize>>| {
            let place = |byte: usize| (byte + returns_before(written, byte)) as u32;
            bytes.map_or(Span::file(file), |bytes| Span::new(file, place(bytes.start), place(bytes.end)))
        };
        if let Some(version) = text.lines().find_map(|line| line.strip_prefix("version = ")).map(str::trim)
            && version.parse() != Ok(VERSION)
        {
            let start = text.find("version = ").unwrap_or_default();
            let place = at(Some(start..start + "version = ".len() + version.len()));
            return Err(problems::lock_of_another_version(version, place));
        }
        let written: LockFile = toml::from_str(text).map_err(|error| problems::unreadable_lock(at(error.span())))?;
        debug_assert_eq!(written.version, VERSION, "compared above");
        let seal = text.find("seal = \"").and_then(|start| {
            let end = start + text[start..].find('\n')?;
            Some((start..end, text.get(end + 2..)?))
        });
        match seal {
            Some((line, body)) if text[line.clone()] == format!("seal = \"{}\"", hash(body)) => Ok(written.lock),
            Some((line, _)) => Err(problems::edited_lock(at(Some(line)))),
            None => Err(problems::edited_lock(at(None))),
        }
    }

    /// What holds beneath a folder of what was accepted in another one, both as paths from one folder around them.
    pub fn seen_from(mut self, accepted_in: &str, folder: &str) -> Lock {
        let seen = |path: &String| {
            let path = join(accepted_in, path).ok()?;
            let inside = if folder.is_empty() { Some(&*path) } else { path.strip_prefix(folder)?.strip_prefix('/') };
            inside.filter(|path| !leads_out(path)).map(str::to_owned)
        };
        self.sources.retain_mut(|source| seen(&source.path).map(|path| source.path = path).is_some());
        self.quotes.retain_mut(|quote| seen(&quote.source).map(|path| quote.source = path).is_some());
        self
    }

    /// Takes in what else was accepted.
    pub fn add(&mut self, other: Lock) {
        let known: BTreeSet<QuotationKey> = self.quotes.iter().map(key).collect();
        let paths: BTreeSet<String> = self.sources.iter().map(|source| source.path.clone()).collect();
        self.quotes.extend(other.quotes.into_iter().filter(|new| !known.contains(&key(new))));
        self.sources.extend(other.sources.into_iter().filter(|new| !paths.contains(&new.path)));
    }

    /// A document as it was accepted.
    pub fn source(&self, path: &str) -> Option<&LockedSource> {
        self.sources.iter().find(|source| source.path == path)
    }
}

/// Every document that was read, by path, each once.
pub(super) fn locked_sources(corpus: &Corpus, sources: &Sources) -> Vec<LockedSource> {
    let document = |cited: &CitedDocument| LockedSource {
        path: cited.name.clone(),
        sha256: hash(&unix(sources.get(cited.file).text())),
        reason: None,
    };
    let mut all: Vec<LockedSource> = corpus.documents().iter().map(|cited| document(cited)).collect();
    all.sort_by(|one, other| one.path.cmp(&other.path));
    all.dedup_by(|one, other| one.path == other.path);
    all
}

/// A quotation as it stands now.
pub(crate) struct StandingQuotation {
    pub(crate) quotation: BlockId,
    pub(super) by: BlockId,
    pub(crate) locked: LockedQuote,
    pub(super) is_found: bool,
}

/// Every quotation of a document that was read, in document order.
pub(super) fn standing(corpus: &Corpus) -> Vec<StandingQuotation> {
    let mut found = Vec::new();
    for by in corpus.block_ids() {
        for quotation in corpus.quotations(by) {
            let Some(reading) = corpus.reading(quotation) else { continue };
            let cited = &corpus.documents()[reading.cited];
            let passage = reading.passages().into_iter().next();
            let sentence = passage.as_ref().map(|at| &cited.document.prose.text[cited.sentence(at)]);
            found.push(StandingQuotation {
                quotation,
                by,
                is_found: reading.found().is_some(),
                locked: LockedQuote {
                    by: corpus.identity(by),
                    source: cited.name.clone(),
                    words: hash(corpus.quotation(quotation).unwrap_or_default()),
                    line: passage.map_or(0, |at| cited.line(cited.place(&at))),
                    passage: one_line(sentence.unwrap_or_default()),
                },
            });
        }
    }
    found
}

pub(crate) fn key(quote: &LockedQuote) -> QuotationKey {
    (quote.by.clone(), quote.source.clone(), quote.words.clone())
}

/// A text with the line endings of Unix: git changes them in a checkout, and nothing is to hang on that.
fn unix(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") { text.replace("\r\n", "\n").into() } else { text.into() }
}

/// How many characters that [`unix`] takes out of a text stand before a byte of what is left.
fn returns_before(text: &str, byte: usize) -> usize {
    let ends = text.match_indices("\r\n").enumerate();
    ends.take_while(|(before, (at, _))| at - before < byte).count()
}

pub(super) fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
