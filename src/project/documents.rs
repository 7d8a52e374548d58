//! The documents that claims quote: found beneath the project, decoded, and searched for all quotations.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, UTF_8};

use super::problems;
use super::tree::{NotRead, decode, folder, join, leads_out};
use crate::diagnostic::Diagnostic;
use crate::evidence::Format;
use crate::model::{BlockId, Corpus, Unsearched, Value};
use crate::schema::{FieldId, FieldType, KindId};
use crate::text::{Sources, Span};

/// The one document that the examples of rules can cite.
pub const EXAMPLE_DOCUMENT: &str = "text.txt";

/// The fields by which a block tells how to read its document.
const FORMAT: &str = "format";
const ENCODING: &str = "encoding";

/// A document that a block names.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The path, relative to the file that names it.
    pub path: &'a str,
    /// Where it is named.
    pub at: Span,
    /// The block that names it.
    pub block: BlockId,
}

impl Document<'_> {
    /// Where it stands, relative to the project.
    ///
    /// # Errors
    /// When that is outside of it.
    pub fn target(&self, sources: &Sources) -> Result<String, NotRead> {
        let path = join(folder(sources.get(self.at.source).name()), self.path)?;
        if leads_out(&path) { Err(NotRead::Outside) } else { Ok(path) }
    }
}

/// Every document that a block names, in document order.
pub fn documents(corpus: &Corpus) -> Vec<Document<'_>> {
    let mut found = Vec::new();
    let holds = |field: &FieldId| corpus.schema.field(*field).holds == FieldType::File;
    let names = |kind: &KindId| corpus.schema.kind(*kind).fields.iter().any(holds);
    let naming = corpus.schema.kind_ids().filter(names).flat_map(|kind| corpus.of_kind(kind).iter().copied());
    let mut blocks: Vec<BlockId> = naming.collect();
    blocks.sort_unstable();
    for block in blocks {
        let fields = corpus.block(block).fields();
        let files = fields.filter(|field| corpus.schema.field(field.field).holds == FieldType::File);
        for held in files.flat_map(|field| field.values) {
            if let Value::Text(path) = held.value {
                found.push(Document { path, at: held.span, block });
            }
        }
    }
    found
}

/// The bytes of a document; nothing where it is known to be there and its words are not.
pub(super) type Bytes = Result<Option<Vec<u8>>, NotRead>;

/// Reads every document that a block names, once, so that quotations can be looked for in them; `limit` is the most bytes
/// that one may have, `steps` the most places that are compared in it.
pub(super) fn read(
    corpus: &mut Corpus,
    sources: &mut Sources,
    (limit, steps): (u64, u64),
    bytes: impl Fn(&str) -> Bytes,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut shelf = Shelf { sources, known: BTreeMap::new(), documents: Vec::new() };
    for document in documents(corpus) {
        let setting = Setting::of(corpus, document.block);
        let target = document.target(shelf.sources);
        match target.and_then(|target| shelf.find((target, setting), &bytes)) {
            Ok(Some(number)) => shelf.documents[number].named_by.push(document.block),
            Ok(None) => {}
            Err(why) => problems.push(problems::source_unread(document.path, document.at, why, limit)),
        }
    }
    corpus.cite(shelf.documents, steps);
    problems
}

/// A problem for each quotation that was not compared with all places where it may stand.
pub(super) fn not_compared(corpus: &Corpus) -> impl Iterator<Item = Diagnostic> {
    let given_up = corpus.given_up().into_iter();
    given_up.map(|quotation| problems::quotation_not_compared(corpus.block(quotation).header()))
}

/// How a block says that its document is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Setting {
    format: Option<String>,
    encoding: Option<String>,
}

/// The documents that were read, each once for every way to read it.
struct Shelf<'a> {
    sources: &'a mut Sources,
    known: BTreeMap<(String, Setting), Result<Option<usize>, NotRead>>,
    documents: Vec<Unsearched>,
}

impl Setting {
    fn of(corpus: &Corpus, block: BlockId) -> Setting {
        Setting { format: term(corpus, block, FORMAT), encoding: term(corpus, block, ENCODING) }
    }

    /// How the document at a path is written.
    fn format(&self, path: &str) -> Format {
        self.format.as_deref().and_then(Format::named).unwrap_or_else(|| Format::of_path(path))
    }
}

impl Shelf<'_> {
    /// The number of a document, which is read if it is not known; nothing if its words are not to be had.
    fn find(&mut self, key: (String, Setting), bytes: impl Fn(&str) -> Bytes) -> Result<Option<usize>, NotRead> {
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let (path, setting) = &key;
        let text =
            bytes(path).and_then(|bytes| bytes.map(|bytes| decoded(bytes, setting.encoding.as_deref())).transpose());
        let number = text.map(|text| text.map(|text| self.put(path, setting, text)));
        self.known.insert(key, number);
        number
    }

    fn put(&mut self, path: &str, setting: &Setting, text: String) -> usize {
        let (name, format) = (path.to_owned(), setting.format(path));
        let file = self.sources.add(path, text);
        let text = self.sources.get(file).shared();
        self.documents.push(Unsearched { file, name, text, format, named_by: Vec::new() });
        self.documents.len() - 1
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

fn term(corpus: &Corpus, block: BlockId, field: &str) -> Option<String> {
    let field = corpus.schema.field_of(corpus.block(block).kind(), field)?;
    corpus.values(block, field).into_iter().find_map(|held| held.value.words()).map(str::to_owned)
}
