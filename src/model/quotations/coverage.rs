//! How much of the documents the claims cover: which sentences some claim quotes, which are waived, which are open.

use std::ops::Range;

use crate::model::{BlockId, CitedDocument, Corpus};
use crate::text::{Span, one_line, words};

/// The field and the value of it by which a block says that it no longer stands.
const STATUS: &str = "status";
const WITHDRAWN: &str = "withdrawn";

/// The coverage of one document.
#[derive(Debug)]
pub struct Coverage<'a> {
    /// The document.
    pub cited: &'a CitedDocument,
    /// Its headings and sentences, in order.
    pub lines: Vec<DocumentLine>,
}

/// A heading or a sentence of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentLine {
    /// A heading, where it stands in the text of the document.
    Heading(Range<usize>),
    /// A sentence.
    Sentence(CoveredSentence),
}

/// A sentence, and what was made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoveredSentence {
    /// Where it stands in the text of the document.
    pub bytes: Range<usize>,
    /// The claims that quote words of it, in document order.
    pub claims: Vec<BlockId>,
    /// The waivers that quote words of it, in document order.
    pub waivers: Vec<BlockId>,
    /// How many words it has.
    pub words: usize,
    /// How many of them some claim or waiver quotes.
    pub quoted: usize,
}

/// What was made of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SentenceState {
    /// Some claim quotes it.
    Claimed,
    /// It was set aside, with a reason.
    Waived,
    /// Nobody has said anything of it.
    Open,
}

/// What is left out of the words of a document, because its readers are not shown it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OmittedContent {
    /// What it is, such as `comments`.
    pub what: &'static str,
    /// The lines on which it begins, one for each place.
    pub lines: Vec<usize>,
    /// How many bytes of the file it takes.
    pub bytes: usize,
}

/// How many sentences are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CoverageTally {
    /// Those that some claim quotes.
    pub claimed: usize,
    /// Those that were set aside.
    pub waived: usize,
    /// Those of which nothing is said.
    pub open: usize,
}

/// Words of a document that a block quotes.
struct QuotedRange {
    bytes: Range<usize>,
    by: BlockId,
    waives: bool,
}

impl Corpus {
    /// What the claims cover of every document that was read, in the order in which they are named.
    ///
    /// A sentence is covered by the claims that quote words of it, at one place of the document only; claims that are
    /// withdrawn do not count. Headings are no sentences.
    pub fn coverage(&self) -> Vec<Coverage<'_>> {
        let mut quotes: Vec<Vec<QuotedRange>> = self.documents().iter().map(|_| Vec::new()).collect();
        for block in self.block_ids().filter(|block| self.counts(*block)) {
            let waives = self.schema.waives(self.block(block).kind());
            for quotation in self.quotations(block) {
                let Some(reading) = self.reading(quotation) else { continue };
                let Some([place]) = reading.found().map(|found| found.places.as_slice()) else { continue };
                let quoted = place.iter().map(|bytes| QuotedRange { bytes: bytes.clone(), by: block, waives });
                quotes[reading.cited].extend(quoted);
            }
        }
        let documents = self.documents().iter().zip(quotes);
        documents.map(|(cited, quotes)| Coverage { cited, lines: lines(cited, quotes) }).collect()
    }

    /// Whether the quotations of a block say something of their sentences.
    fn counts(&self, block: BlockId) -> bool {
        let kind = self.block(block).kind();
        (self.schema.is_claim(kind) || self.schema.waives(kind)) && !self.texts(block, STATUS).any(|is| is == WITHDRAWN)
    }
}

impl Coverage<'_> {
    /// Its sentences, in order.
    pub fn sentences(&self) -> impl Iterator<Item = &CoveredSentence> {
        self.lines
            .iter()
            .filter_map(|line| if let DocumentLine::Sentence(sentence) = line { Some(sentence) } else { None })
    }

    /// How many of its sentences are in which state.
    pub fn tally(&self) -> CoverageTally {
        CoverageTally::of(self.sentences())
    }

    /// The headings with what stands below each; first what stands below none.
    pub fn sections(&self) -> Vec<(Option<&str>, Vec<&CoveredSentence>)> {
        let mut sections: Vec<(Option<&str>, Vec<&CoveredSentence>)> = vec![(None, Vec::new())];
        for line in &self.lines {
            match (line, sections.last_mut()) {
                (DocumentLine::Heading(bytes), _) => {
                    sections.push((Some(&self.cited.document.prose.text[bytes.clone()]), Vec::new()));
                }
                (DocumentLine::Sentence(sentence), Some((_, section))) => section.push(sentence),
                (DocumentLine::Sentence(_), None) => {}
            }
        }
        sections.retain(|(_, sentences)| !sentences.is_empty());
        sections
    }

    /// What is left out of its words, each sort once, in the order in which they first occur.
    pub fn omitted(&self) -> Vec<OmittedContent> {
        let mut all: Vec<OmittedContent> = Vec::new();
        for left_out in &self.cited.document.prose.left_out {
            let line =
                self.cited.line(Span::new(self.cited.file, left_out.file.start as u32, left_out.file.end as u32));
            let bytes = left_out.size;
            match all.iter_mut().find(|one| one.what == left_out.what) {
                Some(one) => {
                    one.lines.push(line);
                    one.bytes += bytes;
                }
                None => all.push(OmittedContent { what: left_out.what, lines: vec![line], bytes }),
            }
        }
        all
    }

    /// The words of a sentence, in one line.
    pub fn text(&self, sentence: &CoveredSentence) -> String {
        one_line(&self.cited.document.prose.text[sentence.bytes.clone()])
    }
}

