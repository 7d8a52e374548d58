//! An allowance: one exception that a block states under `allow:`.

use crate::model::{BlockId, DateRange};
use crate::text::Span;

/// One exception, as it stands in the claims.
pub(crate) struct Allowance {
    /// The code or the name of a rule.
    pub(crate) rule: String,
    /// Where that stands.
    pub(crate) rule_span: Span,
    /// The last day on which it stands, and where that is written.
    pub(crate) until: Option<(DateRange, Span)>,
    /// What tells the block that carries it from all others.
    pub(crate) carrier_id: String,
    /// Why; a reason that is missing was reported.
    pub(super) reason: Option<String>,
    /// Whether its last day cannot be read.
    pub(super) is_broken: bool,
    pub(crate) carrier: BlockId,
    pub(super) block: BlockId,
}
