//! Where the quotations of claims stand in the documents that they name, and what stands around them there.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use memchr::memchr_iter;

use super::matches::QuotationMatches;
use super::search::QuotationSearchResults;
use crate::evidence::{
    Document, DocumentFormat, FoundQuotation, MatchQuality, Nearby, Prose, QuotationVerdict, Sentences, SimilarPassage,
    StepBudget, UnusableQuotation, ends_sentence,
};
use crate::model::{BlockId, Corpus};
use crate::text::{SourceId, Span, Word, words};

/// How many words before and after a quotation stand just outside of it.
const BESIDE: usize = 4;

/// The classes of words that tell where sentences end.
const ABBREVIATION: &str = "abbreviation";
const OPENER: &str = "sentence-opener";

/// A document that a block of the corpus names, read.
#[derive(Debug)]
pub struct CitedDocument {
    /// The text of the file.
    pub file: SourceId,
    /// The path of the file, relative to the project.
    pub name: String,
    /// The bytes at which its lines begin, from the second on.
    pub lines: Vec<u32>,
    /// What it says.
    pub document: Document,
    /// Where the sentences of its paragraphs stand in the text of the document; none for headings.
    pub sentences: Vec<Range<usize>>,
}

/// How a quotation stands in its document.
#[derive(Clone, Debug)]
pub struct QuotationMatch {
    /// Which of the documents that were read.
    pub cited: usize,
    /// Where it stands.
    pub standing: QuotationVerdict,
    /// The passage that is most like it, where it does not stand there.
    pub near: Option<Arc<SimilarPassage>>,
}

/// How a quotation stands in a document, and the passage that is most like it.
pub(crate) type DocumentVerdict = (QuotationVerdict, Option<Arc<SimilarPassage>>);

/// The documents of a corpus, and how its quotations stand in them, which is looked for when it is first asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct QuotationIndex {
    pub(crate) documents: Vec<UnsearchedDocument>,
    /// The most steps that are taken in each document.
    pub(crate) limit: u64,
    pub(crate) searched: OnceLock<QuotationSearchResults>,
    /// What was found before, where somebody keeps it.
    pub(crate) before: QuotationMatches,
}

/// A document that was read, before quotations are looked for in it.
#[derive(Clone, Debug)]
pub struct UnsearchedDocument {
    /// The file.
    pub file: SourceId,
    /// The path of the file, relative to the project.
    pub name: String,
    /// What stands in the file.
    pub text: Arc<String>,
    /// How it is written.
    pub format: DocumentFormat,
    /// The blocks that name it.
    pub named_by: Vec<BlockId>,
}

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
        let UnsearchedDocument { file, name, text, format, .. } = unsearched;
        let document = Document::new(format.read(text));
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
        let body = prose.paragraphs.iter().filter(|paragraph| !paragraph.is_heading).map(|paragraph| &paragraph.bytes);
        let sentences = body.flat_map(|bytes| {
            let within = ends.of(&prose.text[bytes.clone()]);
            within.into_iter().map(|sentence| bytes.start + sentence.start..bytes.start + sentence.end)
        });
        sentences.collect()
    }
}

impl QuotationIndex {
    /// What looking for the quotations of a document may cost, and what finding the passages nearest to those that are missed:
    /// all documents share the latter.
    pub(crate) fn limits(&self) -> (u64, u64) {
        (self.limit, self.limit / self.documents.len().max(1) as u64)
    }

    /// The numbers of the documents, by the blocks that name them.
    pub(crate) fn by_source(&self) -> HashMap<BlockId, usize> {
        let named = self.documents.iter().enumerate();
        named.flat_map(|(number, document)| document.named_by.iter().map(move |block| (*block, number))).collect()
    }
}

impl QuotationMatch {
    /// What is to be said of the quotation in a word.
    pub fn verdict(&self) -> Option<&'static str> {
        Some(match &self.standing {
            QuotationVerdict::Found(found) if found.places.len() > 1 => "ambiguous",
            QuotationVerdict::Found(found) => match found.manner {
                MatchQuality::Exact => "exact",
                MatchQuality::Normalised => "normalised",
                MatchQuality::Bracketed => "bracketed",
                MatchQuality::Elided => "elided",
            },
            QuotationVerdict::Absent if self.near.is_some() => "altered",
            QuotationVerdict::Absent => "absent",
            QuotationVerdict::Unusable(UnusableQuotation::NoWords) => "empty",
            QuotationVerdict::Unusable(UnusableQuotation::Unclosed) => "unclosed",
            QuotationVerdict::GivenUp => return None,
        })
    }

    /// Where it stands, where it was found.
    pub fn found(&self) -> Option<&FoundQuotation> {
        if let QuotationVerdict::Found(found) = &self.standing { Some(found) } else { None }
    }

    /// Where it stands in the text of its document, from the first of its words to the last; or the passage most like it.
    pub fn passages(&self) -> Vec<Range<usize>> {
        match (self.found(), &self.near) {
            (Some(found), _) => {
                let whole = |place: &Vec<Range<usize>>| Some(place.first()?.start..place.last()?.end);
                found.places.iter().filter_map(whole).collect()
            }
            (None, Some(near)) => vec![near.bytes.clone()],
            (None, None) => Vec::new(),
        }
    }
}

