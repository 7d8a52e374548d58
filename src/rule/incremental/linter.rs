//! What rules found in a project that stays in memory, and how little of it must be found again after an edit.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::delta::{RowSlice, RuleDelta, RuleInvalidation, answer};
use super::store::{DiagnosticStore, EntryId, Producer, StoredDiagnostic};
use crate::condition::{ColumnStore, Row};
use crate::diagnostic::Diagnostic;
use crate::model::{BlockId, Corpus};
use crate::rule::context::LintContext;
use crate::rule::exceptions::allowance_matching;
use crate::rule::finding::{Finding, Fingerprint};
use crate::rule::judge::all_rules::{RuleOutcomes, all_judged};
use crate::rule::judge::one_rule::{diagnose_row, lint_rule};
use crate::rule::judge::outcome::RawDiagnostic;
use crate::rule::judge::outcome::{ReportedRow, RuleCost, RuleOutcome};
use crate::rule::lint::{LintOutput, fingerprint, in_order, plainly, with_severities};
use crate::rule::pack::case::compile::RuleCase;
use crate::rule::pack::set::{Rule, RuleSet};
use crate::rule::settings::Settings;
use crate::text::{SourceId, Sources};

/// All diagnostics of a project, and what else is known of its rules.
#[derive(Default)]
pub struct IncrementalLinter {
    store: DiagnosticStore,
    /// By the number of the rule among those that are evaluated.
    known: Vec<RuleState>,
    tally: LintTally,
}

/// What is known of a rule.
#[derive(Default)]
struct RuleState {
    given_up: bool,
    effort: Option<RuleCost>,
    /// How many steps it took since it was last evaluated for all blocks.
    spent: u64,
}

/// How often rules were evaluated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LintTally {
    /// About all blocks.
    pub whole: usize,
    /// About some.
    pub part: usize,
    /// Not at all, since nothing that they read had changed.
    pub kept: usize,
}

impl IncrementalLinter {
    /// Asks all rules about all blocks.
    pub fn lint(&mut self, rules: &RuleSet, context: &LintContext<'_>) {
        let RuleOutcomes { outcomes, cut } = all_judged(rules, context);
        self.publish(Producer::Run, cut, context.sources);
        self.known = outcomes.iter().map(|_| RuleState::default()).collect();
        for (number, outcome) in outcomes.into_iter().enumerate() {
            self.keep(number, outcome, context);
        }
    }

    /// Evaluates again what an edit concerns.
    pub fn relint(&mut self, rules: &RuleSet, context: &LintContext<'_>, edit: RuleInvalidation<'_>) {
        if self.is_limited(context.run_steps) {
            return self.lint(rules, context);
        }
        let evaluated = rules.with_conditions();
        let columns = OnceLock::new();
        let ask = |(number, rule): (usize, &&Rule)| {
            let known = &self.known[number];
            let few = if known.is_limited(context.steps) { None } else { answer(rule, context, edit) };
            few.ok_or_else(|| {
                Box::new(lint_rule(rule, context, columns.get_or_init(|| ColumnStore::new(context.corpus))))
            })
        };
        let answers: Vec<Result<RuleDelta, Box<RuleOutcome>>> = evaluated.par_iter().enumerate().map(ask).collect();
        let mut again: BTreeSet<EntryId> = BTreeSet::new();
        for (number, answer) in answers.into_iter().enumerate() {
            match answer {
                Err(whole) => self.keep(number, *whole, context),
                Ok(RuleDelta { parts, speaks_of }) => {
                    *(if parts.is_empty() { &mut self.tally.kept } else { &mut self.tally.part }) += 1;
                    self.replace((number, evaluated[number]), parts, context);
                    again.extend(self.mentioning((Producer::Rule(number), speaks_of), edit));
                }
            }
        }
        self.redraw(&evaluated, again.into_iter().collect(), context);
    }

    /// Puts the diagnostics of a producer in the place of those that it had before.
    pub fn publish(
        &mut self,
        producer: Producer,
        diagnostics: impl IntoIterator<Item = Diagnostic>,
        sources: &Sources,
    ) {
        for number in self.store.of(producer) {
            self.store.take(number);
        }
        for diagnostic in diagnostics {
            let fingerprint = fingerprint(&diagnostic, sources);
            self.store.put(StoredDiagnostic { producer, diagnostic, fingerprint, row: None, left_out: 0 });
        }
    }

    /// The diagnostics of producers other than rules that mention a file, and who produced them.
    pub fn published_for(&self, source: SourceId) -> impl Iterator<Item = (Producer, &Diagnostic)> {
        let entries = self.store.mentioning(source).into_iter().map(|number| self.store.entry(number));
        entries.filter(|entry| entry.row.is_none()).map(|entry| (entry.producer, &entry.diagnostic))
    }

