//! Arranges the conjuncts of a rule by the binder that they can first be asked of, and picks those that join binders.

use std::collections::BTreeSet;

use super::weight::weight;
use crate::condition::ast::operator::Operator;
use crate::condition::eval::budget::ActiveClause;
use crate::condition::eval::join::guards;
use crate::condition::plan::{Formula, FormulaNode, Plan, Range, Relation, Set, Slot};

/// So many ways to look up the blocks of one binder are enough.
const MOST_WAYS: usize = 4;

/// A conjunct, and where it is written.
pub(super) type Conjunct<'p> = (ActiveClause, &'p Formula);

/// What is known of one binder before it stands for anything.
#[derive(Debug, Default)]
pub(super) struct BinderPlan<'p> {
    /// What speaks of this binder alone; only for binders over kinds.
    pub(super) alone: Vec<Conjunct<'p>>,
    /// What must be equal to go with the binders before.
    pub(super) equal: Vec<JoinPair<'p>>,
    /// What must have something in common with the binders before, the best first: one of the pairs of each.
    pub(super) links: Vec<Vec<JoinPair<'p>>>,
    /// What else must hold.
    pub(super) rest: Vec<Conjunct<'p>>,
}

/// Two sets that have an element in common: one made from the binders before, one from the binder itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct JoinPair<'p> {
    pub(super) before: JoinSide<'p>,
    pub(super) own: JoinSide<'p>,
}

/// One side of a pair.
#[derive(Clone, Copy, Debug)]
pub(super) struct JoinSide<'p> {
    pub(super) set: &'p Set,
    pub(super) take: JoinKeySource,
}

/// What of a set is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JoinKeySource {
    /// The one element that it has.
    First,
    /// Any of its elements.
    Each,
    /// All of them together.
    Whole,
}

/// The binders of `for` in order.
pub(super) fn arrange(plan: &Plan) -> Vec<BinderPlan<'_>> {
    let mut clauses: Vec<Conjunct<'_>> = Vec::new();
    for (nth, formula) in plan.when.iter().enumerate() {
        flatten(formula, ActiveClause::When(nth), &mut clauses);
    }
    clauses.extend(guards(plan).into_iter().map(|(_, formula)| (ActiveClause::Judgement, formula)));
    let mut binders: Vec<BinderPlan<'_>> = plan.ranges.iter().map(|_| BinderPlan::default()).collect();
    for clause in clauses {
        let mut mentioned = BTreeSet::new();
        clause.1.mentions(&mut mentioned);
        let mentioned: Vec<Slot> = mentioned.range(..plan.ranges.len()).copied().collect();
        let last = mentioned.last().copied().unwrap_or_default();
        match &plan.ranges[last] {
            Range::Kinds(_) => binders[last].add(clause, last, mentioned.len()),
            Range::In(_) => binders[last].rest.push(clause),
        }
    }
    binders.iter_mut().for_each(BinderPlan::choose);
    binders
}

/// Adds the parts of conjunctions, however deep.
fn flatten<'p>(formula: &'p Formula, spot: ActiveClause, into: &mut Vec<Conjunct<'p>>) {
    if let FormulaNode::All(parts) = &formula.node {
        parts.iter().for_each(|part| flatten(part, spot, into));
    } else {
        into.push((spot, formula));
    }
}

impl<'p> BinderPlan<'p> {
    fn add(&mut self, clause: Conjunct<'p>, slot: Slot, mentioned: usize) {
        if mentioned <= 1 {
            self.alone.push(clause);
            return;
        }
        match equal(clause.1, slot) {
            Some(pair) => self.equal.push(pair),
            None => {
                self.links.extend(link(clause.1, slot));
                self.rest.push(clause);
            }
        }
    }

    /// Asks what is cheap before what is dear, and keeps the best links: two, or one where something must be equal anyway.
    fn choose(&mut self) {
        self.alone.sort_by_key(|(_, formula)| weight(formula));
        self.rest.sort_by_key(|(_, formula)| weight(formula));
        let far = |pairs: &Vec<JoinPair<'_>>| pairs.iter().filter(|pair| pair.own.set.repeats()).count();
        self.links.sort_by_key(|pairs| (far(pairs), pairs.len()));
        if !self.equal.is_empty() {
            self.links.retain(|pairs| far(pairs) == 0);
            self.links.truncate(1);
        }
        self.links.truncate(2);
        while self.links.iter().map(Vec::len).product::<usize>() > MOST_WAYS {
            self.links.pop();
        }
    }
}

/// The operators by which two values, or two whole sets, are equal, with what is compared.
const EQUAL: [(Operator, (JoinKeySource, JoinKeySource)); 2] = [
    (Operator::Equal, (JoinKeySource::First, JoinKeySource::First)),
    (Operator::SameAs, (JoinKeySource::Whole, JoinKeySource::Whole)),
];

/// The operators by which two sets have something in common, with what of each.
const SHARING: [(Operator, (JoinKeySource, JoinKeySource)); 3] = [
    (Operator::Equal, (JoinKeySource::First, JoinKeySource::First)),
    (Operator::In, (JoinKeySource::First, JoinKeySource::Each)),
    (Operator::Overlaps, (JoinKeySource::Each, JoinKeySource::Each)),
];

/// The sides of a formula that says that two values, or two whole sets, are equal.
fn equal(formula: &Formula, slot: Slot) -> Option<JoinPair<'_>> {
    if let FormulaNode::Relation(relation) = &formula.node { pair(relation, slot, &EQUAL) } else { None }
}

/// The pairs of which one must have something in common, if that is what a formula says.
fn link(formula: &Formula, slot: Slot) -> Option<Vec<JoinPair<'_>>> {
    match &formula.node {
        FormulaNode::Any(parts) => {
            let links: Option<Vec<Vec<JoinPair<'_>>>> = parts.iter().map(|part| link(part, slot)).collect();
            links.map(|links| links.concat()).filter(|pairs| !pairs.is_empty())
        }
        FormulaNode::Relation(relation) => pair(relation, slot, &SHARING).map(|pair| vec![pair]),
        FormulaNode::All(_)
        | FormulaNode::Not(_)
        | FormulaNode::Has(..)
        | FormulaNode::Each(..)
        | FormulaNode::ForAll(..)
        | FormulaNode::Matches(..)
        | FormulaNode::Judged(_) => None,
    }
}

/// The sides of a comparison, where its operator is one of these.
fn pair<'p>(
    relation: &'p Relation,
    slot: Slot,
    operators: &[(Operator, (JoinKeySource, JoinKeySource))],
) -> Option<JoinPair<'p>> {
    let (_, takes) = operators.iter().find(|(operator, _)| *operator == relation.operator)?;
    let [before, own] = relation.joined(slot, *takes)?.map(|(set, take)| JoinSide { set, take });
    Some(JoinPair { before, own })
}
