//! Walks through the rows of a plan, binder by binder, and keeps those that offend.

use std::collections::BTreeSet;

use super::budget::Costly;
use super::element::{Element, Found};
use super::eval::{Machine, Read};
use super::join::Joins;
use super::plan::{Formula, Plan, Range, Slot, Truth};
use super::witness::Witnesses;
use crate::model::{BlockId, Corpus};

/// One walk through the rows of a plan.
pub(super) struct Walk<'a> {
    plan: &'a Plan,
    /// The conjuncts of `when` by the last binder that they speak of: each is asked as early as it can be.
    when: Vec<Vec<&'a Formula>>,
    /// The blocks of each binder that ranges over kinds, in document order.
    blocks: Vec<Vec<BlockId>>,
    joins: Joins<'a>,
    witnesses: &'a Witnesses,
    machine: Machine<'a>,
    found: Found,
}

impl<'a> Walk<'a> {
    pub(super) fn new(plan: &'a Plan, witnesses: &'a Witnesses, machine: Machine<'a>) -> Walk<'a> {
        let blocks = plan.ranges.iter().map(|range| all_of(range, machine.corpus)).collect();
        let (when, joins) = (by_last_binder(plan), Joins::of(plan));
        Walk { plan, when, blocks, joins, witnesses, machine, found: Found::default() }
    }

    /// Every offending row, in document order.
    pub(super) fn rows(mut self) -> Costly<Found> {
        self.from(0)?;
        Ok(self.found)
    }

    /// Binds the binders from `slot` on in every way that `when` admits; there are few enough to recurse.
    fn from(&mut self, slot: Slot) -> Costly<()> {
        if slot == self.plan.ranges.len() {
            return self.judge();
        }
        let outer = self.machine.read;
        let elements = self.range(slot)?;
        let read = self.machine.read;
        for element in elements {
            self.machine.spend(1)?;
            self.machine.bind(slot, element);
            if self.admits(slot)? {
                self.from(slot + 1)?;
            }
            self.machine.read = read;
        }
        self.machine.read = outer;
        Ok(())
    }

    fn range(&mut self, slot: Slot) -> Costly<Vec<Element>> {
        match &self.plan.ranges[slot] {
            Range::In(set) => self.machine.set(set),
            Range::Kinds(_) => {
                let joined = self.joins.candidates(slot, &self.blocks[slot], &mut self.machine)?;
                let blocks = joined.as_ref().unwrap_or(&self.blocks[slot]);
                Ok(blocks.iter().map(|block| Element::Block(*block)).collect())
            }
        }
    }

    fn admits(&mut self, slot: Slot) -> Costly<bool> {
        for formula in &self.when[slot] {
            if !self.machine.holds(formula)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn judge(&mut self) -> Costly<()> {
        self.found.judged += 1;
        let (formula, offends) = self.plan.offence();
        if Truth::of(self.machine.holds(formula)?) == offends && self.machine.read == Read::Sound {
            self.found.rows.push(self.witnesses.row((formula, offends), &mut self.machine)?);
        }
        Ok(())
    }
}

pub(super) fn all_of(range: &Range, corpus: &Corpus) -> Vec<BlockId> {
    match range {
        Range::In(_) => Vec::new(),
        Range::Kinds(kinds) => {
            let mut blocks: Vec<BlockId> = kinds.iter().flat_map(|kind| corpus.of_kind(*kind)).copied().collect();
            blocks.sort();
            blocks
        }
    }
}

/// The order of conjuncts does not matter: each guards the others, and a row must satisfy all of them.
pub(super) fn by_last_binder(plan: &Plan) -> Vec<Vec<&Formula>> {
    let mut by_slot = vec![Vec::new(); plan.ranges.len()];
    for formula in &plan.when {
        let mut mentioned = BTreeSet::new();
        formula.mentions(&mut mentioned);
        let last = mentioned.range(..plan.ranges.len()).last().copied().unwrap_or_default();
        by_slot[last].push(formula);
    }
    by_slot
}
