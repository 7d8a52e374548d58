//! Walks through the rows of a plan, binder by binder, and keeps those that offend.

use std::collections::BTreeSet;

use super::budget::EvalResult;
use super::evaluator::Evaluator;
use super::join::{Joins, guards};
use super::memo::ReadState;
use super::witness::Witnesses;
use crate::condition::plan::{Formula, Plan, Range, Slot, Truth};
use crate::condition::values::row::QueryResult;
use crate::condition::values::scalar::ScalarValue;
use crate::model::{BlockId, Corpus};

/// How many steps it counts for to keep a row, where there are more than blocks.
const KEPT: usize = 8;

/// One walk through the rows of a plan.
pub(crate) struct RowScan<'a> {
    plan: &'a Plan,
    /// The conjuncts of `when`, and those of what is forbidden that join binders, by the last binder that they speak of:
    /// each is asked as early as it can be.
    when: Vec<Vec<&'a Formula>>,
    /// The blocks of each binder that ranges over kinds, in document order; only where the walk goes through them.
    blocks: Vec<Vec<BlockId>>,
    joins: Joins<'a>,
    witnesses: &'a Witnesses,
    evaluator: Evaluator<'a>,
    found: QueryResult,
}

impl<'a> RowScan<'a> {
    pub(crate) fn new(plan: &'a Plan, witnesses: &'a Witnesses, evaluator: Evaluator<'a>) -> RowScan<'a> {
        let (mut when, joins) = (by_last_binder(plan), Joins::of(plan));
        guards(plan).into_iter().for_each(|(slot, formula)| when[slot].push(formula));
        RowScan { plan, when, blocks: Vec::new(), joins, witnesses, evaluator, found: QueryResult::default() }
    }

    /// Every offending row, in document order.
    pub(crate) fn rows(mut self) -> EvalResult<QueryResult> {
        self.blocks = self.plan.ranges.iter().map(|range| all_of(range, self.evaluator.corpus)).collect();
        self.from(0)?;
        Ok(self.found)
    }

    /// The offending rows that begin with these blocks, one for each binder over kinds.
    pub(crate) fn beginning(&mut self, start: &[BlockId]) -> EvalResult<()> {
        let mut start = start.iter();
        let block = |range: &Range| match range {
            Range::In(_) => Vec::new(),
            Range::Kinds(_) => start.next().copied().into_iter().collect(),
        };
        self.blocks = self.plan.ranges.iter().map(block).collect();
        self.joins = Joins::none(self.plan);
        self.from(0)
    }

    /// Judges one row alone, as the walk would if it came to it. What it reads on the way counts, so that nothing is left
    /// out. A row that is one of more than there are blocks takes some steps to keep.
    pub(crate) fn only(&mut self, row: &[ScalarValue], is_one_more: bool) -> EvalResult<()> {
        self.evaluator.spend(if is_one_more { KEPT } else { 0 })?;
        self.evaluator.read = ReadState::Sound;
        for (slot, element) in row.iter().enumerate() {
            let met = match &self.plan.ranges[slot] {
                Range::In(set) => self.evaluator.set(set)?.into_iter().find(|met| met == element),
                Range::Kinds(_) => None,
            };
            self.evaluator.bind(slot, met.unwrap_or_else(|| element.clone()));
            let admitted = self.admits(slot)?;
            debug_assert!(admitted, "what was found is admitted");
        }
        let before = self.found.rows.len();
        self.judge()?;
        debug_assert!(
            self.evaluator.read == ReadState::Broken || self.found.rows.len() > before,
            "what was found offends"
        );
        Ok(())
    }

    /// What was found so far.
    pub(crate) fn found(self) -> QueryResult {
        self.found
    }

    /// Binds the binders from `slot` on in every way that `when` admits; there are few enough to recurse.
    fn from(&mut self, slot: Slot) -> EvalResult<()> {
        if slot == self.plan.ranges.len() {
            return self.judge();
        }
        let outer = self.evaluator.read;
        let elements = self.range(slot)?;
        let read = self.evaluator.read;
        for element in elements {
            self.evaluator.spend(1)?;
            self.evaluator.bind(slot, element);
            if self.admits(slot)? {
                self.from(slot + 1)?;
            }
            self.evaluator.read = read;
        }
        self.evaluator.read = outer;
        Ok(())
    }

    fn range(&mut self, slot: Slot) -> EvalResult<Vec<ScalarValue>> {
        match &self.plan.ranges[slot] {
            Range::In(set) => self.evaluator.set(set),
            Range::Kinds(_) => {
                let joined = self.joins.candidates(slot, &self.blocks[slot], &mut self.evaluator)?;
                let blocks = joined.as_ref().unwrap_or(&self.blocks[slot]);
                Ok(blocks.iter().map(|block| ScalarValue::Block(*block)).collect())
            }
        }
    }

    fn admits(&mut self, slot: Slot) -> EvalResult<bool> {
        for formula in &self.when[slot] {
            if !self.evaluator.holds(formula)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn judge(&mut self) -> EvalResult<()> {
        self.found.judged += 1;
        let (formula, offends) = self.plan.offence();
        if Truth::of(self.evaluator.holds(formula)?) == offends && self.evaluator.read == ReadState::Sound {
            self.found.rows.push(self.witnesses.row((formula, offends), &mut self.evaluator)?);
        }
        Ok(())
    }
}

pub(crate) fn all_of(range: &Range, corpus: &Corpus) -> Vec<BlockId> {
    match range {
        Range::In(_) => Vec::new(),
        Range::Kinds(kinds) => corpus.of_kinds(kinds.iter().copied()),
    }
}

/// The order of conjuncts does not matter: each guards the others, and a row must satisfy all of them.
pub(crate) fn by_last_binder(plan: &Plan) -> Vec<Vec<&Formula>> {
    let mut by_slot = vec![Vec::new(); plan.ranges.len()];
    for formula in &plan.when {
        let mut mentioned = BTreeSet::new();
        formula.mentions(&mut mentioned);
        let last = mentioned.range(..plan.ranges.len()).last().copied().unwrap_or_default();
        by_slot[last].push(formula);
    }
    by_slot
}
