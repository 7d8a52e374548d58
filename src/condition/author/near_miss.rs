//! Why a rule says nothing of a block: how near it came.

use crate::condition::eval::budget::{Budget, EvalResult};
use crate::condition::eval::evaluator::Evaluator;
use crate::condition::eval::memo::ReadState;
use crate::condition::eval::rows::{all_of, by_last_binder};
use crate::condition::plan::{Formula, Plan, Range, Slot, Truth};
use crate::condition::query::compile::Query;
use crate::condition::values::scalar::ScalarValue;
use crate::model::{BlockId, Corpus};

/// How near a rule came to reporting a block.
#[derive(Clone, Debug, PartialEq)]
pub struct NearMiss {
    /// The name of `for` that stands for the block.
    pub name: String,
    /// What the names stand for where it came nearest, in the order of `for`: all of them, unless it ended before.
    pub bound: Vec<ScalarValue>,
    /// Where it ended.
    pub end: StopPoint,
}

/// Where a rule ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StopPoint {
    /// The next name of `for` has nothing to stand for.
    NothingToBind,
    /// A clause of `when` fails.
    NotJudged,
    /// It was judged, and keeps the rule.
    Kept,
    /// It breaks the rule, which stays silent all the same, since a value that it read had been reported as broken.
    Broken,
    /// It breaks the rule, and is reported.
    Reported,
}

/// How far a walk came: how many names stand for something, where it ended, how many clauses hold there, and how many of
/// them before the first that fails.
type RowProgress = (StopPoint, usize, usize, usize);

impl Query {
    /// How near the rule comes to reporting a block, for each name of `for` that can stand for it; nothing for the names
    /// that cannot.
    pub fn misses(&self, corpus: &Corpus, budget: &mut Budget, block: BlockId) -> Vec<NearMiss> {
        let kind = corpus.block(block).kind();
        let names = self.binders().iter().take(self.plan.ranges.len()).enumerate();
        let fitting: Vec<(Slot, String)> = names
            .filter(|(_, binder)| binder.kinds.contains(&kind))
            .map(|(slot, binder)| (slot, binder.name.clone()))
            .collect();
        let mut misses = Vec::new();
        for (fixed, name) in fitting {
            let evaluator = Evaluator::new(corpus, budget, self.plan.slots);
            let mut near = NearestRowSearch {
                plan: &self.plan,
                when: by_last_binder(&self.plan),
                blocks: self.plan.ranges.iter().map(|range| all_of(range, corpus)).collect(),
                fixed: (fixed, ScalarValue::Block(block)),
                evaluator,
                best: None,
            };
            // Whoever runs out of steps tells of the nearest so far.
            let _ = near.from(0);
            // Where nothing was found that the name could stand beside, there is nothing to tell of it.
            let bound = near.best.filter(|((_, slots, ..), _)| *slots > fixed);
            misses.extend(bound.map(|((end, ..), bound)| NearMiss { name, bound, end }));
        }
        misses
    }
}

/// A walk through the rows in which one name stands for the block.
struct NearestRowSearch<'a> {
    plan: &'a Plan,
    when: Vec<Vec<&'a Formula>>,
    blocks: Vec<Vec<BlockId>>,
    fixed: (Slot, ScalarValue),
    evaluator: Evaluator<'a>,
    best: Option<(RowProgress, Vec<ScalarValue>)>,
}

impl NearestRowSearch<'_> {
    fn from(&mut self, slot: Slot) -> EvalResult<()> {
        if slot == self.plan.ranges.len() {
            return self.judge(slot);
        }
        let read = self.evaluator.read;
        let mut elements = self.range(slot)?;
        if self.fixed.0 == slot {
            elements.retain(|element| *element == self.fixed.1);
        }
        if elements.is_empty() {
            self.keep((StopPoint::NothingToBind, slot, 0, 0), slot);
        }
        for element in elements {
            self.evaluator.spend(1)?;
            self.evaluator.bind(slot, element);
            let (all, first) = self.held(slot)?;
            if all == self.when[slot].len() {
                self.from(slot + 1)?;
            } else {
                self.keep((StopPoint::NotJudged, slot + 1, all, first), slot + 1);
            }
            self.evaluator.read = read;
        }
        Ok(())
    }

    fn range(&mut self, slot: Slot) -> EvalResult<Vec<ScalarValue>> {
        match &self.plan.ranges[slot] {
            Range::In(set) => self.evaluator.set(set),
            Range::Kinds(_) if self.fixed.0 == slot => Ok(vec![self.fixed.1.clone()]),
            Range::Kinds(_) => Ok(self.blocks[slot].iter().map(|block| ScalarValue::Block(*block)).collect()),
        }
    }

    /// How many of the clauses that can be asked here hold, and how many before the first that fails.
    fn held(&mut self, slot: Slot) -> EvalResult<(usize, usize)> {
        let (mut all, mut first) = (0, None);
        for (at, formula) in self.when[slot].clone().into_iter().enumerate() {
            if self.evaluator.holds(formula)? {
                all += 1;
            } else {
                first.get_or_insert(at);
            }
        }
        Ok((all, first.unwrap_or(all)))
    }

    fn judge(&mut self, slots: Slot) -> EvalResult<()> {
        let (formula, offends) = self.plan.offence();
        let breaks = Truth::of(self.evaluator.holds(formula)?) == offends;
        let end = match (breaks, self.evaluator.read) {
            (false, _) => StopPoint::Kept,
            (true, ReadState::Broken) => StopPoint::Broken,
            (true, ReadState::Sound) => StopPoint::Reported,
        };
        self.keep((end, slots, 0, 0), slots);
        Ok(())
    }

    /// Keeps what came nearest: further along first, then with more clauses that hold; the first of equals.
    fn keep(&mut self, reach: RowProgress, slots: usize) {
        let order = |(end, slots, all, first): RowProgress| (end.max(StopPoint::NotJudged), slots, end, all, first);
        if self.best.as_ref().is_none_or(|(best, _)| order(*best) < order(reach)) {
            let bound = (0..slots).flat_map(|slot| self.evaluator.bound(slot).to_vec()).collect();
            self.best = Some((reach, bound));
        }
    }
}
