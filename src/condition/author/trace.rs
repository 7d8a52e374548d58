//! How a rule came out for one row: each clause, whether it holds, and what it looked at.

use std::collections::BTreeSet;

use crate::condition::ast::operator::Operator;
use crate::condition::ast::source::Judgement;
use crate::condition::ast::tree;
use crate::condition::ast::tree::{Domain, Expr, Node, Truth};
use crate::condition::eval::budget::Budget;
use crate::condition::eval::chain::chain;
use crate::condition::eval::evaluator::Evaluator;
use crate::condition::eval::memo::ReadState;
use crate::condition::plan::{Formula, Hop, PlanIndex, Set, SetNode, Step};
use crate::condition::query::compile::Query;
use crate::condition::values::scalar::ScalarValue;
use crate::model::{BlockId, Corpus};
use crate::schema::FieldId;
use crate::text::{Span, one_line};

/// How many elements of a set, and how many of those that a quantifier runs through, are kept.
const SHOWN: usize = 5;

/// How a rule came out for what its names stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// What each name of `for` stands for, in order.
    pub bound: Vec<TracedBinding>,
    /// The conjuncts of `when`.
    pub when: Vec<TracedClause>,
    /// What is required or forbidden.
    pub judgement: Judgement<TracedClause>,
    /// The fields that `for` and `when` follow, in whichever direction, with those that definitions and computed fields follow.
    pub guarding: BTreeSet<FieldId>,
    /// The fields that the judgement follows in the same way.
    pub judged: BTreeSet<FieldId>,
    /// Whether a value was read that had been reported as broken, so that the rule stays silent.
    pub broken: bool,
}

/// A name of `for`, and what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct TracedBinding {
    /// The name.
    pub name: String,
    /// What it stands for.
    pub element: ScalarValue,
    /// Where a repeated step leads to it: the shortest chain of blocks, both ends included.
    pub chain: Vec<BlockId>,
}

/// How one clause came out.
#[derive(Clone, Debug, PartialEq)]
pub struct TracedClause {
    /// The clause as written.
    pub text: String,
    /// Where it is written.
    pub at: Span,
    /// Whether it holds.
    pub holds: bool,
    /// The sets that it speaks of.
    pub facts: Vec<TracedSet>,
    /// For a step that is repeated: the shortest chain of blocks that makes it hold, both ends included.
    pub chain: Vec<BlockId>,
    /// The clauses that it is made of; for a quantifier, those of the first elements that it runs through.
    pub parts: Vec<TracedClause>,
    /// The name and the element that the clause is about, where a quantifier runs through several.
    pub about: Option<(String, ScalarValue)>,
}

/// A set that a clause speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct TracedSet {
    /// The set as written.
    pub text: String,
    /// Its first elements.
    pub elements: Vec<ScalarValue>,
    /// How many there are.
    pub count: usize,
}

impl Query {
    /// How the rule comes out when its names stand for these elements, in the order of `for`; names without an element,
    /// and the clauses that speak of them, are left out.
    pub fn trace(&self, corpus: &Corpus, bound: &[ScalarValue]) -> Trace {
        let mut budget = Budget::default();
        let mut tracer = Tracer::new(self, Evaluator::new(corpus, &mut budget, self.plan.slots), bound);
        let names: Vec<&str> = self.trees.bindings.iter().map(|binding| binding.name.value.as_str()).collect();
        let unbound = &names[bound.len().min(names.len())..];
        let conjuncts = self.trees.when.iter().flat_map(conjuncts);
        let known = |expr: &&Expr| !unbound.iter().any(|name| expr.names(name));
        let when = conjuncts.filter(known).map(|conjunct| tracer.clause(conjunct)).collect();
        let judgement = match &self.trees.judgement {
            Judgement::Require(formula) => Judgement::Require(tracer.verdict_test(formula, unbound)),
            Judgement::Forbid(formula) => Judgement::Forbid(tracer.verdict_test(formula, unbound)),
        };
        let broken = tracer.evaluator.read == ReadState::Broken;
        let bound =
            self.trees.bindings.iter().zip(bound).map(|(binding, element)| tracer.bound(binding, element)).collect();
        let (guarding, judged) = (self.plan.guarding_fields(), self.plan.judged_fields());
        Trace { bound, when, judgement, guarding, judged, broken }
    }

