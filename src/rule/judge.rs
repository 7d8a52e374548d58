//! Judges claims by one rule: each offending row becomes a diagnostic.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;

use super::chain::Steps;
use super::compile::Case;
use super::edits::Desk;
use super::problems;
use super::run::{Raised, World};
use super::set::{Body, Rule, RuleSet};
use crate::condition::{Budget, Columns, Row};
use crate::diagnostic::{Code, Diagnostic, Fix, Group, Label};
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

/// What one rule found.
#[derive(Default)]
pub(super) struct Outcome {
    /// The rows that offend, in document order case by case.
    pub(super) shown: Vec<Shown>,
    /// By the blocks of a chain, the rows that lead along it, each with the number of its case; only the first is shown.
    pub(super) chains: Chains,
    /// That it was given up, which is then all that is said.
    pub(super) given_up: Option<Diagnostic>,
    /// What it took; nothing for a rule that has no conditions.
    pub(super) effort: Option<Effort>,
}

/// Rows by the blocks of their chains.
pub(super) type Chains = HashMap<BTreeSet<BlockId>, Vec<(usize, Row)>>;

/// An offending row, and what is said of it.
pub(super) struct Shown {
    /// The number of the case.
    pub(super) case: usize,
    pub(super) row: Row,
    pub(super) diagnostic: Diagnostic,
}

impl Outcome {
    /// What is said of the claims.
    pub(super) fn raised(self) -> impl Iterator<Item = Raised> {
        self.shown.into_iter().map(Raised::from).chain(self.given_up.map(Raised::from))
    }
}

/// What one rule finds, in document order case by case, whatever its level and whatever excuses it.
pub fn findings(rule: &Rule, world: &World<'_>) -> Vec<Diagnostic> {
    judged(rule, world, &Columns::new(world.corpus)).raised().map(|raised| raised.diagnostic).collect()
}

/// What each rule that is asked finds, in the order of the rules, whoever is ready first.
pub(super) fn all_judged(rules: &RuleSet, world: &World<'_>) -> Vec<Outcome> {
    let columns = Columns::new(world.corpus);
    rules.asked().into_par_iter().map(|rule| judged(rule, world, &columns)).collect()
}

/// What one rule finds.
pub(super) fn judged(rule: &Rule, world: &World<'_>, columns: &Columns<'_>) -> Outcome {
    let Body::Cases(cases) = &*rule.body else { return Outcome::default() };
    let mut judge =
        Judge { drawing: Drawing::new(rule, world), budget: Budget::of(world.steps), rows: 0, chains: Chains::new() };
    let started = world.clock.map(|clock| clock());
    let (shown, given_up) = match judge.all(cases, columns) {
        Ok(shown) => (shown, None),
        Err(problem) => (Vec::new(), Some(problem)),
    };
    let time = world.clock.zip(started).map(|(clock, started)| clock().saturating_sub(started));
    let steps = world.steps - judge.budget.left();
    let effort = Some(Effort { code: rule.meta.code.clone(), rows: judge.rows, steps, time });
    Outcome { shown, chains: judge.chains, given_up, effort }
}

/// The diagnostic of one row, as if it were the only one.
pub(super) fn judge_row(rule: &Rule, world: &World<'_>, case: &Case, row: &Row) -> Diagnostic {
    let drawing = Drawing::new(rule, world);
    drawing.diagnostic(case, row, drawing.steps(case, row))
}

/// The blocks of the chain of a row, where its case shows one.
pub(super) fn chain_of(case: &Case, corpus: &Corpus, row: &Row) -> Option<BTreeSet<BlockId>> {
    let steps = case.texts.chain.as_ref().and_then(|chain| chain.walk(corpus, row));
    steps.map(|steps| steps.blocks)
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
    /// The chains that were met; rows with the same blocks on their chain are one finding.
    chains: Chains,
}

impl Judge<'_> {
    fn all(&mut self, cases: &[Arc<Case>], columns: &Columns<'_>) -> Result<Vec<Shown>, Diagnostic> {
        let mut found = Vec::new();
        for (number, case) in cases.iter().enumerate() {
            let asked = case.query.rows_with(columns, &mut self.budget).map_err(|_| {
                let overrun = case.query.overrun(&self.budget);
                problems::out_of_budget(&self.drawing.rule.meta, overrun.as_ref())
            })?;
            self.rows += asked.judged;
            let rows = match &case.texts.group {
                None => asked.rows,
                Some(group) => group
                    .join(&asked.rows, self.drawing.corpus, &mut self.budget)
                    .map_err(|_| problems::out_of_budget(&self.drawing.rule.meta, None))?,
            };
            found.extend(self.draw((number, case), rows));
        }
        Ok(found)
    }

    /// What is said of rows, without those whose chain was shown already.
    fn draw(&mut self, (number, case): (usize, &Case), rows: Vec<Row>) -> Vec<Shown> {
        let drawing = self.drawing;
        let steps: Vec<Option<Steps>> = rows.par_iter().map(|row| drawing.steps(case, row)).collect();
        let mut is_new = |row: &Row, steps: &Steps| {
            let rows = self.chains.entry(steps.blocks.clone()).or_default();
            rows.push((number, row.clone()));
            rows.len() == 1
        };
        let all = rows.into_iter().zip(steps);
        let new = all.filter(|(row, steps)| steps.as_ref().is_none_or(|steps| is_new(row, steps)));
        let new: Vec<(Row, Option<Steps>)> = new.collect();
        let shown = |(row, steps): (Row, Option<Steps>)| {
            let diagnostic = drawing.diagnostic(case, &row, steps);
            Shown { case: number, row, diagnostic }
        };
        new.into_par_iter().map(shown).collect()
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
        let mut labels = case.texts.labels_of(self.corpus, row).into_iter();
        let mut primary = labels.next().unwrap_or_else(|| self.header(case, row));
        let mut labels: Vec<Label> = labels.collect();
        let (identity, group) = match &case.texts.group {
            None => (case.roles.identity(self.corpus, row, steps.as_ref().map(|steps| &steps.blocks)), None),
            Some(group) => {
                let members = group.members(self.corpus, row);
                (group.identity(self.corpus, row), Some(Box::new(Group { members, ..Group::default() })))
            }
        };
        let flow = steps.as_ref().map(|steps| steps.labels.clone()).unwrap_or_default();
        labels.extend(steps.into_iter().flat_map(|steps| steps.after(&mut primary)));
        let fixes: Vec<Fix> = case.texts.fixes.iter().filter_map(|fix| fix.draw(self.desk, row)).collect();
        Diagnostic {
            code: self.rule.meta.code.clone(),
            message: case.texts.message.fill(self.corpus, row),
            primary,
            labels,
            flow,
            help: self.help(case, row, &fixes),
            fixes,
            identity,
            group,
        }
    }

    /// The next step: what the case says, with the titles of the fixes that it can have here; or these alone.
    fn help(&self, case: &Case, row: &Row, fixes: &[Fix]) -> Option<String> {
        let titles: Vec<&str> = fixes.iter().map(|fix| fix.title.as_str()).collect();
        let titles = titles.join(", or ");
        let help = match &case.texts.help {
            Some(help) => help.fill_around(self.corpus, row, &titles),
            None => titles,
        };
        Some(help).filter(|help| !help.is_empty())
    }

    /// Where a row is shown when none of its labels has a place: at its first block, or else at the rule.
    fn header(&self, case: &Case, row: &Row) -> Label {
        let block = case.roles.first_block(row).map(|block| self.corpus.block(block).header());
        Label { span: block.unwrap_or(self.rule.meta.span), text: String::new() }
    }
}
