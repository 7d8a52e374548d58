//! What an offence shows: the elements inside a judgement that make it fire or fail.

use super::budget::EvalResult;
use super::evaluator::Evaluator;
use crate::condition::ast::tree::Quantifier;
use crate::condition::plan::{Domain, Formula, FormulaNode, Slot, Truth};
use crate::condition::values::row::{Binder, Row, RowCell};
use crate::condition::values::scalar::ScalarValue;

/// How many witnesses of one binder a row keeps.
const SHOWN: usize = 5;

/// The binders that rows report, by slot: those of `for`, then those of witnesses.
#[derive(Debug)]
pub(crate) struct Witnesses {
    pub(crate) slots: Vec<Slot>,
    pub(crate) binders: Vec<Binder>,
    /// How many of them are binders of `for`.
    bound: usize,
}

impl Witnesses {
    /// The binders of `for`, and those that can have witnesses when the judgement has this truth value.
    pub(crate) fn new(bound: usize, (formula, offends): (&Formula, Truth), all: &[Binder]) -> Witnesses {
        let mut slots: Vec<Slot> = (0..bound).collect();
        possible(formula, offends, &mut slots);
        Witnesses { binders: slots.iter().map(|slot| all[*slot].clone()).collect(), slots, bound }
    }

    /// The row that the binders make up at the moment, with the witnesses of its offence.
    pub(crate) fn row(&self, (formula, offends): (&Formula, Truth), evaluator: &mut Evaluator<'_>) -> EvalResult<Row> {
        let mut cells: Vec<RowCell> = self.binders.iter().map(|binder| RowCell::named(&binder.name)).collect();
        for (slot, cell) in cells.iter_mut().enumerate().take(self.bound) {
            cell.elements = evaluator.bound(slot).to_vec();
            cell.count = 1;
        }
        let mut search = WitnessSearch { slots: &self.slots, evaluator, cells };
        search.find(formula, offends)?;
        Ok(Row { cells: search.cells })
    }
}

/// Fills the cells of one row.
struct WitnessSearch<'a, 'corpus> {
    slots: &'a [Slot],
    evaluator: &'a mut Evaluator<'corpus>,
    cells: Vec<RowCell>,
}

impl WitnessSearch<'_, '_> {
    /// Finds the witnesses of a formula that has this truth value.
    fn find(&mut self, formula: &Formula, truth: Truth) -> EvalResult<()> {
        match witness_source(formula, truth) {
            WitnessSource::Parts(parts) => {
                for part in parts {
                    // Only parts that have the truth value themselves have made the whole have it.
                    if Truth::of(self.evaluator.holds(part)?) == truth {
                        self.find(part, truth)?;
                    }
                }
                Ok(())
            }
            WitnessSource::Contrary(inner) => self.find(inner, truth.other()),
            WitnessSource::Admitted(domain) => {
                let found = self.evaluator.admitted(domain, usize::MAX)?;
                self.keep(domain, domain.filter.as_ref().map(|filter| (filter, Truth::Holds)), found)
            }
            WitnessSource::Exceptions(domain, body) => {
                let found = self.evaluator.exceptions(domain, body, usize::MAX)?;
                self.keep(domain, Some((body, Truth::Fails)), found)
            }
            WitnessSource::Itself => Ok(()),
        }
    }

    /// Keeps the first witnesses of a domain, and those that each of them has in turn.
    fn keep(&mut self, domain: &Domain, inner: Option<(&Formula, Truth)>, found: Vec<ScalarValue>) -> EvalResult<()> {
        let at = self.slots.iter().position(|slot| *slot == domain.slot).expect("a binder with witnesses has a cell");
        let room = SHOWN - self.cells[at].elements.len();
        let known = &self.cells[at].elements;
        let new: Vec<ScalarValue> = found.into_iter().filter(|element| !known.contains(element)).collect();
        self.cells[at].count += new.len();
        for element in new.into_iter().take(room) {
            self.evaluator.bind(domain.slot, element.clone());
            self.cells[at].elements.push(element);
            if let Some((formula, truth)) = inner {
                self.find(formula, truth)?;
            }
        }
        Ok(())
    }
}

/// Whether the elements that a quantifier admits show why it has this truth value.
fn shows(quantifier: Quantifier, truth: Truth) -> bool {
    match (quantifier, truth) {
        (Quantifier::Some | Quantifier::One, Truth::Holds) => true,
        (Quantifier::No | Quantifier::One | Quantifier::Lone, Truth::Fails) => true,
        (Quantifier::No | Quantifier::Lone, Truth::Holds) | (Quantifier::Some, Truth::Fails) => false,
    }
}

/// Adds the slots of the binders that can have witnesses.
fn possible(formula: &Formula, truth: Truth, into: &mut Vec<Slot>) {
    match witness_source(formula, truth) {
        WitnessSource::Parts(parts) => parts.iter().for_each(|part| possible(part, truth, into)),
        WitnessSource::Contrary(inner) => possible(inner, truth.other(), into),
        WitnessSource::Admitted(domain) => {
            into.push(domain.slot);
            domain.filter.iter().for_each(|filter| possible(filter, Truth::Holds, into));
        }
        WitnessSource::Exceptions(domain, body) => {
            into.push(domain.slot);
            possible(body, Truth::Fails, into);
        }
        WitnessSource::Itself => {}
    }
}

/// What shows why a formula has a truth value.
enum WitnessSource<'f> {
    /// Those of its parts that have the same one.
    Parts(&'f [Formula]),
    /// What is denied, which has the other one.
    Contrary(&'f Formula),
    /// The elements that the filter of a domain admits.
    Admitted(&'f Domain),
    /// The elements of a domain for which a formula fails.
    Exceptions(&'f Domain, &'f Formula),
    /// Nothing inside of it.
    Itself,
}

fn witness_source(formula: &Formula, truth: Truth) -> WitnessSource<'_> {
    match &formula.node {
        FormulaNode::All(parts) | FormulaNode::Any(parts) => WitnessSource::Parts(parts),
        FormulaNode::Not(inner) => WitnessSource::Contrary(inner),
        FormulaNode::Each(quantifier, domain) if shows(*quantifier, truth) => WitnessSource::Admitted(domain),
        FormulaNode::ForAll(domain, body) if truth == Truth::Fails => WitnessSource::Exceptions(domain, body),
        FormulaNode::Each(..)
        | FormulaNode::ForAll(..)
        | FormulaNode::Has(..)
        | FormulaNode::Relation(_)
        | FormulaNode::Matches(..)
        | FormulaNode::Judged(_) => WitnessSource::Itself,
    }
}
