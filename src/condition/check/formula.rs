//! Checks bindings and formulas, and resolves them to a plan.

use super::call::CallTarget;
use super::checker::Checker;
use super::typed::Typed;
use super::{advice, links, problems, steps};
use crate::condition::ast::tree;
use crate::condition::ast::tree::{Binding, Domain, Expr, Name, Node, Quantifier};
use crate::condition::plan;
use crate::condition::plan::{Formula, FormulaNode, Range, Slot, Truth};
use crate::condition::values::types::Type;
use crate::schema::{FieldId, FieldSchema, KindId};

impl Checker<'_> {
    /// Checks the binders of `for` and brings them into scope, even if what they range over was reported.
    ///
    /// Their slots come first, in order, whatever what they range over binds in turn.
    pub(crate) fn bindings(&mut self, bindings: &[Binding]) -> Vec<Option<Range>> {
        let first = self.reserve(bindings.iter().map(|binding| &binding.name));
        bindings.iter().zip(first..).map(|(binding, slot)| self.binding(binding, slot)).collect()
    }

    fn binding(&mut self, binding: &Binding, slot: Slot) -> Option<Range> {
        match &binding.range {
            tree::Range::Kinds(names) => {
                let kinds = match names.as_slice() {
                    [word] if self.is_swapped(word, &binding.name) => {
                        self.swapped.push(word.value.clone());
                        self.problems.push(problems::swapped_binding(word, &binding.name));
                        None
                    }
                    _ => self.kinds(names),
                };
                self.bind_reserved(slot, kinds.clone().map(Type::Blocks));
                kinds.map(Range::Kinds)
            }
            tree::Range::In(set) => {
                let typed = self.set(set);
                self.bind_reserved(slot, typed.as_ref().map(|typed| typed.holds.clone()));
                self.assume_some(set);
                typed.map(|typed| Range::In(typed.set))
            }
        }
    }

    /// Whether the name of a binder stands before its kind.
    fn is_swapped(&self, word: &Name, name: &Name) -> bool {
        let is_kind = |word: &Name| word.value == "any" || self.schema.kind_named(&word.value).is_some();
        !is_kind(word) && is_kind(name)
    }

    /// Checks what a rule requires: asking for nothing but what the schema demands is a rule too many.
    pub(crate) fn required(&mut self, expr: &Expr) -> Option<Formula> {
        if let Node::Truth(tree::Truth::Has(Quantifier::Some, set)) = &expr.node {
            let typed = self.set(set)?;
            if typed.card.required && !self.is_present(set.span) {
                self.problems.push(advice::repeats_schema(&self.shown(set.span), &typed, self.schema));
            }
            return Some(Formula { id: expr.id(), node: FormulaNode::Has(Quantifier::Some, typed.set) });
        }
        self.formula(expr)
    }

    /// Checks what must be a truth value.
    pub(crate) fn formula(&mut self, expr: &Expr) -> Option<Formula> {
        match &expr.node {
            Node::Truth(truth) => self.truth(truth).map(|node| Formula { id: expr.id(), node }),
            Node::Set(_) => {
                let holds = self.set(expr)?.holds;
                self.report(problems::not_a_truth(&self.shown(expr.span), &holds, self.schema))
            }
            Node::Call(call) => match self.call(call)? {
                CallTarget::Truth(formula) => Some(Formula { id: expr.id(), ..formula }),
                CallTarget::Set(typed) => {
                    self.report(problems::not_a_truth(&self.shown(expr.span), &typed.holds, self.schema))
                }
            },
        }
    }

    fn truth(&mut self, truth: &tree::Truth) -> Option<FormulaNode> {
        match truth {
            tree::Truth::Implies(parts) => self.implication(parts),
            tree::Truth::Or(parts) => self.parts(parts, Truth::Fails).map(FormulaNode::Any),
            tree::Truth::And(parts) => self.parts(parts, Truth::Holds).map(FormulaNode::All),
            tree::Truth::Not(inner) => self.formula(inner).map(|inner| FormulaNode::Not(Box::new(inner))),
            tree::Truth::Has(quantifier, set) => {
                let typed = self.set(set)?;
                self.decided(*quantifier, (set, &typed));
                Some(FormulaNode::Has(*quantifier, typed.set))
            }
            tree::Truth::Each(quantifier, domain) => {
                let mark = self.mark();
                let domain = self.domain(domain);
                self.forget(mark);
                Some(FormulaNode::Each(*quantifier, Box::new(domain?)))
            }
            tree::Truth::All(domain, body) => self.all(domain, body),
            tree::Truth::Relation(relation) => self.relation(relation),
            tree::Truth::Verdict(judged) => self.verdict_test(judged),
        }
    }

    /// Checks formulas of which each is only asked if all before it have the given truth value.
    fn parts(&mut self, parts: &[Expr], before: Truth) -> Option<Vec<Formula>> {
        let mark = self.mark();
        let checked: Vec<Option<Formula>> = parts
            .iter()
            .map(|part| {
                let formula = self.formula(part);
                self.assume(part, before);
                formula
            })
            .collect();
        self.forget(mark);
        checked.into_iter().collect()
    }

    /// `a implies b implies c` holds if a fails, or b fails, or c holds.
    fn implication(&mut self, parts: &[Expr]) -> Option<FormulaNode> {
        let mut formulas = self.parts(parts, Truth::Holds)?;
        let last = formulas.pop();
        let refuted = formulas
            .into_iter()
            .map(|condition| Formula { id: condition.id, node: FormulaNode::Not(Box::new(condition)) });
        Some(FormulaNode::Any(refuted.chain(last).collect()))
    }

    /// Remarks on asking whether there is something where the schema or a guard has answered already.
    fn decided(&mut self, quantifier: Quantifier, (set, typed): (&Expr, &Typed)) {
        let known = typed.card.required || self.is_present(set.span);
        if known && matches!(quantifier, Quantifier::Some | Quantifier::No) {
            self.problems.push(advice::decided(quantifier, &self.shown(set.span), typed, self.schema));
        }
    }

    fn all(&mut self, domain: &Domain, body: &Expr) -> Option<FormulaNode> {
        let mark = self.mark();
        let checked = self.domain(domain);
        domain.filter.iter().for_each(|filter| self.assume(filter, Truth::Holds));
        let body = self.formula(body);
        self.forget(mark);
        Some(FormulaNode::ForAll(Box::new(checked?), Box::new(body?)))
    }

    /// Checks `x in S where F` and leaves the name in scope.
    pub(crate) fn domain(&mut self, domain: &Domain) -> Option<plan::Domain> {
        let typed = self.set(&domain.set);
        let slot = self.bind(&domain.binder, typed.as_ref().map(|typed| typed.holds.clone()));
        self.assume_some(&domain.set);
        let filter = domain.filter.as_ref().map(|filter| self.formula(filter));
        let filter = match filter {
            None => None,
            Some(checked) => Some(checked?),
        };
        Some(plan::Domain { slot, set: typed?.set, filter })
    }

    /// A condition that would link two binders: what they hold under one name, if both of them hold the like.
    fn shared_field(&self, first: Slot, second: Slot) -> Option<String> {
        let kinds = |slot: Slot| self.binders[slot].holds.as_ref().map(|holds| holds.kinds().to_vec());
        let (left, right) = (kinds(first)?, kinds(second)?);
        let on_all = |kinds: &[KindId], name: &str| {
            kinds.iter().map(|kind| self.schema.field_of(*kind, name)).collect::<Option<Vec<FieldId>>>()
        };
        let names = steps::names(self.schema, &left).0;
        let ranked = names.into_iter().filter_map(|name| {
            let (a, b) = (on_all(&left, name)?, on_all(&right, name)?);
            let (a, b) = (self.schema.field(*a.first()?), self.schema.field(*b.first()?));
            let both = |test: fn(&FieldSchema) -> bool| test(a) && test(b);
            let alike = Type::of_field(&a.holds, self.schema).is_like(&Type::of_field(&b.holds, self.schema));
            // Quotations and their like belong to one block each, so nothing shares them.
            let shared = |field: &FieldSchema| {
                let is_shared = |kinds: &[KindId]| {
                    !kinds.is_empty() && kinds.iter().all(|kind| self.schema.kind(*kind).inline.is_empty())
                };
                field.holds.kinds().is_some_and(is_shared)
            };
            (alike && shared(a) && shared(b)).then(|| (both(|field| field.card.required && !field.card.many), name))
        });
        let (one_each, name) = ranked.min_by_key(|(one_each, _)| !*one_each)?;
        let [a, b] = [first, second].map(|slot| self.binders[slot].name.value.as_str());
        let word = if one_each { "=" } else { "overlaps" };
        Some(format!("{a}.{name} {word} {b}.{name}"))
    }

    /// Reports binders over kinds that no condition links: their pairs could not be told apart from chance.
    ///
    /// Only in a rule that is otherwise right: a mistake in a condition most often hides the link.
    pub(crate) fn links(&mut self, plan: &plan::Plan) {
        if !self.problems.is_empty() {
            return;
        }
        if let Some((first, second)) = links::unlinked(plan) {
            let link = self.shared_field(first, second);
            let [first, second] = [first, second].map(|slot| self.binders[slot].name.clone());
            self.problems.push(problems::unlinked(&first, &second, link.as_deref()));
        }
    }
}
