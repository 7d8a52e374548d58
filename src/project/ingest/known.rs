//! What the project says already: the same kind, title and words, and no field that says otherwise.

use std::collections::{BTreeMap, BTreeSet};

use super::candidate::Candidate;
use super::trial::TrialCheck;
use crate::model::{BlockId, Corpus, Value, Values};
use crate::schema::FieldId;

/// For each candidate the blocks that say the same: blocks of the project first, then earlier candidates.
pub(super) fn twins(trial: &TrialCheck<'_>) -> Vec<Vec<BlockId>> {
    let corpus = &trial.checked.corpus;
    let own: BTreeSet<BlockId> = trial.blocks.iter().flatten().copied().collect();
    let mut by_key: BTreeMap<String, Vec<BlockId>> = BTreeMap::new();
    for block in corpus.block_ids().filter(|block| !own.contains(block)) {
        by_key.entry(key(corpus, block)).or_default().push(block);
    }
    let mut twins = Vec::new();
    for (number, candidate) in trial.candidates.iter().enumerate() {
        // What could not be read says nothing that could be the same.
        let Some(block) = trial.blocks[number].filter(|_| !trial.is_broken(number)) else {
            twins.push(Vec::new());
            continue;
        };
        let alike = by_key.entry(key(corpus, block)).or_default();
        twins.push(alike.iter().copied().filter(|other| says_all(corpus, (*other, block), candidate)).collect());
        alike.push(block);
    }
    twins
}

/// Kind, title and quoted words: what blocks that say the same have in common.
fn key(corpus: &Corpus, block: BlockId) -> String {
    let data = corpus.block(block);
    let title = data.title().map(|title| title.value).unwrap_or_default();
    let mut words: Vec<&str> = corpus.quotations(block).filter_map(|quoted| corpus.quotation(quoted)).collect();
    words.sort_unstable();
    format!("{}\n{title}\n{}", data.kind().0, words.join("\n"))
}

/// Whether a block says all that a candidate does, whatever its status has become.
fn says_all(corpus: &Corpus, (other, block): (BlockId, BlockId), candidate: &Candidate) -> bool {
    let is_status = |field: FieldId| field == candidate.draft.status;
    corpus.block(block).fields().filter(|held| !is_status(held.field)).all(|held| {
        let others = corpus.values(other, held.field);
        values(corpus, held.values) == values(corpus, others)
    })
}

fn values(corpus: &Corpus, held: Values<'_>) -> Vec<String> {
    held.iter().map(|held| plain(corpus, held.value)).collect()
}

/// A value free of places; blocks without an id by what they hold.
fn plain(corpus: &Corpus, value: Value<'_>) -> String {
    match value.block().map(|block| corpus.block(block)).filter(|block| block.id().is_none()) {
        Some(nameless) => {
            let fields = nameless.fields().map(|held| (held.field.0, values(corpus, held.values)));
            format!("{:?}", fields.collect::<Vec<_>>())
        }
        None => format!("{value:?}"),
    }
}
