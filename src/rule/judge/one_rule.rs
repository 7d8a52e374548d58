//! Judges claims by one rule: each offending row becomes a diagnostic.

use std::sync::Arc;

use rayon::prelude::*;

use super::outcome::{ReportedRow, RuleCost, RuleOutcome};
use super::problems;
use crate::condition::{Budget, ColumnStore, OutOfBudget, Row};
use crate::diagnostic::{BlockGroup, Diagnostic, Fix, Label};
use crate::model::{Corpus, crossing};
use crate::rule::context::LintContext;
use crate::rule::pack::case::chain::{ChainSteps, ReportedChain, SeenChains};
use crate::rule::pack::case::compile::RuleCase;
use crate::rule::pack::set::{Rule, RuleBody};
use crate::rule::repair::edits::EditBuilder;

/// How many findings are drawn before it is seen whether there are steps left.
const TOGETHER: usize = 1_024;

/// How many steps it counts for to keep a finding, where a rule has more than there are blocks.
const DRAWN: usize = 250;

/// How many bytes and places of one finding count for nothing, and how many bytes more for one step.
const WORDS: usize = 1_024;
const PLACES: usize = 64;
const BYTES: usize = 16;

/// What one rule finds, in document order case by case, whatever its level and whatever excuses it.
pub fn findings(rule: &Rule, context: &LintContext<'_>) -> Vec<Diagnostic> {
    lint_rule(rule, context, &ColumnStore::new(context.corpus)).raw_diagnostics().map(|raw| raw.diagnostic).collect()
}

/// What one rule finds.
pub(crate) fn lint_rule(rule: &Rule, context: &LintContext<'_>, columns: &ColumnStore<'_>) -> RuleOutcome {
    lint_rule_within(rule, context, (columns, context.steps))
}

/// What one rule finds in so many steps.
pub(crate) fn lint_rule_within(
    rule: &Rule,
    context: &LintContext<'_>,
    (columns, most): (&ColumnStore<'_>, u64),
) -> RuleOutcome {
    let RuleBody::Cases(cases) = &*rule.body else { return RuleOutcome::default() };
    let mut judge = Judge {
        drawing: DiagnosticContext::new(rule, context),
        budget: Budget::of(most),
        rows: 0,
        seen: SeenChains::new(),
    };
    let started = context.clock.map(|clock| clock());
    let (shown, given_up) = match judge.all(cases, columns) {
        Ok(shown) => (shown, None),
        Err(problem) => (Vec::new(), Some(problem)),
    };
    let time = context.clock.zip(started).map(|(clock, started)| clock().saturating_sub(started));
    let steps = most - judge.budget.left();
    let effort = Some(RuleCost { code: rule.meta.code.clone(), rows: judge.rows, steps, time });
    RuleOutcome { shown, given_up, is_cut: false, effort }
}

/// The diagnostic of one row, of whose chain so many others that cross it are left out.
pub(crate) fn diagnose_row(
    rule: &Rule,
    context: &LintContext<'_>,
    (case, row): (&RuleCase, &Row),
    left_out: usize,
) -> Diagnostic {
    let drawing = DiagnosticContext::new(rule, context);
    drawing.diagnostic(case, row, (drawing.steps(case, row), left_out))
}

/// What the diagnostics of a rule are drawn with.
#[derive(Clone, Copy)]
struct DiagnosticContext<'a> {
    rule: &'a Rule,
    corpus: &'a Corpus,
    builder: EditBuilder<'a>,
}

/// A rule at work.
struct Judge<'a> {
    drawing: DiagnosticContext<'a>,
    /// How many steps it may still take.
    budget: Budget,
    /// How many rows it has judged.
    rows: u64,
    seen: SeenChains,
}