    /// What a name of `for` ranges over, as it comes out when the names before it stand for these elements.
    pub fn range(&self, corpus: &Corpus, bound: &[ScalarValue]) -> Option<TracedClause> {
        let tree::Range::In(set) = &self.trees.bindings.get(bound.len())?.range else { return None };
        let mut budget = Budget::default();
        let mut tracer = Tracer::new(self, Evaluator::new(corpus, &mut budget, self.plan.slots), bound);
        Some(TracedClause { facts: tracer.ways(set), ..tracer.empty(set) })
    }
}

/// The parts that must all hold.
fn conjuncts(expr: &Expr) -> Vec<&Expr> {
    match &expr.node {
        Node::Truth(Truth::And(parts)) => parts.iter().collect(),
        Node::Truth(_) | Node::Set(_) | Node::Call(_) => vec![expr],
    }
}

/// Asks clauses one by one: each node of the trees by the part of the plan that was made from it.
struct Tracer<'q, 'c> {
    query: &'q Query,
    planned: PlanIndex<'q>,
    evaluator: Evaluator<'c>,
}

impl<'q, 'c> Tracer<'q, 'c> {
    fn new(query: &'q Query, mut evaluator: Evaluator<'c>, bound: &[ScalarValue]) -> Tracer<'q, 'c> {
        bound.iter().enumerate().for_each(|(slot, element)| evaluator.bind(slot, element.clone()));
        Tracer { query, planned: PlanIndex::of(&query.plan), evaluator }
    }

    fn bound(&mut self, binding: &tree::Binding, element: &ScalarValue) -> TracedBinding {
        let chain = match &binding.range {
            tree::Range::In(set) => self.chain_to(set, std::slice::from_ref(element)).unwrap_or_default(),
            tree::Range::Kinds(_) => Vec::new(),
        };
        TracedBinding { name: binding.name.value.clone(), element: element.clone(), chain }
    }

    /// The judgement; unasked where a name has no element.
    fn verdict_test(&mut self, formula: &Expr, unbound: &[&str]) -> TracedClause {
        let is_open = unbound.iter().any(|name| formula.names(name));
        if is_open { self.empty(formula) } else { self.clause(formula) }
    }

    fn clause(&mut self, expr: &Expr) -> TracedClause {
        let mut clause = self.empty(expr);
        match &expr.node {
            Node::Truth(Truth::And(parts) | Truth::Or(parts) | Truth::Implies(parts)) => {
                clause.parts = parts.iter().map(|part| self.clause(part)).collect();
            }
            Node::Truth(Truth::Not(inner)) => clause.parts = vec![self.clause(inner)],
            Node::Truth(Truth::Has(_, set)) => clause.facts = self.ways(set),
            Node::Truth(Truth::Each(_, domain)) => {
                clause.facts = self.facts(&[&domain.set]);
                clause.parts = self.each(expr, domain, domain.filter.iter().collect());
            }
            Node::Truth(Truth::All(domain, body)) => {
                clause.facts = self.facts(&[&domain.set]);
                clause.parts = self.each(expr, domain, domain.filter.iter().chain([&**body]).collect());
            }
            Node::Truth(Truth::Relation(relation)) => {
                clause.facts = self.facts(&[&relation.left, &relation.right]);
                clause.chain = self.chain(relation);
            }
            Node::Truth(Truth::Verdict(judged)) => clause.facts = self.facts(&[&judged.left, &judged.right]),
            Node::Call(call) => clause.facts = self.facts(&call.arguments.iter().collect::<Vec<_>>()),
            Node::Set(_) => {}
        }
        clause.holds = self.holds(expr).unwrap_or_default();
        clause
    }

    /// Whether a formula holds; nothing if it takes too long to tell.
    fn holds(&mut self, expr: &Expr) -> Option<bool> {
        let parts = match self.planned.formula(expr.id()) {
            Some(formula) => std::slice::from_ref(formula),
            // A definition that stands for a conjunction has become the conjuncts of the plan.
            None if self.query.trees.when.as_ref().is_some_and(|when| when.id() == expr.id()) => &self.query.plan.when,
            None => return None,
        };
        for part in parts {
            if !self.evaluator.holds(part).ok()? {
                return Some(false);
            }
        }
        Some(true)
    }

    fn empty(&self, expr: &Expr) -> TracedClause {
        let (facts, chain, parts) = (Vec::new(), Vec::new(), Vec::new());
        TracedClause { text: self.text(expr.span), at: expr.span, holds: false, facts, chain, parts, about: None }
    }

