//! Checks sets and paths, and resolves them to a plan.

use super::checker::Checker;
use super::plan::{self, Hop, Hops, Step};
use super::steps::{destination, ways};
use super::tree::{self, Closure, Combine, Expr, Literal, Name, Node, Set, StepNode};
use super::types::{Card, Type, Typed};
use super::{Element, problems};
use crate::model::Days;
use crate::schema::KindId;
use crate::text::{Span, Spanned};

/// What a step does, what it leads to, and how many there can be.
type Stepped = (Step, Type, Card);

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
    fn guarded(&self, card: Card, span: Span) -> Card {
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

    fn path(&mut self, start: &Expr, steps: &[tree::Step]) -> Option<Typed> {
        let Typed { set, mut holds, mut card } = self.set(start)?;
        let mut span = start.span;
        let mut planned = Vec::new();
        for step in steps {
            let (next, to, how_many) = self.step(step, &self.shown(span), &holds)?;
            planned.push(next);
            holds = to;
            span = span.to(step.span);
            card = self.guarded(card.max(how_many), span);
        }
        Some(Typed { set: plan::Set::Path(Box::new(set), planned), holds, card })
    }

    fn step(&mut self, step: &tree::Step, of: &Spanned<&str>, holds: &Type) -> Option<Stepped> {
        let Type::Blocks(kinds) = holds else {
            return self.report(problems::value_has_no_fields(of, holds, step.span, self.schema));
        };
        match &step.node {
            StepNode::Is(names) => self.narrow(names, (of, step.span), kinds),
            StepNode::Follow(hops, closure) => {
                self.known_on_all(hops, of, kinds)?;
                let (reached, to, card) = self.follow(hops, kinds);
                let Some(to) = to else {
                    return self.report(problems::mixed(&hops[0].name, of));
                };
                match closure {
                    None => Some((Step::Once(reached), to, card)),
                    Some(closure) => self.repeated(hops, *closure, (kinds, to), step.span),
                }
            }
        }
    }

    /// `[is kinds]`
    fn narrow(&mut self, names: &[Name], (of, at): (&Spanned<&str>, Span), kinds: &[KindId]) -> Option<Stepped> {
        let wanted = self.kinds(names)?;
        let kept: Vec<KindId> = kinds.iter().copied().filter(|kind| wanted.contains(kind)).collect();
        if kept.is_empty() {
            return self.report(problems::never_of_kind(of, &Type::Blocks(kinds.to_vec()), at, self.schema));
        }
        let card = if kept == kinds { Card::One } else { Card::Optional };
        Some((Step::Is(kept.clone()), Type::Blocks(kept), card))
    }

    /// Reports a name that no kind knows, or that leaves some kinds without any way on.
    fn known_on_all(&mut self, hops: &[tree::Hop], of: &Spanned<&str>, kinds: &[KindId]) -> Option<()> {
        let schema = self.schema;
        let knows = |kind: &KindId, hop: &tree::Hop| !ways(schema, *kind, hop).is_empty();
        if let Some(hop) = hops.iter().find(|hop| !kinds.iter().any(|kind| knows(kind, hop))) {
            return self.report(problems::unknown_field(&hop.name, of, kinds, schema));
        }
        let having: Vec<KindId> =
            kinds.iter().copied().filter(|kind| hops.iter().any(|hop| knows(kind, hop))).collect();
        if having.len() < kinds.len() {
            return self.report(problems::field_on_some(&hops[0].name, of, &having, schema));
        }
        Some(())
    }

    /// Where the hops lead from blocks of these kinds; no type if to different ones.
    fn follow(&self, hops: &[tree::Hop], kinds: &[KindId]) -> (Hops, Option<Type>, Card) {
        let mut by_kind: Vec<Vec<Hop>> = vec![Vec::new(); self.schema.kinds.len()];
        let mut destinations = Vec::new();
        let mut card = if hops.len() > 1 { Card::Many } else { Card::One };
        for kind in kinds {
            for way in hops.iter().flat_map(|hop| ways(self.schema, *kind, hop)) {
                let (to, how_many) = destination(self.schema, *kind, way);
                card = card.max(how_many);
                destinations.push(to);
                by_kind[usize::from(kind.0)].push(way);
            }
        }
        let mut destinations = destinations.into_iter();
        let first = destinations.next();
        let to = first.and_then(|first| destinations.try_fold(first, Type::either));
        (Hops(by_kind), to, card)
    }

    /// A step that is repeated must be possible wherever it leads.
    fn repeated(
        &mut self,
        hops: &[tree::Hop],
        closure: Closure,
        (from, to): (&[KindId], Type),
        at: Span,
    ) -> Option<Stepped> {
        let mut reached = to.kinds().to_vec();
        loop {
            let stuck = |kind: &KindId| hops.iter().all(|hop| ways(self.schema, *kind, hop).is_empty());
            if reached.is_empty() || reached.iter().any(stuck) {
                let leads = (&Type::Blocks(from.to_vec()), &to);
                return self.report(problems::open_closure(&self.shown(at), closure, leads, self.schema));
            }
            let (_, further, _) = self.follow(hops, &reached);
            let all = further.and_then(|further| further.either(Type::Blocks(reached.clone())))?;
            if all.kinds() == reached {
                break;
            }
            reached = all.kinds().to_vec();
        }
        let everywhere = Type::Blocks(from.to_vec()).either(Type::Blocks(reached.clone()))?;
        let (steps, _, _) = self.follow(hops, everywhere.kinds());
        self.repeated += 1;
        let holds = match closure {
            Closure::Once => Type::Blocks(reached),
            Closure::Any | Closure::Maybe => everywhere,
        };
        Some((Step::Repeated(steps, closure, self.repeated), holds, Card::Many))
    }
}

fn value_of(element: Element, holds: Type) -> Typed {
    Typed { set: plan::Set::Values(vec![element]), holds, card: Card::One }
}
