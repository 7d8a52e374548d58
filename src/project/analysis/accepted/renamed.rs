//! Quotations that were accepted under another name: of another claim, in another document, or with more words.

use std::collections::{HashMap, HashSet};

use super::lock::{LockedQuote, StandingQuotation};
use crate::model::{CitedDocument, Corpus};
use crate::text::one_line;

/// How many sentences one passage that is looked for may have.
const SENTENCES: usize = 8;

/// The quotations that are new, by their numbers, each with the one of those that are gone that it was, where the sentence
/// that was accepted then stands in its document no more.
///
/// A quotation was another one if that had the same words in the same document, or for the same claim, or in a document that
/// is quoted no more; or if it quotes, for the same claim and from the same document, another piece of the sentence.
pub(crate) fn changed<'a>(
    corpus: &Corpus,
    gone: impl Iterator<Item = &'a LockedQuote>,
    new: &[StandingQuotation],
) -> Vec<(usize, &'a LockedQuote)> {
    let cited: HashSet<&str> = corpus.documents().iter().map(|cited| cited.name.as_str()).collect();
    let mut by_words: HashMap<&str, Vec<&'a LockedQuote>> = HashMap::new();
    let mut by_claim: HashMap<(&str, &str), Vec<&'a LockedQuote>> = HashMap::new();
    for quote in gone {
        by_words.entry(&quote.words).or_default().push(quote);
        by_claim.entry((&quote.by, &quote.source)).or_default().push(quote);
    }
    let was = |quote: &StandingQuotation| -> Option<&'a LockedQuote> {
        let now = &quote.locked;
        let words = one_line(corpus.quotation(quote.quotation).unwrap_or_default());
        let is_near = |old: &&&LockedQuote| old.source == now.source || old.by == now.by;
        let same = by_words.get(now.words.as_str()).into_iter().flatten();
        let same = same.filter(|old| is_near(old) || !cited.contains(old.source.as_str()));
        let pieces = by_claim.get(&(now.by.as_str(), now.source.as_str())).into_iter().flatten();
        let all: Vec<&LockedQuote> = same.chain(pieces.filter(|old| old.passage.contains(&words))).copied().collect();
        // One sentence that is as it was answers for all.
        let is_same = all.iter().any(|old| old.passage == now.passage);
        all.into_iter().filter(|_| !is_same).min_by_key(|old| (old.by != now.by, old.source != now.source))
    };
    let mut found: Vec<_> = new.iter().enumerate().filter_map(|(at, quote)| Some((at, was(quote)?))).collect();
    let passages: HashSet<&str> = found.iter().map(|(_, old)| old.passage.as_str()).collect();
    let mut standing: HashMap<&str, HashSet<&str>> = HashMap::new();
    for cited in corpus.documents().iter().filter(|_| !passages.is_empty()) {
        standing.entry(&cited.name).or_default().extend(still_there(cited, &passages));
    }
    let stands = |source: &str, passage: &str| standing.get(source).is_some_and(|known| known.contains(passage));
    found.retain(|(at, old)| !stands(&new[*at].locked.source, &old.passage));
    found
}

/// Those of some passages that stand in a document: headings, sentences, and sentences that follow each other.
fn still_there<'a>(cited: &CitedDocument, passages: &HashSet<&'a str>) -> Vec<&'a str> {
    let prose = &cited.document.prose;
    let headings = prose.paragraphs.iter().filter(|paragraph| paragraph.is_heading()).map(|heading| &heading.bytes);
    let mut pieces: Vec<_> = cited.sentences.iter().chain(headings).cloned().collect();
    pieces.sort_by_key(|piece| piece.start);
    let pieces: Vec<String> = pieces.into_iter().map(|piece| one_line(&prose.text[piece])).collect();
    let mut found = Vec::new();
    for start in 0..pieces.len() {
        let mut passage = String::new();
        for piece in pieces[start..].iter().take(SENTENCES) {
            passage.push_str(if passage.is_empty() { "" } else { " " });
            passage.push_str(piece);
            found.extend(passages.get(passage.as_str()));
        }
    }
    found
}