impl CoveredSentence {
    /// What was made of it.
    pub fn state(&self) -> SentenceState {
        match (self.claims.as_slice(), self.waivers.as_slice()) {
            ([_, ..], _) => SentenceState::Claimed,
            ([], [_, ..]) => SentenceState::Waived,
            ([], []) => SentenceState::Open,
        }
    }
}

impl SentenceState {
    /// The word for it in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            SentenceState::Claimed => "claimed",
            SentenceState::Waived => "waived",
            SentenceState::Open => "open",
        }
    }
}

impl CoverageTally {
    /// Counts sentences.
    pub fn of<'a>(sentences: impl IntoIterator<Item = &'a CoveredSentence>) -> CoverageTally {
        let mut tally = CoverageTally::default();
        for sentence in sentences {
            match sentence.state() {
                SentenceState::Claimed => tally.claimed += 1,
                SentenceState::Waived => tally.waived += 1,
                SentenceState::Open => tally.open += 1,
            }
        }
        tally
    }

    /// Two tallies together.
    #[must_use]
    pub fn with(self, other: CoverageTally) -> CoverageTally {
        CoverageTally {
            claimed: self.claimed + other.claimed,
            waived: self.waived + other.waived,
            open: self.open + other.open,
        }
    }

    /// How many sentences there are.
    pub fn sentences(self) -> usize {
        self.claimed + self.waived + self.open
    }

    /// How many of a hundred sentences are claimed or waived; a hundred of none.
    pub fn percent(self) -> f64 {
        match self.sentences() {
            0 => 100.0,
            all => 100.0 * (all - self.open) as f64 / all as f64,
        }
    }
}

/// The headings and sentences of a document, each sentence with the quotations that reach into it.
fn lines(cited: &CitedDocument, mut quotes: Vec<QuotedRange>) -> Vec<DocumentLine> {
    quotes.sort_by_key(|quote| (quote.bytes.start, quote.by));
    let prose = &cited.document.prose;
    // How far the quotations up to each of them reach.
    let reach: Vec<usize> = quotes
        .iter()
        .scan(0, |reach, quote| {
            *reach = quote.bytes.end.max(*reach);
            Some(*reach)
        })
        .collect();
    let headings = prose.paragraphs.iter().filter(|paragraph| paragraph.is_heading());
    let mut lines: Vec<(usize, DocumentLine)> =
        headings.map(|heading| (heading.bytes.start, DocumentLine::Heading(heading.bytes.clone()))).collect();
    for sentence in &cited.sentences {
        let first = reach.partition_point(|end| *end <= sentence.start);
        let near = quotes[first..].iter().take_while(|quote| quote.bytes.start < sentence.end);
        let within: Vec<&QuotedRange> = near.filter(|quote| quote.bytes.end > sentence.start).collect();
        lines.push((sentence.start, DocumentLine::Sentence(covered(&prose.text, sentence, &within))));
    }
    lines.sort_by_key(|(start, _)| *start);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn covered(text: &str, sentence: &Range<usize>, quotes: &[&QuotedRange]) -> CoveredSentence {
    let all = words(&text[sentence.clone()]);
    let is_quoted = |at: usize| quotes.iter().any(|quote| quote.bytes.contains(&at));
    let quoted = all.iter().filter(|word| is_quoted(sentence.start + word.bytes.start)).count();
    let by = |waives: bool| {
        let mut blocks: Vec<BlockId> =
            quotes.iter().filter(|quote| quote.waives == waives).map(|quote| quote.by).collect();
        blocks.sort_unstable();
        blocks.dedup();
        blocks
    };
    CoveredSentence { bytes: sentence.clone(), claims: by(false), waivers: by(true), words: all.len(), quoted }
}
