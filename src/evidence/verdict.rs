//! What is found out of a quotation: whether it stands in its source, where, and how exactly.

use std::ops::Range;
use std::sync::Arc;

use super::quotation::UnusableQuotation;

/// Places beyond this number are not counted.
pub(super) const MOST_PLACES: usize = 64;

/// How a quotation stands in its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuotationVerdict {
    /// It stands there, at one place or more.
    Found(Arc<FoundQuotation>),
    /// It does not stand there.
    Absent,
    /// It cannot be looked for.
    Unusable(UnusableQuotation),
    /// Too many places would have to be compared.
    GivenUp,
}

/// A quotation that stands in its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundQuotation {
    /// How far it is from what is written there.
    pub manner: MatchQuality,
    /// Every place, in order; with each, where its parts stand in the text of the document.
    pub places: Vec<Vec<Range<usize>>>,
    /// Where in the quotation its quoter put in words.
    pub insertions: Vec<Range<usize>>,
}

/// How far a quotation that was found is from what is written; the farthest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchQuality {
    /// As it is written, but for white space.
    Exact,
    /// Set otherwise.
    Normalised,
    /// With words put in, or with another capital, as its brackets say.
    Bracketed,
    /// With words left out, as its marks say.
    Elided,
}
