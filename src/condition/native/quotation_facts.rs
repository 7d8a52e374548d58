//! What the program finds out about a quotation in its document: whether it stands there, where, and what is around it.

use std::ops::Range;

use crate::condition::values::scalar::ScalarValue;
use crate::evidence::Difference;
use crate::model::{BlockId, CitedDocument, Corpus, LexicalFeature, QuotationMatch};
use crate::text::{Span, Word, quotation, words};

/// Something about a quotation in its document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum QuotationFact {
    /// How it stands there, in a word.
    Match,
    /// Where it stands there.
    FoundAt,
    /// At how many places it stands there.
    Places,
    /// The words of a class in it, up to where it runs on into another paragraph when its sentence has ended.
    Within(String),
    /// The sentences in which it stands, or the passage most like it.
    Passage,
    /// Each difference between it and the passage most like it.
    Differences,
    /// How it differs from that passage, in a clause.
    Difference,
    /// What it has at each difference, there where it says so.
    Differs,
    /// What the passage has at each difference, there where it says so.
    DiffersThere,
    /// The heading in which it stands.
    Heading,
    /// The words of a class that stand just before or after it.
    Beside(String),
    /// The words of a class in what it leaves out.
    LeftOut(String),
    /// The words of a class that its quoter put in.
    PutIn(String),
}

impl QuotationFact {
    /// What is known of a quotation; nothing where its document was not read.
    pub(crate) fn of(&self, corpus: &Corpus, quotation: BlockId) -> Vec<ScalarValue> {
        let Some((reading, cited)) = read(corpus, quotation) else {
            // What a document would have parted is all heard where none was read.
            let QuotationFact::Within(class) = self else { return Vec::new() };
            return features_of_source(corpus, quotation, class).into_iter().map(ScalarValue::Text).collect();
        };
        let text = |bytes: &Range<usize>| one_line(&cited.document.prose.text[bytes.clone()]);
        let found: Vec<String> = match self {
            QuotationFact::Match => reading.verdict().map(str::to_owned).into_iter().collect(),
            QuotationFact::FoundAt => passages(reading, cited).map(|at| place(cited, at)).collect(),
            QuotationFact::Places => reading.found().map(|found| found.places.len().to_string()).into_iter().collect(),
            QuotationFact::Within(class) => within(corpus, quotation, (reading, cited), class),
            QuotationFact::Passage if reading.near.is_some() => reading.passages().iter().map(text).collect(),
            QuotationFact::Passage => reading.passages().iter().map(|at| text(&cited.sentence(at))).collect(),
            QuotationFact::Differences => changes(reading).map(ToString::to_string).collect(),
            QuotationFact::Difference => reading.near.iter().map(|near| near.told()).collect(),
            QuotationFact::Differs => changes(reading).map(Difference::said).collect(),
            QuotationFact::DiffersThere => changes(reading).map(Difference::stands).collect(),
            QuotationFact::Heading => {
                let all = reading.passages();
                let headings: Vec<&str> = all.iter().filter_map(|at| cited.heading(at)).collect();
                // Words that stand in the text as well are taken from there.
                if headings.len() == all.len() { headings.into_iter().map(one_line).collect() } else { Vec::new() }
            }
            QuotationFact::Beside(class) => {
                let beside = |at: Range<usize>| {
                    let (all, outside) = cited.with_documents(&at);
                    features_of_words(corpus, quotation, (class, &all), |at| {
                        outside.iter().any(|range| range.start < at.end && at.start < range.end)
                    })
                };
                only(reading).into_iter().flat_map(beside).collect()
            }
            QuotationFact::LeftOut(class) => {
                let gaps = reading.found().filter(|found| found.places.len() == 1).map(|found| &found.places[0]);
                let gaps = gaps.into_iter().flat_map(|place| place.windows(2).map(|two| two[0].end..two[1].start));
                gaps.flat_map(|gap| {
                    features_of_words(corpus, quotation, (class, &words(&cited.document.prose.text[gap])), |_| true)
                })
                .collect()
            }
            QuotationFact::PutIn(class) => {
                let insertions = reading.found().map(|found| found.insertions.as_slice()).unwrap_or_default();
                let text = corpus.quotation(quotation).unwrap_or_default();
                let put_in = insertions.iter().map(|at| text[at.clone()].trim_matches(quotation::is_bracket));
                put_in
                    .flat_map(|inserted| features_of_words(corpus, quotation, (class, &words(inserted)), |_| true))
                    .collect()
            }
        };
        found.into_iter().map(ScalarValue::Text).collect()
    }

