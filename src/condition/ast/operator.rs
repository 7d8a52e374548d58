//! The operators of comparisons, and what each of them compares and tells.

/// How two sets are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
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
    Matches,
    StartsWith,
    EndsWith,
    Contains,
}

/// What operators compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OperatorClass {
    /// Two values of one type, which are the same or not.
    Equality,
    /// Two numbers or dates.
    Order,
    /// Two blocks or dates, one of which comes first.
    Sequence,
    /// Two dates or periods.
    Coverage,
    /// A value with the elements of a set.
    Membership,
    /// Two sets as such.
    Sets,
    /// Two texts.
    Text,
}

/// The sides of a comparison that are known not to be empty wherever it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PresentSides {
    Both,
    Left,
    Neither,
}

/// When a comparison picks few of all pairs; an order or an inequality leaves most of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Selectivity {
    WhenHolds,
    WhenFails,
    Never,
}

/// One operator: as it is written, and the answers to what is asked of it.
type OperatorRow = (&'static str, OperatorClass, PresentSides, Selectivity);

/// The orders that differ at the bound alone.
const BOUNDS: [(Operator, Operator); 2] = [(Operator::Less, Operator::AtMost), (Operator::Greater, Operator::AtLeast)];

impl Operator {
    /// The table of all operators.
    const fn row(self) -> OperatorRow {
        use OperatorClass::{Coverage, Equality, Membership, Order, Sequence, Sets, Text};
        use PresentSides::{Both, Left, Neither};
        use Selectivity::{Never, WhenFails, WhenHolds};
        match self {
            Operator::Equal => ("=", Equality, Both, WhenHolds),
            Operator::Unequal => ("!=", Equality, Both, WhenFails),
            Operator::Less => ("<", Order, Both, Never),
            Operator::AtMost => ("<=", Order, Both, Never),
            Operator::Greater => (">", Order, Both, Never),
            Operator::AtLeast => (">=", Order, Both, Never),
            Operator::In => ("in", Membership, Both, WhenHolds),
            Operator::NotIn => ("not in", Membership, Left, WhenFails),
            Operator::Before => ("before", Sequence, Both, Never),
            Operator::Covers => ("covers", Coverage, Both, WhenHolds),
            Operator::Overlaps => ("overlaps", Sets, Both, WhenHolds),
            Operator::ShareDay => ("overlaps", Sets, Both, WhenHolds),
            Operator::SubsetOf => ("subset of", Sets, Neither, WhenHolds),
            Operator::SameAs => ("same as", Sets, Neither, WhenHolds),
            Operator::Matches => ("matches", Text, Both, Never),
            Operator::StartsWith => ("starts with", Text, Both, Never),
            Operator::EndsWith => ("ends with", Text, Both, Never),
            Operator::Contains => ("contains", Text, Both, Never),
        }
    }

    /// The operator as it is written.
    pub(crate) fn as_str(self) -> &'static str {
        self.row().0
    }

    /// What it compares.
    pub(crate) fn class(self) -> OperatorClass {
        self.row().1
    }

    /// The sides that have an element wherever it holds.
    pub(crate) fn present_sides(self) -> PresentSides {
        self.row().2
    }

    /// When it picks few of all pairs.
    pub(crate) fn selectivity(self) -> Selectivity {
        self.row().3
    }

    /// Whether it only holds if two sets have an element in common.
    pub(crate) fn is_shared(self) -> bool {
        matches!(self, Operator::Equal | Operator::In | Operator::Overlaps)
    }

    /// The order that differs from this one at the bound itself.
    pub(crate) fn across_the_bound(self) -> Option<Operator> {
        let both_ways = BOUNDS.into_iter().flat_map(|(open, closed)| [(open, closed), (closed, open)]);
        both_ways.into_iter().find(|(one, _)| *one == self).map(|(_, other)| other)
    }
}
