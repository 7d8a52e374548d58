//! From what is written to a checked condition, and from a corpus to its offending rows.

use super::budget::Budget;
use super::checker::{Bound, Checker};
use super::element::{Binder, Row};
use super::eval::Machine;
use super::plan::{Formula, Plan, Range};
use super::read::{read_bindings, read_formula};
use super::rows::Walk;
use super::tree::{Binding, Expr};
use super::types::Type;
use super::witness::Witnesses;
use super::{Judgement, OutOfBudget, Params, Parts, Written, plan};
use crate::diagnostic::Diagnostic;
use crate::model::Corpus;
use crate::schema::Schema;

/// A checked condition, ready to be asked of a corpus that has the schema it was checked against.
#[derive(Debug)]
pub struct Query {
    plan: Plan,
    witnesses: Witnesses,
    /// What templates and labels may name: as `binders`, with types.
    pub(super) visible: Vec<(Bound, Type)>,
}

/// Checks a condition.
///
/// Returns every problem that was found, each with an RL code and its places in the TOML file. All of them are
/// errors, so there is a query only if there is no problem.
pub fn compile(parts: &Parts<'_>, schema: &Schema, params: &Params) -> (Option<Query>, Vec<Diagnostic>) {
    let (trees, mut problems) = read(parts);
    let Some(trees) = trees else { return (None, parts.relocated(problems)) };
    let mut checker = Checker::new(schema, params, parts.written());
    let plan = check(&trees, &mut checker);
    problems.append(&mut checker.problems);
    let query = plan.filter(|_| problems.is_empty()).map(|plan| Query::new(plan, &checker.binders));
    (query, parts.relocated(problems))
}

impl Query {
    fn new(plan: Plan, all: &[Bound]) -> Query {
        let witnesses = Witnesses::new(plan.ranges.len(), plan.offence(), all);
        let typed = |slot: &plan::Slot| all[*slot].holds.clone().map(|holds| (all[*slot].clone(), holds));
        let visible = witnesses.slots.iter().filter_map(typed).collect();
        Query { plan, witnesses, visible }
    }

    /// The names that messages and labels may use: the binders of `for`, then those of witnesses.
    ///
    /// A name can occur twice among the witnesses, if two parts of the judgement use it.
    pub fn binders(&self) -> &[Binder] {
        &self.witnesses.binders
    }

    /// Every offending row, in document order of the binders of `for`, each once.
    ///
    /// A row that read a broken value is left out: what is broken has been reported already.
    ///
    /// # Errors
    /// If there are more steps to take than the budget allows.
    pub fn rows(&self, corpus: &Corpus, budget: &mut Budget) -> Result<Vec<Row>, OutOfBudget> {
        let machine = Machine::new(corpus, budget, self.plan.slots);
        Walk::new(&self.plan, &self.witnesses, machine).rows()
    }
}

/// The expressions of a rule, as trees.
struct Trees {
    bindings: Vec<Binding>,
    when: Option<Expr>,
    judgement: Judgement<Expr>,
}

/// Reads all expressions, so that the syntax errors of each are reported; trees only if there are none.
fn read(parts: &Parts<'_>) -> (Option<Trees>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let bindings = read_bindings(&parts.bindings).map_err(|found| problems.extend(found)).ok();
    let when = parts.when.as_ref().map(|when| read_formula(when).map_err(|found| problems.extend(found)).ok());
    let judgement = match &parts.judgement {
        Judgement::Require(written) => read_formula(written).map(Judgement::Require),
        Judgement::Forbid(written) => read_formula(written).map(Judgement::Forbid),
    };
    let judgement = judgement.map_err(|found| problems.extend(found)).ok();
    let trees = match (bindings, when, judgement) {
        (Some(bindings), None, Some(judgement)) => Some(Trees { bindings, when: None, judgement }),
        (Some(bindings), Some(Some(when)), Some(judgement)) => Some(Trees { bindings, when: Some(when), judgement }),
        (None, _, _) | (_, Some(None), _) | (_, _, None) => None,
    };
    (trees, problems)
}

/// Checks everything, whatever fails on the way; a plan only if nothing did.
fn check(trees: &Trees, checker: &mut Checker<'_>) -> Option<Plan> {
    let ranges: Vec<Option<Range>> = trees.bindings.iter().map(|binding| checker.binding(binding)).collect();
    let when = trees.when.as_ref().map(|when| checker.formula(when));
    trees.when.iter().for_each(|when| checker.assume(when, plan::Truth::Holds));
    let judgement = match &trees.judgement {
        Judgement::Require(tree) => checker.formula(tree).map(Judgement::Require),
        Judgement::Forbid(tree) => checker.formula(tree).map(Judgement::Forbid),
    };
    let when = match when {
        None => Vec::new(),
        Some(formula) => flat(formula?),
    };
    let ranges = ranges.into_iter().collect::<Option<Vec<Range>>>()?;
    let plan = Plan { ranges, when, judgement: judgement?, slots: checker.binders.len() };
    checker.links(&plan);
    Some(plan)
}

/// The parts of a conjunction, or the formula alone.
fn flat(formula: Formula) -> Vec<Formula> {
    match formula {
        Formula::All(parts) => parts,
        Formula::Any(_)
        | Formula::Not(_)
        | Formula::Has(_, _)
        | Formula::Each(_, _)
        | Formula::ForAll(_, _)
        | Formula::Relation(_)
        | Formula::Judged(_) => vec![formula],
    }
}

impl<'a> Parts<'a> {
    fn written(&self) -> Vec<Written<'a>> {
        let judgement = match self.judgement {
            Judgement::Require(written) | Judgement::Forbid(written) => written,
        };
        [self.bindings].into_iter().chain(self.when).chain([judgement]).collect()
    }

    fn relocated(&self, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
        problems.into_iter().map(|problem| relocated(problem, &self.written())).collect()
    }
}

/// The problem with places that stand in the file: an expression whose bytes do not map is underlined whole.
pub(super) fn relocated(mut problem: Diagnostic, written: &[Written<'_>]) -> Diagnostic {
    for label in problem.labels.iter_mut().chain([&mut problem.primary]) {
        if let Some(home) = written.iter().find(|written| !written.exact && written.holds(label.span)) {
            label.span = home.at;
        }
    }
    problem
}
