//! What was accepted before a change: whoever takes it off the record answers for what it said.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::ChangedQuotation;
use super::drift_problems;
use super::lock::{Lock, LockedQuote, QuotationKey, key};
use crate::diagnostic::Diagnostic;
use crate::model::{BlockId, Corpus};
use crate::text::{Sources, Span};

/// What is wrong with a project whose documents were accepted before a change as `earlier` has them: passages that are others
/// since, unless the lock of today says so itself, or was written anew with a reason; and passages that are as they were, and
/// are in no lock any more.
pub(crate) fn problems(
    earlier: &Lock,
    (lock, told): (Option<&Lock>, &[ChangedQuotation]),
    (corpus, sources): (&Corpus, &Sources),
    at: Span,
) -> Vec<Diagnostic> {
    let known: BTreeMap<QuotationKey, &LockedQuote> =
        lock.into_iter().flat_map(|lock| &lock.quotes).map(|quote| (key(quote), quote)).collect();
    let told: BTreeSet<BlockId> = told.iter().map(|changed| changed.quotation).collect();
    let changed = earlier.drift(corpus, sources).changed;
    let changed =
        changed.iter().filter(|changed| changed.stands_unchanged(corpus) && !told.contains(&changed.quotation));
    let mut found: Vec<Diagnostic> = changed
        .filter_map(|changed| match known.get(&key(&changed.locked)) {
            None => Some(changed.problem(corpus)),
            Some(_) if lock.is_some_and(|lock| is_accounted_for(changed, earlier, lock)) => None,
            Some(_) => Some(drift_problems::accepted_without_reason(changed.problem(corpus))),
        })
        .collect();
    let before: BTreeMap<QuotationKey, &LockedQuote> = earlier.quotes.iter().map(|quote| (key(quote), quote)).collect();
    let as_before = |quote: &&LockedQuote| before.get(&key(quote)).is_some_and(|old| old.passage == quote.passage);
    let dropped = Lock::of(corpus, sources).quotes;
    let dropped = dropped.iter().filter(as_before).filter(|quote| !known.contains_key(&key(quote))).count();
    found.extend((dropped > 0).then(|| drift_problems::off_the_record(dropped, at)));
    found
}

/// Whether a lock says why a passage was accepted anew; where the document is the same, its words are.
fn is_accounted_for(changed: &ChangedQuotation, earlier: &Lock, lock: &Lock) -> bool {
    let (before, now) = (earlier.source(&changed.accepted.source), lock.source(&changed.locked.source));
    now.is_some_and(|now| now.reason.is_some() || before.is_some_and(|before| before.sha256 == now.sha256))
}
