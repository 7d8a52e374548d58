//! Levels that hold in some files only, each with the reason on record.

use std::collections::HashMap;

use super::problems;
use super::record::{Exception, ExceptionSource, ExceptionState};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::context::LintContext;
use crate::rule::finding::{SuppressedBy, Suppression};
use crate::rule::level::Level;
use crate::rule::pack::set::{Rule, RuleSet};
use crate::rule::settings::{Override, RuleSetting};
use crate::text::{SourceId, Span};

/// The overrides of a run, and what each of their entries did.
pub(crate) struct Overriding<'a> {
    all: &'a [Override],
    rules: &'a RuleSet,
    context: &'a LintContext<'a>,
    namespaces: HashMap<SourceId, &'a str>,
    /// By file, the overrides that hold there.
    holding: HashMap<SourceId, Vec<usize>>,
    /// How many findings each entry gave their severity or suppressed.
    counted: HashMap<(usize, usize), usize>,
}

/// Why a rule says nothing of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SilencingReason {
    /// The entry of an override.
    By(usize, usize),
    /// It is off, and no override holds there.
    Off,
}

impl<'a> Overriding<'a> {
    pub(crate) fn new(rules: &'a RuleSet, context: &'a LintContext<'a>) -> Overriding<'a> {
        let corpus = context.corpus;
        let blocks = corpus.block_ids().map(|block| (corpus.source(block), corpus.block(block).namespace()));
        let namespaces = if context.settings.overrides.is_empty() { HashMap::new() } else { blocks.collect() };
        let (holding, counted) = (HashMap::new(), HashMap::new());
        Overriding { all: &context.settings.overrides, rules, context, namespaces, holding, counted }
    }

    /// The severity of a finding of a rule at a place, and what silences it there; `None` when it is not asked for.
    pub(crate) fn assign_severity(&mut self, rule: &Rule, at: Span) -> Option<(Severity, Option<Suppression>)> {
        let Some((number, entry)) = self.deciding(rule, at.source) else { return Some((rule.level.severity()?, None)) };
        *self.counted.entry((number, entry)).or_default() += 1;
        let by = &self.all[number];
        match by.entries[entry].level.and_then(Level::severity) {
            Some(severity) => Some((severity, None)),
            None => {
                let silenced = Suppression { by: SuppressedBy::Override, reason: by.reason.clone() };
                Some((rule.level.severity()?, Some(silenced)))
            }
        }
    }

    /// Why a rule says nothing of a file; nothing if it does. That is not counted yet.
    pub(crate) fn silences(&mut self, rule: &Rule, file: SourceId) -> Option<SilencingReason> {
        let Some((number, entry)) = self.deciding(rule, file) else {
            return rule.level.severity().is_none().then_some(SilencingReason::Off);
        };
        let by = &self.all[number];
        let is_off = by.entries[entry].level.and_then(Level::severity).is_none();
        is_off.then_some(SilencingReason::By(number, entry))
    }

    /// What silences by an entry that took something out of a finding, which is now counted.
    pub(crate) fn count(&mut self, silence: SilencingReason) -> Option<Suppression> {
        let SilencingReason::By(number, entry) = silence else { return None };
        *self.counted.entry((number, entry)).or_default() += 1;
        Some(Suppression { by: SuppressedBy::Override, reason: self.all[number].reason.clone() })
    }

    /// The entry that decides on a rule in a file: the closest, the last of equally close ones.
    fn deciding(&mut self, rule: &Rule, file: SourceId) -> Option<(usize, usize)> {
        let holding = self.holding(file);
        let entries = holding.into_iter().filter_map(|number| {
            let (reach, entry) = self.all[number].entry(&rule.meta)?;
            Some((reach, number, entry))
        });
        entries.max().map(|(_, number, entry)| (number, entry))
    }

    fn holding(&mut self, file: SourceId) -> Vec<usize> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let (all, context) = (self.all, self.context);
        let namespace = self.namespaces.get(&file).copied().unwrap_or_default();
        let covers =
            |by: &Override| !by.is_expired(context.today) && by.covers(context.sources.get(file).name(), namespace);
        let find = || (0..all.len()).filter(|number| covers(&all[*number])).collect();
        self.holding.entry(file).or_insert_with(find).clone()
    }

    /// Every entry as an exception, and what is wrong with it. Whether one is unused can only be told
    /// when everything was read.
    pub(crate) fn account(&self, whole: bool) -> (Vec<Exception>, Vec<Diagnostic>) {
        let numbered = self.all.iter().enumerate();
        let entries = numbered.flat_map(|(number, by)| (0..by.entries.len()).map(move |entry| (number, by, entry)));
        let mut wrong = Vec::new();
        let exceptions = entries.map(|(number, by, entry)| {
            let holds = self.counted.get(&(number, entry)).copied().unwrap_or_default();
            let setting = &by.entries[entry];
            let state = self.state(by, setting, holds);
            match state {
                ExceptionState::Expired => wrong.push(problems::expired_override(by, setting)),
                // That it names no file was reported.
                ExceptionState::Unused if whole && self.is_met(by) => {
                    wrong.push(problems::unused_override(by, setting))
                }
                ExceptionState::Unused | ExceptionState::Used | ExceptionState::Void => {}
            }
            exception(by, setting, (holds, state))
        });
        (exceptions.collect(), wrong)
    }

    /// Whether there is any file in which an override holds.
    fn is_met(&self, by: &Override) -> bool {
        let name = |file: &SourceId| self.context.sources.get(*file).name();
        self.namespaces.iter().any(|(file, namespace)| by.covers(name(file), namespace))
    }

    fn state(&self, by: &Override, entry: &RuleSetting, holds: usize) -> ExceptionState {
        let mut matched = self.rules.iter().filter(|rule| entry.counting(&rule.meta).is_some()).peekable();
        let known = matched.peek().is_some();
        // What is more severe than before is a demand, which needs no finding to be met.
        let excuses = matched.any(|rule| entry.level.and_then(Level::severity) < rule.level.severity());
        match (known, excuses) {
            (false, _) => ExceptionState::Void,
            (true, _) if by.is_expired(self.context.today) => ExceptionState::Expired,
            (true, true) if holds == 0 => ExceptionState::Unused,
            (true, _) => ExceptionState::Used,
        }
    }
}

fn exception(by: &Override, entry: &RuleSetting, (holds, state): (usize, ExceptionState)) -> Exception {
    Exception {
        sort: ExceptionSource::Override,
        rule: entry.subject.value.clone(),
        at: entry.subject.span,
        covers: by.scope(),
        reason: by.reason.clone(),
        until: by.until.as_ref().map(|until| until.value),
        holds,
        state,
    }
}