    /// Changes some of the diagnostics of producers other than rules that mention a file.
    pub fn relocate(
        &mut self,
        source: SourceId,
        is_moved: impl Fn(Producer) -> bool,
        (sources, change): (&Sources, impl Fn(&mut Diagnostic)),
    ) {
        for number in self.store.mentioning(source) {
            if is_moved(self.store.entry(number).producer) {
                let mut entry = self.store.take(number);
                change(&mut entry.diagnostic);
                entry.fingerprint = fingerprint(&entry.diagnostic, sources);
                self.store.put(entry);
            }
        }
    }

    /// The files that have a new diagnostic, or have lost one, since this was last called. Where exceptions count, something else
    /// may be found in others, too.
    pub fn changed(&mut self) -> BTreeSet<SourceId> {
        self.store.changed()
    }

    /// The files that have diagnostics, some more than once.
    pub fn files(&self) -> impl Iterator<Item = SourceId> {
        self.store.all().map(|entry| entry.diagnostic.primary.span.source)
    }

    /// Whether what is found in a file depends on nothing but its diagnostics, for there are no exceptions.
    pub fn is_plain(corpus: &Corpus, settings: &Settings) -> bool {
        settings.overrides.is_empty() && !allowance_matching::any(corpus)
    }

    /// What is found in one file, where that is plain: in order.
    pub fn found(&self, source: SourceId, rules: &RuleSet, sources: &Sources) -> Vec<Finding> {
        let entries = self.store.mentioning(source).into_iter().map(|number| self.store.entry(number));
        let here = entries.filter(|entry| entry.diagnostic.primary.span.source == source);
        let mut findings = plainly(here.map(|entry| (entry.diagnostic.clone(), entry.fingerprint.clone())), rules);
        findings.sort_by(|a, b| in_order(a, b, sources));
        let mut nth: HashMap<String, usize> = HashMap::new();
        for finding in &mut findings {
            let name = finding.fingerprint.clone();
            if self.store.named(&name).nth(1).is_some() {
                let before = nth.entry(name.to_string()).or_insert_with(|| self.before(source, &name, sources));
                *before += 1;
                finding.fingerprint = name.numbered(*before);
            }
        }
        findings
    }

    /// How many findings of a name stand in files that come before one.
    fn before(&self, source: SourceId, name: &Fingerprint, sources: &Sources) -> usize {
        let file = |source: SourceId| sources.get(source).name();
        let places = self.store.named(name).map(|number| self.store.entry(number).diagnostic.primary.span.source);
        places.filter(|other| *other != source && file(*other) < file(source)).count()
    }

    /// Everything that is found, with what excuses it.
    pub fn output(&self, rules: &RuleSet, context: &LintContext<'_>) -> LintOutput {
        let diagnostics = self.store.all().map(|entry| RawDiagnostic {
            name: Some(entry.fingerprint.clone()),
            row: entry.row.as_ref().filter(|_| entry.diagnostic.group.is_some()).cloned(),
            ..RawDiagnostic::from(entry.diagnostic.clone())
        });
        LintOutput { effort: self.effort(), ..with_severities(rules, context, diagnostics) }
    }

    /// The same, for whoever lints no more.
    pub fn into_output(self, rules: &RuleSet, context: &LintContext<'_>) -> LintOutput {
        let effort = self.effort();
        let diagnostics = self.store.into_all().map(|entry| RawDiagnostic {
            name: Some(entry.fingerprint),
            row: entry.row.filter(|_| entry.diagnostic.group.is_some()),
            ..RawDiagnostic::from(entry.diagnostic)
        });
        LintOutput { effort, ..with_severities(rules, context, diagnostics) }
    }

    fn effort(&self) -> Vec<RuleCost> {
        self.known.iter().filter_map(|known| known.effort.clone()).collect()
    }

    /// How often rules were evaluated so far.
    pub fn tally(&self) -> LintTally {
        self.tally
    }

    /// Whether the rules may have come so near to the most steps that they may take together that only asking all of them about
    /// all blocks tells.
    fn is_limited(&self, most: u64) -> bool {
        let taken = self.known.iter().map(RuleState::steps).fold(0, u64::saturating_add);
        taken > most / 2 || !self.store.of(Producer::Run).is_empty()
    }