    /// Where what is known of a quotation stands in its document.
    pub(crate) fn places(&self, corpus: &Corpus, quotation: BlockId) -> Vec<Span> {
        match (self, read(corpus, quotation)) {
            (QuotationFact::FoundAt, Some((reading, cited))) => passages(reading, cited).collect(),
            (QuotationFact::Differs, Some((reading, _))) => {
                changes(reading).filter_map(|change| corpus.quoted_at(quotation, change.here.clone())).collect()
            }
            (QuotationFact::DiffersThere, Some((reading, cited))) if changes(reading).next().is_some() => {
                changes(reading).map(|change| cited.place(&change.there)).collect()
            }
            (QuotationFact::DiffersThere, Some((reading, cited))) => passages(reading, cited).collect(),
            _ => Vec::new(),
        }
    }
}

fn read(corpus: &Corpus, quotation: BlockId) -> Option<(&QuotationMatch, &CitedDocument)> {
    let reading = corpus.reading(quotation)?;
    Some((reading, &**corpus.documents().get(reading.cited)?))
}

/// How a quotation differs from the passage most like it.
fn changes(reading: &QuotationMatch) -> impl Iterator<Item = &Difference> {
    reading.near.iter().flat_map(|near| &near.changes)
}

fn passages<'a>(reading: &QuotationMatch, cited: &'a CitedDocument) -> impl Iterator<Item = Span> + use<'a> {
    reading.passages().into_iter().map(|bytes| cited.place(&bytes))
}

/// Where a quotation stands, if that is one place.
fn only(reading: &QuotationMatch) -> Option<Range<usize>> {
    let mut all = reading.found().map(|_| reading.passages())?;
    if all.len() == 1 { all.pop() } else { None }
}

/// The words of a class that are heard in a text, where `counts` says yes to which they are.
fn features_of_words(
    corpus: &Corpus,
    quotation: BlockId,
    (class, text): (&str, &[Word]),
    counts: impl Fn(&Range<usize>) -> bool,
) -> Vec<String> {
    let tables = &corpus.schema.words;
    let Some(language) = corpus.language(quotation).or_else(|| tables.guess(text)) else { return Vec::new() };
    let heard = tables.match_lexicon(language, text).into_iter();
    let meant = heard.filter(|heard| heard.class == class && counts(&heard.words));
    let written =
        |range: Range<usize>| text[range].iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
    meant.map(|heard| written(heard.words)).collect()
}

/// The words of a class in all of a quotation.
fn features_of_source(corpus: &Corpus, quotation: BlockId, class: &str) -> Vec<String> {
    let wanted = corpus.class(class);
    let words = |feature: &LexicalFeature| match feature {
        LexicalFeature::Word { class, words, .. } if Some(*class) == wanted => Some(words.clone()),
        _ => None,
    };
    corpus.features(quotation).iter().filter_map(words).collect()
}

/// The words of a class in a quotation that stands at one place, up to where the text goes on to another provision; in all of
/// the words of one that does not.
fn within(
    corpus: &Corpus,
    quotation: BlockId,
    (reading, cited): (&QuotationMatch, &CitedDocument),
    class: &str,
) -> Vec<String> {
    let place = reading.found().filter(|found| found.places.len() == 1).map(|found| found.places[0].as_slice());
    let whole = place.and_then(|parts| Some(parts.first()?.start..parts.last()?.end));
    let (Some(parts), Some(whole)) = (place, whole) else {
        return features_of_source(corpus, quotation, class);
    };
    let end = cited.end_of_statement(&whole);
    if end >= whole.end {
        return features_of_source(corpus, quotation, class);
    }
    let parts = parts.iter().filter(|part| part.start < end);
    let parts = parts.map(|part| &cited.document.prose.text[part.start..part.end.min(end)]);
    parts.flat_map(|text| features_of_words(corpus, quotation, (class, &words(text)), |_| true)).collect()
}

/// `text.txt:12`, as editors jump to it.
fn place(cited: &CitedDocument, at: Span) -> String {
    format!("{}:{}", cited.name, cited.line(at))
}

/// Words without the line breaks of their document.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
