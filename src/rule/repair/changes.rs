//! Small changes of the claims that a finding speaks of: guesses, each to be tried before it is told.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::edits::EditBuilder;
use crate::condition::{PlaceTarget, ScalarValue, Trace, TracedClause};
use crate::diagnostic::TextEdit;
use crate::model::{BlockId, Corpus, PlacedValue, Values, local};
use crate::rule::context::LintContext;
use crate::schema::{FieldId, FieldType, KindId};
use crate::text::Span;

/// How many words of a fixed choice are tried.
const WORDS: usize = 6;

/// How many values of other blocks are tried.
const ELSEWHERE: usize = 4;

/// How many blocks are looked at behind one that is proposed.
const REACH: usize = 1_000;

/// A change that may clear a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct RepairCandidate {
    /// What it does, as an order.
    pub what: String,
    /// How it is done.
    pub edits: Vec<TextEdit>,
    /// Whether a field is gone afterwards, with all that it said.
    pub drops: bool,
}

/// The changes of one value that the clauses of a finding suggest: in each claim that a name stands for, each value of
/// a field that some clause reads gives way to another block that the clauses speak of, or to another word; each such block
/// is added, and so is a value that the field has in other blocks; one of several values is taken out, and a field that
/// the judgement alone reads and that need not be there.
///
/// What a project declares of the things that claims speak of, such as where a scope lies or whom a treaty binds, is
/// changed only where the finding is about that declaration; a field that the schema keeps from being guessed never is:
/// the only use of that would be to silence a rule.
pub fn changes(context: &LintContext<'_>, trace: &Trace, at: Span) -> Vec<RepairCandidate> {
    let mut clauses: Vec<&TracedClause> = trace.when.iter().chain([trace.judgement.formula()]).collect();
    let mut next = 0;
    while let Some(clause) = clauses.get(next).copied() {
        clauses.extend(&clause.parts);
        next += 1;
    }
    let about = clauses.iter().filter_map(|clause| clause.about.as_ref()).map(|(_, element)| element);
    let known = trace.bound.iter().map(|bound| &bound.element).chain(about);
    let blocks: BTreeSet<BlockId> = known.filter_map(ScalarValue::block).collect();
    let facts = clauses.iter().flat_map(|clause| &clause.facts).flat_map(|fact| &fact.elements);
    let seen: BTreeSet<BlockId> = blocks.iter().copied().chain(facts.filter_map(ScalarValue::block)).collect();
    let builder = EditBuilder { corpus: context.corpus, sources: context.sources };
    let around = blocks.iter().copied().filter(|block| context.corpus.block(*block).whole().contains(at));
    let subject = around.min_by_key(|block| context.corpus.block(*block).whole().len());
    let guess = CandidateSource { builder, trace, seen: &seen, subject };
    blocks.iter().flat_map(|block| guess.of_block(*block)).collect()
}

/// The fields of the block in which a finding stands that its clauses read and for which nothing is proposed: what they hold is
/// on record about the block rather than said by the text.
pub fn unguessed(context: &LintContext<'_>, trace: &Trace, at: Span) -> Vec<String> {
    let corpus = context.corpus;
    let bound = trace.bound.iter().filter_map(|bound| bound.element.block());
    let around = bound.filter(|block| corpus.block(*block).whole().contains(at));
    let Some(subject) = around.min_by_key(|block| corpus.block(*block).whole().len()) else { return Vec::new() };
    let fields = corpus.schema.kind(corpus.kind(subject)).fields.iter().filter(|field| reads(trace, **field));
    let declared = fields.map(|field| corpus.schema.field(*field));
    declared.filter(|field| !field.guess && !field.is_virtual()).map(|field| field.name.clone()).collect()
}

/// Whether some clause reads a field.
fn reads(trace: &Trace, field: FieldId) -> bool {
    trace.guarding.contains(&field) || trace.judged.contains(&field)
}

/// What guesses are made from.
struct CandidateSource<'a> {
    builder: EditBuilder<'a>,
    /// How the rule came out.
    trace: &'a Trace,
    /// The blocks that the clauses speak of.
    seen: &'a BTreeSet<BlockId>,
    /// The block in which the finding stands.
    subject: Option<BlockId>,
}