impl Judge<'_> {
    fn all(&mut self, cases: &[Arc<RuleCase>], columns: &ColumnStore<'_>) -> Result<Vec<ReportedRow>, Diagnostic> {
        let mut found = Vec::new();
        for (number, case) in cases.iter().enumerate() {
            let shown = self.shown((number, case), columns).map_err(|_| {
                let overrun = case.query.overrun(&self.budget);
                problems::out_of_budget(&self.drawing.rule.meta, overrun.as_ref())
            })?;
            found.extend(shown);
        }
        Ok(found)
    }

    /// What is said of the rows of a case, without those whose chain was shown already.
    fn shown(
        &mut self,
        (number, case): (usize, &RuleCase),
        columns: &ColumnStore<'_>,
    ) -> Result<Vec<ReportedRow>, OutOfBudget> {
        let offending = case.query.rows_with(columns, &mut self.budget)?;
        self.rows += offending.judged;
        let drawing = self.drawing;
        let rows = match &case.texts.group {
            Some(group) => group.join(&offending.rows, drawing.corpus, &mut self.budget)?,
            None => offending.rows,
        };
        let told = match &case.texts.chain {
            Some(chain) => chain.report(drawing.corpus, rows, (&mut self.seen, &mut self.budget))?,
            None => rows.into_iter().map(|row| ReportedChain { row, steps: None, left_out: 0 }).collect(),
        };
        let shown = |ReportedChain { row, steps, left_out }: ReportedChain| {
            let diagnostic = drawing.diagnostic(case, &row, (steps, left_out));
            ReportedRow { case: number, row, left_out, diagnostic }
        };
        let (mut all, mut told): (Vec<ReportedRow>, _) = (Vec::new(), told.into_iter());
        loop {
            let some: Vec<ReportedChain> = told.by_ref().take(TOGETHER).collect();
            if some.is_empty() {
                return Ok(all);
            }
            let more = (all.len() + some.len()).saturating_sub(drawing.corpus.block_ids().len().max(all.len()));
            self.budget.spend(more * DRAWN)?;
            let drawn: Vec<ReportedRow> = some.into_par_iter().map(shown).collect();
            self.budget.spend(drawn.iter().map(|shown| beyond(&shown.diagnostic)).sum())?;
            all.extend(drawn);
        }
    }
}

/// How many steps it counts for to keep what is said in words and places beyond those that are ordinary.
fn beyond(said: &Diagnostic) -> usize {
    let words = said.message.len() + said.help.as_ref().map_or(0, String::len);
    words.saturating_sub(WORDS) / BYTES
        + said.labels.len().saturating_sub(PLACES)
        + said.edited().count().saturating_sub(PLACES)
}

impl<'a> DiagnosticContext<'a> {
    fn new(rule: &'a Rule, context: &LintContext<'a>) -> DiagnosticContext<'a> {
        DiagnosticContext {
            rule,
            corpus: context.corpus,
            builder: EditBuilder { corpus: context.corpus, sources: context.sources },
        }
    }

    /// The chain of a row, where its case shows one.
    fn steps(&self, case: &RuleCase, row: &Row) -> Option<ChainSteps> {
        case.texts.chain.as_ref().and_then(|chain| chain.find_chain(self.corpus, row))
    }

    fn diagnostic(&self, case: &RuleCase, row: &Row, (steps, left_out): (Option<ChainSteps>, usize)) -> Diagnostic {
        let mut labels = case.texts.labels_of(self.corpus, row).into_iter();
        let mut primary = labels.next().unwrap_or_else(|| self.header(case, row));
        let mut labels: Vec<Label> = labels.collect();
        let (identity, group) = match &case.texts.group {
            None => (case.roles.identity(self.corpus, row, steps.as_ref().map(|steps| &steps.blocks)), None),
            Some(group) => {
                let members = group.members(self.corpus, row);
                (group.identity(self.corpus, row), Some(Box::new(BlockGroup { members, ..BlockGroup::default() })))
            }
        };
        let flow = steps.as_ref().map(|steps| steps.labels.clone()).unwrap_or_default();
        labels.extend(steps.into_iter().flat_map(|steps| steps.after(&mut primary)));
        let fixes: Vec<Fix> = case.texts.fixes.iter().filter_map(|fix| fix.draw(self.builder, row)).collect();
        Diagnostic {
            code: self.rule.meta.code.clone(),
            message: case.texts.message.fill(self.corpus, row),
            primary,
            labels,
            flow,
            help: self.help(case, row, &fixes).map(|help| help + &crossing(left_out)),
            fixes,
            identity,
            group,
        }
    }

    /// The next step: what the case says, with the titles of the fixes that it can have here; or these alone.
    fn help(&self, case: &RuleCase, row: &Row, fixes: &[Fix]) -> Option<String> {
        let titles: Vec<&str> = fixes.iter().map(|fix| fix.title.as_str()).collect();
        let titles = titles.join(", or ");
        let help = match &case.texts.help {
            Some(help) => help.fill_around(self.corpus, row, &titles),
            None => titles,
        };
        Some(help).filter(|help| !help.is_empty())
    }

    /// Where a row is shown when none of its labels has a place: at its first block, or else at the rule.
    fn header(&self, case: &RuleCase, row: &Row) -> Label {
        let block = case.roles.first_block(row).map(|block| self.corpus.block(block).header());
        Label { span: block.unwrap_or(self.rule.meta.span), text: String::new() }
    }
}
