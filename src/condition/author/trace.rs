//! How a rule came out for one row: each clause, whether it holds, and what it looked at.

use crate::condition::ast::source::{Judgement, OwnedExpression};
use crate::condition::ast::tree;
use crate::condition::ast::tree::{Domain, Expr, Node, Operator, Truth};
use crate::condition::check::checker::Checker;
use crate::condition::check::vocabulary::Vocabulary;
use crate::condition::eval::budget::Budget;
use crate::condition::eval::chain::chain;
use crate::condition::eval::evaluator::Evaluator;
use crate::condition::eval::reached::ReadState;
use crate::condition::plan::{Hop, Set, Step};
use crate::condition::query::compile::Query;
use crate::condition::values::scalar::ScalarValue;
use crate::model::{BlockId, Corpus};
use crate::schema::FieldId;
use crate::text::Span;

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
    pub fn trace(&self, corpus: &Corpus, bound: &[ScalarValue], vocabulary: Vocabulary<'_>) -> Trace {
        let mut budget = Budget::default();
        let texts = self.texts.iter().map(OwnedExpression::written).collect();
        let mut checker = Checker::new(vocabulary, texts);
        checker.trusting = true;
        // Every binding was checked before.
        let _ = checker.bindings(&self.trees.bindings);
        let mut evaluator = Evaluator::new(corpus, &mut budget, checker.binders.len());
        bound.iter().enumerate().for_each(|(slot, element)| evaluator.bind(slot, element.clone()));
        let names: Vec<&str> = self.trees.bindings.iter().map(|binding| binding.name.value.as_str()).collect();
        let unbound = &names[bound.len().min(names.len())..];
        let mut tracer = Tracer { query: self, checker, evaluator };
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
        Trace { bound, when, judgement, broken }
    }

    /// What a name of `for` ranges over, as it comes out when the names before it stand for these elements.
    pub fn range(&self, corpus: &Corpus, bound: &[ScalarValue], vocabulary: Vocabulary<'_>) -> Option<TracedClause> {
        let tree::Range::In(set) = &self.trees.bindings.get(bound.len())?.range else { return None };
        let mut budget = Budget::default();
        let mut checker = Checker::new(vocabulary, self.texts.iter().map(OwnedExpression::written).collect());
        checker.trusting = true;
        let _ = checker.bindings(&self.trees.bindings[..bound.len()]);
        let mut evaluator = Evaluator::new(corpus, &mut budget, checker.binders.len());
        bound.iter().enumerate().for_each(|(slot, element)| evaluator.bind(slot, element.clone()));
        let mut tracer = Tracer { query: self, checker, evaluator };
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

/// Asks clauses one by one.
struct Tracer<'q, 'c> {
    query: &'q Query,
    checker: Checker<'q>,
    evaluator: Evaluator<'c>,
}

impl Tracer<'_, '_> {
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
                clause.parts = self.each(domain, domain.filter.iter().collect());
            }
            Node::Truth(Truth::All(domain, body)) => {
                clause.facts = self.facts(&[&domain.set]);
                clause.parts = self.each(domain, domain.filter.iter().chain([&**body]).collect());
            }
            Node::Truth(Truth::Relation(relation)) => {
                clause.facts = self.facts(&[&relation.left, &relation.right]);
                clause.chain = self.chain(relation);
            }
            Node::Truth(Truth::Verdict(judged)) => clause.facts = self.facts(&[&judged.left, &judged.right]),
            Node::Call(call) => clause.facts = self.facts(&call.arguments.iter().collect::<Vec<_>>()),
            Node::Set(_) => {}
        }
        let formula = self.checker.formula(expr);
        self.evaluator.make_room(self.checker.binders.len());
        clause.holds = formula.is_some_and(|formula| self.evaluator.holds(&formula).unwrap_or_default());
        clause
    }

    fn empty(&self, expr: &Expr) -> TracedClause {
        let text = self.query.shown(expr.span).split_whitespace().collect::<Vec<_>>().join(" ");
        let (facts, chain, parts) = (Vec::new(), Vec::new(), Vec::new());
        TracedClause { text, at: expr.span, holds: false, facts, chain, parts, about: None }
    }

    /// The clauses about each of the first elements of a domain.
    fn each(&mut self, domain: &Domain, clauses: Vec<&Expr>) -> Vec<TracedClause> {
        let Some(elements) = self.elements(&domain.set) else { return Vec::new() };
        let mark = self.checker.mark();
        let Some(typed) = self.checker.set(&domain.set) else { return Vec::new() };
        let slot = self.checker.bind_free(&domain.binder, Some(typed.holds));
        self.evaluator.make_room(self.checker.binders.len());
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
        self.checker.forget(mark);
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
        let mut elements = self.elements(set)?;
        let count = elements.len();
        elements.truncate(SHOWN);
        Some(TracedSet { text: self.empty(set).text, elements, count })
    }

    /// A path, and where it leads nowhere, the beginnings of it: the first empty one says where it ends.
    fn ways(&mut self, set: &Expr) -> Vec<TracedSet> {
        let whole = self.facts(&[set]);
        let Node::Set(tree::Set::Path(start, steps)) = &set.node else { return whole };
        if whole.iter().any(|fact| fact.count > 0) {
            return whole;
        }
        let mut facts = Vec::new();
        for length in 1..=steps.len() {
            let span = start.span.to(steps[length - 1].span);
            let path = Expr::set(tree::Set::Path(start.clone(), steps[..length].to_vec()), span);
            facts.extend(self.fact(&path));
            if facts.last().is_some_and(|fact| fact.count == 0) {
                break;
            }
        }
        facts
    }

    fn elements(&mut self, set: &Expr) -> Option<Vec<ScalarValue>> {
        let typed = self.checker.set(set)?;
        self.evaluator.make_room(self.checker.binders.len());
        self.evaluator.set(&typed.set).ok()
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
        let Set::Path(start, steps) = self.checker.set(repeated)?.set else { return None };
        let (Step::Repeated(hops, ..), before) = steps.split_last()? else { return None };
        self.evaluator.make_room(self.checker.binders.len());
        let starts = self.evaluator.path(&start, before).unwrap_or_default();
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
