//! Rules changed in one place each: what no example notices, no example shows.
//!
//! Each change drops a part of a condition, flips a quantifier, or takes a repeated step at most once. The idea is that of
//! mutation testing: DeMillo, Lipton and Sayward, "Hints on Test Data Selection", 1978.

use crate::condition::ast::source::{Judgement, OwnedExpression, shown};
use crate::condition::ast::tree::{
    Binding, Closure, Combine, Domain, Expr, Node, Quantifier, Range, Set, Step, StepNode, Truth,
};
use crate::condition::ast::trees::Trees;
use crate::condition::check::advice;
use crate::condition::check::checker::Checker;
use crate::condition::check::rule::check;
use crate::condition::check::vocabulary::{Definitions, Vocabulary};
use crate::condition::query::compile::Query;
use crate::schema::Schema;
use crate::text::Span;

/// A condition, or the definitions that it uses, changed in one place.
#[derive(Debug)]
pub struct Mutant<T> {
    /// What was changed, as "without `some a.scope`".
    pub what: String,
    /// Where.
    pub at: Span,
    /// What came of it.
    pub changed: T,
}

/// A change, and what it makes of the whole.
type Mutation<T> = (String, Span, T);

impl Query {
    /// The rule changed in every single place where the language still takes it.
    pub fn mutants(&self, vocabulary: Vocabulary<'_>) -> Vec<Mutant<Query>> {
        let changes = MutatedWords(&self.texts).trees(&self.trees);
        changes
            .into_iter()
            .filter_map(|(what, at, trees)| Some(Mutant { what, at, changed: self.like(trees, vocabulary)? }))
            .collect()
    }

    /// The same rule where its words mean something else; nothing if it cannot be said with them.
    pub fn under(&self, vocabulary: Vocabulary<'_>) -> Option<Query> {
        self.like(self.trees.clone(), vocabulary)
    }

    /// The same rule with other trees; nothing if they make none.
    fn like(&self, trees: Trees, vocabulary: Vocabulary<'_>) -> Option<Query> {
        let texts = self.texts.iter().map(OwnedExpression::written).collect();
        let mut checker = Checker::new(vocabulary, texts);
        let plan = check(&trees, &mut checker)?;
        let is_sound = checker.problems.iter().all(advice::is_advice);
        is_sound.then(|| Query::new(plan, &checker.binders, (trees, self.texts.clone())))
    }
}

impl Definitions {
    /// All definitions with the one of that name changed, in every single place where the language still takes it.
    pub fn mutants(&self, name: &str, schema: &Schema) -> Vec<Mutant<Definitions>> {
        let Some((body, text)) = self.written(name) else { return Vec::new() };
        let changes = MutatedWords(std::slice::from_ref(text)).expr(body);
        changes
            .into_iter()
            .filter_map(|(what, at, body)| Some(Mutant { what, at, changed: self.with(name, body, schema)? }))
            .collect()
    }
}

/// The words of what is changed, to say what was.
struct MutatedWords<'a>(&'a [OwnedExpression]);

