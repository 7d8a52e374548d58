//! The expressions of one rule together.

use super::source::Judgement;
use super::tree::{Binding, Expr, Range};

/// The expressions of a rule, as trees.
#[derive(Clone, Debug)]
pub(crate) struct Trees {
    pub(crate) bindings: Vec<Binding>,
    pub(crate) when: Option<Expr>,
    pub(crate) judgement: Judgement<Expr>,
    pub(crate) cross: bool,
}

impl Trees {
    /// Every expression, in the order of the rule.
    pub(crate) fn exprs(&self) -> impl Iterator<Item = &Expr> {
        let ranges = self.bindings.iter().filter_map(|binding| match &binding.range {
            Range::In(set) => Some(set),
            Range::Kinds(_) => None,
        });
        ranges.chain(&self.when).chain([self.judgement.formula()])
    }
}
