//! Whether a sentence that was accepted still stands word for word, where a document is split into other sentences now.

use std::ops::Range;

use crate::evidence::ends_sentence;
use crate::model::{BlockId, CitedDocument, Corpus};
use crate::text::floor_char_boundary;

/// Whether a sentence that was accepted still stands around a quotation, from where sentences begin to where they end.
pub(super) fn still_stands(corpus: &Corpus, quotation: BlockId, accepted: &str) -> bool {
    let Some(reading) = corpus.reading(quotation) else { return false };
    let cited = &corpus.documents()[reading.cited];
    let around = |quoted: &Range<usize>| {
        let places = places(&cited.document.prose.text, accepted, quoted);
        places.into_iter().any(|place| is_whole(cited, accepted, &place))
    };
    !accepted.is_empty() && reading.passages().first().is_some_and(around)
}

/// Where words stand around a piece of a text, whatever white space is between them.
fn places(text: &str, words: &str, around: &Range<usize>) -> Vec<Range<usize>> {
    // White space between words may be several characters, of which the words have one.
    let reach = 2 * words.len();
    let from = floor_char_boundary(text, around.start.saturating_sub(reach));
    let to = floor_char_boundary(text, around.end.saturating_add(reach));
    let (mut folded, mut origins) = (String::new(), Vec::new());
    for (offset, letter) in text[from..to].char_indices() {
        let letter = if letter.is_whitespace() { ' ' } else { letter };
        if letter != ' ' || !folded.ends_with(' ') {
            folded.push(letter);
            origins.resize(folded.len(), from + offset);
        }
    }
    origins.push(to);
    let found = folded.match_indices(words).map(|(at, _)| origins[at]..origins[at + words.len()]);
    found.filter(|place| place.start <= around.start && around.start < place.end).collect()
}

/// Whether a sentence begins where words begin that stand in a document, and one ends where they end.
fn is_whole(cited: &CitedDocument, words: &str, place: &Range<usize>) -> bool {
    let text = &cited.document.prose.text;
    let ends =
        || cited.sentences.iter().any(|sentence| sentence.end == place.start + text[place.clone()].trim_end().len());
    // Sentences had the labels of units that are not part of them now: `(a)`.
    let begins = cited.sentences.iter().any(|sentence| sentence.start == place.start)
        || cited.outline.units.iter().any(|unit| unit.label.start == place.start && !unit.label.is_empty());
    (begins || ends_sentence(text[..place.start].trim_end())) && (ends_sentence(words) || ends())
}
