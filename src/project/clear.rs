//! Which small changes clear a finding: each guess is applied in memory and checked before it is told.

use std::collections::BTreeMap;

use super::check::Checked;
use super::mend::{Mending, applied_to, clears};
use crate::rule::{Change, Finding, World, changes};

/// The most guesses that are tried.
const GUESSES: usize = 60;

/// The most blocks that all guesses together may have checked: large projects are asked fewer.
const BLOCKS: usize = 400_000;

/// The most changes that are told.
const TOLD: usize = 3;

/// The smallest changes after which a finding is gone and no other has come, the smallest first.
pub fn clearing(mending: &Mending<'_>, checked: &Checked, world: &World<'_>, finding: &Finding) -> Vec<Change> {
    let rule = checked.rules.get(&finding.diagnostic.code);
    let trace = rule.and_then(|rule| rule.why(world, &finding.diagnostic));
    let own = finding.fix.iter().map(|fix| Change { what: fix.title.clone(), edits: fix.edits.clone() });
    let mut guesses: Vec<Change> = own.chain(trace.iter().flat_map(|trace| changes(world, trace))).collect();
    guesses.sort_by_key(size);
    let affordable = BLOCKS / checked.corpus.block_ids().count().max(1);
    guesses.truncate(GUESSES.min(affordable.max(TOLD)));
    let works = |change: &Change| {
        let texts = applied_to(checked, BTreeMap::new(), &change.edits);
        clears(checked, &mending.check(texts), finding)
    };
    guesses.into_iter().filter(|change| works(change)).take(TOLD).collect()
}

/// How many bytes go and come.
fn size(change: &Change) -> usize {
    change.edits.iter().map(|edit| edit.at.len() + edit.text.len()).sum()
}
