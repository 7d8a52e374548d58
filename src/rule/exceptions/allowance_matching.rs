//! Reads the allowances of all claims, and matches each with its rule and the findings that it covers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::allowance::Allowance;
use super::problems;
use super::record::{Exception, ExceptionSource, ExceptionState};
use crate::condition::PlaceTarget;
use crate::diagnostic::{Code, Diagnostic, TextEdit};
use crate::model::{BlockId, Corpus, DateRange, Value};
use crate::rule::context::LintContext;
use crate::rule::finding::{Finding, SuppressedBy, Suppression};
use crate::rule::pack::set::{Rule, RuleSet};
use crate::rule::repair::edits::EditBuilder;
use crate::schema::{FieldId, Schema};
use crate::text::{Nearest, SourceId};

/// The kind of block that an exception is.
const KIND: &str = "allowance";

/// The fields of an exception.
#[derive(Clone, Copy)]
struct ExceptionFields {
    rule: FieldId,
    reason: FieldId,
    until: FieldId,
}

/// The findings by what an exception covers, so that none has to look at all of them.
#[derive(Default)]
struct FindingIndex {
    by_place: BTreeMap<(Code, SourceId, u32), Vec<usize>>,
    by_role: HashMap<(Code, String), Vec<usize>>,
}

/// An exception and the rule that it speaks of; or why it does not hold.
pub(crate) type MatchedException<'a> = (Allowance, Result<&'a Rule, (ExceptionState, Option<Diagnostic>)>);

/// Every exception of the claims, held against the rules and the day.
pub(crate) fn held<'a>(rules: &'a RuleSet, context: &LintContext<'_>) -> Vec<MatchedException<'a>> {
    let mut register = ExceptionTargets { rules, today: context.today, nearest: Nearest::default() };
    let hold = |allowance: Allowance| {
        let rule = register.rule(&allowance);
        (allowance, rule)
    };
    read(context.corpus).into_iter().map(hold).collect()
}

/// Marks the findings that exceptions cover. Returns the exceptions, and what is wrong with them.
pub(crate) fn apply(
    findings: &mut [Finding],
    allowances: Vec<MatchedException<'_>>,
    rules: &RuleSet,
    context: &LintContext<'_>,
) -> (Vec<Exception>, Vec<Diagnostic>) {
    if allowances.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let index = FindingIndex::new(findings);
    let blurred = blurred(findings, rules);
    let (mut exceptions, mut wrong) = (Vec::new(), Vec::new());
    // Two exceptions of one block that speak of one rule cover the same.
    let mut holding: HashMap<(Code, BlockId), usize> = HashMap::new();
    for (allowance, rule) in allowances {
        let (holds, state) = match rule {
            Err((state, problem)) => {
                wrong.extend(problem);
                (0, state)
            }
            Ok(rule) => {
                wrong.extend(problems::former_name(&allowance, &rule.meta));
                let holds = *holding.entry((rule.meta.code.clone(), allowance.carrier)).or_insert_with(|| {
                    let covered = index.covered(&rule.meta.code, &allowance, context.corpus);
                    covered.iter().for_each(|at| allowance.silence(&mut findings[*at]));
                    covered.len()
                });
                // What a value that cannot be read keeps silent may well be what the exception is for.
                if holds == 0 && rule.is_on() && !blurred.contains(&allowance.rule_span.source) {
                    let problem = problems::unused_allowance(&allowance, &rule.meta);
                    wrong.push(problem.edits(allowance.removed(context)));
                }
                (holds, if holds == 0 { ExceptionState::Unused } else { ExceptionState::Used })
            }
        };
        exceptions.push(allowance.record(holds, state));
    }
    (exceptions, wrong)
}

/// The files in which rules stay silent on something.
fn blurred(findings: &[Finding], rules: &RuleSet) -> BTreeSet<SourceId> {
    let silences =
        |finding: &&Finding| rules.get(&finding.diagnostic.code).is_none_or(|rule| rule.meta.silences_others());
    findings.iter().filter(silences).map(|finding| finding.diagnostic.primary.span.source).collect()
}

/// What an exception is held against.
struct ExceptionTargets<'a> {
    rules: &'a RuleSet,
    today: DateRange,
    nearest: Nearest,
}

impl<'a> ExceptionTargets<'a> {
    /// The rule that an exception speaks of, if it may and its last day has not passed.
    fn rule(&mut self, allowance: &Allowance) -> Result<&'a Rule, (ExceptionState, Option<Diagnostic>)> {
        let void = |problem| Err((ExceptionState::Void, problem));
        let Some(rule) = self.rules.named(&allowance.rule) else {
            if self.rules.incomplete {
                return void(None);
            }
            let advice = self.rules.advice_within(&mut self.nearest, &allowance.rule);
            return void(Some(problems::unknown_allowance(allowance, advice)));
        };
        if !rule.meta.ignorable {
            return void(Some(problems::not_ignorable(allowance, &rule.meta)));
        }
        match &allowance.reason {
            // That it is missing was reported, or that the last day is none.
            None => return void(None),
            Some(_) if allowance.is_broken => return void(None),
            Some(reason) if reason.trim().is_empty() => {
                let problem = problems::without_reason(&allowance.rule, allowance.rule_span);
                return void(Some(problem.role(problems::CARRIER, allowance.carrier_id.as_str())));
            }
            Some(_) => {}
        }
        match allowance.until {
            Some((until, _)) if until.before(&self.today) => {
                Err((ExceptionState::Expired, Some(problems::expired_allowance(allowance, &rule.meta))))
            }
            Some(_) | None => Ok(rule),
        }
    }
}

