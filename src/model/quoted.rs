//! Where the quotations of claims stand in the documents that they name, and what stands around them there.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::{BlockId, Corpus, Value};
use crate::evidence::{Document, Found, Manner, Near, Nearby, Sentences, Standing, Unusable};
use crate::text::{SourceId, Span, Word, words};

/// How many words before and after a quotation stand just outside of it.
const BESIDE: usize = 4;

/// The classes of words that tell where sentences end.
const ABBREVIATION: &str = "abbreviation";
const OPENER: &str = "sentence-opener";

/// A document that a block of the corpus names, read.
#[derive(Debug)]
pub struct Cited {
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
#[derive(Debug)]
pub struct Reading {
    /// Which of the documents that were read.
    pub cited: usize,
    /// Where it stands.
    pub standing: Standing,
    /// The passage that is most like it, where it does not stand there.
    pub near: Option<Near>,
}

/// The documents of a corpus, and how its quotations stand in them.
#[derive(Debug, Default)]
pub(super) struct Quoted {
    documents: Vec<Cited>,
    by_source: HashMap<BlockId, usize>,
    readings: HashMap<BlockId, Reading>,
}

/// A document that was read, before quotations are looked for in it.
pub struct Unsearched {
    /// The text of the file.
    pub file: SourceId,
    /// The path of the file, relative to the project.
    pub name: String,
    /// The bytes at which its lines begin, from the second on.
    pub lines: Vec<u32>,
    /// What it says.
    pub document: Document,
    /// The blocks that name it.
    pub named_by: Vec<BlockId>,
}

impl Corpus {
    /// Looks for all quotations in the documents that the blocks they link to name. What is quoted from a document that
    /// was not read stays unknown; no more than `limit` places of each document are compared.
    pub fn search(&mut self, documents: Vec<Unsearched>, limit: u64) {
        let mut quoted = Quoted::default();
        for Unsearched { file, name, lines, document, named_by } in documents {
            quoted.by_source.extend(named_by.into_iter().map(|block| (block, quoted.documents.len())));
            quoted.documents.push(Cited { file, name, lines, document, sentences: Vec::new() });
        }
        let mut by_document: BTreeMap<usize, Vec<BlockId>> = BTreeMap::new();
        for quotation in self.block_ids().filter(|block| self.quotation(*block).is_some()) {
            let linked = self.linked(quotation).find_map(|block| quoted.by_source.get(&block));
            if let Some(document) = linked {
                by_document.entry(*document).or_default().push(quotation);
            }
        }
        for (cited, quotations) in by_document {
            quoted.read((cited, &quotations), self, limit);
        }
        let sentences: Vec<Vec<Range<usize>>> =
            (0..quoted.documents.len()).map(|cited| self.sentences_of(&quoted, cited)).collect();
        for (cited, sentences) in quoted.documents.iter_mut().zip(sentences) {
            cited.sentences = sentences;
        }
        self.quoted = quoted;
    }

    /// The documents that were read, in the order in which blocks name them.
    pub fn documents(&self) -> &[Cited] {
        &self.quoted.documents
    }

    /// How a quotation stands in its document; nothing where that was not read.
    pub fn reading(&self, quotation: BlockId) -> Option<&Reading> {
        self.quoted.readings.get(&quotation)
    }

    /// The quotations that were not compared with all places where they may stand, in document order.
    pub fn given_up(&self) -> Vec<BlockId> {
        let readings = self.quoted.readings.iter().filter(|(_, reading)| reading.standing == Standing::GivenUp);
        let mut quotations: Vec<BlockId> = readings.map(|(quotation, _)| *quotation).collect();
        quotations.sort_unstable();
        quotations
    }

    /// The document that a block names, if it was read.
    pub fn document_of(&self, source: BlockId) -> Option<&Cited> {
        self.quoted.by_source.get(&source).map(|cited| &self.quoted.documents[*cited])
    }

    fn linked(&self, block: BlockId) -> impl Iterator<Item = BlockId> {
        let values = self.block(block).fields.iter().flat_map(|field| &field.values);
        values.filter_map(|held| if let Value::Block(block) = held.value { Some(block) } else { None })
    }

