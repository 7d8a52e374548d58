//! Why a rule found what it found, and why it did not.

use crate::condition::{Budget, ColumnStore, Row, ScalarValue, StopPoint, Trace, TracedClause};
use crate::diagnostic::Diagnostic;
use crate::model::BlockId;
use crate::rule::context::LintContext;
use crate::rule::judge::one_rule::lint_rule;
use crate::rule::judge::outcome::ReportedRow;
use crate::rule::pack::case::compile::RuleCase;
use crate::rule::pack::case::group::GroupTemplate;
use crate::rule::pack::set::{Rule, RuleBody};

/// How near one case of a rule came to reporting a block.
#[derive(Clone, Debug, PartialEq)]
pub struct NotFound {
    /// The name of `for` that stands for the block.
    pub name: String,
    /// Where it ended.
    pub end: StopPoint,
    /// Whether it breaks the rule and is still not reported, since no other block belongs together with it.
    pub alone: bool,
    /// Where nothing is left to bind: the name that has nothing to stand for, and what it ranges over.
    pub empty: Option<(String, Option<TracedClause>)>,
    /// How the clauses came out where it came nearest.
    pub trace: Trace,
}

impl Rule {
    /// How the row came out that a finding of this rule is about; nothing for native rules, and for findings that are not
    /// of these claims.
    pub fn why(&self, context: &LintContext<'_>, finding: &Diagnostic) -> Option<Trace> {
        let RuleBody::Cases(cases) = &*self.body else { return None };
        let found = lint_rule(self, context, &ColumnStore::new(context.corpus)).shown;
        cases.iter().enumerate().find_map(|(number, case)| {
            let row = match &case.texts.group {
                None => {
                    let is_it = |shown: &&ReportedRow| shown.case == number && shown.diagnostic == *finding;
                    found.iter().find(is_it)?.row.clone()
                }
                Some(group) => {
                    let rows = case.query.rows(context.corpus, &mut Budget::of(context.steps)).ok()?.rows;
                    member(group, &rows, (context, finding))?.clone()
                }
            };
            Some(case.query.trace(context.corpus, &elements(case, &row)))
        })
    }

    /// How near the rule came to reporting a block: for each of its cases, and each name there that can stand for the
    /// block; nothing where none can.
    pub fn why_not(&self, context: &LintContext<'_>, block: BlockId) -> Vec<NotFound> {
        let RuleBody::Cases(cases) = &*self.body else { return Vec::new() };
        cases.iter().flat_map(|case| not_found(case, context, block)).collect()
    }
}

/// The row of the first member of a group.
fn member<'a>(
    group: &GroupTemplate,
    rows: &'a [Row],
    (context, finding): (&LintContext<'_>, &Diagnostic),
) -> Option<&'a Row> {
    let joined = group.join(rows, context.corpus, &mut Budget::of(context.steps)).ok()?;
    let is_meant = |row: &&Row| group.identity(context.corpus, row) == finding.identity;
    let members = group.blocks(joined.iter().find(is_meant)?);
    rows.iter().find(|row| group.block(row).is_some_and(|block| members.contains(&block)))
}

/// Whether a block breaks a rule that makes one finding of several, and is alone with it.
fn is_alone(case: &RuleCase, context: &LintContext<'_>, block: BlockId) -> bool {
    let Some(group) = &case.texts.group else { return false };
    let mut budget = Budget::of(context.steps);
    let Ok(found) = case.query.rows(context.corpus, &mut budget) else { return false };
    let joined = group.join(&found.rows, context.corpus, &mut budget);
    joined.is_ok_and(|rows| !rows.iter().any(|row| group.blocks(row).contains(&block)))
}

fn not_found(case: &RuleCase, context: &LintContext<'_>, block: BlockId) -> Vec<NotFound> {
    let misses = case.query.misses(context.corpus, &mut Budget::of(context.steps), block);
    let told = misses.into_iter().map(|miss| {
        let next = case.query.binders().get(miss.bound.len()).map(|binder| binder.name.clone());
        let empty = next.filter(|_| miss.end == StopPoint::NothingToBind);
        let empty = empty.map(|name| (name, case.query.range(context.corpus, &miss.bound)));
        let trace = case.query.trace(context.corpus, &miss.bound);
        let alone = miss.end == StopPoint::Reported && is_alone(case, context, block);
        NotFound { name: miss.name, end: miss.end, alone, empty, trace }
    });
    told.collect()
}

/// What the names of `for` stand for in a row.
fn elements(case: &RuleCase, row: &Row) -> Vec<ScalarValue> {
    let names = case.query.binders().iter().take(case.query.free());
    names.filter_map(|binder| row.element(&binder.name).first().cloned()).collect()
}