impl MutatedWords<'_> {
    fn without(&self, at: Span) -> String {
        format!("without `{}`", shown(self.0, at))
    }

    fn trees(&self, trees: &Trees) -> Vec<Mutation<Trees>> {
        let mut changes = Vec::new();
        for (at, binding) in trees.bindings.iter().enumerate() {
            changes.extend(self.binding(binding).into_iter().map(|(what, span, changed)| {
                let mut trees = trees.clone();
                trees.bindings[at] = changed;
                (what, span, trees)
            }));
        }
        if let Some(when) = &trees.when {
            let rest = |when| Trees { when, ..trees.clone() };
            if !matches!(when.node, Node::Truth(Truth::And(_))) {
                changes.push((self.without(when.span), when.span, rest(None)));
            }
            changes.extend(self.expr(when).into_iter().map(|(what, at, when)| (what, at, rest(Some(when)))));
        }
        let judged = trees.judgement.formula();
        changes.extend(self.expr(judged).into_iter().map(|(what, at, changed)| {
            let judgement = match trees.judgement {
                Judgement::Require(_) => Judgement::Require(changed),
                Judgement::Forbid(_) => Judgement::Forbid(changed),
            };
            (what, at, Trees { judgement, ..trees.clone() })
        }));
        changes
    }

    fn binding(&self, binding: &Binding) -> Vec<Mutation<Binding>> {
        let with = |range| Binding { name: binding.name.clone(), range };
        match &binding.range {
            Range::In(set) => {
                self.expr(set).into_iter().map(|(what, at, set)| (what, at, with(Range::In(set)))).collect()
            }
            Range::Kinds(kinds) if kinds.len() > 1 => kinds
                .iter()
                .enumerate()
                .map(|(at, kind)| (self.without(kind.span), kind.span, with(Range::Kinds(left_out(kinds, at)))))
                .collect(),
            Range::Kinds(_) => Vec::new(),
        }
    }

    /// Every change of an expression, those of its parts included.
    fn expr(&self, expr: &Expr) -> Vec<Mutation<Expr>> {
        let mut changes = self.own(expr);
        let is_entered = !matches!(expr.node, Node::Set(Set::Combined(..) | Set::Else(..) | Set::Arithmetic(..)));
        for (number, child) in expr.children().into_iter().enumerate().filter(|_| is_entered) {
            let inside = self.expr(child).into_iter();
            changes.extend(inside.map(|(what, at, child)| (what, at, expr.with_child(number, child))));
        }
        changes
    }

    /// The changes of an expression itself.
    fn own(&self, expr: &Expr) -> Vec<Mutation<Expr>> {
        match &expr.node {
            Node::Truth(truth) => {
                let changes = self.truth(truth, expr.span).into_iter();
                changes.map(|(what, at, truth)| (what, at, Expr::truth(truth, expr.span))).collect()
            }
            Node::Set(set) => {
                self.set(set).into_iter().map(|(what, at, set)| (what, at, Expr::set(set, expr.span))).collect()
            }
            Node::Call(_) => Vec::new(),
        }
    }

    fn truth(&self, truth: &Truth, span: Span) -> Vec<Mutation<Truth>> {
        match truth {
            Truth::And(parts) => self.fewer(parts, Truth::And),
            Truth::Or(parts) => self.fewer(parts, Truth::Or),
            Truth::Implies(parts) => self.fewer(parts, Truth::Implies),
            Truth::Not(inner) => {
                let what = format!("`{}` instead", shown(self.0, inner.span));
                vec![(what, span, Truth::And(vec![(**inner).clone()]))]
            }
            Truth::Has(quantifier, set) => {
                let (what, flipped) = flip(*quantifier);
                vec![(what, span, Truth::Has(flipped, set.clone()))]
            }
            Truth::Each(quantifier, domain) => {
                let (what, flipped) = flip(*quantifier);
                let unfiltered = self.unfiltered(domain);
                let unfiltered = unfiltered.map(|(what, at, domain)| (what, at, Truth::Each(*quantifier, domain)));
                [(what, span, Truth::Each(flipped, domain.clone()))].into_iter().chain(unfiltered).collect()
            }
            Truth::All(domain, body) => {
                let some = Truth::Each(Quantifier::Some, Box::new(with_filter(domain, body)));
                let unfiltered = self.unfiltered(domain);
                let unfiltered = unfiltered.map(|(what, at, domain)| (what, at, Truth::All(domain, body.clone())));
                [("`some` instead of `all`".to_owned(), span, some)].into_iter().chain(unfiltered).collect()
            }
            Truth::Relation(relation) => {
                let Some(operator) = relation.operator.value.across_the_bound() else { return Vec::new() };
                let what = format!("`{}` instead of `{}`", operator.as_str(), relation.operator.value.as_str());
                let mut other = relation.clone();
                other.operator.value = operator;
                vec![(what, relation.operator.span, Truth::Relation(other))]
            }
            Truth::Verdict(_) => Vec::new(),
        }
    }

    /// Formulas of which each is left out in turn.
    fn fewer(&self, parts: &[Expr], node: fn(Vec<Expr>) -> Truth) -> Vec<Mutation<Truth>> {
        let dropped = parts.iter().enumerate().filter(|_| parts.len() > 1);
        dropped.map(|(at, part)| (self.without(part.span), part.span, node(left_out(parts, at)))).collect()
    }

    /// A domain without its filter; the parts of a conjunction are left out one by one.
    fn unfiltered(&self, domain: &Domain) -> Option<Mutation<Box<Domain>>> {
        let filter = domain.filter.as_ref().filter(|filter| !matches!(filter.node, Node::Truth(Truth::And(_))))?;
        let unfiltered = Domain { filter: None, ..domain.clone() };
        Some((self.without(filter.span), filter.span, Box::new(unfiltered)))
    }

    fn set(&self, set: &Set) -> Vec<Mutation<Set>> {
        match set {
            Set::Combined(first, others) => {
                let mut changes = Vec::new();
                for (at, (_, other)) in others.iter().enumerate() {
                    let fewer = Set::Combined(first.clone(), left_out(others, at));
                    changes.push((self.without(other.span), other.span, fewer));
                }
                if let [(Combine::Union, second)] = others.as_slice() {
                    let alone = Set::Combined(Box::new(second.clone()), Vec::new());
                    changes.push((self.without(first.span), first.span, alone));
                }
                changes
            }
            Set::Path(start, steps) => {
                let mut changes: Vec<Mutation<Set>> = Vec::new();
                for (at, step) in steps.iter().enumerate() {
                    for (what, other) in self.step(step) {
                        let mut steps = steps.clone();
                        steps.splice(at..=at, other);
                        changes.push((what, step.span, Set::Path(start.clone(), steps)));
                    }
                }
                changes
            }
            Set::Where(domain) => {
                let unfiltered = self.unfiltered(domain).into_iter();
                unfiltered.map(|(what, at, domain)| (what, at, Set::Where(domain))).collect()
            }
            Set::Else(..) | Set::Arithmetic(..) | Set::Name(_) | Set::Param(_) | Set::Literal(_) => Vec::new(),
        }
    }

    /// What may stand in place of a step: it is left out, or taken at most once, or one of its ways is left out.
    fn step(&self, step: &Step) -> Vec<(String, Option<Step>)> {
        let words = shown(self.0, step.span).trim_start_matches(['.', ' ']);
        match &step.node {
            StepNode::Is(_) => vec![(format!("without `{words}`"), None)],
            StepNode::Follow(hops, closure) => {
                let once = match closure {
                    Some(Closure::Any) => Some(Some(Closure::Maybe)),
                    Some(Closure::Once) => Some(None),
                    Some(Closure::Maybe) | None => None,
                };
                let once = once.map(|closure| {
                    let node = StepNode::Follow(hops.clone(), closure);
                    (format!("`{words}` taken at most once"), Some(Step { node, span: step.span }))
                });
                let fewer = (0..hops.len()).filter(|_| hops.len() > 1).map(|at| {
                    let node = StepNode::Follow(left_out(hops, at), *closure);
                    (self.without(hops[at].name.span), Some(Step { node, span: step.span }))
                });
                once.into_iter().chain(fewer).collect()
            }
        }
    }
}

fn left_out<T: Clone>(all: &[T], at: usize) -> Vec<T> {
    all.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, one)| one.clone()).collect()
}

/// The domain with a formula beside its filter.
fn with_filter(domain: &Domain, body: &Expr) -> Domain {
    let filter = match &domain.filter {
        None => body.clone(),
        Some(filter) => Expr::truth(Truth::And(vec![filter.clone(), body.clone()]), body.span),
    };
    Domain { filter: Some(filter), ..domain.clone() }
}

/// The quantifier that says otherwise, with what is said of the change.
fn flip(quantifier: Quantifier) -> (String, Quantifier) {
    let flipped = match quantifier {
        Quantifier::Some | Quantifier::Lone => Quantifier::No,
        Quantifier::No | Quantifier::One => Quantifier::Some,
    };
    (format!("`{}` instead of `{}`", flipped.as_str(), quantifier.as_str()), flipped)
}