    fn sentences_of(&self, quoted: &Quoted, cited: usize) -> Vec<Range<usize>> {
        let named_by = quoted.by_source.iter().filter(|(_, known)| **known == cited).map(|(block, _)| *block).min();
        let language = named_by.and_then(|block| self.texts(block, super::said::LANGUAGE).next());
        let tables = &self.schema.words;
        let ends = Sentences {
            abbreviations: tables.phrases_of(language, ABBREVIATION, "."),
            openers: tables.phrases_of(language, OPENER, " "),
        };
        let prose = &quoted.documents[cited].document.prose;
        let body = prose.paragraphs.iter().filter(|paragraph| !paragraph.is_heading).map(|paragraph| &paragraph.bytes);
        let sentences = body.flat_map(|bytes| {
            let within = ends.of(&prose.text[bytes.clone()]);
            within.into_iter().map(|sentence| bytes.start + sentence.start..bytes.start + sentence.end)
        });
        sentences.collect()
    }
}

impl Quoted {
    fn read(&mut self, (cited, quotations): (usize, &[BlockId]), corpus: &Corpus, limit: u64) {
        let document = &self.documents[cited].document;
        let texts: Vec<&str> = quotations.iter().map(|block| corpus.quotation(*block).unwrap_or_default()).collect();
        let mut nearby = None;
        for ((block, text), standing) in quotations.iter().zip(&texts).zip(document.find(&texts, limit)) {
            let near = (standing == Standing::Absent).then(|| {
                let nearby = nearby.get_or_insert_with(|| Nearby::new(&document.prose));
                nearby.find(text)
            });
            self.readings.insert(*block, Reading { cited, standing, near: near.flatten() });
        }
    }
}

impl Reading {
    /// What is to be said of the quotation in a word.
    pub fn verdict(&self) -> Option<&'static str> {
        Some(match &self.standing {
            Standing::Found(found) if found.places.len() > 1 => "ambiguous",
            Standing::Found(found) => match found.manner {
                Manner::Exact => "exact",
                Manner::Normalised => "normalised",
                Manner::Bracketed => "bracketed",
                Manner::Elided => "elided",
            },
            Standing::Absent if self.near.is_some() => "altered",
            Standing::Absent => "absent",
            Standing::Unusable(Unusable::NoWords) => "empty",
            Standing::Unusable(Unusable::Unclosed) => "unclosed",
            Standing::GivenUp => return None,
        })
    }

    /// Where it stands, where it was found.
    pub fn found(&self) -> Option<&Found> {
        if let Standing::Found(found) = &self.standing { Some(found) } else { None }
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

impl Cited {
    /// Where in the file a piece of the document stands.
    pub fn place(&self, bytes: &Range<usize>) -> Span {
        let at = self.document.prose.in_file(bytes);
        Span::new(self.file, at.start as u32, at.end as u32)
    }

    /// The line of the file, from 1, on which a place begins.
    pub fn line(&self, at: Span) -> usize {
        self.lines.partition_point(|start| *start <= at.start) + 1
    }

    /// The sentence in which a piece of the document begins; of a heading, the heading.
    pub fn sentence(&self, bytes: &Range<usize>) -> Range<usize> {
        let after = self.sentences.partition_point(|sentence| sentence.start <= bytes.start);
        let known = after.checked_sub(1).map(|number| self.sentences[number].clone());
        let prose = &self.document.prose;
        known.filter(|sentence| sentence.contains(&bytes.start)).unwrap_or_else(|| {
            let paragraph = prose.paragraph_of(bytes.start).map(|number| prose.paragraphs[number].bytes.clone());
            paragraph.unwrap_or_else(|| bytes.clone())
        })
    }

    /// The heading in which a piece of the document stands.
    pub fn heading(&self, bytes: &Range<usize>) -> Option<&str> {
        let prose = &self.document.prose;
        let number = prose.paragraph_of(bytes.start).filter(|number| prose.paragraphs[*number].is_heading)?;
        Some(prose.words(number))
    }

    /// The words of the sentence before and after a piece of the document, no more than a few and not beyond a mark that
    /// parts clauses: the words of the sentence, and which of them are meant.
    pub fn beside(&self, bytes: &Range<usize>) -> (Vec<Word>, [Range<usize>; 2]) {
        let sentence = self.sentence(bytes);
        let text = &self.document.prose.text[sentence.start..sentence.end.max(bytes.end)];
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
