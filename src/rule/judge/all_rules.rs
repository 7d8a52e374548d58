//! Shares out the steps of a run among its rules, so that many costly ones do not take many times what one may.
//!
//! Every rule may first take a small part of the steps of the run; nearly all need less. Then those that ran out of it begin
//! again, one after the other, each with the steps that one rule may take, as long as those before them leave any. So what is
//! cheap is judged whatever is costly, and which rules are cut depends on nothing but how many steps each one takes.

use super::one_rule::lint_rule_within;
use super::outcome::RuleOutcome;
use super::problems;
use crate::condition::ColumnStore;
use crate::diagnostic::Diagnostic;
use crate::rule::context::LintContext;
use crate::rule::pack::set::{Rule, RuleSet};
use crate::text::parallel_map_within;

/// What a rule may take before it counts as costly: one such part of the steps of the run.
const COSTLY: u64 = 16;

/// What all rules found.
#[derive(Default)]
pub(crate) struct RuleOutcomes {
    /// What each rule that is evaluated found, in the order of the rules.
    pub(crate) outcomes: Vec<RuleOutcome>,
    /// That some were not judged.
    pub(crate) cut: Option<Diagnostic>,
}

/// What each rule that is evaluated finds, whoever is ready first.
pub(crate) fn all_judged(rules: &RuleSet, context: &LintContext<'_>) -> RuleOutcomes {
    let evaluated = rules.with_conditions();
    let columns = ColumnStore::new(context.corpus);
    let part = context.steps.min(context.run_steps / COSTLY);
    let within = |rules: &[&Rule], most: u64, each: u64| -> Vec<RuleOutcome> {
        let judge = |rule: &&Rule| {
            let outcome = lint_rule_within(rule, context, (&columns, each));
            let steps = outcome.steps();
            (outcome, steps)
        };
        parallel_map_within(rules, most, judge).into_iter().map(|(outcome, _)| outcome).collect()
    };
    let mut all: Vec<RuleOutcome> = within(&evaluated, context.run_steps, part);
    let ends_there = |outcome: &RuleOutcome| outcome.given_up.is_none() || part == context.steps;
    let taken: u64 = all.iter().filter(|outcome| ends_there(outcome)).map(RuleOutcome::steps).sum();
    let mut left: Vec<usize> = (0..all.len()).filter(|number| !ends_there(&all[*number])).collect();
    left.extend(all.len()..evaluated.len());
    all.resize_with(evaluated.len(), RuleOutcome::default);
    if left.is_empty() {
        return RuleOutcomes { outcomes: all, cut: None };
    }
    let most = context.run_steps.saturating_sub(taken);
    let costly: Vec<&Rule> = left.iter().map(|number| evaluated[*number]).collect();
    let mut again = within(&costly, most, context.steps).into_iter();
    let mut sum = 0_u64;
    for number in &left {
        let outcome = again.next().filter(|outcome| {
            sum = sum.saturating_add(outcome.steps());
            sum <= most
        });
        all[*number] = outcome.unwrap_or_else(|| RuleOutcome { is_cut: true, ..RuleOutcome::default() });
    }
    let cut: Vec<&Rule> = left.iter().filter(|number| all[**number].is_cut).map(|number| evaluated[*number]).collect();
    let cut = (!cut.is_empty()).then(|| problems::out_of_steps(&cut, &dearest(&evaluated, &all), context.run_steps));
    RuleOutcomes { outcomes: all, cut }
}

/// The rules that took most, those first that took more, with their steps.
fn dearest<'a>(evaluated: &[&'a Rule], all: &[RuleOutcome]) -> Vec<(&'a Rule, u64)> {
    let mut dearest: Vec<(&Rule, u64)> = evaluated.iter().copied().zip(all.iter().map(RuleOutcome::steps)).collect();
    dearest.sort_by_key(|(_, steps)| std::cmp::Reverse(*steps));
    dearest.retain(|(_, steps)| *steps > 0);
    dearest
}
