//! Facts that are found in documents: whether a quotation stands there, where, and what is around it.

use std::ops::Range;

use super::claims;
use super::fact::QuotationInDocument;
use super::provisions::with_those_around;
use crate::condition::values::scalar::ScalarValue;
use crate::evidence::Difference;
use crate::model::{BlockId, Corpus, QuotationMatch};
use crate::text::{Span, Word, one_line, quotation, words};

/// How it stands there, in a word.
pub(super) fn verdict(it: &QuotationInDocument<'_>) -> Vec<String> {
    it.reading.verdict().map(str::to_owned).into_iter().collect()
}

/// Where it stands there: `text.txt:12`, as editors jump to it.
pub(super) fn found_at(it: &QuotationInDocument<'_>) -> Vec<String> {
    passages(it).into_iter().map(|at| format!("{}:{}", it.cited.name, it.cited.line(at))).collect()
}

/// At how many places it stands there.
pub(super) fn places(it: &QuotationInDocument<'_>) -> Vec<String> {
    it.reading.found().map(|found| found.places.len().to_string()).into_iter().collect()
}

/// The sentences in which it stands, or the passage most like it.
pub(super) fn sentences(it: &QuotationInDocument<'_>) -> Vec<String> {
    let text = |bytes: &Range<usize>| one_line(&it.cited.document.prose.text[bytes.clone()]);
    let passages = it.reading.passages();
    if it.reading.near.is_some() {
        passages.iter().map(text).collect()
    } else {
        passages.iter().map(|at| text(&it.cited.sentence(at))).collect()
    }
}

/// Each difference between it and the passage most like it.
pub(super) fn differences(it: &QuotationInDocument<'_>) -> Vec<String> {
    changes(it.reading).map(ToString::to_string).collect()
}

/// How it differs from that passage, in a clause.
pub(super) fn difference(it: &QuotationInDocument<'_>) -> Vec<String> {
    it.reading.near.iter().map(|near| near.told()).collect()
}

/// What it has at each difference.
pub(super) fn differs(it: &QuotationInDocument<'_>) -> Vec<String> {
    changes(it.reading).map(Difference::said).collect()
}

/// What the passage has at each difference.
pub(super) fn differs_there(it: &QuotationInDocument<'_>) -> Vec<String> {
    changes(it.reading).map(Difference::stands).collect()
}

/// The heading in which it stands.
pub(super) fn heading(it: &QuotationInDocument<'_>) -> Vec<String> {
    let all = it.reading.passages();
    let headings: Vec<&str> = all.iter().filter_map(|at| it.cited.heading(at)).collect();
    // Words that stand in the text as well are taken from there.
    if headings.len() == all.len() { headings.into_iter().map(one_line).collect() } else { Vec::new() }
}

/// The provisions in which it stands.
pub(super) fn provisions(it: &QuotationInDocument<'_>) -> Vec<String> {
    let mut found: Vec<String> = standing_in(it).map(|path| path.join("/")).collect();
    found.dedup();
    found
}

/// The provisions in which it stands, and those around them.
pub(super) fn provisions_around(it: &QuotationInDocument<'_>) -> Vec<String> {
    with_those_around(standing_in(it))
}

/// The paths of numbers in which it stands, of all places; nothing if one of them is in no provision.
fn standing_in<'a>(it: &QuotationInDocument<'a>) -> impl Iterator<Item = &'a [String]> {
    let found = it.reading.found().map(|_| it.reading.passages()).unwrap_or_default();
    let all: Vec<Vec<&[String]>> = found.iter().map(|at| it.cited.provisions(at)).collect();
    let is_known = all.iter().all(|provisions| !provisions.is_empty());
    all.into_iter().filter(move |_| is_known).flatten()
}

/// The titles of the units in which it stands, from the innermost.
pub(super) fn titles(it: &QuotationInDocument<'_>) -> Vec<String> {
    let Some(at) = only(it.reading) else { return Vec::new() };
    let outline = &it.cited.outline;
    let titles = outline.around(outline.unit_at(at.start)).filter_map(|unit| outline.units[unit].title.clone());
    titles.map(|title| one_line(&it.cited.document.prose.text[title])).collect()
}

/// The words that lead in the list of which it is an item.
pub(super) fn lead_ins(it: &QuotationInDocument<'_>) -> Vec<String> {
    let Some(at) = only(it.reading) else { return Vec::new() };
    let outline = &it.cited.outline;
    let text = &it.cited.document.prose.text;
    let lead_ins = outline.around(outline.unit_at(at.start)).filter_map(|unit| outline.lead_in(unit, text));
    lead_ins.filter(|lead_in| lead_in.end <= at.start).map(|lead_in| one_line(&text[lead_in])).collect()
}

