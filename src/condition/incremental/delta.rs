//! Asks a condition about some blocks alone, when the answer for all others is known.

use std::collections::BTreeSet;

use super::reverse_reachability::{BlockSet, MOST, ReachingRows};
use crate::condition::eval::budget::{Budget, EvalResult, OutOfBudget};
use crate::condition::eval::evaluator::Evaluator;
use crate::condition::eval::rows::{RowScan, all_of};
use crate::condition::plan::{Formula, FormulaNode, Plan, Range, Slot};
use crate::condition::query::compile::Query;
use crate::condition::values::row::Row;
use crate::condition::values::scalar::ScalarValue;
use crate::model::{BlockId, Corpus};

/// The blocks of the binders that range over kinds, in the order of these.
type SeedBlocks = Vec<BlockId>;

impl Query {
    /// The offending rows that begin with any of some blocks, in document order, each once; nothing if to find them would take as
    /// long as to ask about all. A row begins with the blocks of those binders that range over kinds.
    ///
    /// # Errors
    /// If there are more steps to take than the budget allows.
    pub fn rows_of(
        &self,
        blocks: &[BlockId],
        corpus: &Corpus,
        budget: &mut Budget,
    ) -> Result<Option<Vec<Row>>, OutOfBudget> {
        let mut evaluator = Evaluator::new(corpus, budget, self.plan.slots);
        evaluator.few = true;
        let Some(starts) = starts(&self.plan, blocks, &mut evaluator)? else { return Ok(None) };
        let mut walk = RowScan::new(&self.plan, &self.witnesses, evaluator);
        for start in starts {
            walk.beginning(&start)?;
        }
        Ok(Some(walk.found().rows))
    }

    /// Whether a row begins with any of some blocks.
    pub fn begins(&self, row: &Row, with: impl Fn(BlockId) -> bool) -> bool {
        let first = self.plan.over_kinds().flat_map(|slot| &row.cells[slot].elements);
        first.filter_map(ScalarValue::block).any(with)
    }
}

/// The beginnings of rows in which some blocks play a part.
fn starts(plan: &Plan, blocks: &[BlockId], evaluator: &mut Evaluator<'_>) -> EvalResult<Option<BTreeSet<SeedBlocks>>> {
    let slots: Vec<Slot> = plan.over_kinds().collect();
    let corpus = evaluator.corpus;
    let of = |slot: Slot| {
        let Range::Kinds(kinds) = &plan.ranges[slot] else { return Vec::new() };
        blocks.iter().copied().filter(|block| kinds.contains(&corpus.kind(*block))).collect()
    };
    match slots[..] {
        [only] => Ok(Some(of(only).into_iter().map(|block: BlockId| vec![block]).collect())),
        [first, second] => {
            let mut starts = BTreeSet::new();
            for (slot, other) in [(first, second), (second, first)] {
                for block in of(slot) {
                    let Some(partners) = partners((plan, evaluator), (slot, block), other)? else { return Ok(None) };
                    evaluator.spend(partners.len())?;
                    starts.extend(
                        partners
                            .into_iter()
                            .map(|partner| if slot == first { vec![block, partner] } else { vec![partner, block] }),
                    );
                }
            }
            Ok(Some(starts))
        }
        _ => Ok(None),
    }
}

/// The blocks of a binder that can go with a block of another one: by the conjunct that leaves the fewest, or else all.
fn partners(
    (plan, evaluator): (&Plan, &mut Evaluator<'_>),
    (slot, block): (Slot, BlockId),
    other: Slot,
) -> EvalResult<Option<BlockSet>> {
    let mut fewest: Option<BlockSet> = None;
    evaluator.bind(slot, ScalarValue::Block(block));
    for formula in plan.necessary() {
        let found = linked((formula, evaluator), slot, other)?;
        if let Some(found) = found.filter(|found| fewest.as_ref().is_none_or(|fewest| found.len() < fewest.len())) {
            fewest = Some(found);
        }
    }
    if fewest.is_none() {
        let all = all_of(&plan.ranges[other], evaluator.corpus);
        return Ok((all.len() <= MOST).then(|| all.into_iter().collect()));
    }
    let Range::Kinds(kinds) = &plan.ranges[other] else { return Ok(fewest) };
    let corpus = evaluator.corpus;
    Ok(fewest.map(|fewest| fewest.into_iter().filter(|block| kinds.contains(&corpus.kind(*block))).collect()))
}

/// The blocks of a binder for which a formula can hold that wants something in common with what another one stands for; nothing
/// if it wants no such thing, or that is no block.
fn linked(
    (formula, evaluator): (&Formula, &mut Evaluator<'_>),
    slot: Slot,
    other: Slot,
) -> EvalResult<Option<BlockSet>> {
    let FormulaNode::Relation(relation) = &formula.node else { return Ok(None) };
    if !relation.operator.is_shared() {
        return Ok(None);
    }
    let (left, right) = (&relation.left, &relation.right);
    let speaks_of = |set: &crate::condition::plan::Set, slot: Slot| set.mentioned().iter().eq([&slot]);
    let sides = [(left, right), (right, left)];
    let Some((own, far)) = sides.into_iter().find(|(own, far)| speaks_of(own, slot) && speaks_of(far, other)) else {
        return Ok(None);
    };
    let elements = evaluator.set(own)?;
    let blocks: BlockSet = elements.iter().filter_map(ScalarValue::block).collect();
    if blocks.len() < elements.len() {
        return Ok(None);
    }
    let mut behind = ReachingRows::new(evaluator.corpus);
    behind.pull(far, blocks);
    Ok(behind.all())
}
