//! Which paths are known to lead somewhere once a formula holds, or fails.

use crate::condition::ast::operator::PresentSides;
use crate::condition::ast::tree;
use crate::condition::ast::tree::{Expr, Node, Quantifier, Relation, Set};
use crate::condition::plan::Truth;
use crate::text::Span;

/// Adds the places of all paths that lead somewhere if `formula` has the given truth value.
pub(crate) fn present(formula: &Expr, truth: Truth, into: &mut Vec<Span>) {
    let Node::Truth(node) = &formula.node else { return };
    match (node, truth) {
        (tree::Truth::And(parts), Truth::Holds) | (tree::Truth::Or(parts), Truth::Fails) => {
            parts.iter().for_each(|part| present(part, truth, into));
        }
        (tree::Truth::Implies(parts), Truth::Fails) => {
            let Some((last, conditions)) = parts.split_last() else { return };
            conditions.iter().for_each(|part| present(part, Truth::Holds, into));
            present(last, Truth::Fails, into);
        }
        (tree::Truth::Not(inner), truth) => present(inner, truth.other(), into),
        (tree::Truth::Has(Quantifier::Some | Quantifier::One, set), Truth::Holds)
        | (tree::Truth::Has(Quantifier::No, set), Truth::Fails) => prefixes(set, into),
        (tree::Truth::Each(Quantifier::Some | Quantifier::One, domain), Truth::Holds) => prefixes(&domain.set, into),
        (tree::Truth::Relation(relation), Truth::Holds) => compared(relation, into),
        (
            tree::Truth::And(_)
            | tree::Truth::Or(_)
            | tree::Truth::Implies(_)
            | tree::Truth::Has(_, _)
            | tree::Truth::Each(_, _)
            | tree::Truth::All(_, _)
            | tree::Truth::Relation(_)
            | tree::Truth::Verdict(_),
            Truth::Holds | Truth::Fails,
        ) => {}
    }
}

/// A comparison that holds has something to compare, except where the empty set satisfies it.
fn compared(relation: &Relation, into: &mut Vec<Span>) {
    match relation.operator.value.present_sides() {
        PresentSides::Both => {
            prefixes(&relation.left, into);
            prefixes(&relation.right, into);
        }
        PresentSides::Left => prefixes(&relation.left, into),
        PresentSides::Neither => {}
    }
}

/// Adds the places of a path that is not empty, and of all paths that it begins with.
pub(crate) fn prefixes(set: &Expr, into: &mut Vec<Span>) {
    into.push(set.span);
    if let Node::Set(Set::Path(start, steps)) = &set.node {
        into.extend(steps.iter().map(|step| start.span.to(step.span)));
    }
}
