//! Finds the blocks that a condition links to the row so far, by an index instead of by trying all.

use hashbrown::HashMap;

use super::budget::EvalResult;
use super::evaluator::Evaluator;
use crate::condition::ast::source::Judgement;
use crate::condition::plan::{Formula, FormulaNode, Plan, Range, Set, Slot};
use crate::condition::values::scalar::ScalarValue;
use crate::model::BlockId;

/// For each binder over kinds, the conjuncts that say which of its blocks can go with the row so far.
pub(crate) struct Joins<'a>(Vec<Vec<Join<'a>>>);

/// A conjunct that only holds if two sets have an element in common: one made from the binders before, one from the
/// binder itself.
struct Join<'a> {
    before: &'a Set,
    own: &'a Set,
    /// The blocks by the elements of their own set; built when it is first needed.
    index: Option<HashMap<ScalarValue, Vec<BlockId>>>,
}

impl<'a> Joins<'a> {
    pub(crate) fn of(plan: &'a Plan) -> Joins<'a> {
        let joins_at = |slot: Slot| match &plan.ranges[slot] {
            Range::Kinds(_) => cheapest(plan.necessary().filter_map(|formula| Join::at(slot, formula)).collect()),
            Range::In(_) => Vec::new(),
        };
        Joins((0..plan.ranges.len()).map(joins_at).collect())
    }

    /// No conjuncts, where there are too few blocks to look for any.
    pub(crate) fn none(plan: &Plan) -> Joins<'a> {
        Joins(plan.ranges.iter().map(|_| Vec::new()).collect())
    }

    /// The blocks of a binder that the row so far leaves, in document order, by the conjunct that leaves the fewest;
    /// `None` if no conjunct says anything.
    pub(crate) fn candidates(
        &mut self,
        slot: Slot,
        all: &[BlockId],
        evaluator: &mut Evaluator<'_>,
    ) -> EvalResult<Option<Vec<BlockId>>> {
        let mut fewest: Option<Vec<BlockId>> = None;
        // What is read here is read again when the conjunct itself is asked, so it leaves no trace.
        let read = evaluator.read;
        for join in &mut self.0[slot] {
            let found = join.candidates(slot, all, evaluator)?;
            if fewest.as_ref().is_none_or(|fewest| found.len() < fewest.len()) {
                fewest = Some(found);
            }
        }
        evaluator.read = read;
        Ok(fewest)
    }
}

/// The conjuncts of what is forbidden that say which blocks of a binder can go with the row so far: what they leave out
/// is not judged.
pub(crate) fn guards(plan: &Plan) -> Vec<(Slot, &Formula)> {
    let Judgement::Forbid(forbidden) = &plan.judgement else { return Vec::new() };
    let joins = |slot: Slot| {
        let joining = forbidden.conjuncts().iter().filter(move |formula| Join::at(slot, formula).is_some());
        joining.map(move |formula| (slot, formula))
    };
    plan.over_kinds().flat_map(joins).collect()
}

impl<'a> Join<'a> {
    fn at(slot: Slot, formula: &'a Formula) -> Option<Join<'a>> {
        let FormulaNode::Relation(relation) = &formula.node else { return None };
        let sides = relation.operator.is_shared().then(|| relation.joined(slot, ((), ())));
        let [(before, ()), (own, ())] = sides??;
        Some(Join { before, own, index: None })
    }

    fn candidates(&mut self, slot: Slot, all: &[BlockId], evaluator: &mut Evaluator<'_>) -> EvalResult<Vec<BlockId>> {
        if self.index.is_none() {
            self.index = Some(index(self.own, slot, all, evaluator)?);
        }
        let index = self.index.as_ref().expect("it was built just now");
        let mut found = Vec::new();
        for element in evaluator.set(self.before)? {
            found.extend(index.get(&element).into_iter().flatten().copied());
        }
        evaluator.spend(found.len())?;
        found.sort();
        found.dedup();
        Ok(found)
    }
}

fn index(
    own: &Set,
    slot: Slot,
    all: &[BlockId],
    evaluator: &mut Evaluator<'_>,
) -> EvalResult<HashMap<ScalarValue, Vec<BlockId>>> {
    let mut index: HashMap<ScalarValue, Vec<BlockId>> = HashMap::new();
    for block in all {
        evaluator.bind(slot, ScalarValue::Block(*block));
        for element in evaluator.set(own)? {
            index.entry(element).or_default().push(*block);
        }
    }
    Ok(index)
}

/// Leaves out the joins whose index takes a closure from every block, if there are others.
fn cheapest(joins: Vec<Join<'_>>) -> Vec<Join<'_>> {
    let (far, near): (Vec<Join<'_>>, Vec<Join<'_>>) = joins.into_iter().partition(|join| join.own.repeats());
    if near.is_empty() { far } else { near }
}
