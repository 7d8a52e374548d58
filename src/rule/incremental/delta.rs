//! What there is to ask a rule after an edit: about no block, about those behind the change, or about all.

use crate::condition::{Budget, DirtySet, Row};
use crate::model::{BlockId, CorpusDelta};
use crate::rule::context::LintContext;
use crate::rule::pack::case::compile::RuleCase;
use crate::rule::pack::set::Rule;

/// The most steps that a rule may take to be evaluated for a few blocks; what takes more is evaluated for all.
const FEW: u64 = 2_000_000;

/// An edit after which rules are evaluated again.
#[derive(Clone, Copy)]
pub struct RuleInvalidation<'a> {
    /// What it changed in the claims.
    pub changes: &'a CorpusDelta,
    /// Whether a document changed.
    pub documents: bool,
}

/// What there is to say of a rule after an edit.
pub(crate) struct RuleDelta {
    /// What it found beginning with some blocks, by case.
    pub(crate) parts: Vec<RowSlice>,
    /// The blocks of which it may speak otherwise; nothing if that may be any.
    pub(crate) speaks_of: Option<Vec<BlockId>>,
}

/// The rows of a case that begin with some blocks.
pub(crate) struct RowSlice {
    pub(crate) case: usize,
    pub(crate) blocks: Vec<BlockId>,
    pub(crate) rows: Vec<Row>,
    /// How many steps it took to find them.
    pub(crate) steps: u64,
}

impl RowSlice {
    /// Whether a row, with the number of its case, is one of these.
    pub(crate) fn begins(&self, case: &RuleCase, (number, row): &(usize, Row)) -> bool {
        *number == self.case && case.query.begins(row, |block| self.blocks.binary_search(&block).is_ok())
    }
}

/// What a rule finds of what an edit concerns; nothing if it must be evaluated for all blocks.
pub(crate) fn answer(rule: &Rule, context: &LintContext<'_>, edit: RuleInvalidation<'_>) -> Option<RuleDelta> {
    let mut parts = Vec::new();
    let mut speaks_of = DirtySet::new(context.corpus, edit.changes, edit.documents);
    for (number, case) in rule.cases().iter().enumerate() {
        case.texts.touch(&mut speaks_of);
        let blocks = dirty_rows(case, context, edit)?;
        if blocks.is_empty() {
            continue;
        }
        // Which circles are told depends on all others that they cross, and to which group a row belongs on all other rows.
        if case.texts.chain.is_some() || case.texts.group.is_some() {
            return None;
        }
        let mut budget = Budget::of(context.steps.min(FEW));
        let rows = case.query.rows_of(&blocks, context.corpus, &mut budget).ok().flatten()?;
        let steps = context.steps.min(FEW) - budget.left();
        parts.push(RowSlice { case: number, blocks, rows, steps });
    }
    let speaks_of = speaks_of.blocks().map(|blocks| blocks.iter().chain(edit.changes.nameless()).copied().collect());
    Some(RuleDelta { parts, speaks_of })
}

/// The blocks with which a row of a case begins that an edit may concern, in order: also by what makes rows one finding.
fn dirty_rows(case: &RuleCase, context: &LintContext<'_>, edit: RuleInvalidation<'_>) -> Option<Vec<BlockId>> {
    let mut chain = DirtySet::new(context.corpus, edit.changes, edit.documents);
    case.texts.chain.iter().for_each(|along| along.touch(&mut chain));
    case.texts.group.iter().for_each(|group| group.touch(&mut chain));
    let mut blocks = chain.blocks()?;
    blocks.extend(case.query.dirty_blocks(context.corpus, edit.changes, edit.documents)?);
    Some(blocks.into_iter().collect())
}
