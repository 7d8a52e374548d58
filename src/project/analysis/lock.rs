//! `claims.lock`: what the documents were when their quotations were last accepted, and what has changed since.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::renamed;
use super::renamed::one_line;
use crate::diagnostic::Diagnostic;
use crate::model::{BlockId, CitedDocument, Corpus};
use crate::project::files::tree::{join, leads_out};
use crate::project::problems;
use crate::text::{SourceId, Sources, Span};

/// The name of the file, beside the configuration.
pub const LOCK_NAME: &str = "claims.lock";

/// The version of the file; a later one is not read.
const VERSION: u32 = 1;

/// What stands at the head of the file.
const HEAD: &str = "# Written by `recte accept`, to be committed, and not to be edited by hand.\n";

/// The field by which a statement names those that it follows from.
const BECAUSE: &str = "because";

/// How many of the claims that rest on another are shown.
const SHOWN: usize = 5;

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

/// What is not as it was accepted.
#[derive(Debug, Default)]
pub struct Drift {
    /// Documents whose bytes are others, that are new, or that are gone; by path.
    pub sources: BTreeSet<String>,
    /// The quotations that stand in the same sentence, at another line.
    pub moved: Vec<MovedQuotation>,
    /// How many quotations are new, or gone.
    pub renewed: usize,
    /// The quotations whose sentence has changed, or is gone.
    pub changed: Vec<ChangedQuotation>,
}

/// A quotation that stands at another line than when it was accepted.
#[derive(Clone, Copy, Debug)]
pub struct MovedQuotation {
    /// The block that holds it.
    pub by: BlockId,
    /// The line, from 1, where it began.
    pub before: usize,
    /// The line where it begins now.
    pub now: usize,
}

/// A quotation whose sentence is not the one that was accepted.
#[derive(Clone, Debug)]
pub struct ChangedQuotation {
    /// The quotation.
    pub quotation: BlockId,
    /// The block that holds it.
    pub by: BlockId,
    /// The sentence that was accepted.
    pub before: String,
    /// The sentence, or the passage most like the quotation, that stands there now.
    pub now: Option<String>,
    /// The statements that follow from the one that holds it, over any number of steps.
    pub rests: Vec<BlockId>,
    /// The quotation as it was accepted, which may have been for another claim or from another document.
    pub(crate) accepted: LockedQuote,
    /// The quotation as it is.
    pub(crate) locked: LockedQuote,
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
        let written: LockFile =
            toml::from_str(text).map_err(|error| problems::unreadable_lock(error.message(), at(error.span())))?;
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

    /// How a project differs from what was accepted.
    pub fn drift(&self, corpus: &Corpus, sources: &Sources) -> Drift {
        let by_path = |sources: &[LockedSource]| -> BTreeMap<String, String> {
            sources.iter().map(|source| (source.path.clone(), source.sha256.clone())).collect()
        };
        let (before, after) = (by_path(&self.sources), by_path(&locked_sources(corpus, sources)));
        // Until line endings ceased to count, documents were recorded as they lay there.
        let as_it_lies = |path: &str| {
            let document = corpus.documents().iter().find(|document| document.name == path);
            document.map(|document| hash(sources.get(document.file).text()))
        };
        let other = |path: &&String| {
            let known = before.get(*path);
            known != after.get(*path) && (known.is_none() || known.cloned() != as_it_lies(path))
        };
        let mut drift =
            Drift { sources: before.keys().chain(after.keys()).filter(other).cloned().collect(), ..Drift::default() };
        let mut accepted: BTreeMap<QuotationKey, &LockedQuote> =
            self.quotes.iter().map(|quote| (key(quote), quote)).collect();
        let mut new: Vec<StandingQuotation> = Vec::new();
        for quote in standing(corpus) {
            let known = accepted.remove(&key(&quote.locked));
            match known.or_else(|| accepted.remove(&as_on_windows(corpus, &quote))) {
                Some(before) if quote.is_found && before.passage == quote.locked.passage => {
                    let moved = MovedQuotation { by: quote.by, before: before.line, now: quote.locked.line };
                    drift.moved.extend((moved.before != moved.now).then_some(moved));
                }
                Some(before) => drift.changed.push(ChangedQuotation::new(corpus, &quote, before)),
                None => new.extend(quote.is_found.then_some(quote)),
            }
        }
        let renamed = renamed::changed(corpus, accepted.values().copied(), &new);
        for (_, before) in &renamed {
            accepted.remove(&key(before));
        }
        drift.renewed += accepted.len() + new.len() - renamed.len();
        drift.changed.extend(renamed.into_iter().map(|(at, before)| ChangedQuotation::new(corpus, &new[at], before)));
        drift.changed.sort_by_key(|changed| changed.quotation);
        drift
    }
}

