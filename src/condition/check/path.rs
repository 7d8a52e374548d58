//! Checks paths step by step, and resolves them to a plan.

use super::checker::Checker;
use super::steps::{destination, link, ways};
use super::typed::Typed;
use super::{advice, problems};
use crate::condition::ast::tree;
use crate::condition::ast::tree::{Closure, Expr, Name, NodeId, StepNode};
use crate::condition::plan;
use crate::condition::plan::{Edges, Hop, Step};
use crate::condition::values::types::{SetSize, Type};
use crate::schema::KindId;
use crate::text::{Span, Spanned};

/// What a step does, what it leads to, and how many there can be.
type TypedStep = (Step, Type, SetSize);

impl Checker<'_> {
    /// Checks a path step by step, each from the kinds that the steps before lead to.
    pub(crate) fn path(&mut self, id: NodeId, start: &Expr, steps: &[tree::Step]) -> Option<Typed> {
        let Typed { set, mut holds, mut card } = self.set(start)?;
        let mut span = start.span;
        let mut planned = Vec::new();
        for step in steps {
            let (next, to, how_many) = self.step(step, &self.shown(span), &holds)?;
            planned.push(next);
            holds = to;
            span = span.to(step.span);
            card = self.guarded(card.then(how_many), span);
        }
        Some(Typed { set: plan::Set { id, node: plan::SetNode::Path(Box::new(set), planned) }, holds, card })
    }

    fn step(&mut self, step: &tree::Step, of: &Spanned<&str>, holds: &Type) -> Option<TypedStep> {
        let Type::Blocks(kinds) = holds else {
            return self.report(problems::value_has_no_fields(of, holds, step.span, self.schema));
        };
        match &step.node {
            StepNode::Is(names) => self.narrow(names, (of, step.span), kinds),
            StepNode::Follow(hops, closure) => {
                let ways = self.ways(hops, kinds);
                self.known_on_all(hops, of, &ways)?;
                hops.iter().for_each(|hop| self.advise_of_former_name(&hop.name, kinds));
                self.can_compute(ways.iter().flat_map(|(_, ways)| ways), step.span)?;
                let (reached, to, card) = self.follow(&ways);
                let Some(to) = to else {
                    return self.report(problems::mixed(&hops[0].name, of));
                };
                match closure {
                    None => Some((Step::Once(reached), to, card)),
                    Some(closure) => self.repeated(hops, *closure, (kinds, to)),
                }
            }
        }
    }

    /// `[is kinds]`
    fn narrow(&mut self, names: &[Name], (of, at): (&Spanned<&str>, Span), kinds: &[KindId]) -> Option<TypedStep> {
        let wanted = self.kinds(names)?;
        let kept: Vec<KindId> = kinds.iter().copied().filter(|kind| wanted.contains(kind)).collect();
        if kept.is_empty() {
            return self.report(problems::never_of_kind(of, &Type::Blocks(kinds.to_vec()), at, self.schema));
        }
        let card = if kept == kinds { SetSize::ONE } else { SetSize::OPTIONAL };
        if kept == kinds {
            self.problems.push(advice::narrows_nothing(of, at, kinds, self.schema));
        }
        Some((Step::Is(kept.clone()), Type::Blocks(kept), card))
    }

    /// The ways that the hops stand for at blocks of each of the kinds.
    fn ways(&self, hops: &[tree::Hop], kinds: &[KindId]) -> Vec<(KindId, Vec<Hop>)> {
        let at = |kind: &KindId| hops.iter().flat_map(|hop| ways(self.schema, *kind, hop)).collect();
        kinds.iter().map(|kind| (*kind, at(kind))).collect()
    }

    /// Reports a name that no kind knows, or that leaves some kinds without any way on.
    fn known_on_all(&mut self, hops: &[tree::Hop], of: &Spanned<&str>, all: &[(KindId, Vec<Hop>)]) -> Option<()> {
        let schema = self.schema;
        let having: Vec<KindId> = all.iter().filter(|(_, ways)| !ways.is_empty()).map(|(kind, _)| *kind).collect();
        if let ([_], true) = (hops, having.len() == all.len()) {
            return Some(());
        }
        let kinds: Vec<KindId> = all.iter().map(|(kind, _)| *kind).collect();
        let knows = |kind: &KindId, hop: &tree::Hop| !ways(schema, *kind, hop).is_empty();
        if let Some(hop) = hops.iter().find(|hop| !kinds.iter().any(|kind| knows(kind, hop))) {
            return self.report(problems::unknown_field(&hop.name, of, &kinds, schema));
        }
        if having.len() < kinds.len() {
            return self.report(problems::field_on_some(&hops[0].name, of, &having, schema));
        }
        Some(())
    }

    /// Tells of a field by a name that it had before.
    pub(crate) fn advise_of_former_name(&mut self, name: &Name, kinds: &[KindId]) {
        self.problems.extend(advice::former_field(self.schema, kinds, name));
    }

    /// Where the ways lead from blocks of their kinds; no type if to different ones.
    fn follow(&mut self, all: &[(KindId, Vec<Hop>)]) -> (Edges, Option<Type>, SetSize) {
        let mut by_kind: Vec<Vec<Hop>> = vec![Vec::new(); self.schema.kinds.len()];
        let mut destinations = Vec::new();
        let mut card = SetSize::ONE;
        // Most kinds inherit a field from the same one, and one look at it says where it leads from all of them.
        let mut met = Vec::new();
        for (kind, ways) in all {
            card.many |= ways.len() > 1;
            for way in ways {
                let link = link(self.schema, way);
                if link.is_none() || !met.contains(&link) {
                    let (to, how_many) = destination(self.schema, *kind, way);
                    card = card.then(how_many);
                    destinations.push(to);
                    met.push(link);
                }
                by_kind[usize::from(kind.0)].extend(self.computed(way.clone()));
            }
        }
        let mut destinations = destinations.into_iter();
        let first = destinations.next();
        let to = first.and_then(|first| destinations.try_fold(first, Type::either));
        (Edges(by_kind), to, card)
    }

    /// A step that is repeated must be possible somewhere it leads; elsewhere the chain ends.
    fn repeated(&mut self, hops: &[tree::Hop], closure: Closure, (from, to): (&[KindId], Type)) -> Option<TypedStep> {
        let mut reached = to.kinds().to_vec();
        loop {
            let stuck = |kind: &KindId| hops.iter().all(|hop| ways(self.schema, *kind, hop).is_empty());
            if reached.iter().all(stuck) {
                let leads = (&Type::Blocks(from.to_vec()), &to);
                return self.report(problems::open_closure(
                    &self.shown(inverse_edges(hops)),
                    closure,
                    leads,
                    self.schema,
                ));
            }
            let (_, further, _) = self.follow(&self.ways(hops, &reached));
            let all = further.and_then(|further| further.either(Type::Blocks(reached.clone())))?;
            if all.kinds() == reached {
                break;
            }
            reached = all.kinds().to_vec();
        }
        let everywhere = Type::Blocks(from.to_vec()).either(Type::Blocks(reached.clone()))?;
        let (steps, _, _) = self.follow(&self.ways(hops, everywhere.kinds()));
        self.repeated += 1;
        let holds = match closure {
            Closure::Once => Type::Blocks(reached),
            Closure::Any | Closure::Maybe => everywhere,
        };
        Some((Step::Repeated(steps, closure, self.repeated), holds, SetSize::MANY))
    }
}

/// From the first name to the last, brackets and closure left out.
fn inverse_edges(hops: &[tree::Hop]) -> Span {
    let names = hops.iter().map(|hop| hop.name.span);
    names.reduce(Span::to).expect("a step has at least one hop")
}