    /// The clauses about each of the first elements of a domain.
    fn each(&mut self, quantified: &Expr, domain: &Domain, clauses: Vec<&Expr>) -> Vec<TracedClause> {
        let Some(slot) = self.planned.formula(quantified.id()).and_then(Formula::runs_through) else {
            return Vec::new();
        };
        let Some(elements) = self.elements(&domain.set) else { return Vec::new() };
        let mut parts = Vec::new();
        for element in elements.into_iter().take(SHOWN) {
            self.evaluator.bind(slot, element.clone());
            for clause in &clauses {
                let clause = self.clause(clause);
                let about = Some((domain.binder.value.clone(), element.clone()));
                // What a body says inside of another quantifier may have bound the same slot again.
                self.evaluator.bind(slot, element.clone());
                parts.push(TracedClause { about, ..clause });
            }
        }
        parts
    }

    /// The sets that are more than a value as written.
    fn facts(&mut self, sets: &[&Expr]) -> Vec<TracedSet> {
        let mut facts = Vec::new();
        for set in sets {
            if !matches!(&set.node, Node::Set(tree::Set::Literal(_) | tree::Set::Name(_)) | Node::Truth(_)) {
                facts.extend(self.fact(set));
            }
        }
        facts
    }

    fn fact(&mut self, set: &Expr) -> Option<TracedSet> {
        let elements = self.elements(set)?;
        Some(self.fact_of(set.span, elements))
    }

    fn fact_of(&self, at: Span, mut elements: Vec<ScalarValue>) -> TracedSet {
        let count = elements.len();
        elements.truncate(SHOWN);
        TracedSet { text: self.text(at), elements, count }
    }

    /// What is written at a place, in one line.
    fn text(&self, at: Span) -> String {
        one_line(self.query.shown(at))
    }

    /// A path, and where it leads nowhere, the beginnings of it: the first empty one says where it ends.
    fn ways(&mut self, set: &Expr) -> Vec<TracedSet> {
        let whole = self.facts(&[set]);
        let Node::Set(tree::Set::Path(start, steps)) = &set.node else { return whole };
        if whole.iter().any(|fact| fact.count > 0) {
            return whole;
        }
        let Some(Set { node: SetNode::Path(first, planned), .. }) = self.planned.set(set.id()) else { return whole };
        let mut facts = Vec::new();
        for (step, length) in steps.iter().zip(1..) {
            let elements = self.evaluator.path(first, &planned[..length]).ok();
            facts.extend(elements.map(|elements| self.fact_of(start.span.to(step.span), elements)));
            if facts.last().is_some_and(|fact| fact.count == 0) {
                break;
            }
        }
        facts
    }

    fn elements(&mut self, set: &Expr) -> Option<Vec<ScalarValue>> {
        self.evaluator.set(self.planned.set(set.id())?).ok()
    }

    /// The shortest chain by which a repeated step of one side arrives in the other.
    fn chain(&mut self, relation: &tree::Relation) -> Vec<BlockId> {
        if !matches!(relation.operator.value, Operator::Overlaps | Operator::In | Operator::Equal) {
            return Vec::new();
        }
        let sides = [(&relation.left, &relation.right), (&relation.right, &relation.left)];
        let found = sides.into_iter().find_map(|(repeated, other)| {
            let targets = self.elements(other)?;
            self.chain_to(repeated, &targets)
        });
        found.unwrap_or_default()
    }

    /// The shortest chain by which a set that ends in a repeated step arrives at one of the elements.
    fn chain_to(&mut self, repeated: &Expr, targets: &[ScalarValue]) -> Option<Vec<BlockId>> {
        let (start, (Step::Repeated(hops, ..), before)) = self.planned.set(repeated.id())?.last_step()? else {
            return None;
        };
        let starts = self.evaluator.path(start, before).unwrap_or_default();
        let along: Vec<FieldId> = hops.0.iter().flatten().filter_map(forward).collect();
        let targets: Vec<BlockId> = targets.iter().filter_map(ScalarValue::block).collect();
        let starts = starts.iter().filter_map(ScalarValue::block);
        let pairs = starts.flat_map(|from| targets.iter().map(move |to| (from, *to)));
        let found = pairs.filter_map(|(from, to)| {
            let found = chain(self.evaluator.corpus, from, &along, to);
            self.evaluator.spend(found.taken).ok().filter(|()| !found.steps.is_empty())?;
            Some(found.steps.into_iter().map(|(block, _)| block).chain([to]).collect::<Vec<_>>())
        });
        found.min_by_key(Vec::len)
    }
}

fn forward(hop: &Hop) -> Option<FieldId> {
    match hop {
        Hop::Forward(field) => Some(*field),
        Hop::Backward(_) | Hop::Implicit(_) | Hop::Computed(_) | Hop::Native(_) => None,
    }
}
