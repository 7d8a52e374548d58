//! Decides formulas for all rows of a table at once: each maps the rows to those that satisfy it.

use hashbrown::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use regex::Regex;

use super::columns::ColumnStore;
use super::dictionary::{Symbol, block};
use super::edges::PathEdges;
use super::graph::ClosureGraph;
use super::lists::Lists;
use super::table::{RowTable, numbers};
use crate::condition::ast::tree::LatticeRelation;
use crate::condition::eval::budget::{ActiveClause, Budget, EvalResult};
use crate::condition::eval::evaluator::enough;
use crate::condition::plan::{Domain, Formula, FormulaNode, VerdictTest};
use crate::model::LatticeVerdict;

/// How many rows are looked at together where one row leads to many.
pub(super) const TOGETHER: usize = 16 * 1024;

/// For each row of a table whether it satisfies a formula.
pub(super) type Mask = Vec<bool>;

/// One condition at work, and what it has learnt.
pub(super) struct Runner<'r, 'a> {
    pub(super) columns: &'r ColumnStore<'a>,
    budget: &'r mut Budget,
    pub(super) slots: usize,
    /// By the place of its hops in memory, which stay where they are as long as the plan does.
    pub(super) ways: HashMap<usize, Rc<PathEdges>>,
    /// By the same, as long as no other rule has them.
    pub(super) graphs: HashMap<usize, Arc<ClosureGraph>>,
    /// What blocks lead to by repeated steps, by the same; and how much of it is kept.
    pub(super) reached: HashMap<(usize, Symbol), Rc<[Symbol]>>,
    pub(super) kept: usize,
    verdicts: HashMap<(Symbol, LatticeRelation, Symbol), LatticeVerdict>,
}

impl<'r, 'a> Runner<'r, 'a> {
    pub(super) fn new(columns: &'r ColumnStore<'a>, budget: &'r mut Budget, slots: usize) -> Runner<'r, 'a> {
        Runner {
            columns,
            budget,
            slots,
            ways: HashMap::new(),
            graphs: HashMap::new(),
            reached: HashMap::new(),
            kept: 0,
            verdicts: HashMap::new(),
        }
    }

    pub(super) fn spend(&mut self, steps: usize) -> EvalResult<()> {
        self.budget.spend(steps)
    }

    /// Remembers what was being done when the steps ran out, unless that is known more closely.
    pub(super) fn attribute_overrun<T>(&mut self, result: EvalResult<T>, spot: ActiveClause) -> EvalResult<T> {
        if result.is_err() {
            self.budget.attribute_overrun(spot);
        }
        result
    }

    /// Which rows satisfy a formula.
    pub(super) fn holds(&mut self, formula: &Formula, table: &RowTable) -> EvalResult<Mask> {
        self.spend(table.rows())?;
        if table.rows() == 0 {
            return Ok(Mask::new());
        }
        match &formula.node {
            FormulaNode::All(parts) => self.all(parts.iter(), table),
            FormulaNode::Any(parts) => self.any(parts, table),
            FormulaNode::Not(inner) => Ok(self.holds(inner, table)?.into_iter().map(|holds| !holds).collect()),
            FormulaNode::Has(quantifier, set) => {
                let lists = self.set(set, table)?;
                Ok(lists.iter().map(|list| enough(*quantifier, list.len())).collect())
            }
            FormulaNode::Each(quantifier, domain) => {
                let mut admitted = vec![0; table.rows()];
                self.each(domain, table, |runner, inner, parents| {
                    let mask = runner.admits(domain, inner)?;
                    count(&mut admitted, parents, &mask);
                    Ok(())
                })?;
                Ok(admitted.into_iter().map(|count| enough(*quantifier, count)).collect())
            }
            FormulaNode::ForAll(domain, body) => {
                let mut exceptions = vec![0; table.rows()];
                self.each(domain, table, |runner, inner, parents| {
                    let admitted = numbers(&runner.admits(domain, inner)?);
                    let fails: Mask = runner.holds(body, &inner.pick(&admitted))?.iter().map(|holds| !holds).collect();
                    let parents: Vec<u32> = admitted.iter().map(|row| parents[*row as usize]).collect();
                    count(&mut exceptions, &parents, &fails);
                    Ok(())
                })?;
                Ok(exceptions.into_iter().map(|count| count == 0).collect())
            }
            FormulaNode::Relation(relation) => self.relation(relation, table),
            FormulaNode::Matches(set, pattern) => {
                let lists = self.set(set, table)?;
                self.matches(&lists, pattern)
            }
            FormulaNode::Judged(judged) => self.verdict_test(judged, table),
        }
    }

