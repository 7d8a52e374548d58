//! Guesses what it costs to decide a formula for one row, so that what is cheap is asked first.

use crate::condition::plan::{Formula, FormulaNode, Hop, PlanNode, SetNode, Step};

/// What a repeated step, and what the program itself finds, cost in simple steps.
const REPEATED: usize = 10;
const NATIVE: usize = 4;
/// What a quantifier costs for each thing that it asks of its elements.
const ELEMENTS: usize = 3;

/// The cost of a formula for one row; only the order of costs means anything.
pub(super) fn weight(formula: &Formula) -> usize {
    weight_of(PlanNode::Formula(formula))
}

fn weight_of(part: PlanNode<'_>) -> usize {
    let mut weight = own_weight(part);
    part.each_child(|child| {
        let times = if is_asked_of_elements(part, child) { ELEMENTS } else { 1 };
        weight += times * weight_of(child);
    });
    weight
}

/// Whether a part is a formula that is asked of each element of a set.
fn is_asked_of_elements(parent: PlanNode<'_>, child: PlanNode<'_>) -> bool {
    let runs_through = match parent {
        PlanNode::Domain(_) => true,
        PlanNode::Formula(formula) => matches!(formula.node, FormulaNode::ForAll(..)),
        PlanNode::Set(_) => false,
    };
    runs_through && matches!(child, PlanNode::Formula(_))
}

/// What a part costs beside those that it is made of.
fn own_weight(part: PlanNode<'_>) -> usize {
    match part {
        PlanNode::Domain(_) => ELEMENTS,
        PlanNode::Formula(formula) => match &formula.node {
            FormulaNode::Relation(_) => 1,
            FormulaNode::Matches(..) | FormulaNode::Judged(_) => REPEATED,
            FormulaNode::All(_)
            | FormulaNode::Any(_)
            | FormulaNode::Not(_)
            | FormulaNode::Has(..)
            | FormulaNode::Each(..)
            | FormulaNode::ForAll(..) => 0,
        },
        PlanNode::Set(set) => match &set.node {
            SetNode::Bound(_) | SetNode::Values(_) | SetNode::Where(_) => 0,
            SetNode::Combined(..) | SetNode::Else(..) => 1,
            SetNode::Apply(..) | SetNode::Arithmetic(..) => REPEATED,
            SetNode::Path(_, steps) => steps.iter().map(weight_of_step).sum(),
        },
    }
}

fn weight_of_step(step: &Step) -> usize {
    match step {
        Step::Once(hops) => {
            let native = hops.0.iter().flatten().any(|hop| matches!(hop, Hop::Native(_) | Hop::Computed(_)));
            if native { NATIVE } else { 1 }
        }
        Step::Repeated(..) => REPEATED,
        Step::Is(_) => 1,
    }
}
