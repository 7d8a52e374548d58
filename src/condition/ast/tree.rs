//! What a condition says, as written: every node with its place, no name yet resolved.

use super::operator::Operator;
use crate::model::LatticeVerdict;
use crate::text::{Span, Spanned};

/// A word that names something, and where it stands.
pub(crate) type Name = Spanned<String>;

/// What tells a node of the trees of a rule from all others: where it is written. A node begins before or ends after those
/// that it is made of, so that no two have the same place. A plan keeps it, and whoever explains a plan follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NodeId(Span);

impl NodeId {
    pub(crate) fn at(span: Span) -> NodeId {
        NodeId(span)
    }

    /// Where the node is written.
    pub(crate) fn span(self) -> Span {
        self.0
    }
}

/// A formula or a set, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expr {
    pub(crate) node: Node,
    pub(crate) span: Span,
}

/// The sorts of expressions; which of them may stand where is for the checker to say.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Truth(Truth),
    Set(Set),
    /// A function or a definition of the rule file; only the checker can tell whether it yields a truth value.
    Call(Call),
}

/// `name(a, b)`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Call {
    pub(crate) name: Name,
    pub(crate) arguments: Vec<Expr>,
}

/// What holds or does not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Truth {
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
    Verdict(Box<VerdictTest>),
}

/// How many elements there must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quantifier {
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
pub(crate) struct Domain {
    pub(crate) binder: Name,
    pub(crate) set: Expr,
    pub(crate) filter: Option<Expr>,
}

/// `a = b`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Relation {
    pub(crate) left: Expr,
    pub(crate) operator: Spanned<Operator>,
    pub(crate) right: Expr,
}

/// `proved a within b`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct VerdictTest {
    pub(crate) verdict: LatticeVerdict,
    pub(crate) left: Expr,
    pub(crate) bond: LatticeRelation,
    pub(crate) right: Expr,
}

/// What is proved, refuted or unknown between two blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum LatticeRelation {
    Within,
    Overlaps,
}

/// A set of elements of one type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Set {
    /// `a | b minus c`, or `a & b`, from left to right.
    Combined(Box<Expr>, Vec<(Combine, Expr)>),
    /// `a.step.step[is kind]`
    Path(Box<Expr>, Vec<Step>),
    /// `a + b - c`, or `a * b / c`, from left to right.
    Arithmetic(Box<Expr>, Vec<(Spanned<Sign>, Expr)>),
    /// `S else literal`
    Else(Box<Expr>, Box<Expr>),
    /// `{ x in S where F }`
    Where(Box<Domain>),
    Name(String),
    /// `$name`
    Param(String),
    Literal(Literal),
}

/// How two sets make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Combine {
    Union,
    Minus,
    Meet,
}

/// How two numbers make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Plus,
    Minus,
    Times,
    Over,
}

/// A value that stands for itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    Text(String),
    Number(f64),
    /// As written: whether there is such a day is for the checker to say.
    Date(String),
    Flag(bool),
    /// What stands between slashes, as written.
    Regex(String),
}

/// One step of a path, and where it stands, the dot or the brackets left out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) node: StepNode,
    pub(crate) span: Span,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum StepNode {
    /// Follows any of the hops, as often as the closure says.
    Follow(Vec<Hop>, Option<Closure>),
    /// `[is kinds]` keeps the blocks of these kinds.
    Is(Vec<Name>),
}

/// A field followed forwards, or `~field`: backwards.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hop {
    pub(crate) name: Name,
    pub(crate) direction: Direction,
}

/// From which end a field is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Forward,
    Backward,
}

/// How often a step is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closure {
    /// `*`: any number of times.
    Any,
    /// `+`: once or more.
    Once,
    /// `?`: at most once.
    Maybe,
}

/// One binder of `for`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Binding {
    pub(crate) name: Name,
    pub(crate) range: Range,
}

/// What a binder ranges over.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Range {
    /// All blocks of these kinds.
    Kinds(Vec<Name>),
    In(Expr),
}

/// `s.cites.scope[x]`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlaceExpr {
    pub(crate) binder: Name,
    pub(crate) steps: Vec<Name>,
    pub(crate) index: Option<Name>,
}

impl Expr {
    pub(crate) fn truth(truth: Truth, span: Span) -> Expr {
        Expr { node: Node::Truth(truth), span }
    }

    pub(crate) fn set(set: Set, span: Span) -> Expr {
        Expr { node: Node::Set(set), span }
    }
}

impl Expr {
    pub(crate) fn id(&self) -> NodeId {
        NodeId::at(self.span)
    }
}

impl Quantifier {
    /// The quantifier as it is written.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Quantifier::Some => "some",
            Quantifier::No => "no",
            Quantifier::One => "one",
            Quantifier::Lone => "lone",
        }
    }
}

impl Sign {
    /// The sign as it is written.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Sign::Plus => "+",
            Sign::Minus => "-",
            Sign::Times => "*",
            Sign::Over => "/",
        }
    }
}
