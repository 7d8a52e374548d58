//! What a corpus knows of its quotations: which documents they name, and how they stand in them.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use memchr::memchr_iter;

use crate::evidence::{Document, Prose, QuotationVerdict, Sentences};
use crate::model::index::documents::{CitedDocument, QuotationMatch, UnsearchedDocument};
use crate::model::index::matches::QuotationMatches;
use crate::model::index::quotations::QuotationIndex;
use crate::model::{BlockId, Corpus};

/// The classes of words that tell where sentences end.
const ABBREVIATION: &str = "abbreviation";
const OPENER: &str = "sentence-opener";

impl Corpus {
    /// Takes in the documents that blocks name, to look for the quotations of the blocks that link to those in them. What
    /// is quoted from a document that was not read stays unknown; no more than `limit` steps are taken in each.
    pub fn cite(&mut self, documents: Vec<UnsearchedDocument>, limit: u64) {
        let before = std::mem::take(&mut self.quoted.before);
        self.quoted = QuotationIndex { documents, limit, searched: OnceLock::new(), before };
    }

    /// Keeps what is found in documents, and takes what was found before of documents and quotations that are the same.
    pub fn keep_matches(&mut self, matches: QuotationMatches) {
        self.quoted.before = matches;
    }

    /// What a document says, and its sentences.
    pub(crate) fn read(&self, unsearched: &UnsearchedDocument, language: Option<&str>) -> CitedDocument {
        let UnsearchedDocument { file, name, text, prose, .. } = unsearched;
        let document = Document::new(Arc::clone(prose));
        let sentences = self.sentences_of(&document.prose, language);
        let lines = memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1).collect();
        CitedDocument { file: *file, name: name.clone(), lines, document, sentences }
    }

    /// The documents that were read, in the order in which blocks name them.
    pub fn documents(&self) -> &[Arc<CitedDocument>] {
        &self.search_results().documents
    }

    /// How a quotation stands in its document; nothing where that was not read.
    pub fn reading(&self, quotation: BlockId) -> Option<&QuotationMatch> {
        self.search_results().matches.get(&quotation)
    }

    /// Whether a block is a quotation that does not stand in its document.
    pub fn is_misquoted(&self, block: BlockId) -> bool {
        self.quotation(block)
            .and_then(|_| self.reading(block))
            .is_some_and(|reading| reading.standing == QuotationVerdict::Absent)
    }

    /// The quotations that were not compared with all places where they may stand, in document order. As long as nobody has
    /// asked how quotations stand in their documents, there are none.
    pub fn given_up(&self) -> Vec<BlockId> {
        let matches = self.quoted.searched.get().into_iter().flat_map(|searched| &searched.matches);
        let matches = matches.filter(|(_, reading)| reading.standing == QuotationVerdict::GivenUp);
        let mut quotations: Vec<BlockId> = matches.map(|(quotation, _)| *quotation).collect();
        quotations.sort_unstable();
        quotations
    }

    /// Whether [`Corpus::given_up`] knows of any.
    pub fn has_given_up(&self) -> bool {
        self.quoted.searched.get().is_some_and(|searched| searched.gives_up)
    }

    /// The document that a block names, if it was read.
    pub fn document_of(&self, source: BlockId) -> Option<&CitedDocument> {
        let searched = self.search_results();
        searched.by_source.get(&source).map(|cited| &*searched.documents[*cited])
    }

    /// These blocks that name documents, the quotations that are taken from them, and the blocks that hold those.
    pub fn resting_on(&self, sources: impl Iterator<Item = BlockId>) -> HashSet<BlockId> {
        let mut all: HashSet<BlockId> = sources.collect();
        // Quotations link to what they quote, and what they bear out links to them.
        for _ in 0..2 {
            let more: Vec<BlockId> =
                self.block_ids().filter(|block| self.linked(*block).any(|linked| all.contains(&linked))).collect();
            all.extend(more);
        }
        all
    }

    fn sentences_of(&self, prose: &Prose, language: Option<&str>) -> Vec<Range<usize>> {
        let tables = &self.schema.words;
        let ends = Sentences {
            abbreviations: tables.phrases_of(language, ABBREVIATION, "."),
            openers: tables.phrases_of(language, OPENER, " "),
        };
        let body =
            prose.paragraphs.iter().filter(|paragraph| !paragraph.is_heading()).map(|paragraph| &paragraph.bytes);
        let sentences = body.flat_map(|bytes| {
            let within = ends.of(&prose.text[bytes.clone()]);
            within.into_iter().map(|sentence| bytes.start + sentence.start..bytes.start + sentence.end)
        });
        sentences.collect()
    }
}
