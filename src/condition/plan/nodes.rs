//! What a condition means: every name resolved, ready to be evaluated.

use std::sync::Arc;

use regex::Regex;

use crate::condition::ast::operator::Operator;
use crate::condition::ast::source::Judgement;
use crate::condition::ast::tree::{Closure, Combine, LatticeRelation, NodeId, Quantifier, Sign};
use crate::condition::native::field::NativeField;
use crate::condition::values::function::Function;
use crate::condition::values::scalar::ScalarValue;
use crate::model::LatticeVerdict;
use crate::schema::{FieldId, KindId};

/// The number of a binder; those of `for` come first, in order.
pub(crate) type Slot = usize;

/// What decides whether a row offends.
#[derive(Debug)]
pub(crate) struct Plan {
    /// What each binder of `for` ranges over.
    pub(crate) ranges: Vec<Range>,
    /// The conjuncts of `when`.
    pub(crate) when: Vec<Formula>,
    pub(crate) judgement: Judgement<Formula>,
    /// The number of all binders, those inside formulas included.
    pub(crate) slots: usize,
}

/// What a binder of `for` ranges over.
#[derive(Debug)]
pub(crate) enum Range {
    /// All blocks of these concrete kinds.
    Kinds(Vec<KindId>),
    In(Set),
}

/// What holds or does not, and the node of a tree that it was made from.
#[derive(Clone, Debug)]
pub(crate) struct Formula {
    pub(crate) id: NodeId,
    pub(crate) node: FormulaNode,
}

/// The sorts of formulas.
#[derive(Clone, Debug)]
pub(crate) enum FormulaNode {
    All(Vec<Formula>),
    Any(Vec<Formula>),
    Not(Box<Formula>),
    Has(Quantifier, Set),
    Each(Quantifier, Box<Domain>),
    ForAll(Box<Domain>, Box<Formula>),
    Relation(Box<Relation>),
    /// Whether the text of a set matches.
    Matches(Box<Set>, Regex),
    Judged(Box<VerdictTest>),
}

/// The elements of a set that a formula admits, one after the other.
#[derive(Clone, Debug)]
pub(crate) struct Domain {
    pub(crate) slot: Slot,
    pub(crate) set: Set,
    pub(crate) filter: Option<Formula>,
}

/// A comparison of two sets.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    pub(crate) left: Set,
    pub(crate) operator: Operator,
    pub(crate) right: Set,
}

/// A wanted verdict on two blocks.
#[derive(Clone, Debug)]
pub(crate) struct VerdictTest {
    pub(crate) verdict: LatticeVerdict,
    pub(crate) left: Set,
    pub(crate) bond: LatticeRelation,
    pub(crate) right: Set,
}

/// What yields elements, and the node of a tree that it was made from.
#[derive(Clone, Debug)]
pub(crate) struct Set {
    pub(crate) id: NodeId,
    pub(crate) node: SetNode,
}

/// The sorts of sets.
#[derive(Clone, Debug)]
pub(crate) enum SetNode {
    Bound(Slot),
    Values(Vec<ScalarValue>),
    Combined(Box<Set>, Vec<(Combine, Set)>),
    Path(Box<Set>, Vec<Step>),
    Apply(Function, Box<Set>),
    /// From left to right; none as soon as one value is missing.
    Arithmetic(Box<Set>, Vec<(Sign, Set)>),
    /// The set, or the value when it is empty.
    Else(Box<Set>, ScalarValue),
    Where(Box<Domain>),
}

/// One step of a path.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Once(Edges),
    /// Repeated; the number tells the repeated steps of one plan apart.
    Repeated(Edges, Closure, usize),
    /// Only blocks of these concrete kinds.
    Is(Vec<KindId>),
}

/// What a step does at a block, by the number of the block's kind.
#[derive(Clone, Debug)]
pub(crate) struct Edges(pub(crate) Vec<Vec<Hop>>);