/// The words of a class that stand just before or after it.
pub(super) fn words_beside(it: &QuotationInDocument<'_>, class: &str) -> Vec<String> {
    let beside = |at: Range<usize>| {
        let (all, outside) = it.cited.with_documents(&at);
        features_of_words(it, (class, &all), |at| {
            outside.iter().any(|range| range.start < at.end && at.start < range.end)
        })
    };
    only(it.reading).into_iter().flat_map(beside).collect()
}

/// The words of a class in what it leaves out.
pub(super) fn words_left_out(it: &QuotationInDocument<'_>, class: &str) -> Vec<String> {
    let place = one_place(it.reading).into_iter();
    let gaps = place.flat_map(|place| place.windows(2).map(|two| two[0].end..two[1].start));
    gaps.flat_map(|gap| features_of_words(it, (class, &words(&it.cited.document.prose.text[gap])), |_| true)).collect()
}

/// The words of a class that its quoter put in.
pub(super) fn words_put_in(it: &QuotationInDocument<'_>, class: &str) -> Vec<String> {
    let insertions = it.reading.found().map(|found| found.insertions.as_slice()).unwrap_or_default();
    let text = it.corpus.quotation(it.quotation).unwrap_or_default();
    let put_in = insertions.iter().map(|at| text[at.clone()].trim_matches(quotation::is_bracket));
    put_in.flat_map(|inserted| features_of_words(it, (class, &words(inserted)), |_| true)).collect()
}

/// The words of a class in a quotation that stands at one place, up to where the text goes on to another provision; in all of
/// the words of one that does not, and where no document was read that would have parted them.
pub(super) fn words_within(corpus: &Corpus, quotation: BlockId, class: &str) -> Vec<ScalarValue> {
    let found = QuotationInDocument::of(corpus, quotation).and_then(|it| first_statement(&it, class));
    match found {
        Some(words) => words.into_iter().map(ScalarValue::Text).collect(),
        None => claims::words(corpus, quotation, class, |_| true),
    }
}

/// The words of a class up to where the text goes on to another provision; nothing where it does not.
fn first_statement(it: &QuotationInDocument<'_>, class: &str) -> Option<Vec<String>> {
    let parts = one_place(it.reading)?;
    let whole = parts.first()?.start..parts.last()?.end;
    let end = it.cited.end_of_statement(&whole);
    if end >= whole.end {
        return None;
    }
    let parts = parts.iter().filter(|part| part.start < end);
    let parts = parts.map(|part| &it.cited.document.prose.text[part.start..part.end.min(end)]);
    Some(parts.flat_map(|text| features_of_words(it, (class, &words(text)), |_| true)).collect())
}

/// Where a quotation stands in its document.
pub(super) fn passages(it: &QuotationInDocument<'_>) -> Vec<Span> {
    it.reading.passages().into_iter().map(|bytes| it.cited.place(&bytes)).collect()
}

/// Where a quotation differs from the passage most like it, in the claims.
pub(super) fn said_places(it: &QuotationInDocument<'_>) -> Vec<Span> {
    let at = |change: &Difference| it.corpus.quoted_at(it.quotation, change.here.clone());
    changes(it.reading).filter_map(at).collect()
}

/// Where a quotation differs from the passage most like it, in the document; where it stands, if it does not differ.
pub(super) fn document_places(it: &QuotationInDocument<'_>) -> Vec<Span> {
    let different: Vec<Span> = changes(it.reading).map(|change| it.cited.place(&change.there)).collect();
    if different.is_empty() { passages(it) } else { different }
}

/// How a quotation differs from the passage most like it.
fn changes(reading: &QuotationMatch) -> impl Iterator<Item = &Difference> {
    reading.near.iter().flat_map(|near| &near.changes)
}

/// Where a quotation stands, if that is one place.
fn only(reading: &QuotationMatch) -> Option<Range<usize>> {
    let mut all = reading.found().map(|_| reading.passages())?;
    if all.len() == 1 { all.pop() } else { None }
}

/// The parts in which a quotation stands, if that is at one place.
fn one_place(reading: &QuotationMatch) -> Option<&[Range<usize>]> {
    reading.found().filter(|found| found.places.len() == 1).map(|found| found.places[0].as_slice())
}

/// The words of a class that are matched in a text, where `counts` says yes to which they are.
fn features_of_words(
    it: &QuotationInDocument<'_>,
    (class, text): (&str, &[Word]),
    counts: impl Fn(&Range<usize>) -> bool,
) -> Vec<String> {
    let tables = &it.corpus.schema.words;
    let Some(language) = it.corpus.language(it.quotation).or_else(|| tables.guess(text)) else { return Vec::new() };
    let matched = tables.match_lexicon(language, text).into_iter();
    let meant = matched.filter(|matched| matched.class == class && counts(&matched.words));
    let written =
        |range: Range<usize>| text[range].iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
    meant.map(|matched| written(matched.words)).collect()
}
