//! The one walk through a plan: what each part is made of, in the order in which it is evaluated.

use std::collections::{BTreeSet, HashMap};

use super::nodes::{Domain, Formula, FormulaNode, Plan, Range, Set, SetNode, Slot};
use crate::condition::ast::tree::NodeId;

/// A part of a plan.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PlanNode<'p> {
    Formula(&'p Formula),
    Set(&'p Set),
    Domain(&'p Domain),
}

impl<'p> PlanNode<'p> {
    /// Gives each part that it is made of. What computed fields stand for is no part of what asks for them.
    pub(crate) fn each_child(self, mut child: impl FnMut(PlanNode<'p>)) {
        match self {
            PlanNode::Formula(formula) => match &formula.node {
                FormulaNode::All(parts) | FormulaNode::Any(parts) => {
                    parts.iter().for_each(|part| child(PlanNode::Formula(part)));
                }
                FormulaNode::Not(inner) => child(PlanNode::Formula(inner)),
                FormulaNode::Has(_, set) => child(PlanNode::Set(set)),
                FormulaNode::Matches(set, _) => child(PlanNode::Set(set)),
                FormulaNode::Each(_, domain) => child(PlanNode::Domain(domain)),
                FormulaNode::ForAll(domain, body) => {
                    child(PlanNode::Domain(domain));
                    child(PlanNode::Formula(body));
                }
                FormulaNode::Relation(relation) => {
                    [&relation.left, &relation.right].into_iter().for_each(|side| child(PlanNode::Set(side)));
                }
                FormulaNode::Judged(judged) => {
                    [&judged.left, &judged.right].into_iter().for_each(|side| child(PlanNode::Set(side)));
                }
            },
            PlanNode::Set(set) => match &set.node {
                SetNode::Bound(_) | SetNode::Values(_) => {}
                SetNode::Combined(first, others) => {
                    child(PlanNode::Set(first));
                    others.iter().for_each(|(_, other)| child(PlanNode::Set(other)));
                }
                SetNode::Arithmetic(first, others) => {
                    child(PlanNode::Set(first));
                    others.iter().for_each(|(_, other)| child(PlanNode::Set(other)));
                }
                SetNode::Path(inner, _) | SetNode::Apply(_, inner) | SetNode::Else(inner, _) => {
                    child(PlanNode::Set(inner));
                }
                SetNode::Where(domain) => child(PlanNode::Domain(domain)),
            },
            PlanNode::Domain(domain) => {
                child(PlanNode::Set(&domain.set));
                domain.filter.iter().for_each(|filter| child(PlanNode::Formula(filter)));
            }
        }
    }

    /// Visits it and all that it is made of, each before its parts; those of which `visit` says no are not entered.
    pub(crate) fn walk(self, visit: &mut impl FnMut(PlanNode<'p>) -> bool) {
        if visit(self) {
            self.each_child(|child| child.walk(visit));
        }
    }

    /// Adds the binders that are spoken of, its own included.
    pub(crate) fn mentions(self, into: &mut BTreeSet<Slot>) {
        self.walk(&mut |part| {
            match part {
                PlanNode::Set(Set { node: SetNode::Bound(slot), .. }) => drop(into.insert(*slot)),
                PlanNode::Domain(domain) => drop(into.insert(domain.slot)),
                PlanNode::Set(_) | PlanNode::Formula(_) => {}
            }
            true
        });
    }
}

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
