//! Checks all expressions of one rule, in their order.

use super::checker::Checker;
use crate::condition::ast::source::Judgement;
use crate::condition::ast::trees::Trees;
use crate::condition::plan::{Formula, FormulaNode, Plan, Range, Truth};

/// Checks everything, whatever fails on the way; a plan only if nothing did.
pub(crate) fn check(trees: &Trees, checker: &mut Checker<'_>) -> Option<Plan> {
    let ranges: Vec<Option<Range>> = checker.bindings(&trees.bindings);
    let when = trees.when.as_ref().map(|when| checker.formula(when));
    trees.when.iter().for_each(|when| checker.assume(when, Truth::Holds));
    let judgement = match &trees.judgement {
        Judgement::Require(tree) => checker.required(tree).map(Judgement::Require),
        Judgement::Forbid(tree) => checker.formula(tree).map(Judgement::Forbid),
    };
    let when = match when {
        None => Vec::new(),
        Some(formula) => flat(formula?),
    };
    let ranges = ranges.into_iter().collect::<Option<Vec<Range>>>()?;
    let plan = Plan { ranges, when, judgement: judgement?, slots: checker.binders.len() };
    if !trees.cross {
        checker.links(&plan);
    }
    Some(plan)
}

/// The parts of a conjunction, or the formula alone.
fn flat(formula: Formula) -> Vec<Formula> {
    if let FormulaNode::All(parts) = formula.node { parts } else { vec![formula] }
}
