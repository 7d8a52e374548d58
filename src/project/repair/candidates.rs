//! Which small changes clear a finding: each guess is applied in memory and checked before it is told.

use std::collections::BTreeMap;

use super::apply::{applied_to, clears};
use crate::project::analysis::host::AnalysisHost;
use crate::project::analysis::output::CheckOutput;
use crate::rule::{Finding, LintContext, RepairCandidate, changes};
use crate::text::Span;

/// The most guesses that are tried.
const GUESSES: usize = 60;

/// The most blocks that all guesses together may have checked: large projects are asked fewer.
const BLOCKS: usize = 400_000;

/// The most changes that are told.
const TOLD: usize = 5;

/// The changes after which a finding is gone and no other has come: those of the block in which it stands first, those
/// that take a field away last, and of these the smallest. The host tries them, and holds what it is told to afterwards.
pub fn clearing(
    host: &mut AnalysisHost<'_>,
    checked: &CheckOutput,
    context: &LintContext<'_>,
    finding: &Finding,
) -> Vec<RepairCandidate> {
    let rule = checked.rules.get(&finding.diagnostic.code);
    let trace = rule.and_then(|rule| rule.why(context, &finding.diagnostic));
    let own = finding.diagnostic.fixes.iter().map(|fix| RepairCandidate {
        what: fix.title.clone(),
        edits: fix.edits.clone(),
        drops: false,
    });
    let at = finding.diagnostic.primary.span;
    let mut guesses: Vec<RepairCandidate> = Vec::new();
    for change in own.chain(trace.iter().flat_map(|trace| changes(context, trace, at))) {
        if guesses.iter().all(|known| known.edits != change.edits) {
            guesses.push(change);
        }
    }
    let block = innermost(checked, finding);
    guesses.sort_by_cached_key(|change| (leaves(change, block), change.drops, size(change)));
    let affordable = BLOCKS / checked.corpus.block_ids().count().max(1);
    guesses.truncate(GUESSES.min(affordable.max(TOLD)));
    let mut works = |change: &RepairCandidate| {
        let texts = applied_to(checked, BTreeMap::new(), &change.edits);
        clears(checked, &host.overlay(&texts), finding)
    };
    guesses.into_iter().filter(|change| works(change)).take(TOLD).collect()
}

/// The block with a name that a finding is shown in; what its first use declares stands in another.
fn innermost(checked: &CheckOutput, finding: &Finding) -> Option<Span> {
    let at = finding.diagnostic.primary.span;
    let blocks = checked.corpus.block_ids().map(|block| checked.corpus.block(block));
    let named = blocks.filter(|block| block.id().is_some()).map(|block| block.whole());
    named.filter(|whole| *whole != at && holds(*whole, at)).min_by_key(|whole| whole.len())
}

/// Whether a change is made anywhere but in a block.
fn leaves(change: &RepairCandidate, block: Option<Span>) -> bool {
    block.is_none_or(|block| !change.edits.iter().all(|edit| holds(block, edit.at)))
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.source == inner.source && outer.start <= inner.start && inner.end <= outer.end
}

/// How many bytes go and come.
fn size(change: &RepairCandidate) -> usize {
    change.edits.iter().map(|edit| edit.at.len() + edit.text.len()).sum()
}
