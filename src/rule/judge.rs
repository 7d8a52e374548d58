//! Judges claims by one rule: each offending row becomes a diagnostic.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;

use super::chain::Steps;
use super::compile::Case;
use super::edits::Desk;
use super::problems;
use super::run::World;
use super::set::{Body, Rule};
use crate::condition::{Budget, Columns, Row};
use crate::diagnostic::{Code, Diagnostic, Edit, Label};
use crate::model::{BlockId, Corpus};

/// What it took to judge by one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effort {
    /// The rule.
    pub code: Code,
    /// How many rows were judged: those that `for` and `when` leave. A rule that judged none has said nothing of these
    /// claims, neither that they keep it nor that they break it.
    pub rows: u64,
    /// How many steps it took: rows looked at, and elements met on paths.
    pub steps: u64,
    /// How long it took, where there is a clock.
    pub time: Option<Duration>,
}

/// What one rule finds, in document order case by case, whatever its level and whatever excuses it.
pub fn findings(rule: &Rule, world: &World<'_>) -> Vec<Diagnostic> {
    judged(rule, world, &Columns::new(world.corpus)).0
}

/// What one rule finds, and what it took; nothing for a rule that has no conditions.
pub(super) fn judged(rule: &Rule, world: &World<'_>, columns: &Columns<'_>) -> (Vec<Diagnostic>, Option<Effort>) {
    let Body::Cases(cases) = &*rule.body else { return (Vec::new(), None) };
    let mut judge =
        Judge { drawing: Drawing::new(rule, world), budget: Budget::of(world.steps), rows: 0, chains: BTreeSet::new() };
    let started = world.clock.map(|clock| clock());
    let found = judge.all(cases, columns);
    let time = world.clock.zip(started).map(|(clock, started)| clock().saturating_sub(started));
    let steps = world.steps - judge.budget.left();
    (found, Some(Effort { code: rule.meta.code.clone(), rows: judge.rows, steps, time }))
}

/// The diagnostic of one row, as if it were the only one.
pub(super) fn judge_row(rule: &Rule, world: &World<'_>, case: &Case, row: &Row) -> Diagnostic {
    let drawing = Drawing::new(rule, world);
    drawing.diagnostic(case, row, drawing.steps(case, row))
}

/// What the diagnostics of a rule are drawn with.
#[derive(Clone, Copy)]
struct Drawing<'a> {
    rule: &'a Rule,
    corpus: &'a Corpus,
    desk: Desk<'a>,
}

/// A rule at work.
struct Judge<'a> {
    drawing: Drawing<'a>,
    /// How many steps it may still take.
    budget: Budget,
    /// How many rows it has judged.
    rows: u64,
    /// The chains that were shown; rows with the same blocks on their chain are one finding.
    chains: BTreeSet<BTreeSet<BlockId>>,
}

impl Judge<'_> {
    fn all(&mut self, cases: &[Arc<Case>], columns: &Columns<'_>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for case in cases {
            match case.query.rows_with(columns, &mut self.budget) {
                Ok(asked) => {
                    self.rows += asked.judged;
                    found.extend(self.draw(case, &asked.rows));
                }
                Err(_) => {
                    return vec![problems::out_of_budget(
                        &self.drawing.rule.meta,
                        case.query.overrun(&self.budget).as_ref(),
                    )];
                }
            }
        }
        found
    }

    /// The diagnostics of rows, without those whose chain was shown already.
    fn draw(&mut self, case: &Case, rows: &[Row]) -> Vec<Diagnostic> {
        let drawing = self.drawing;
        let steps: Vec<Option<Steps>> = rows.par_iter().map(|row| drawing.steps(case, row)).collect();
        let all = rows.iter().zip(steps);
        let mut is_new =
            |steps: &Option<Steps>| steps.as_ref().is_none_or(|steps| self.chains.insert(steps.blocks.clone()));
        let new: Vec<(&Row, Option<Steps>)> = all.filter(|(_, steps)| is_new(steps)).collect();
        new.into_par_iter().map(|(row, steps)| drawing.diagnostic(case, row, steps)).collect()
    }
}

impl<'a> Drawing<'a> {
    fn new(rule: &'a Rule, world: &World<'a>) -> Drawing<'a> {
        Drawing { rule, corpus: world.corpus, desk: Desk { corpus: world.corpus, sources: world.sources } }
    }

    /// The chain of a row, where its case shows one.
    fn steps(&self, case: &Case, row: &Row) -> Option<Steps> {
        case.texts.chain.as_ref().and_then(|chain| chain.walk(self.corpus, row))
    }

    fn diagnostic(&self, case: &Case, row: &Row, steps: Option<Steps>) -> Diagnostic {
        let mut labels = case.texts.labels.iter().flat_map(|label| label.draw(self.corpus, row));
        let mut primary = labels.next().unwrap_or_else(|| self.header(case, row));
        let mut labels: Vec<Label> = labels.collect();
        let identity = case.roles.identity(self.corpus, row, steps.as_ref().map(|steps| &steps.blocks));
        let flow = steps.as_ref().map(|steps| steps.labels.clone()).unwrap_or_default();
        labels.extend(steps.into_iter().flat_map(|steps| steps.after(&mut primary)));
        Diagnostic {
            code: self.rule.meta.code.clone(),
            message: case.texts.message.fill(self.corpus, row),
            primary,
            labels,
            flow,
            help: case.texts.help.as_ref().map(|help| help.fill(self.corpus, row)),
            edits: self.edits(case, row).unwrap_or_default(),
            identity,
        }
    }

    /// The edits that mend one row: all of them, or none.
    fn edits(&self, case: &Case, row: &Row) -> Option<Vec<Edit>> {
        let drawn: Option<Vec<Vec<Edit>>> = case.texts.edits.iter().map(|edit| edit.draw(self.desk, row)).collect();
        drawn.map(|edits| edits.concat())
    }

    /// Where a row is shown when none of its labels has a place: at its first block, or else at the rule.
    fn header(&self, case: &Case, row: &Row) -> Label {
        let block = case.roles.first_block(row).map(|block| self.corpus.block(block).header());
        Label { span: block.unwrap_or(self.rule.meta.span), text: String::new() }
    }
}
