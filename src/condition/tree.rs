//! What a condition says, as written: every node with its place, no name yet resolved.

use crate::model::Verdict;
use crate::text::{Span, Spanned};

/// A word that names something, and where it stands.
pub(super) type Name = Spanned<String>;

/// A formula or a set, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expr {
    pub(super) node: Node,
    pub(super) span: Span,
}

/// The two sorts of expressions; which of them may stand where is for the checker to say.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Truth(Truth),
    Set(Set),
}

/// What holds or does not.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Truth {
    /// `a implies b implies c` is `a implies (b implies c)`.
    Implies(Vec<Expr>),
    Or(Vec<Expr>),
    And(Vec<Expr>),
    Not(Box<Expr>),
    /// `some S`
    Has(Quantifier, Box<Expr>),
    /// `some x in S where F`
    Each(Quantifier, Box<Domain>),
    /// `all x in S where G: F`
    All(Box<Domain>, Box<Expr>),
    Relation(Box<Relation>),
    Verdict(Box<Judged>),
}

/// How many elements there must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantifier {
    /// At least one.
    Some,
    /// None.
    No,
    /// Exactly one.
    One,
    /// At most one.
    Lone,
}

/// `x in S where F`
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Domain {
    pub(super) binder: Name,
    pub(super) set: Expr,
    pub(super) filter: Option<Expr>,
}

/// `a = b`
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Relation {
    pub(super) left: Expr,
    pub(super) operator: Spanned<Operator>,
    pub(super) right: Expr,
}

/// How two sets are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
    In,
    NotIn,
    Before,
    Covers,
    Overlaps,
    /// `overlaps` between dates; only the checker can tell.
    ShareDay,
    SubsetOf,
    SameAs,
}

/// `proved a within b`
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) left: Expr,
    pub(super) bond: Bond,
    pub(super) right: Expr,
}

/// What is proved, refuted or unknown between two blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Bond {
    Within,
    Overlaps,
}

/// A set of elements of one type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Set {
    /// `a | b minus c`, or `a & b`, from left to right.
    Combined(Box<Expr>, Vec<(Combine, Expr)>),
    /// `a.step.step[is kind]`
    Path(Box<Expr>, Vec<Step>),
    /// `count(S)`
    Count(Box<Expr>),
    /// `{ x in S where F }`
    Where(Box<Domain>),
    Name(String),
    /// `$name`
    Param(String),
    Literal(Literal),
}

/// How two sets make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Combine {
    Union,
    Minus,
    Meet,
}

/// A value that stands for itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Literal {
    Text(String),
    Number(f64),
    /// As written: whether there is such a day is for the checker to say.
    Date(String),
    Flag(bool),
}

/// One step of a path, and where it stands, the dot or the brackets left out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) node: StepNode,
    pub(super) span: Span,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum StepNode {
    /// Follows any of the hops, as often as the closure says.
    Follow(Vec<Hop>, Option<Closure>),
    /// `[is kinds]` keeps the blocks of these kinds.
    Is(Vec<Name>),
}

/// A field followed forwards, or `~field`: backwards.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hop {
    pub(super) name: Name,
    pub(super) direction: Direction,
}

/// From which end a field is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Forward,
    Backward,
}

/// How often a step is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closure {
    /// `*`: any number of times.
    Any,
    /// `+`: once or more.
    Once,
    /// `?`: at most once.
    Maybe,
}

/// One binder of `for`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Binding {
    pub(super) name: Name,
    pub(super) range: Range,
}

/// What a binder ranges over.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Range {
    /// All blocks of these kinds.
    Kinds(Vec<Name>),
    In(Expr),
}

/// `s.cites.scope[x]`
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) binder: Name,
    pub(super) steps: Vec<Name>,
    pub(super) index: Option<Name>,
}

impl Expr {
    pub(super) fn truth(truth: Truth, span: Span) -> Expr {
        Expr { node: Node::Truth(truth), span }
    }

    pub(super) fn set(set: Set, span: Span) -> Expr {
        Expr { node: Node::Set(set), span }
    }
}

impl Operator {
    /// The operator as it is written.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::Unequal => "!=",
            Operator::Less => "<",
            Operator::AtMost => "<=",
            Operator::Greater => ">",
            Operator::AtLeast => ">=",
            Operator::In => "in",
            Operator::NotIn => "not in",
            Operator::Before => "before",
            Operator::Covers => "covers",
            Operator::Overlaps | Operator::ShareDay => "overlaps",
            Operator::SubsetOf => "subset of",
            Operator::SameAs => "same as",
        }
    }
}
