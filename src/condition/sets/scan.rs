//! Finds the rows that a rule judges, binder by binder and many at a time, and those of them that offend.

use std::rc::Rc;

use super::arrange::{BinderPlan, Conjunct, arrange};
use super::columns::ColumnStore;
use super::dictionary::Symbol;
use super::keys::JoinIndex;
use super::lists::Lists;
use super::runner::Runner;
use super::table::{RowTable, numbers};
use crate::condition::eval::budget::{ActiveClause, Budget, EvalResult};
use crate::condition::eval::rows::all_of;
use crate::condition::plan::{Plan, Range, Slot, Truth};
use crate::text::parallel_map_within;

/// How many rows are judged together.
const TOGETHER: usize = 4 * 1024;

/// How many blocks of the first binder one thread starts from at a time, where several do.
const SHARE: usize = 16 * 1024;

/// The rows that a rule finds, and how many it looked at.
#[derive(Debug, Default)]
pub(in crate::condition) struct Candidates {
    /// What each binder of `for` stands for, row by row.
    pub(super) symbols: Vec<Symbol>,
    pub(in crate::condition) judged: u64,
}

/// One walk through the rows of a plan.
struct SetScan<'p, 'r, 'a> {
    plan: &'p Plan,
    /// The blocks of the first binder, where these are not all that it ranges over.
    start: Option<&'p [Symbol]>,
    binders: Vec<BinderPlan<'p>>,
    /// For each binder over kinds its blocks, those that fail on their own left out; and how to look them up.
    blocks: Vec<Option<BinderBlocks<'p>>>,
    runner: Runner<'r, 'a>,
    found: Candidates,
}

/// The blocks of a binder, and the index of those of them that can go with a row.
type BinderBlocks<'p> = (Rc<[Symbol]>, Option<Rc<JoinIndex<'p>>>);

/// Every row whose truth says that it offends, in document order; and how many were judged.
pub(super) fn candidates(plan: &Plan, columns: &ColumnStore<'_>, budget: &mut Budget) -> EvalResult<Candidates> {
    let is_empty = |range: &Range| match range {
        Range::Kinds(kinds) => kinds.iter().all(|kind| columns.corpus.of_kind(*kind).is_empty()),
        Range::In(_) => false,
    };
    if plan.ranges.iter().any(is_empty) {
        return Ok(Candidates::default());
    }
    match plan.ranges.split_first() {
        Some((first @ Range::Kinds(_), others)) if others.iter().all(|range| matches!(range, Range::In(_))) => {
            shared(plan, &symbols_of(first, columns), (columns, budget))
        }
        Some(_) | None => SetScan::new(plan, None, (columns, budget)).found(),
    }
}

/// The blocks that a binder ranges over.
fn symbols_of(range: &Range, columns: &ColumnStore<'_>) -> Vec<Symbol> {
    all_of(range, columns.corpus).into_iter().map(|block| block.0).collect()
}

