//! The one walk through a plan: what each part is made of, in the order in which it is evaluated.

use std::collections::BTreeSet;

use super::nodes::{Domain, Edges, Formula, FormulaNode, Hop, Plan, Range, Relation, Set, SetNode, Slot, Step};
use crate::condition::ast::source::Judgement;
use crate::schema::FieldId;

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

impl Plan {
    /// The fields that decide whether a row is judged: those that `for` and `when` follow, in whichever direction.
    pub(crate) fn guarding_fields(&self) -> BTreeSet<FieldId> {
        let mut fields = BTreeSet::new();
        self.when.iter().for_each(|formula| PlanNode::Formula(formula).add_fields(&mut fields));
        for range in &self.ranges {
            match range {
                Range::In(set) => PlanNode::Set(set).add_fields(&mut fields),
                Range::Kinds(_) => {}
            }
        }
        fields
    }

    /// The fields that the judgement follows, in whichever direction.
    pub(crate) fn judged_fields(&self) -> BTreeSet<FieldId> {
        let mut fields = BTreeSet::new();
        let (Judgement::Require(judged) | Judgement::Forbid(judged)) = &self.judgement;
        PlanNode::Formula(judged).add_fields(&mut fields);
        fields
    }
}

impl PlanNode<'_> {
    /// Adds the fields that it follows; a computed field follows those that it is computed from.
    fn add_fields(self, into: &mut BTreeSet<FieldId>) {
        self.walk(&mut |part| {
            if let PlanNode::Set(Set { node: SetNode::Path(_, steps), .. }) = part {
                let edges = steps.iter().filter_map(|step| match step {
                    Step::Once(edges) | Step::Repeated(edges, ..) => Some(edges),
                    Step::Is(_) => None,
                });
                edges.flat_map(Edges::distinct).for_each(|(hop, _)| match hop {
                    Hop::Forward(field) | Hop::Backward(field) => drop(into.insert(*field)),
                    Hop::Computed(computed) => PlanNode::Set(&computed.set).add_fields(into),
                    Hop::Implicit(_) | Hop::Native(_) => {}
                });
            }
            true
        });
    }
}

impl Formula {
    /// Adds the binders that the formula speaks of, its own included.
    pub(crate) fn mentions(&self, into: &mut BTreeSet<Slot>) {
        PlanNode::Formula(self).mentions(into);
    }
}

impl Set {
    /// Whether a step of the set is repeated.
    pub(crate) fn repeats(&self) -> bool {
        let mut repeats = false;
        PlanNode::Set(self).walk(&mut |part| {
            if let PlanNode::Set(Set { node: SetNode::Path(_, steps), .. }) = part {
                repeats |= steps.iter().any(|step| matches!(step, Step::Repeated(..)));
            }
            !matches!(part, PlanNode::Formula(_))
        });
        repeats
    }

    /// The binders that the set is made from, its own included.
    pub(crate) fn mentioned(&self) -> BTreeSet<Slot> {
        let mut mentioned = BTreeSet::new();
        PlanNode::Set(self).mentions(&mut mentioned);
        mentioned
    }
}

impl Relation {
    /// The set that is made from binders before a slot, and the one that is made from that slot alone, each with what goes with
    /// its side; nothing where the sides are not these.
    ///
    /// What mentions no binder is the same for every row: it joins nothing.
    pub(crate) fn joined<T: Copy>(&self, slot: Slot, (left, right): (T, T)) -> Option<[(&Set, T); 2]> {
        let is_own = |set: &Set| set.mentioned().iter().eq([&slot]);
        let is_before = |set: &Set| set.mentioned().last().is_some_and(|last| *last < slot);
        let (left, right) = ((&self.left, left), (&self.right, right));
        [[left, right], [right, left]].into_iter().find(|[before, own]| is_before(before.0) && is_own(own.0))
    }
}
