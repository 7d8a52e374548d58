//! Checks sets and paths, and resolves them to a plan.

use super::call::CallTarget;
use super::checker::Checker;
use super::problems;
use super::typed::Typed;
use crate::condition::ast::tree;
use crate::condition::ast::tree::{Combine, Expr, Literal, Name, Node, NodeId, Set, Sign};
use crate::condition::plan;
use crate::condition::values::arithmetic;
use crate::condition::values::scalar::ScalarValue;
use crate::condition::values::types::{Bounds, SetSize, Type};
use crate::model::DateRange;
use crate::text::{Span, Spanned};

impl Checker<'_> {
    /// Checks what must be a set.
    pub(crate) fn set(&mut self, expr: &Expr) -> Option<Typed> {
        let set = match &expr.node {
            Node::Set(set) => set,
            Node::Truth(_) => return self.report(problems::not_a_set(&self.shown(expr.span))),
            Node::Call(call) => {
                return match self.call(call)? {
                    CallTarget::Set(typed) => {
                        let (set, card) =
                            (plan::Set { id: expr.id(), ..typed.set }, self.guarded(typed.card, expr.span));
                        Some(Typed { set, card, ..typed })
                    }
                    CallTarget::Truth(_) => self.report(problems::not_a_set(&self.shown(expr.span))),
                };
            }
        };
        let mut typed = match set {
            Set::Combined(first, others) => self.combined(expr.id(), first, others),
            Set::Path(start, steps) => self.path(expr.id(), start, steps),
            Set::Arithmetic(first, others) => self.arithmetic(expr.id(), first, others),
            Set::Else(inner, instead) => self.default(expr.id(), inner, instead),
            Set::Where(domain) => self.comprehension(expr.id(), domain),
            Set::Name(name) => self.lookup(&Spanned::new(name.clone(), expr.span)),
            Set::Param(name) => self.param(expr.id(), &Spanned::new(name.clone(), expr.span)),
            Set::Literal(literal) => self.literal(expr.id(), literal),
        }?;
        typed.card = self.guarded(typed.card, expr.span);
        Some(typed)
    }

    /// One, if a guard has shown that there is one.
    pub(crate) fn guarded(&self, card: SetSize, span: Span) -> SetSize {
        SetSize { required: card.required || self.is_present(span), ..card }
    }

    fn combined(&mut self, id: NodeId, first: &Expr, others: &[(Combine, Expr)]) -> Option<Typed> {
        let mut checked = self.set(first);
        let mut sets = Vec::new();
        for (combine, other) in others {
            let Some(right) = self.set(other) else {
                checked = None;
                continue;
            };
            let Some(left) = checked else { continue };
            checked = self.combine(left, (*combine, &right), (first.span, other.span));
            sets.push((*combine, right.set));
        }
        let Typed { set, holds, card } = checked?;
        Some(Typed { set: plan::Set { id, node: plan::SetNode::Combined(Box::new(set), sets) }, holds, card })
    }

    fn combine(&mut self, left: Typed, (combine, right): (Combine, &Typed), at: (Span, Span)) -> Option<Typed> {
        let Typed { set, holds, card } = left;
        if !holds.is_like(&right.holds) {
            let (left, right) = ((&self.shown(at.0), &holds), (&self.shown(at.1), &right.holds));
            return self.report(problems::unlike("one set", left, right, self.schema));
        }
        let (holds, card) = match combine {
            Combine::Union => (
                holds.either(right.holds.clone())?,
                SetSize { required: card.required || right.card.required, many: true },
            ),
            Combine::Minus => (holds, card.or_none()),
            Combine::Meet => (holds, SetSize { required: false, many: card.many && right.card.many }),
        };
        Some(Typed { set, holds, card })
    }

    fn comprehension(&mut self, id: NodeId, domain: &tree::Domain) -> Option<Typed> {
        let mark = self.mark();
        let checked = self.domain(domain);
        self.forget(mark);
        let checked = checked?;
        let holds = self.binders[checked.slot].holds.clone()?;
        Some(Typed { set: plan::Set { id, node: plan::SetNode::Where(Box::new(checked)) }, holds, card: SetSize::MANY })
    }

    /// `a + b - c`: each side one value, from left to right.
    fn arithmetic(&mut self, id: NodeId, first: &Expr, others: &[(Spanned<Sign>, Expr)]) -> Option<Typed> {
        let mut checked = self.operand(first);
        let mut operands = Vec::new();
        for (sign, other) in others {
            let right = self.operand(other);
            let (Some(left), Some(right)) = (checked.take(), right) else { continue };
            match arithmetic::of(&left.holds, sign.value, &right.holds) {
                Some((holds, card)) => checked = Some(Typed { holds, card, ..left }),
                None => self.problems.push(problems::no_arithmetic(sign, &left.holds, &right.holds, self.schema)),
            }
            operands.push((sign.value, right.set));
        }
        let Typed { set, holds, card } = checked?;
        Some(Typed { set: plan::Set { id, node: plan::SetNode::Arithmetic(Box::new(set), operands) }, holds, card })
    }

    fn operand(&mut self, expr: &Expr) -> Option<Typed> {
        let typed = self.set(expr)?;
        self.one("arithmetic", (expr, &typed))?;
        Some(typed)
    }

    /// `S else literal`
    fn default(&mut self, id: NodeId, inner: &Expr, instead: &Expr) -> Option<Typed> {
        let (typed, default) = (self.set(inner), self.set(instead));
        let (typed, default) = (typed?, default?);
        if !typed.holds.is_like(&default.holds) {
            let (left, right) = ((&self.shown(inner.span), &typed.holds), (&self.shown(instead.span), &default.holds));
            return self.report(problems::unlike("`else`", left, right, self.schema));
        }
        self.known_words((inner, &typed), instead)?;
        let plan::SetNode::Values(values) = default.set.node else { return None };
        let value = values.into_iter().next()?;
        let holds = typed.holds.either(default.holds)?;
        let card = SetSize { required: true, ..typed.card };
        Some(Typed { set: plan::Set { id, node: plan::SetNode::Else(Box::new(typed.set), value) }, holds, card })
    }

    fn param(&mut self, id: NodeId, name: &Name) -> Option<Typed> {
        let Some(value) = self.params.get(&name.value) else {
            let known: Vec<&str> = self.params.keys().map(String::as_str).collect();
            return self.report(problems::unknown_param(name, &known));
        };
        let (holds, card) = value.typed();
        Some(Typed { set: plan::Set { id, node: plan::SetNode::Values(value.elements()) }, holds, card })
    }

    fn literal(&mut self, id: NodeId, literal: &Literal) -> Option<Typed> {
        Some(match literal {
            Literal::Text(text) => value_of(id, ScalarValue::Text(text.clone()), Type::Text(Some(vec![text.clone()]))),
            Literal::Number(number) => value_of(id, ScalarValue::Number(*number), Type::Number),
            Literal::Flag(flag) => value_of(id, ScalarValue::Flag(*flag), Type::Flag),
            Literal::Date(written) => match DateRange::parse(written) {
                Some(days) => value_of(id, ScalarValue::Days(days), Type::Days(Bounds::Closed)),
                None => return self.report(problems::no_such_day(&Spanned::new(written, id.span()))),
            },
            Literal::Regex(_) => return self.report(problems::stray_pattern(&self.shown(id.span()))),
        })
    }
}

fn value_of(id: NodeId, element: ScalarValue, holds: Type) -> Typed {
    Typed { set: plan::Set { id, node: plan::SetNode::Values(vec![element]) }, holds, card: SetSize::ONE }
}