impl Edges {
    /// Every hop once, with the kinds at which it is taken.
    pub(crate) fn distinct(&self) -> Vec<(&Hop, Vec<KindId>)> {
        let mut found: Vec<(&Hop, Vec<KindId>)> = Vec::new();
        for (hops, kind) in self.0.iter().zip((0..).map(KindId)) {
            for hop in hops {
                match found.iter_mut().find(|(known, _)| known.is_same(hop)) {
                    Some((_, kinds)) => kinds.push(kind),
                    None => found.push((hop, vec![kind])),
                }
            }
        }
        found
    }
}

/// One way from a block to others, or to its values.
#[derive(Clone, Debug)]
pub(crate) enum Hop {
    Forward(FieldId),
    Backward(FieldId),
    Implicit(Implicit),
    /// A field that no block writes: its values follow from others.
    Computed(Arc<Computed>),
    /// A field that the program fills.
    Native(NativeField),
}

impl Hop {
    fn is_same(&self, other: &Hop) -> bool {
        match (self, other) {
            (Hop::Forward(a), Hop::Forward(b)) | (Hop::Backward(a), Hop::Backward(b)) => a == b,
            (Hop::Implicit(a), Hop::Implicit(b)) => a == b,
            (Hop::Computed(a), Hop::Computed(b)) => Arc::ptr_eq(a, b),
            (Hop::Native(a), Hop::Native(b)) => a == b,
            (Hop::Forward(_) | Hop::Backward(_) | Hop::Implicit(_) | Hop::Computed(_) | Hop::Native(_), _) => false,
        }
    }
}

/// What a computed field holds, for the block that its slot stands for.
#[derive(Debug)]
pub(crate) struct Computed {
    pub(crate) slot: Slot,
    pub(crate) set: Set,
}

/// What every block has without writing it as a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Implicit {
    Id,
    Kind,
    Title,
    Namespace,
    File,
}

impl Formula {
    /// The binder that stands for each of the elements that a quantifier runs through.
    pub(crate) fn runs_through(&self) -> Option<Slot> {
        match &self.node {
            FormulaNode::Each(_, domain) | FormulaNode::ForAll(domain, _) => Some(domain.slot),
            FormulaNode::All(_)
            | FormulaNode::Any(_)
            | FormulaNode::Not(_)
            | FormulaNode::Has(..)
            | FormulaNode::Relation(_)
            | FormulaNode::Matches(..)
            | FormulaNode::Judged(_) => None,
        }
    }

    /// The parts that must all hold: those of a conjunction, else the formula itself.
    pub(crate) fn conjuncts(&self) -> &[Formula] {
        if let FormulaNode::All(parts) = &self.node { parts } else { std::slice::from_ref(self) }
    }
}

impl Set {
    /// A path as its start, its last step, and the steps before that; nothing for what is no path.
    pub(crate) fn last_step(&self) -> Option<(&Set, (&Step, &[Step]))> {
        let SetNode::Path(start, steps) = &self.node else { return None };
        steps.split_last().map(|split| (&**start, split))
    }
}

impl Plan {
    /// The binders that range over kinds, in order.
    pub(crate) fn over_kinds(&self) -> impl Iterator<Item = Slot> {
        (0..self.ranges.len()).filter(|slot| matches!(self.ranges[*slot], Range::Kinds(_)))
    }

    /// The formulas that every offending row satisfies: those of `when`, and what is forbidden.
    pub(crate) fn necessary(&self) -> impl Iterator<Item = &Formula> {
        let forbidden = match &self.judgement {
            Judgement::Forbid(formula) => formula.conjuncts(),
            Judgement::Require(_) => &[],
        };
        self.when.iter().chain(forbidden)
    }

    /// The formula of the judgement, and the truth value that makes a row offend.
    pub(crate) fn offence(&self) -> (&Formula, Truth) {
        match &self.judgement {
            Judgement::Forbid(formula) => (formula, Truth::Holds),
            Judgement::Require(formula) => (formula, Truth::Fails),
        }
    }
}

/// Whether a formula holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    Holds,
    Fails,
}

impl Truth {
    pub(crate) fn of(holds: bool) -> Truth {
        if holds { Truth::Holds } else { Truth::Fails }
    }

    pub(crate) fn other(self) -> Truth {
        match self {
            Truth::Holds => Truth::Fails,
            Truth::Fails => Truth::Holds,
        }
    }
}
