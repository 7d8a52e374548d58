//! A document that blocks name, and where a quotation stands in it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::block::BlockId;
use crate::evidence::{
    Document, FoundQuotation, MatchQuality, Nearby, Outline, ProseSource, QuotationVerdict, SimilarPassage, StepBudget,
    UnusableQuotation, ends_sentence,
};
use crate::text::{SourceId, Span, Word, words};

/// How many words before and after a quotation stand just outside of it.
const BESIDE: usize = 4;

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
    /// The units that it is made of.
    pub outline: Outline,
    /// Where the sentences of its paragraphs stand in the text of the document, without the labels of its units; none for
    /// headings.
    pub sentences: Vec<Range<usize>>,
}

/// A document that was read, before quotations are looked for in it.
#[derive(Clone, Debug)]
pub struct UnsearchedDocument {
    /// The file.
    pub file: SourceId,
    /// The path of the file, relative to the project.
    pub name: String,
    /// What stands in the file; of one that is no text, what was taken from it.
    pub text: Arc<String>,
    /// What it says.
    pub prose: ProseSource,
    /// The blocks that name it.
    pub named_by: Vec<BlockId>,
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
            let paragraph = paragraph.unwrap_or(byte..byte);
            // A label is read with the sentence behind it.
            let next = self.sentences.get(after).filter(|next| paragraph.contains(&next.start));
            next.map_or(paragraph.clone(), |next| byte..next.end)
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
        let number = prose.paragraph_of(bytes.start).filter(|number| prose.paragraphs[*number].is_heading())?;
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