impl<'a> CandidateSource<'a> {
    fn of_block(&self, block: BlockId) -> Vec<RepairCandidate> {
        let schema = &self.builder.corpus.schema;
        let kind = self.builder.corpus.block(block).kind();
        let may_be = |field: &FieldId| {
            let declared = schema.field(*field);
            let is_open = schema.may_guess(kind, *field) || declared.guess && self.subject == Some(block);
            reads(self.trace, *field) && is_open && !declared.is_virtual()
        };
        let read = schema.kind(kind).fields.iter().copied().filter(may_be);
        read.flat_map(|field| self.of_field(block, field)).collect()
    }

    fn of_field(&self, block: BlockId, field: FieldId) -> Vec<RepairCandidate> {
        let corpus = self.builder.corpus;
        let declared = corpus.schema.field(field);
        let name = &declared.name;
        let of = corpus.name(block);
        let held = corpus.values(block, field);
        let others = self.others(block, field, held);
        let change = |what: String, edits: Vec<TextEdit>| RepairCandidate { what, edits, drops: false };
        let mut changes = Vec::new();
        for value in held {
            let target = PlaceTarget { block, field: Some(field), values: vec![value.span] };
            let words = self.builder.sources.slice(value.span);
            if held.len() > 1 {
                let taken = self.builder.remove(&target);
                changes.push(change(format!("remove `{words}` from `{name}` of `{of}`"), taken));
            }
            changes.extend(others.iter().map(|other| {
                let what = format!("write `{other}` instead of `{words}` in `{name}` of `{of}`");
                change(what, self.builder.replace(&target, other))
            }));
        }
        let target = PlaceTarget { block, field: Some(field), values: held.iter().map(|value| value.span).collect() };
        // Without a field that `for` or `when` reads, the rule would only no longer look at the block.
        let may_go = !declared.card.required && !self.trace.guarding.contains(&field);
        if !held.is_empty() && may_go {
            let edits = self.builder.remove(&target);
            changes.push(RepairCandidate { what: format!("remove `{name}` from `{of}`"), edits, drops: true });
        }
        if held.is_empty() || declared.card.many {
            changes.extend(
                others.iter().map(|other| {
                    change(format!("add `{other}` to `{name}` of `{of}`"), self.builder.add(&target, other))
                }),
            );
            changes.extend(self.elsewhere(block, field, &others).iter().map(|other| {
                // Which text or number it is, only who reads the document can know.
                let what = match declared.holds.kinds() {
                    Some(_) => format!("add `{other}` to `{name}` of `{of}`"),
                    None => format!("add `{name}` to `{of}`; tried with `{other}`"),
                };
                change(what, self.builder.add(&target, other))
            }));
        }
        changes.retain(|change| !change.edits.is_empty());
        changes
    }

    /// What the field could hold and does not: blocks that the clauses speak of, by the names by which the block would
    /// call them, or the words of a fixed choice.
    fn others(&self, block: BlockId, field: FieldId, held: Values<'_>) -> Vec<String> {
        let corpus: &'a Corpus = self.builder.corpus;
        let holds = &corpus.schema.field(field).holds;
        if let Some(kinds) = holds.kinds() {
            return self.blocks(block, kinds, held);
        }
        let words = match holds {
            FieldType::Enum(words) => words.clone(),
            FieldType::Flag => vec!["yes".to_owned(), "no".to_owned()],
            FieldType::Fields => vec!["yes".to_owned()],
            FieldType::Ref(_)
            | FieldType::Text
            | FieldType::Words
            | FieldType::Term
            | FieldType::Number
            | FieldType::Date
            | FieldType::Period
            | FieldType::File => Vec::new(),
        };
        let is_there = |word: &String| held.iter().any(|held| self.builder.sources.slice(held.span) == word);
        words.into_iter().filter(|word| !is_there(word)).take(WORDS).collect()
    }