    /// Which rows satisfy all of the formulas; each is only asked for the rows that the ones before it leave.
    pub(super) fn all<'f>(&mut self, parts: impl Iterator<Item = &'f Formula>, table: &RowTable) -> EvalResult<Mask> {
        let mut left: Vec<u32> = (0..table.rows() as u32).collect();
        let mut rest = table.clone();
        for part in parts {
            let mask = self.holds(part, &rest)?;
            if mask.iter().all(|holds| *holds) {
                continue;
            }
            rest = rest.filtered(&mask);
            let mut holds = mask.into_iter();
            left.retain(|_| holds.next().unwrap_or_default());
            if left.is_empty() {
                break;
            }
        }
        Ok(mask_of(&left, table.rows()))
    }

    /// Which rows satisfy one of the formulas; each is only asked for the rows that fail those before it.
    fn any(&mut self, parts: &[Formula], table: &RowTable) -> EvalResult<Mask> {
        let mut left: Vec<u32> = (0..table.rows() as u32).collect();
        let mut rest = table.clone();
        for part in parts {
            let fails: Mask = self.holds(part, &rest)?.into_iter().map(|holds| !holds).collect();
            rest = rest.filtered(&fails);
            let mut fails = fails.into_iter();
            left.retain(|_| fails.next().unwrap_or_default());
            if left.is_empty() {
                break;
            }
        }
        Ok(mask_of(&left, table.rows()).into_iter().map(|fails| !fails).collect())
    }

    /// Binds the elements of a domain, as many at a time as are good to look at together, with the row that each is of.
    pub(super) fn each(
        &mut self,
        domain: &Domain,
        table: &RowTable,
        mut ask: impl FnMut(&mut Self, &RowTable, &[u32]) -> EvalResult<()>,
    ) -> EvalResult<()> {
        let lists = self.set(&domain.set, table)?;
        let parents = lists.parents();
        for (parents, values) in parents.chunks(TOGETHER).zip(lists.values().chunks(TOGETHER)) {
            let inner = table.with(parents, domain.slot, values);
            ask(self, &inner, parents)?;
        }
        Ok(())
    }

    /// Which rows the filter of a domain admits.
    pub(super) fn admits(&mut self, domain: &Domain, table: &RowTable) -> EvalResult<Mask> {
        match &domain.filter {
            Some(filter) => self.holds(filter, table),
            None => Ok(vec![true; table.rows()]),
        }
    }

    fn matches(&mut self, lists: &Lists, pattern: &Regex) -> EvalResult<Mask> {
        let dictionary = self.columns.dictionary();
        let mut mask = Mask::with_capacity(lists.rows());
        let mut characters = 0;
        for row in 0..lists.rows() {
            let text = lists.first(row).and_then(|symbol| dictionary.words(symbol));
            characters += text.map_or(0, str::len);
            mask.push(text.is_some_and(|text| pattern.is_match(text)));
        }
        drop(dictionary);
        self.spend(characters)?;
        Ok(mask)
    }

    fn verdict_test(&mut self, judged: &VerdictTest, table: &RowTable) -> EvalResult<Mask> {
        let (left, right) = (self.set(&judged.left, table)?, self.set(&judged.right, table)?);
        let mut mask = Mask::with_capacity(table.rows());
        for row in 0..table.rows() {
            let pair = left.first(row).zip(right.first(row));
            let verdict = match pair {
                Some((a, b)) => self.verdict(a, judged.bond, b)?,
                None => None,
            };
            mask.push(verdict == Some(judged.verdict));
        }
        Ok(mask)
    }

    fn verdict(&mut self, left: Symbol, bond: LatticeRelation, right: Symbol) -> EvalResult<Option<LatticeVerdict>> {
        let Some((a, b)) = block(left).zip(block(right)) else { return Ok(None) };
        if let Some(known) = self.verdicts.get(&(left, bond, right)) {
            return Ok(Some(*known));
        }
        let compared = match bond {
            LatticeRelation::Within => self.columns.corpus.within(a, b),
            LatticeRelation::Overlaps => self.columns.corpus.overlap(a, b),
        };
        self.spend(compared.steps)?;
        self.verdicts.insert((left, bond, right), compared.verdict);
        Ok(Some(compared.verdict))
    }
}

fn count(into: &mut [usize], parents: &[u32], mask: &[bool]) {
    for (parent, _) in parents.iter().zip(mask).filter(|(_, holds)| **holds) {
        into[*parent as usize] += 1;
    }
}

/// The mask of the rows with these numbers.
fn mask_of(numbers: &[u32], rows: usize) -> Mask {
    let mut mask = vec![false; rows];
    numbers.iter().for_each(|row| mask[*row as usize] = true);
    mask
}
