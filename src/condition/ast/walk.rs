//! The one walk through a tree: what each expression is made of, in the order in which it is written.

use super::tree::{Expr, Node, Set, Truth};

/// The parts of an expression, to be read or to be changed: one list for both.
macro_rules! parts {
    ($expr:expr, $iter:ident $(, $mutable:tt)?) => {
        match &$($mutable)? $expr.node {
            Node::Truth(Truth::Implies(parts) | Truth::Or(parts) | Truth::And(parts)) => parts.$iter().collect(),
            Node::Truth(Truth::Not(inner) | Truth::Has(_, inner)) => vec![&$($mutable)? **inner],
            Node::Truth(Truth::Each(_, inner)) | Node::Set(Set::Where(inner)) => {
                [&$($mutable)? inner.set].into_iter().chain(&$($mutable)? inner.filter).collect()
            }
            Node::Truth(Truth::All(inner, body)) => {
                [&$($mutable)? inner.set].into_iter().chain(&$($mutable)? inner.filter).chain([&$($mutable)? **body]).collect()
            }
            Node::Truth(Truth::Relation(relation)) => {
                vec![&$($mutable)? relation.left, &$($mutable)? relation.right]
            }
            Node::Truth(Truth::Verdict(judged)) => vec![&$($mutable)? judged.left, &$($mutable)? judged.right],
            Node::Set(Set::Combined(first, others)) => {
                [&$($mutable)? **first].into_iter().chain(others.$iter().map(|(_, other)| other)).collect()
            }
            Node::Set(Set::Arithmetic(first, others)) => {
                [&$($mutable)? **first].into_iter().chain(others.$iter().map(|(_, other)| other)).collect()
            }
            Node::Set(Set::Path(start, _)) => vec![&$($mutable)? **start],
            Node::Set(Set::Else(inner, instead)) => vec![&$($mutable)? **inner, &$($mutable)? **instead],
            Node::Set(Set::Name(_) | Set::Param(_) | Set::Literal(_)) => Vec::new(),
            Node::Call(call) => call.arguments.$iter().collect(),
        }
    };
}

impl Expr {
    /// What it is made of.
    pub(crate) fn children(&self) -> Vec<&Expr> {
        parts!(self, iter)
    }

    /// The same expression with another one in place of a child, by its number.
    pub(crate) fn with_child(&self, number: usize, child: Expr) -> Expr {
        let mut changed = self.clone();
        let mut children: Vec<&mut Expr> = parts!(changed, iter_mut, mut);
        *children[number] = child;
        changed
    }

    /// Itself and all that it is made of.
    pub(crate) fn all(&self) -> Vec<&Expr> {
        let mut all = vec![self];
        let mut next = 0;
        while let Some(expr) = all.get(next) {
            let children = expr.children();
            all.extend(children);
            next += 1;
        }
        all
    }

    /// Whether a name stands in it.
    pub(crate) fn names(&self, name: &str) -> bool {
        self.all().iter().any(|expr| matches!(&expr.node, Node::Set(Set::Name(word)) if word == name))
    }
}