/// The same where each block of the first binder has rows of its own: shares of the blocks are looked at by several
/// threads. The shares do not depend on their number.
fn shared(
    plan: &Plan,
    blocks: &[Symbol],
    (columns, budget): (&ColumnStore<'_>, &mut Budget),
) -> EvalResult<Candidates> {
    if blocks.len() <= SHARE {
        return SetScan::new(plan, Some(blocks), (columns, budget)).found();
    }
    let before = budget.left();
    let of_share = |share: &&[Symbol]| {
        let mut budget = budget.clone();
        let found = SetScan::new(plan, Some(share), (columns, &mut budget)).found();
        let taken = if found.is_ok() { before - budget.left() } else { u64::MAX };
        ((found, budget), taken)
    };
    let shares: Vec<&[Symbol]> = blocks.chunks(SHARE).collect();
    let done = parallel_map_within(&shares, before, of_share);
    let mut all = Candidates::default();
    for (of_share, _) in done {
        let found = budget.account(before, of_share)?;
        all.symbols.extend(found.symbols);
        all.judged += found.judged;
    }
    Ok(all)
}

impl<'p, 'r, 'a> SetScan<'p, 'r, 'a> {
    /// A walk that starts from some blocks, or from all that the first binder ranges over.
    fn new(
        plan: &'p Plan,
        start: Option<&'p [Symbol]>,
        (columns, budget): (&'r ColumnStore<'a>, &'r mut Budget),
    ) -> SetScan<'p, 'r, 'a> {
        let runner = Runner::new(columns, budget, plan.slots);
        let blocks = plan.ranges.iter().map(|_| None).collect();
        SetScan { plan, start, binders: arrange(plan), blocks, runner, found: Candidates::default() }
    }

    fn found(mut self) -> EvalResult<Candidates> {
        self.from(0, &RowTable::unbound(self.plan.slots))?;
        Ok(self.found)
    }

    /// Binds the binders from `slot` on in every way that `when` admits; there are few enough to recurse.
    fn from(&mut self, slot: Slot, table: &RowTable) -> EvalResult<()> {
        if table.rows() == 0 {
            return Ok(());
        }
        match self.plan.ranges.get(slot) {
            None => {
                let judged = self.judge(table);
                self.runner.attribute_overrun(judged, ActiveClause::Judgement)
            }
            Some(Range::In(set)) => {
                let lists = self.runner.set(set, table);
                let lists = self.runner.attribute_overrun(lists, ActiveClause::Range(slot))?;
                self.bind(slot, table, &lists)
            }
            Some(Range::Kinds(_)) => match self.known(slot)? {
                (blocks, _) if blocks.is_empty() => Ok(()),
                (_, Some(index)) => {
                    let lists = index.find(table, &mut self.runner);
                    let lists = self.runner.attribute_overrun(lists, ActiveClause::Range(slot))?;
                    self.bind(slot, table, &lists)
                }
                (blocks, None) => self.pair(slot, table, &blocks),
            },
        }
    }

    /// Goes on with each row beside each element of its list.
    fn bind(&mut self, slot: Slot, table: &RowTable, lists: &Lists) -> EvalResult<()> {
        let parents = lists.parents();
        for (parents, values) in parents.chunks(TOGETHER).zip(lists.values().chunks(TOGETHER)) {
            self.go_on(slot, table.with(parents, slot, values))?;
        }
        Ok(())
    }

    /// Goes on with each row beside each block.
    fn pair(&mut self, slot: Slot, table: &RowTable, blocks: &[Symbol]) -> EvalResult<()> {
        let spent = self.runner.spend(table.rows().saturating_mul(blocks.len()));
        self.runner.attribute_overrun(
            spent,
            if slot == 0 { ActiveClause::Range(slot) } else { ActiveClause::Product(slot) },
        )?;
        let (mut parents, mut values) = (Vec::new(), Vec::new());
        for row in 0..table.rows() as u32 {
            for part in blocks.chunks(TOGETHER) {
                parents.extend(part.iter().map(|_| row));
                values.extend_from_slice(part);
                if values.len() >= TOGETHER {
                    self.go_on(slot, table.with(&parents, slot, &values))?;
                    parents.clear();
                    values.clear();
                }
            }
        }
        self.go_on(slot, table.with(&parents, slot, &values))
    }

    fn go_on(&mut self, slot: Slot, table: RowTable) -> EvalResult<()> {
        let rest = self.binders[slot].rest.clone();
        let left = self.filtered(table, &rest)?;
        self.from(slot + 1, &left)
    }

    fn filtered(&mut self, mut table: RowTable, clauses: &[Conjunct<'p>]) -> EvalResult<RowTable> {
        for (spot, formula) in clauses {
            let mask = self.runner.holds(formula, &table);
            table = table.filtered(&self.runner.attribute_overrun(mask, *spot)?);
        }
        Ok(table)
    }

    /// The blocks of a binder over kinds, found when they are first needed.
    fn known(&mut self, slot: Slot) -> EvalResult<BinderBlocks<'p>> {
        if let Some(known) = &self.blocks[slot] {
            return Ok(known.clone());
        }
        let all: Vec<Symbol> = match self.start.filter(|_| slot == 0) {
            Some(start) => start.to_vec(),
            None => symbols_of(&self.plan.ranges[slot], self.runner.columns),
        };
        let spent = self.runner.spend(all.len());
        self.runner.attribute_overrun(spent, ActiveClause::Range(slot))?;
        let alone = self.binders[slot].alone.clone();
        let mut blocks = Vec::new();
        for part in all.chunks(TOGETHER) {
            let table = RowTable::of_one(self.runner.slots, slot, part);
            blocks.extend_from_slice(self.filtered(table, &alone)?.column(slot));
        }
        let index = JoinIndex::of(&self.binders[slot], (slot, &blocks), &mut self.runner);
        let index = self.runner.attribute_overrun(index, ActiveClause::Range(slot))?.map(Rc::new);
        let known: BinderBlocks<'p> = (Rc::from(blocks), index);
        self.blocks[slot] = Some(known.clone());
        Ok(known)
    }

    fn judge(&mut self, table: &RowTable) -> EvalResult<()> {
        self.found.judged += table.rows() as u64;
        let (formula, offends) = self.plan.offence();
        let holds = self.runner.holds(formula, table)?;
        let wrong: Vec<bool> = holds.into_iter().map(|holds| Truth::of(holds) == offends).collect();
        for row in numbers(&wrong) {
            for slot in 0..self.plan.ranges.len() {
                self.found.symbols.push(table.column(slot)[row as usize]);
            }
        }
        Ok(())
    }
}