impl CitedDocument {
    /// How quotations stand in it, at the cost of no more steps than the limits: one for all of them, one to find the
    /// passages nearest to those that do not stand there.
    pub(crate) fn find(&self, texts: &[&str], (limit, likening): (u64, u64)) -> Vec<DocumentVerdict> {
        let mut steps = StepBudget::new(likening);
        let mut nearby = None;
        let mut known: HashMap<&str, Option<Arc<SimilarPassage>>> = HashMap::new();
        let mut found = Vec::with_capacity(texts.len());
        for (text, standing) in texts.iter().copied().zip(self.document.find(texts, limit)) {
            let near = (standing == QuotationVerdict::Absent).then(|| {
                let nearby = nearby.get_or_insert_with(|| Nearby::new(&self.document.prose));
                known.entry(text).or_insert_with(|| nearby.find(text, &mut steps).map(Arc::new)).clone()
            });
            found.push((standing, near.flatten()));
        }
        found
    }

    /// Where in the file a piece of the document stands.
    pub fn place(&self, bytes: &Range<usize>) -> Span {
        let at = self.document.prose.in_file(bytes);
        Span::new(self.file, at.start as u32, at.end as u32)
    }

    /// The line of the file, from 1, on which a place begins.
    pub fn line(&self, at: Span) -> usize {
        self.lines.partition_point(|start| *start <= at.start) + 1
    }

    /// The sentence in which a piece of the document begins; of a heading, the heading; of a piece that runs on into other
    /// paragraphs, all from its first sentence to its last.
    pub fn sentence(&self, bytes: &Range<usize>) -> Range<usize> {
        let prose = &self.document.prose;
        let first = self.sentence_at(bytes.start);
        let last = bytes.end.saturating_sub(1).max(bytes.start);
        let runs_on = prose.paragraph_of(bytes.start) != prose.paragraph_of(last);
        if runs_on { first.start..self.sentence_at(last).end.max(bytes.end) } else { first.start..first.end }
    }

    /// The sentence, or the heading, in which a byte of the document stands.
    fn sentence_at(&self, byte: usize) -> Range<usize> {
        let after = self.sentences.partition_point(|sentence| sentence.start <= byte);
        let known = after.checked_sub(1).map(|number| self.sentences[number].clone());
        let prose = &self.document.prose;
        known.filter(|sentence| sentence.contains(&byte)).unwrap_or_else(|| {
            let paragraph = prose.paragraph_of(byte).map(|number| prose.paragraphs[number].bytes.clone());
            paragraph.unwrap_or(byte..byte)
        })
    }

    /// Where a piece of the document has said what it begins to say: at the end of the first paragraph that ends with a
    /// sentence, or at its own end, where it does not run on behind that.
    pub fn end_of_statement(&self, bytes: &Range<usize>) -> usize {
        let paragraphs = &self.document.prose.paragraphs;
        let first = paragraphs.partition_point(|paragraph| paragraph.bytes.end <= bytes.start);
        let before = paragraphs[first..].iter().map(|it| &it.bytes).take_while(|it| it.end < bytes.end);
        let mut over = before.filter(|it| ends_sentence(&self.document.prose.text[(*it).clone()]));
        over.next().map_or(bytes.end, |it| it.end)
    }

    /// The heading in which a piece of the document stands.
    pub fn heading(&self, bytes: &Range<usize>) -> Option<&str> {
        let prose = &self.document.prose;
        let number = prose.paragraph_of(bytes.start).filter(|number| prose.paragraphs[*number].is_heading)?;
        Some(prose.words(number))
    }

    /// The words of the sentence before and after a piece of the document, no more than a few and not beyond a mark that
    /// parts clauses: the words of the sentence, and which of them are meant.
    pub fn with_documents(&self, bytes: &Range<usize>) -> (Vec<Word>, [Range<usize>; 2]) {
        let sentence = self.sentence(bytes);
        let last = self.sentence_at(bytes.end.saturating_sub(1)).end;
        let text = &self.document.prose.text[sentence.start..sentence.end.max(bytes.end).max(last)];
        let all = words(text);
        let (start, end) = (bytes.start - sentence.start, bytes.end - sentence.start);
        let first = all.partition_point(|word| word.bytes.end <= start);
        let last = all.partition_point(|word| word.bytes.start < end);
        let mut before = first;
        while before > 0 && first - before < BESIDE && all.get(before).is_some_and(|word| word.joined) {
            before -= 1;
        }
        let mut after = last;
        while after < all.len() && after - last < BESIDE && all[after].joined {
            after += 1;
        }
        (all, [before..first, last..after])
    }
}
