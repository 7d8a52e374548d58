//! What rules found before, so that those that read nothing that has changed need not be asked again.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::finding::Fingerprint;
use super::judge::{Outcome, judge_row, judged};
use super::run::{Judged, Raised, World, fingerprint, weighed};
use super::set::{Rule, RuleSet};
use crate::condition::{Columns, Reads};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Changes;
use crate::schema::Schema;
use crate::text::Sources;

/// What the rules of a project found last.
#[derive(Default)]
pub struct Memory {
    keeps: bool,
    known: BTreeMap<Code, Kept>,
    /// What rules read; it stays the same as long as the rules and the schema do.
    reads: BTreeMap<Code, RuleReads>,
    /// What has changed since; without it nothing that is known counts.
    edit: Option<Edit>,
    asked: usize,
    kept: usize,
}

/// What has changed since rules were asked.
struct Edit {
    changes: Changes,
    /// Whether a document did.
    documents: bool,
}

/// What a rule reads: to find its rows, and to speak of them.
struct RuleReads {
    rows: Reads,
    texts: Reads,
}

/// What a rule found, with the name by which each finding is known.
struct Kept {
    outcome: Outcome,
    fingerprints: Vec<Fingerprint>,
}

/// What is to be done with a rule.
enum Task {
    Ask,
    /// Speak again of rows that stay: of all of them, or of those that the edited file has to do with.
    Keep(Box<Kept>, bool),
}

impl Memory {
    /// No memory: nothing is known from before, and nothing is kept.
    pub fn none() -> Memory {
        Memory::default()
    }

    /// A memory that keeps what will be found.
    pub fn kept() -> Memory {
        Memory { keeps: true, ..Memory::default() }
    }

    /// Forgets what rules found, so that all are asked.
    pub fn forget(&mut self) {
        self.known.clear();
    }

    /// Takes note of what has changed since the rules were asked; and whether a document did.
    pub fn note(&mut self, changes: Changes, documents: bool) {
        self.edit = Some(Edit { changes, documents });
    }

    /// How many rules with conditions were asked so far, and how many were not and kept what they had found.
    pub fn tally(&self) -> (usize, usize) {
        (self.asked, self.kept)
    }

    /// Judges the claims as [`run`](super::run()) does; of rules that what was noted does not concern, what they found before is
    /// told again.
    pub fn run(
        &mut self,
        rules: &RuleSet,
        world: &World<'_>,
        (before, after): (Vec<Diagnostic>, impl FnOnce() -> Vec<Diagnostic>),
    ) -> Judged {
        let on: Vec<&Rule> = rules.iter().filter(|rule| rule.is_on() && !rule.cases().is_empty()).collect();
        let tasks: Vec<(&Rule, Task)> = on.iter().map(|rule| (*rule, self.task(rule, &world.corpus.schema))).collect();
        let edit = self.edit.take();
        let columns = OnceLock::new();
        // Whoever is ready first, what they found is kept in the order of the rules.
        let done = tasks.into_par_iter().map(|(rule, task)| match task {
            Task::Ask => {
                let outcome = judged(rule, world, columns.get_or_init(|| Columns::new(world.corpus)));
                if self.keeps { Kept::of(outcome, world.sources) } else { Kept { outcome, fingerprints: Vec::new() } }
            }
            Task::Keep(kept, all) => kept.told_again((rule, all), world, edit.as_ref()),
        });
        let done: Vec<Kept> = done.collect();
        let effort = done.iter().filter_map(|kept| kept.outcome.effort.clone()).collect();
        let raised = if self.keeps { self.keep(&on, done) } else { done.into_iter().flat_map(Kept::raised).collect() };
        let natively = before.into_iter().chain(after()).map(|diagnostic| (diagnostic, None));
        Judged { effort, ..weighed(rules, world, raised.into_iter().chain(natively)) }
    }

    fn task(&mut self, rule: &Rule, schema: &Schema) -> Task {
        let known = self.known.remove(&rule.meta.code).filter(|known| known.outcome.given_up.is_none());
        let (Some(edit), Some(known)) = (&self.edit, known) else {
            self.asked += 1;
            return Task::Ask;
        };
        let reads = self.reads.entry(rule.meta.code.clone()).or_insert_with(|| RuleReads::of(rule, schema));
        if reads.rows.are_touched(&edit.changes, edit.documents) {
            self.asked += 1;
            return Task::Ask;
        }
        self.kept += 1;
        // What has no id is known by what it says.
        let all = edit.changes.is_nameless() || reads.texts.are_touched(&edit.changes, edit.documents);
        Task::Keep(Box::new(known), all)
    }

    /// Keeps what rules found, and raises it.
    fn keep(&mut self, on: &[&Rule], done: Vec<Kept>) -> Vec<Raised> {
        let mut raised = Vec::new();
        for (rule, kept) in on.iter().zip(done) {
            let shown = kept.outcome.shown.iter().map(|shown| shown.diagnostic.clone());
            raised.extend(shown.zip(kept.fingerprints.iter().cloned().map(Some)));
            raised.extend(kept.outcome.given_up.iter().map(|problem| (problem.clone(), None)));
            self.known.insert(rule.meta.code.clone(), kept);
        }
        raised
    }
}

impl RuleReads {
    fn of(rule: &Rule, schema: &Schema) -> RuleReads {
        let mut reads = RuleReads { rows: Reads::default(), texts: Reads::default() };
        for case in rule.cases() {
            case.query.note_reads(&mut reads.rows, schema);
            case.texts.note_reads(&mut reads.texts, schema);
            // Rows with one chain are one finding.
            case.texts.chain.iter().for_each(|chain| chain.note_reads(&mut reads.rows));
        }
        reads
    }
}

impl Kept {
    fn of(outcome: Outcome, sources: &Sources) -> Kept {
        let fingerprints = outcome.shown.iter().map(|shown| fingerprint(&shown.diagnostic, sources)).collect();
        Kept { outcome, fingerprints }
    }

    /// What is now said of the same rows: of all, or of those of which it stood in the edited file.
    fn told_again(mut self, (rule, all): (&Rule, bool), world: &World<'_>, edit: Option<&Edit>) -> Kept {
        let source = edit.and_then(|edit| edit.changes.source());
        for (shown, known) in self.outcome.shown.iter_mut().zip(&mut self.fingerprints) {
            if all || source.is_some_and(|source| shown.diagnostic.touches(source)) {
                shown.diagnostic = judge_row(rule, world, &rule.cases()[shown.case], &shown.row);
                *known = fingerprint(&shown.diagnostic, world.sources);
            }
        }
        self
    }

    fn raised(self) -> impl Iterator<Item = Raised> {
        self.outcome.diagnostics().map(|diagnostic| (diagnostic, None))
    }
}
