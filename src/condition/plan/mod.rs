//! What a condition means: every name resolved, ready to be evaluated.

mod index;
mod nodes;
mod walk;

pub(super) use index::PlanIndex;
pub(super) use nodes::{
    Computed, Domain, Edges, Formula, FormulaNode, Hop, Implicit, Plan, Range, Relation, Set, SetNode, Slot, Step,
    Truth, VerdictTest,
};
pub(super) use walk::PlanNode;
