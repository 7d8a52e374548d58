//! Takes out of groups the members that exceptions cover; a finding stands while two are left.

use std::collections::{BTreeSet, HashMap};

use super::allowance::Allowance;
use super::allowance_matching::MatchedException;
use super::overrides::Overriding;
use crate::condition::Row;
use crate::diagnostic::Code;
use crate::model::BlockId;
use crate::rule::context::LintContext;
use crate::rule::judge::one_rule::diagnose_row;
use crate::rule::judge::outcome::RawDiagnostic;
use crate::rule::pack::case::compile::RuleCase;
use crate::rule::pack::case::group::GroupTemplate;
use crate::rule::pack::set::{Rule, RuleSet};

/// What may take members out of groups.
pub(crate) struct MemberExemptions<'a> {
    rules: &'a RuleSet,
    context: &'a LintContext<'a>,
    /// By rule and by the block that carries it.
    allowances: HashMap<&'a Code, HashMap<BlockId, &'a Allowance>>,
}

impl<'a> MemberExemptions<'a> {
    /// The exceptions that hold.
    pub(crate) fn new(
        rules: &'a RuleSet,
        context: &'a LintContext<'a>,
        held: &'a [MatchedException<'a>],
    ) -> MemberExemptions<'a> {
        let mut allowances: HashMap<&Code, HashMap<BlockId, &Allowance>> = HashMap::new();
        for (allowance, rule) in held {
            if let Ok(rule) = rule {
                let mine = allowances.entry(&rule.meta.code).or_default();
                mine.entry(allowance.carrier).or_insert(allowance);
            }
        }
        MemberExemptions { rules, context, allowances }
    }

    /// What is left of a raw diagnostic: all of it unless it is of a group.
    pub(crate) fn standing(&self, mut raw: RawDiagnostic, overriding: &mut Overriding<'_>) -> Vec<RawDiagnostic> {
        let Some((number, row)) = raw.row.take() else { return vec![raw] };
        let Some((rule, case, group)) = self.group(&raw, number) else { return vec![raw] };
        let members = group.blocks(&row);
        let (mut left, mut silences, mut allowed) = (Vec::new(), BTreeSet::new(), Vec::new());
        for member in &members {
            let silence = overriding.silences(rule, self.context.corpus.source(*member));
            let allowance = self.allowance(rule, *member);
            if silence.is_none() && allowance.is_none() {
                left.push(*member);
            }
            silences.extend(silence);
            allowed.extend(allowance);
        }
        if left.len() == members.len() {
            return vec![raw];
        }
        let overridden = silences.into_iter().filter_map(|silence| overriding.count(silence)).collect::<Vec<_>>();
        let rows = group.rejoin(&row, &left, (&case.query, self.context.corpus));
        let excused_by: BTreeSet<String> = allowed.iter().map(|allowance| allowance.carrier_id.clone()).collect();
        let excused_by: Vec<String> = excused_by.into_iter().collect();
        match rows.unwrap_or_else(|| vec![row.among(&group.of, &left)]) {
            rows if rows.is_empty() => {
                let allowed = allowed.first().map(|allowance| allowance.suppression());
                raw.suppressed = overridden.into_iter().next().or(allowed);
                raw.diagnostic.group.iter_mut().for_each(|group| group.excused_by.clone_from(&excused_by));
                if raw.suppressed.is_some() { vec![raw] } else { Vec::new() }
            }
            rows => {
                let again = |row: &Row| {
                    let mut diagnostic = diagnose_row(rule, self.context, (case, row), 0);
                    diagnostic.identity = raw.diagnostic.identity.clone();
                    diagnostic.group.iter_mut().for_each(|group| group.excused_by.clone_from(&excused_by));
                    RawDiagnostic { name: raw.name.clone(), ..RawDiagnostic::from(diagnostic) }
                };
                rows.iter().map(again).collect()
            }
        }
    }

    /// The rule, the case and the group of a raw diagnostic.
    fn group(&self, raw: &RawDiagnostic, number: usize) -> Option<(&'a Rule, &'a RuleCase, &'a GroupTemplate)> {
        let rule = self.rules.get(&raw.diagnostic.code)?;
        let case = rule.cases().get(number)?;
        Some((rule, case, case.texts.group.as_ref()?))
    }

    /// The exception of a rule that a block carries, or one around it.
    fn allowance(&self, rule: &Rule, block: BlockId) -> Option<&'a Allowance> {
        let mine = self.allowances.get(&rule.meta.code)?;
        let outer = |block: &BlockId| self.context.corpus.block(*block).outer();
        std::iter::successors(Some(block), outer).find_map(|block| mine.get(&block).copied())
    }
}