impl Allowance {
    /// The first exception that covers a finding gives the reason. Of a group only members were taken out.
    fn silence(&self, finding: &mut Finding) {
        if finding.diagnostic.group.is_none() {
            finding.suppressed.get_or_insert_with(|| self.suppression());
        }
    }

    /// What it does to a finding.
    pub(crate) fn suppression(&self) -> Suppression {
        Suppression { by: SuppressedBy::Allow, reason: self.reason.clone().unwrap_or_default() }
    }

    /// What takes it out of the claims.
    fn removed(&self, context: &LintContext<'_>) -> Vec<TextEdit> {
        let builder = EditBuilder { corpus: context.corpus, sources: context.sources };
        let fields = context.corpus.block(self.carrier).fields();
        let held = fields.flat_map(|held| held.values.iter().map(move |value| (held.field, value)));
        let mine = held.into_iter().find(|(_, value)| value.value == Value::Block(self.block));
        let target = mine.map(|(field, value)| PlaceTarget {
            block: self.carrier,
            field: Some(field),
            values: vec![value.span],
        });
        target.map(|target| builder.remove(&target)).unwrap_or_default()
    }

    fn record(self, holds: usize, state: ExceptionState) -> Exception {
        Exception {
            sort: ExceptionSource::Allow,
            rule: self.rule,
            at: self.rule_span,
            covers: self.carrier_id,
            reason: self.reason.unwrap_or_default(),
            until: self.until.map(|(days, _)| days),
            holds,
            state,
        }
    }
}

impl FindingIndex {
    fn new(findings: &[Finding]) -> FindingIndex {
        let mut index = FindingIndex::default();
        for (at, finding) in findings.iter().enumerate() {
            let (code, place) = (&finding.diagnostic.code, finding.diagnostic.primary.span);
            if let Some(group) = &finding.diagnostic.group {
                for id in &group.excused_by {
                    index.by_role.entry((code.clone(), id.clone())).or_default().push(at);
                }
                continue;
            }
            index.by_place.entry((code.clone(), place.source, place.start)).or_default().push(at);
            for id in finding.diagnostic.identity.roles.iter().flat_map(|(_, ids)| ids) {
                index.by_role.entry((code.clone(), id.clone())).or_default().push(at);
            }
        }
        index
    }

    /// The findings of a rule that lie in a block or in which it plays a part.
    fn covered(&self, code: &Code, allowance: &Allowance, corpus: &Corpus) -> BTreeSet<usize> {
        let whole = corpus.block(allowance.carrier).whole();
        let from = (code.clone(), whole.source, whole.start);
        let to = (code.clone(), whole.source, whole.end);
        let inside = self.by_place.range(from..to).flat_map(|(_, at)| at);
        let playing = self.by_role.get(&(code.clone(), allowance.carrier_id.clone()));
        inside.chain(playing.into_iter().flatten()).copied().collect()
    }
}

/// Whether the claims hold any exception.
pub(crate) fn any(corpus: &Corpus) -> bool {
    corpus.schema.kind_named(KIND).is_some_and(|kind| !corpus.of_kind(kind).is_empty())
}

/// All exceptions that could be read, in document order.
fn read(corpus: &Corpus) -> Vec<Allowance> {
    let Some(kind) = corpus.schema.kind_named(KIND) else { return Vec::new() };
    let Some(fields) = ExceptionFields::of(&corpus.schema) else { return Vec::new() };
    corpus.of_kind(kind).iter().filter_map(|block| fields.read(*block, corpus)).collect()
}

impl ExceptionFields {
    fn of(schema: &Schema) -> Option<ExceptionFields> {
        let kind = schema.kind_named(KIND)?;
        let field = |name| schema.field_of(kind, name);
        Some(ExceptionFields { rule: field("rule")?, reason: field("reason")?, until: field("until")? })
    }

    /// What an exception says; `None` when its rule is missing or was reported as broken.
    fn read(self, block: BlockId, corpus: &Corpus) -> Option<Allowance> {
        let rule = corpus.values(block, self.rule).first()?;
        let until = corpus.values(block, self.until).first();
        let carrier = corpus.block(block).outer()?;
        Some(Allowance {
            rule: rule.value.words()?.to_owned(),
            rule_span: rule.span,
            until: until.and_then(|held| Some((held.value.days()?, held.span))),
            reason: corpus.values(block, self.reason).first().and_then(|held| held.value.words()).map(str::to_owned),
            is_broken: corpus.is_broken(block, self.until),
            carrier_id: corpus.identity(carrier),
            carrier,
            block,
        })
    }
}