impl Drift {
    /// Whether all is as it was accepted.
    pub fn is_none(&self) -> bool {
        self.sources.is_empty() && self.moved.is_empty() && self.renewed == 0 && self.changed.is_empty()
    }

    /// What a check says of it: each passage that changed around words that still stand, since the rules report the others;
    /// and, if all must be as accepted, whatever else is not.
    pub(crate) fn problems(&self, corpus: &Corpus, (lock, must_hold): (SourceId, bool)) -> Vec<Diagnostic> {
        let standing = self.changed.iter().filter(|changed| changed.stands_unchanged(corpus));
        let mut found: Vec<Diagnostic> = standing.map(|changed| changed.problem(corpus)).collect();
        if must_hold && !self.is_none() {
            found.push(problems::stale_lock(self, Span::file(lock)));
        }
        found
    }
}

impl ChangedQuotation {
    fn new(corpus: &Corpus, quote: &StandingQuotation, before: &LockedQuote) -> ChangedQuotation {
        ChangedQuotation {
            quotation: quote.quotation,
            by: quote.by,
            before: before.passage.clone(),
            now: Some(quote.locked.passage.clone()).filter(|passage| !passage.is_empty()),
            rests: resting_on(corpus, quote.by),
            accepted: before.clone(),
            locked: quote.locked.clone(),
        }
    }

    /// Whether the words still stand there.
    pub(crate) fn stands_unchanged(&self, corpus: &Corpus) -> bool {
        corpus.reading(self.quotation).is_some_and(|reading| reading.found().is_some())
    }

    /// The path of the document that is quoted.
    pub fn source(&self) -> &str {
        &self.locked.source
    }

    /// The claim that the words were accepted for, and the document, if these are others now.
    pub(crate) fn accepted_for(&self) -> Option<(&str, &str)> {
        let LockedQuote { by, source, .. } = &self.accepted;
        (*by != self.locked.by || *source != self.locked.source).then_some((by, source))
    }

    pub(crate) fn problem(&self, corpus: &Corpus) -> Diagnostic {
        let reading = corpus.reading(self.quotation);
        let cited = reading.and_then(|reading| corpus.documents().get(reading.cited));
        let place = reading.zip(cited).and_then(|(reading, cited)| Some(cited.place(reading.passages().first()?)));
        let names: Vec<&str> = self.rests.iter().take(SHOWN).map(|block| corpus.name(*block)).collect();
        let more = self.rests.len().saturating_sub(SHOWN);
        problems::passage_changed(self, (corpus.block(self.quotation).header(), place), (&names, more))
    }
}

/// Every document that was read, by path, each once.
fn locked_sources(corpus: &Corpus, sources: &Sources) -> Vec<LockedSource> {
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
    by: BlockId,
    pub(crate) locked: LockedQuote,
    is_found: bool,
}

/// Every quotation of a document that was read, in document order.
fn standing(corpus: &Corpus) -> Vec<StandingQuotation> {
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

/// The statements that follow from one, over any number of steps, in document order.
fn resting_on(corpus: &Corpus, from: BlockId) -> Vec<BlockId> {
    let mut seen = BTreeSet::from([from]);
    let mut next = vec![from];
    while let Some(block) = next.pop() {
        let because = corpus.schema.field_of(corpus.block(block).kind(), BECAUSE);
        let followers = because.map_or(&[][..], |field| corpus.referrers(block, field));
        next.extend(followers.iter().filter(|follower| seen.insert(**follower)));
    }
    seen.remove(&from);
    seen.into_iter().collect()
}

/// What a quotation was called that was accepted from claims with the line endings of Windows, when these still counted.
fn as_on_windows(corpus: &Corpus, quote: &StandingQuotation) -> QuotationKey {
    let words = corpus.quotation(quote.quotation).unwrap_or_default().replace('\n', "\r\n");
    key(&LockedQuote { words: hash(&words), ..quote.locked.clone() })
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

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
