//! The documents that claims quote: found beneath the project, decoded, and searched for all quotations.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use encoding_rs::{Encoding, UTF_8};

use super::problems;
use crate::diagnostic::Diagnostic;
use crate::evidence::{DocumentFault, DocumentFormat, ProseSource};
use crate::model::{BlockId, Corpus, UnsearchedDocument, Value};
use crate::project::files::problems as file_problems;
use crate::project::files::tree::{NotRead, decode, folder, join, leads_out};
use crate::schema::{FieldId, FieldType, KindId};
use crate::text::{SourceId, Sources, Span, all_threads, parallel_map};

/// The one document that the examples of rules can cite.
pub const EXAMPLE_DOCUMENT: &str = "text.txt";

/// The fields by which a block tells how to read its document.
const FORMAT: &str = "format";
const ENCODING: &str = "encoding";

/// A document, or another file, that a block names.
#[derive(Clone, Copy, Debug)]
pub struct ProjectDocument<'a> {
    /// The path, relative to the file that names it.
    pub path: &'a str,
    /// Where it is named.
    pub at: Span,
    /// The block that names it.
    pub block: BlockId,
    /// Whether it is a document, whose words are read; of another file, it only matters that it is there.
    pub is_read: bool,
}

impl ProjectDocument<'_> {
    /// Where it stands, relative to the project.
    ///
    /// # Errors
    /// When that is outside of it.
    pub fn target(&self, sources: &Sources) -> Result<String, NotRead> {
        let path = join(folder(sources.get(self.at.source).name()), self.path)?;
        if leads_out(&path) { Err(NotRead::Outside) } else { Ok(path) }
    }
}

/// Every document and other file that a block names, in document order.
pub fn documents(corpus: &Corpus) -> Vec<ProjectDocument<'_>> {
    let schema = &corpus.schema;
    let is_file = |field: FieldId| schema.field(field).holds == FieldType::File;
    let names = |kind: &KindId| schema.kind(*kind).fields.iter().copied().any(is_file);
    let mut found = Vec::new();
    for block in corpus.of_kinds(schema.kind_ids().filter(names)) {
        let files = corpus.block(block).fields().filter(|held| is_file(held.field));
        for field in files {
            let is_read = schema.field(field.field).document;
            let texts = field.values.into_iter().filter_map(|held| match held.value {
                Value::Text(path) => Some((path, held.span)),
                _ => None,
            });
            found.extend(texts.map(|(path, at)| ProjectDocument { path, at, block, is_read }));
        }
    }
    found
}

/// The bytes of a document; nothing where it is known to be there and its words are not.
pub(crate) type DocumentBytes = Result<Option<Vec<u8>>, NotRead>;

/// Where documents go that are read, and what of them is known.
pub(crate) struct DocumentReading<'a> {
    pub(crate) sources: &'a mut Sources,
    pub(crate) cache: &'a mut DocumentCache,
    /// The most bytes that a document may have, and the most places that are compared in it.
    pub(crate) limits: (u64, u64),
    /// Whether the corpus has the documents already, and they are the same.
    pub(crate) keeps: bool,
}

/// Reads every document that a block names, once, so that quotations can be looked for in them. `bytes` reads a file, or only
/// finds out whether it is there.
pub(crate) fn read(
    corpus: &mut Corpus,
    reading: &mut DocumentReading<'_>,
    bytes: impl Fn(&str, bool) -> DocumentBytes + Sync,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut found: Vec<UnsearchedDocument> = Vec::new();
    let mut numbers: HashMap<SourceId, usize> = HashMap::new();
    let key =
        |document: &ProjectDocument<'_>| Ok((document.target(reading.sources)?, DocumentSetting::of(corpus, document)));
    let named: Vec<(ProjectDocument<'_>, Result<DocumentKey, DocumentUnread>)> =
        documents(corpus).into_iter().map(|document| (document, key(&document))).collect();
    reading.take(named.iter().filter_map(|(_, key)| key.as_ref().ok()), bytes);
    for (document, key) in named {
        match key.and_then(|key| reading.find(&key)) {
            Ok(Some((file, prose))) => {
                let number = *numbers.entry(file).or_insert_with(|| {
                    let source = reading.sources.get(file);
                    let (name, text) = (source.name().to_owned(), source.shared());
                    found.push(UnsearchedDocument { file, name, text, prose, named_by: Vec::new() });
                    found.len() - 1
                });
                found[number].named_by.push(document.block);
            }
            Ok(None) => {}
            Err(DocumentUnread::File(why)) => {
                let thing = if document.is_read { "document" } else { "file" };
                let place = (document.path, document.at);
                problems.push(file_problems::source_unread(thing, place, why, reading.limits.0));
            }
            Err(DocumentUnread::Contents(fault)) => {
                problems.push(file_problems::source_unusable(document.path, document.at, fault));
            }
        }
    }
    if !reading.keeps {
        corpus.cite(found, reading.limits.1);
    }
    problems
}

/// A problem for each quotation that was not compared with all places where it may stand.
pub(crate) fn not_compared(corpus: &Corpus) -> impl Iterator<Item = Diagnostic> {
    let given_up = corpus.given_up().into_iter();
    given_up.map(|quotation| problems::quotation_not_compared(corpus.block(quotation).header()))
}

/// Why the words of a document are not known.
#[derive(Clone, Copy, Debug)]
pub enum DocumentUnread {
    /// Its file was not read.
    File(NotRead),
    /// What stands in the file cannot be read.
    Contents(DocumentFault),
}

impl From<NotRead> for DocumentUnread {
    fn from(why: NotRead) -> DocumentUnread {
        DocumentUnread::File(why)
    }
}

impl From<DocumentFault> for DocumentUnread {
    fn from(fault: DocumentFault) -> DocumentUnread {
        DocumentUnread::Contents(fault)
    }
}

/// A document that was read: its text, which findings show, and what it says.
pub type ReadDocument = (String, ProseSource);

/// Where the text of a document is, and what it says; nothing for one that is known to be there and whose words are not.
type KnownDocument = Result<Option<(SourceId, ProseSource)>, DocumentUnread>;

/// How a block says that its document is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct DocumentSetting {
    is_read: bool,
    format: Option<String>,
    encoding: Option<String>,
}

