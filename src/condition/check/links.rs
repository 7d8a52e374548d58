//! Whether the binders over kinds are linked, or every pair of their blocks would be looked at.

use std::collections::BTreeSet;

use crate::condition::ast::operator::{Operator, Selectivity};
use crate::condition::ast::tree::Quantifier;
use crate::condition::plan::{Domain, Formula, FormulaNode, Plan, Range, Set, Slot, Truth};

/// The first two binders over kinds that no condition links, directly or through others.
pub(crate) fn unlinked(plan: &Plan) -> Option<(Slot, Slot)> {
    let mut groups = Groups((0..plan.slots).collect());
    for (slot, range) in plan.ranges.iter().enumerate() {
        if let Range::In(set) = range {
            groups.join_all(slot, &set.mentioned());
        }
    }
    plan.when.iter().for_each(|formula| groups.formula(formula, Truth::Holds));
    let (formula, offends) = plan.offence();
    groups.formula(formula, offends);
    let kinds: Vec<Slot> = plan.over_kinds().collect();
    let (first, others) = kinds.split_first()?;
    others.iter().find(|slot| groups.0[**slot] != groups.0[*first]).map(|slot| (*first, *slot))
}

/// The group of each binder: the smallest slot that it is linked to.
struct Groups(Vec<Slot>);

impl Groups {
    fn join_all(&mut self, slot: Slot, others: &BTreeSet<Slot>) {
        for other in others {
            let (a, b) = (self.0[slot], self.0[*other]);
            self.0.iter_mut().filter(|group| **group == a.max(b)).for_each(|group| *group = a.min(b));
        }
    }

    /// Joins what a formula links when it has this truth value.
    fn formula(&mut self, formula: &Formula, truth: Truth) {
        match (&formula.node, truth) {
            (FormulaNode::All(parts) | FormulaNode::Any(parts), _) => {
                parts.iter().for_each(|part| self.formula(part, truth))
            }
            (FormulaNode::Not(inner), _) => self.formula(inner, truth.other()),
            (FormulaNode::Has(quantifier, set), _) if finds(*quantifier, truth) => self.set(set),
            (FormulaNode::Each(quantifier, domain), _) if finds(*quantifier, truth) => self.domain(domain),
            (FormulaNode::ForAll(domain, body), _) => {
                self.domain(domain);
                self.formula(body, truth);
            }
            (FormulaNode::Relation(relation), _) if links(relation.operator, truth) => {
                self.both(&relation.left, &relation.right);
            }
            (FormulaNode::Judged(judged), _) => self.both(&judged.left, &judged.right),
            (FormulaNode::Has(..) | FormulaNode::Each(..) | FormulaNode::Relation(_) | FormulaNode::Matches(..), _) => {
            }
        }
    }

    fn domain(&mut self, domain: &Domain) {
        self.join_all(domain.slot, &domain.set.mentioned());
        domain.filter.iter().for_each(|filter| self.formula(filter, Truth::Holds));
    }

    /// Sets that are cut with each other link what they are made from.
    fn set(&mut self, set: &Set) {
        let mentioned = set.mentioned();
        if let Some(first) = mentioned.first() {
            self.join_all(*first, &mentioned);
        }
    }

    fn both(&mut self, left: &Set, right: &Set) {
        let mentioned: BTreeSet<Slot> = left.mentioned().union(&right.mentioned()).copied().collect();
        if let Some(first) = mentioned.first() {
            self.join_all(*first, &mentioned);
        }
    }
}

/// Whether a quantifier with this truth value has found something.
fn finds(quantifier: Quantifier, truth: Truth) -> bool {
    match quantifier {
        Quantifier::Some | Quantifier::One => truth == Truth::Holds,
        Quantifier::No | Quantifier::Lone => truth == Truth::Fails,
    }
}

/// Whether an operator with this truth value picks few of all pairs.
fn links(operator: Operator, truth: Truth) -> bool {
    match operator.selectivity() {
        Selectivity::WhenHolds => truth == Truth::Holds,
        Selectivity::WhenFails => truth == Truth::Fails,
        Selectivity::Never => false,
    }
}