    /// What the field has in other blocks, the most frequent first: blocks, or else those of its kinds; and one text, number or
    /// date, as an example.
    fn elsewhere(&self, block: BlockId, field: FieldId, known: &[String]) -> Vec<String> {
        let corpus: &'a Corpus = self.builder.corpus;
        let blocks = corpus.with_field(field).into_iter().filter(|other| *other != block);
        let values = blocks.flat_map(|other| corpus.values(other, field));
        match &corpus.schema.field(field).holds {
            FieldType::Ref(kinds) => {
                let used = by_frequency(values.filter_map(|value| value.value.block()));
                let declared =
                    if kinds.is_empty() { Vec::new() } else { corpus.of_kinds(corpus.schema.concrete(kinds)) };
                let fitting = self.fitting(block, kinds, corpus.values(block, field));
                let all = used.into_iter().chain(declared).filter(fitting);
                let mut names: Vec<String> = Vec::new();
                for name in all.filter_map(|other| self.local_name(other, block)) {
                    if names.len() < ELSEWHERE && !names.contains(&name) && !known.contains(&name) {
                        names.push(name);
                    }
                }
                names
            }
            FieldType::Text | FieldType::Words | FieldType::Term => {
                let used = self.most_frequent(values).unwrap_or_else(|| "\"...\"".to_owned());
                vec![used]
            }
            FieldType::Number | FieldType::Date | FieldType::Period => self.most_frequent(values).into_iter().collect(),
            FieldType::Enum(_) | FieldType::Flag | FieldType::Fields | FieldType::File => Vec::new(),
        }
    }

    /// The value that is written most often, of those on one line.
    fn most_frequent(&self, values: impl Iterator<Item = PlacedValue<'a>>) -> Option<String> {
        let written = values.map(|value| self.builder.sources.slice(value.span));
        by_frequency(written.filter(|text| !text.contains('\n'))).first().map(|text| (*text).to_owned())
    }

    /// Blocks of these kinds that the clauses speak of, by the names by which the block would call them.
    fn blocks(&self, block: BlockId, kinds: &[KindId], held: Values<'_>) -> Vec<String> {
        let fitting = self.fitting(block, kinds, held);
        let seen = self.seen.iter().copied().filter(fitting);
        seen.filter_map(|other| self.local_name(other, block)).collect()
    }

    /// Whether a field of these kinds could hold a block that it does not; but not a whole of which it holds a part, which says
    /// less.
    fn fitting(&self, block: BlockId, kinds: &'a [KindId], held: Values<'_>) -> impl Fn(&BlockId) -> bool {
        let corpus: &'a Corpus = self.builder.corpus;
        let outer = move |block: &BlockId| corpus.block(*block).outer();
        let held: BTreeSet<BlockId> = held.iter().filter_map(|held| held.value.block()).collect();
        let around: BTreeSet<BlockId> =
            held.iter().flat_map(|block| std::iter::successors(outer(block), outer)).collect();
        move |other| {
            let is_new = !held.contains(other) && !around.contains(other) && *other != block;
            is_new && corpus.schema.allows(kinds, corpus.block(*other).kind()) && self.is_sound(*other)
        }
    }

    /// Whether no rule would fall silent for a block, since a value that it reads from there was reported as broken.
    fn is_sound(&self, block: BlockId) -> bool {
        let corpus = self.builder.corpus;
        let (mut met, mut open) = (BTreeSet::from([block]), vec![block]);
        while let Some(next) = open.pop() {
            for field in self.trace.guarding.union(&self.trace.judged) {
                if corpus.is_broken(next, *field) {
                    return false;
                }
                let targets = corpus.targets(next, *field);
                open.extend(targets.into_iter().filter(|target| met.len() < REACH && met.insert(*target)));
            }
        }
        true
    }

    /// The name by which a block calls another.
    fn local_name(&self, other: BlockId, block: BlockId) -> Option<String> {
        let corpus: &'a Corpus = self.builder.corpus;
        corpus.block(other).id().map(|id| local(id, corpus.block(block).namespace()).to_owned())
    }
}

/// Each of several things once, the most frequent first; of equals, that which comes first.
fn by_frequency<T: Ord + Copy>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut counts: BTreeMap<T, (usize, usize)> = BTreeMap::new();
    for (position, one) in all.enumerate() {
        counts.entry(one).or_insert((0, position)).0 += 1;
    }
    let mut counted: Vec<(T, (usize, usize))> = counts.into_iter().collect();
    counted.sort_by_key(|(_, (count, first))| (Reverse(*count), *first));
    counted.into_iter().map(|(one, _)| one).collect()
}