/// The path of a document, and how it is written.
type DocumentKey = (String, DocumentSetting);

/// The documents that were read, each once for every way to read it.
#[derive(Default)]
pub(crate) struct DocumentCache {
    known: BTreeMap<DocumentKey, KnownDocument>,
    /// Where the texts of those that are to be read again were.
    places: BTreeMap<DocumentKey, SourceId>,
}

impl DocumentCache {
    /// Whether a document at a path was asked for.
    pub(crate) fn knows(&self, path: &str) -> bool {
        self.known.keys().any(|(known, _)| known == path)
    }

    /// Lets the document at a path be read again.
    pub(crate) fn forget(&mut self, path: &str) {
        let gone: Vec<DocumentKey> = self.known.keys().filter(|(known, _)| known == path).cloned().collect();
        for key in gone {
            if let Some(Ok(Some((file, _)))) = self.known.remove(&key) {
                self.places.insert(key, file);
            }
        }
    }
}

impl DocumentSetting {
    fn of(corpus: &Corpus, document: &ProjectDocument<'_>) -> DocumentSetting {
        let named = |field| corpus.texts(document.block, field).next().map(str::to_owned);
        let term = |field| if document.is_read { named(field) } else { None };
        DocumentSetting { is_read: document.is_read, format: term(FORMAT), encoding: term(ENCODING) }
    }

    /// Reads the document at a path.
    fn read(&self, path: &str, bytes: Vec<u8>) -> Result<ReadDocument, DocumentUnread> {
        let named = self.format.as_deref().and_then(DocumentFormat::named);
        let format = named.unwrap_or_else(|| DocumentFormat::of_path(path));
        read_in(format, bytes, self.encoding.clone())
    }
}

/// The text of a document in UTF-8, or in the encoding that it declares, and what it says; without a format, by its path.
///
/// # Errors
/// When its words are not known.
pub fn read_document(
    path: &str,
    bytes: Vec<u8>,
    format: Option<DocumentFormat>,
) -> Result<ReadDocument, DocumentUnread> {
    let format = format.unwrap_or_else(|| DocumentFormat::of_path(path));
    read_in(format, bytes, None)
}

/// The same, in a format and perhaps an encoding.
fn read_in(format: DocumentFormat, bytes: Vec<u8>, encoding: Option<String>) -> Result<ReadDocument, DocumentUnread> {
    if let Some((text, prose)) = format.unpack(&bytes)? {
        return Ok((text, prose.into()));
    }
    let encoding = encoding.or_else(|| format.declared_encoding(&bytes));
    let text = decoded(bytes, encoding.as_deref())?;
    let prose = format.open(&text)?;
    Ok((text, prose))
}

impl DocumentReading<'_> {
    /// Where the text of a document that was taken in is, and what it says.
    fn find(&self, key: &DocumentKey) -> KnownDocument {
        self.cache.known.get(key).cloned().unwrap_or(Ok(None))
    }

    /// Takes in the documents that are not known yet, in their order; they are read by all threads.
    fn take<'k>(
        &mut self,
        keys: impl Iterator<Item = &'k DocumentKey>,
        bytes: impl Fn(&str, bool) -> DocumentBytes + Sync,
    ) {
        let mut unknown: Vec<&DocumentKey> = Vec::new();
        let mut seen = BTreeSet::new();
        unknown.extend(keys.filter(|key| !self.cache.known.contains_key(*key) && seen.insert(*key)));
        let read = parallel_map(&unknown, all_threads(), |(path, setting)| {
            let read = |bytes: Option<Vec<u8>>| bytes.map(|bytes| setting.read(path, bytes)).transpose();
            bytes(path, setting.is_read).map_err(DocumentUnread::File).and_then(read)
        });
        for (key, read) in unknown.into_iter().zip(read) {
            let known = read.map(|read| read.map(|(text, prose)| (self.put(key, text), prose)));
            self.cache.known.insert(key.clone(), known);
        }
    }

    fn put(&mut self, key: &DocumentKey, text: String) -> SourceId {
        match self.cache.places.get(key) {
            Some(place) => {
                self.sources.replace(*place, text);
                *place
            }
            None => self.sources.add(&key.0, text),
        }
    }
}

/// The text of a document, by the encoding that its block tells, or else as UTF-8.
fn decoded(bytes: Vec<u8>, encoding: Option<&str>) -> Result<String, NotRead> {
    let Some(label) = encoding else { return decode(bytes) };
    let encoding = Encoding::for_label(label.as_bytes()).ok_or(NotRead::UnknownEncoding)?;
    if encoding == UTF_8 {
        return decode(bytes);
    }
    let (text, _, is_broken) = encoding.decode(&bytes);
    if is_broken { Err(NotRead::NotInEncoding) } else { Ok(text.into_owned()) }
}