    /// Keeps all that a rule found.
    fn keep(&mut self, number: usize, outcome: RuleOutcome, context: &LintContext<'_>) {
        self.tally.whole += 1;
        self.publish(Producer::Rule(number), outcome.given_up.iter().cloned(), context.sources);
        let given_up = outcome.given_up.is_some() || outcome.is_cut;
        self.known[number] = RuleState { given_up, effort: outcome.effort, spent: 0 };
        let named: Vec<StoredDiagnostic> =
            outcome.shown.into_par_iter().map(|shown| entry(Producer::Rule(number), shown, context.sources)).collect();
        named.into_iter().for_each(|entry| self.store.put(entry));
    }

    /// Puts rows that begin with some blocks in the place of those that did.
    fn replace(&mut self, (number, rule): (usize, &Rule), parts: Vec<RowSlice>, context: &LintContext<'_>) {
        let producer = Producer::Rule(number);
        for part in parts {
            let case = &rule.cases()[part.case];
            self.known[number].spent += part.steps;
            let mut gone = self.beginning(producer, &part, case);
            let mut new = Vec::new();
            for row in part.rows.iter().map(|row| (part.case, row.clone())) {
                match gone.iter().position(|number| self.store.entry(*number).row.as_ref() == Some(&row)) {
                    Some(at) => drop(gone.swap_remove(at)),
                    None => new.push(row),
                }
            }
            gone.into_iter().for_each(|number| drop(self.store.take(number)));
            let draw = |row: (usize, Row)| entry(producer, shown(rule, context, (row, 0)), context.sources);
            let drawn: Vec<StoredDiagnostic> = new.into_par_iter().map(draw).collect();
            drawn.into_iter().for_each(|entry| self.store.put(entry));
        }
    }

    /// What a rule says of rows that begin with some blocks.
    fn beginning(&self, producer: Producer, part: &RowSlice, case: &RuleCase) -> Vec<EntryId> {
        let about = part.blocks.iter().flat_map(|block| self.store.about(producer, *block));
        let begins =
            |number: &EntryId| self.store.entry(*number).row.as_ref().is_some_and(|row| part.begins(case, row));
        let found: BTreeSet<EntryId> = about.filter(begins).collect();
        found.into_iter().collect()
    }

    /// What a rule says that may be said otherwise after an edit.
    fn mentioning(
        &self,
        (producer, speaks_of): (Producer, Option<Vec<BlockId>>),
        edit: RuleInvalidation<'_>,
    ) -> Vec<EntryId> {
        let Some(blocks) = speaks_of else { return self.store.of(producer) };
        let here = edit.changes.source().map(|source| self.store.mentioning(source)).unwrap_or_default();
        let mine = here.into_iter().filter(|number| self.store.entry(*number).producer == producer);
        mine.chain(blocks.iter().flat_map(|block| self.store.about(producer, *block))).collect()
    }

    /// Says again what is said of some rows.
    fn redraw(&mut self, evaluated: &[&Rule], numbers: Vec<EntryId>, context: &LintContext<'_>) {
        let again = |number: &EntryId| {
            let StoredDiagnostic { producer: Producer::Rule(rule), row: Some(row), left_out, diagnostic, fingerprint } =
                self.store.entry(*number)
            else {
                return None;
            };
            let new = entry(
                Producer::Rule(*rule),
                shown(evaluated[*rule], context, (row.clone(), *left_out)),
                context.sources,
            );
            let is_other = new.diagnostic != *diagnostic || new.fingerprint != *fingerprint;
            is_other.then_some((*number, new))
        };
        let told: Vec<(EntryId, StoredDiagnostic)> = numbers.par_iter().filter_map(again).collect();
        for (number, entry) in told {
            self.store.take(number);
            self.store.put(entry);
        }
    }
}

impl RuleState {
    /// Whether a rule may have come so near to the most steps it may take that only asking it about all blocks tells.
    fn is_limited(&self, most: u64) -> bool {
        self.given_up || self.steps() > most / 2
    }

    /// How many steps it has taken since it was last evaluated for all blocks, and then.
    fn steps(&self) -> u64 {
        self.effort.as_ref().map_or(0, |effort| effort.steps).saturating_add(self.spent)
    }
}

fn shown(rule: &Rule, context: &LintContext<'_>, ((case, row), left_out): ((usize, Row), usize)) -> ReportedRow {
    let diagnostic = diagnose_row(rule, context, (&rule.cases()[case], &row), left_out);
    ReportedRow { case, row, left_out, diagnostic }
}

fn entry(producer: Producer, shown: ReportedRow, sources: &Sources) -> StoredDiagnostic {
    let fingerprint = fingerprint(&shown.diagnostic, sources);
    let row = Some((shown.case, shown.row));
    StoredDiagnostic { producer, diagnostic: shown.diagnostic, fingerprint, row, left_out: shown.left_out }
}
