//! Checks sets and paths, and resolves them to a plan.

use super::checker::Checker;
use super::plan;
use super::tree::{self, Combine, Expr, Literal, Name, Node, Set};
use super::types::{Card, Type, Typed};
use super::{Element, problems};
use crate::model::Days;
use crate::text::{Span, Spanned};

impl Checker<'_> {
    /// Checks what must be a set.
    pub(super) fn set(&mut self, expr: &Expr) -> Option<Typed> {
        let Node::Set(set) = &expr.node else {
            return self.report(problems::not_a_set(&self.shown(expr.span)));
        };
        let mut typed = match set {
            Set::Combined(first, others) => self.combined(first, others),
            Set::Path(start, steps) => self.path(start, steps),
            Set::Count(inner) => self.set(inner).map(|counted| Typed {
                set: plan::Set::Count(Box::new(counted.set)),
                holds: Type::Number,
                card: Card::One,
            }),
            Set::Where(domain) => self.comprehension(domain),
            Set::Name(name) => self.name(&Spanned::new(name.clone(), expr.span)),
            Set::Param(name) => self.param(&Spanned::new(name.clone(), expr.span)),
            Set::Literal(literal) => self.literal(literal, expr.span),
        }?;
        typed.card = self.guarded(typed.card, expr.span);
        Some(typed)
    }

    /// One, if a guard has shown that there is one.
    pub(super) fn guarded(&self, card: Card, span: Span) -> Card {
        if card == Card::Optional && self.is_present(span) { Card::One } else { card }
    }

    fn combined(&mut self, first: &Expr, others: &[(Combine, Expr)]) -> Option<Typed> {
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
        Some(Typed { set: plan::Set::Combined(Box::new(set), sets), holds, card })
    }

    fn combine(&mut self, left: Typed, (combine, right): (Combine, &Typed), at: (Span, Span)) -> Option<Typed> {
        let Typed { set, holds, card } = left;
        if !holds.is_like(&right.holds) {
            let (left, right) = ((&self.shown(at.0), &holds), (&self.shown(at.1), &right.holds));
            return self.report(problems::unlike("one set", left, right, self.schema));
        }
        let (holds, card) = match combine {
            Combine::Union => (holds.either(right.holds.clone())?, Card::Many),
            Combine::Minus => (holds, card.max(Card::Optional)),
            Combine::Meet => (holds, card.min(right.card).max(Card::Optional)),
        };
        Some(Typed { set, holds, card })
    }

    fn comprehension(&mut self, domain: &tree::Domain) -> Option<Typed> {
        let mark = self.mark();
        let checked = self.domain(domain);
        self.forget(mark);
        let checked = checked?;
        let holds = self.binders[checked.slot].holds.clone()?;
        Some(Typed { set: plan::Set::Where(Box::new(checked)), holds, card: Card::Many })
    }

    fn name(&mut self, name: &Name) -> Option<Typed> {
        let (slot, holds) = self.lookup(name)?;
        Some(Typed { set: plan::Set::Bound(slot), holds, card: Card::One })
    }

    fn param(&mut self, name: &Name) -> Option<Typed> {
        let Some(value) = self.params.get(&name.value) else {
            let known: Vec<&str> = self.params.keys().map(String::as_str).collect();
            return self.report(problems::unknown_param(name, &known));
        };
        Some(value_of(Element::Number(*value as f64), Type::Number))
    }

    fn literal(&mut self, literal: &Literal, span: Span) -> Option<Typed> {
        Some(match literal {
            Literal::Text(text) => value_of(Element::Text(text.clone()), Type::Text(Some(vec![text.clone()]))),
            Literal::Number(number) => value_of(Element::Number(*number), Type::Number),
            Literal::Flag(flag) => value_of(Element::Flag(*flag), Type::Flag),
            Literal::Date(written) => match Days::parse(written) {
                Some(days) => value_of(Element::Days(days), Type::Days),
                None => return self.report(problems::no_such_day(&Spanned::new(written, span))),
            },
        })
    }
}

fn value_of(element: Element, holds: Type) -> Typed {
    Typed { set: plan::Set::Values(vec![element]), holds, card: Card::One }
}
