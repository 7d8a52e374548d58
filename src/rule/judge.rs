//! Judges claims by one rule: each offending row becomes a diagnostic.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::chain::Steps;
use super::compile::Case;
use super::edits::Desk;
use super::problems;
use super::run::World;
use super::set::{Body, Rule};
use crate::condition::{Budget, Row};
use crate::diagnostic::{Diagnostic, Label};
use crate::model::{BlockId, Corpus};

/// What one rule finds, in document order case by case, whatever its level and whatever excuses it.
pub fn findings(rule: &Rule, world: &World<'_>) -> Vec<Diagnostic> {
    match &*rule.body {
        Body::Native | Body::Disabled => Vec::new(),
        Body::Cases(cases) => {
            let desk = Desk { corpus: world.corpus, sources: world.sources };
            Judge { rule, corpus: world.corpus, desk, steps: world.steps, chains: BTreeSet::new() }.all(cases)
        }
    }
}

/// A rule at work.
struct Judge<'a> {
    rule: &'a Rule,
    corpus: &'a Corpus,
    desk: Desk<'a>,
    /// How many steps it may take.
    steps: u64,
    /// The chains that were shown; rows with the same blocks on their chain are one finding.
    chains: BTreeSet<BTreeSet<BlockId>>,
}

impl Judge<'_> {
    fn all(mut self, cases: &[Arc<Case>]) -> Vec<Diagnostic> {
        let mut budget = Budget::of(self.steps);
        let mut found = Vec::new();
        for case in cases {
            match case.query.rows(self.corpus, &mut budget) {
                Ok(rows) => found.extend(rows.iter().filter_map(|row| self.row(case, row))),
                Err(_) => return vec![problems::out_of_budget(&self.rule.meta)],
            }
        }
        found
    }

    /// The diagnostic of one row; none when its chain was shown already.
    fn row(&mut self, case: &Case, row: &Row) -> Option<Diagnostic> {
        let steps = case.texts.chain.as_ref().and_then(|chain| chain.walk(self.corpus, row));
        if let Some(steps) = &steps
            && !self.chains.insert(steps.blocks.clone())
        {
            return None;
        }
        Some(self.diagnostic(case, row, steps))
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
            edits: case.texts.edits.iter().flat_map(|edit| edit.draw(self.desk, row)).collect(),
            identity,
        }
    }

    /// Where a row is shown when none of its labels has a place: at its first block, or else at the rule.
    fn header(&self, case: &Case, row: &Row) -> Label {
        let block = case.roles.first_block(row).map(|block| self.corpus.block(block).header);
        Label { span: block.unwrap_or(self.rule.meta.span), text: String::new() }
    }
}
