//! Holds documents against what was accepted of them.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::{ChangedQuotation, Drift, MovedQuotation};
use super::drift_problems as problems;
use super::lock::{
    Lock, LockedQuote, LockedSource, QuotationKey, StandingQuotation, hash, key, locked_sources, standing,
};
use super::renamed;
use super::resplit::still_stands;
use crate::diagnostic::Diagnostic;
use crate::model::{BlockId, Corpus};
use crate::text::{SourceId, Sources, Span};

/// The field by which a statement names those that it follows from.
const BECAUSE: &str = "because";

/// How many of the claims that rest on another are shown.
const SHOWN: usize = 5;

impl Lock {
    /// How a project differs from what was accepted.
    pub fn drift(&self, corpus: &Corpus, sources: &Sources) -> Drift {
        let by_path = |sources: &[LockedSource]| -> BTreeMap<String, String> {
            sources.iter().map(|source| (source.path.clone(), source.sha256.clone())).collect()
        };
        let (before, after) = (by_path(&self.sources), by_path(&locked_sources(corpus, sources)));
        // Until line endings ceased to count, documents were recorded as they lay there.
        let as_it_lies = |path: &str| {
            let document = corpus.documents().iter().find(|document| document.name == path);
            document.map(|document| hash(sources.get(document.file).text()))
        };
        let other = |path: &&String| {
            let known = before.get(*path);
            known != after.get(*path) && (known.is_none() || known.cloned() != as_it_lies(path))
        };
        let mut drift =
            Drift { sources: before.keys().chain(after.keys()).filter(other).cloned().collect(), ..Drift::default() };
        let mut accepted: BTreeMap<QuotationKey, &LockedQuote> =
            self.quotes.iter().map(|quote| (key(quote), quote)).collect();
        let mut new: Vec<StandingQuotation> = Vec::new();
        for quote in standing(corpus) {
            let known = accepted.remove(&key(&quote.locked));
            match known.or_else(|| accepted.remove(&as_on_windows(corpus, &quote))) {
                Some(before) if quote.is_found && is_unchanged(corpus, &quote, before) => {
                    let moved = MovedQuotation { by: quote.by, before: before.line, now: quote.locked.line };
                    drift.moved.extend((moved.before != moved.now).then_some(moved));
                }
                Some(before) => drift.changed.push(ChangedQuotation::new(corpus, &quote, before)),
                None => new.extend(quote.is_found.then_some(quote)),
            }
        }
        let renamed = renamed::changed(corpus, accepted.values().copied(), &new);
        for (_, before) in &renamed {
            accepted.remove(&key(before));
        }
        drift.renewed += accepted.len() + new.len() - renamed.len();
        drift.changed.extend(renamed.into_iter().map(|(at, before)| ChangedQuotation::new(corpus, &new[at], before)));
        drift.changed.sort_by_key(|changed| changed.quotation);
        drift
    }
}

impl Drift {
    /// What a check says of it: each passage that changed around words that still stand, since the rules report the others;
    /// and, if all must be as accepted, whatever else is not.
    pub(crate) fn problems(&self, corpus: &Corpus, (lock, must_hold): (SourceId, bool)) -> Vec<Diagnostic> {
        let standing = self.changed.iter().filter(|changed| changed.stands_unchanged(corpus));
        let mut found: Vec<Diagnostic> = standing.map(|changed| changed.problem(corpus)).collect();
        if must_hold && !self.is_none() {
            found.push(problems::stale_lock(self, Span::file(lock)));
        }
        found
    }
}

impl ChangedQuotation {
    fn new(corpus: &Corpus, quote: &StandingQuotation, before: &LockedQuote) -> ChangedQuotation {
        ChangedQuotation {
            quotation: quote.quotation,
            by: quote.by,
            before: before.passage.clone(),
            now: Some(quote.locked.passage.clone()).filter(|passage| !passage.is_empty()),
            rests: resting_on(corpus, quote.by),
            accepted: before.clone(),
            locked: quote.locked.clone(),
        }
    }

    pub(crate) fn problem(&self, corpus: &Corpus) -> Diagnostic {
        let reading = corpus.reading(self.quotation);
        let cited = reading.and_then(|reading| corpus.documents().get(reading.cited));
        let place = reading.zip(cited).and_then(|(reading, cited)| Some(cited.place(reading.passages().first()?)));
        let names: Vec<&str> = self.rests.iter().take(SHOWN).map(|block| corpus.name(*block)).collect();
        let more = self.rests.len().saturating_sub(SHOWN);
        problems::passage_changed(self, (corpus.block(self.quotation).header(), place), (&names, more))
    }
}

/// The statements that follow from one, over any number of steps, in document order.
fn resting_on(corpus: &Corpus, from: BlockId) -> Vec<BlockId> {
    let mut seen = BTreeSet::from([from]);
    let mut next = vec![from];
    while let Some(block) = next.pop() {
        let because = corpus.schema.field_of(corpus.block(block).kind(), BECAUSE);
        let followers = because.map_or(&[][..], |field| corpus.referrers(block, field));
        next.extend(followers.iter().filter(|follower| seen.insert(**follower)));
    }
    seen.remove(&from);
    seen.into_iter().collect()
}

/// Whether the sentence of a quotation says what was accepted.
fn is_unchanged(corpus: &Corpus, quote: &StandingQuotation, before: &LockedQuote) -> bool {
    before.passage == quote.locked.passage || still_stands(corpus, quote.quotation, &before.passage)
}

/// What a quotation was called that was accepted from claims with the line endings of Windows, when these still counted.
fn as_on_windows(corpus: &Corpus, quote: &StandingQuotation) -> QuotationKey {
    let words = corpus.quotation(quote.quotation).unwrap_or_default().replace('\n', "\r\n");
    key(&LockedQuote { words: hash(&words), ..quote.locked.clone() })
}
