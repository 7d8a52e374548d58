//! The parts of a plan by the nodes of the rule that they were made from.

use std::collections::HashMap;

use super::nodes::{Formula, Plan, Range, Set};
use super::walk::PlanNode;
use crate::condition::ast::tree::NodeId;

/// The formulas and sets of a plan by the node of the rule that each was made from.
#[derive(Debug)]
pub(crate) struct PlanIndex<'p> {
    formulas: HashMap<NodeId, &'p Formula>,
    sets: HashMap<NodeId, &'p Set>,
}

impl<'p> PlanIndex<'p> {
    /// Of several parts that were made from one node, one inside the other, the innermost is what is written there.
    pub(crate) fn of(plan: &'p Plan) -> PlanIndex<'p> {
        let mut index = PlanIndex { formulas: HashMap::new(), sets: HashMap::new() };
        let ranges = plan.ranges.iter().filter_map(|range| match range {
            Range::In(set) => Some(PlanNode::Set(set)),
            Range::Kinds(_) => None,
        });
        let formulas = plan.when.iter().chain([plan.judgement.formula()]).map(PlanNode::Formula);
        for root in ranges.chain(formulas) {
            root.walk(&mut |part| {
                match part {
                    PlanNode::Formula(formula) => drop(index.formulas.insert(formula.id, formula)),
                    PlanNode::Set(set) => drop(index.sets.insert(set.id, set)),
                    PlanNode::Domain(_) => {}
                }
                true
            });
        }
        index
    }

    /// The formula that a node was made to.
    pub(crate) fn formula(&self, id: NodeId) -> Option<&'p Formula> {
        self.formulas.get(&id).copied()
    }

    /// The set that a node was made to.
    pub(crate) fn set(&self, id: NodeId) -> Option<&'p Set> {
        self.sets.get(&id).copied()
    }
}
