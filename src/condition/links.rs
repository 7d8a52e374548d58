//! Whether the binders over kinds are linked, or every pair of their blocks would be looked at.

use std::collections::BTreeSet;

use super::plan::{Domain, Formula, Plan, Range, Set, Slot};
use super::tree::Operator;

/// The first two binders over kinds that no condition links, directly or through others.
pub(super) fn unlinked(plan: &Plan) -> Option<(Slot, Slot)> {
    let mut groups = Groups((0..plan.slots).collect());
    for (slot, range) in plan.ranges.iter().enumerate() {
        if let Range::In(set) = range {
            groups.join_all(slot, &set.mentioned());
        }
    }
    plan.when.iter().for_each(|formula| groups.formula(formula));
    groups.formula(plan.offence().0);
    let kinds: Vec<Slot> =
        (0..plan.ranges.len()).filter(|slot| matches!(plan.ranges[*slot], Range::Kinds(_))).collect();
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

    fn formula(&mut self, formula: &Formula) {
        match formula {
            Formula::All(parts) | Formula::Any(parts) => parts.iter().for_each(|part| self.formula(part)),
            Formula::Not(inner) => self.formula(inner),
            Formula::Has(_, set) => self.set(set),
            Formula::Each(_, domain) => self.domain(domain),
            Formula::ForAll(domain, body) => {
                self.domain(domain);
                self.formula(body);
            }
            Formula::Relation(relation) if links(relation.operator) => self.both(&relation.left, &relation.right),
            Formula::Relation(_) => {}
            Formula::Matches(set, _) => self.set(set),
            Formula::Judged(judged) => self.both(&judged.left, &judged.right),
        }
    }

    fn domain(&mut self, domain: &Domain) {
        self.join_all(domain.slot, &domain.set.mentioned());
        domain.filter.iter().for_each(|filter| self.formula(filter));
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

/// Whether an operator picks few of all pairs; an order or an inequality leaves most of them.
fn links(operator: Operator) -> bool {
    match operator {
        Operator::Equal
        | Operator::In
        | Operator::Covers
        | Operator::Overlaps
        | Operator::ShareDay
        | Operator::SubsetOf
        | Operator::SameAs => true,
        Operator::Unequal
        | Operator::NotIn
        | Operator::Less
        | Operator::AtMost
        | Operator::Greater
        | Operator::AtLeast
        | Operator::Before
        | Operator::Matches
        | Operator::StartsWith
        | Operator::EndsWith
        | Operator::Contains => false,
    }
}
