//! Small changes of the claims that a finding speaks of: guesses, each to be tried before it is told.

use std::collections::BTreeSet;

use super::edits::EditBuilder;
use crate::condition::{PlaceTarget, ScalarValue, Trace, TracedClause};
use crate::diagnostic::TextEdit;
use crate::model::{BlockId, Corpus, Value, Values, local};
use crate::rule::context::LintContext;
use crate::schema::{FieldId, FieldType, KindId};

/// How many words of a fixed choice are tried.
const WORDS: usize = 6;

/// A change that may clear a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct RepairCandidate {
    /// What it does, as an order.
    pub what: String,
    /// How it is done.
    pub edits: Vec<TextEdit>,
}

/// The changes of one value that the clauses of a finding suggest: in each claim that a name stands for, each value of
/// a field that some clause names gives way to another block that the clauses speak of, or to another word; each such block
/// is added; and one of several values is taken out.
///
/// What a project declares of the things that claims speak of, such as where a scope lies or whom a treaty binds, is never
/// changed, and neither is a field that the schema keeps from being guessed: the only use of that would be to silence a rule.
pub fn changes(context: &LintContext<'_>, trace: &Trace) -> Vec<RepairCandidate> {
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
    let guess = CandidateSource { builder, clauses: &clauses, seen: &seen };
    blocks.iter().flat_map(|block| guess.of_block(*block)).collect()
}

/// What guesses are made from.
struct CandidateSource<'a> {
    builder: EditBuilder<'a>,
    clauses: &'a [&'a TracedClause],
    /// The blocks that the clauses speak of.
    seen: &'a BTreeSet<BlockId>,
}

impl<'a> CandidateSource<'a> {
    fn of_block(&self, block: BlockId) -> Vec<RepairCandidate> {
        let corpus = self.builder.corpus;
        let fields = &corpus.schema.kind(corpus.block(block).kind()).fields;
        let may_be = |field: &&FieldId| corpus.schema.may_guess(corpus.block(block).kind(), **field);
        let named = fields.iter().filter(may_be).filter(|field| self.is_named(**field));
        named.flat_map(|field| self.of_field(block, *field)).collect()
    }

    /// Whether a clause names the field.
    fn is_named(&self, field: FieldId) -> bool {
        let name = &self.builder.corpus.schema.field(field).name;
        let is_inside = |next: char| next.is_alphanumeric() || matches!(next, '-' | '_');
        self.clauses.iter().any(|clause| clause.text.split(|next| !is_inside(next)).any(|word| word == name))
    }

    fn of_field(&self, block: BlockId, field: FieldId) -> Vec<RepairCandidate> {
        let corpus = self.builder.corpus;
        let name = &corpus.schema.field(field).name;
        let of = corpus.name(block);
        let held = corpus.values(block, field);
        let others = self.others(block, field, held);
        let mut changes = Vec::new();
        for value in held {
            let target = PlaceTarget { block, field: Some(field), values: vec![value.span] };
            let words = self.builder.sources.slice(value.span);
            if held.len() > 1 {
                let taken = self.builder.remove(&target);
                changes
                    .push(RepairCandidate { what: format!("remove `{words}` from `{name}` of `{of}`"), edits: taken });
            }
            changes.extend(others.iter().map(|other| RepairCandidate {
                what: format!("write `{other}` instead of `{words}` in `{name}` of `{of}`"),
                edits: self.builder.replace(&target, other),
            }));
        }
        let is_full = !corpus.schema.field(field).card.many && !held.is_empty();
        let target = PlaceTarget { block, field: Some(field), values: Vec::new() };
        changes.extend(others.iter().filter(|_| !is_full).map(|other| RepairCandidate {
            what: format!("add `{other}` to `{name}` of `{of}`"),
            edits: self.builder.add(&target, other),
        }));
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

    /// Blocks of these kinds that the clauses speak of; but not a whole of which the field holds a part, which says less.
    fn blocks(&self, block: BlockId, kinds: &[KindId], held: Values<'_>) -> Vec<String> {
        let corpus: &'a Corpus = self.builder.corpus;
        let namespace = &corpus.block(block).namespace();
        let outer = |block: &BlockId| corpus.block(*block).outer();
        let held_blocks = held.iter().filter_map(|held| held.value.block());
        let around: BTreeSet<BlockId> =
            held_blocks.flat_map(|block| std::iter::successors(outer(&block), outer)).collect();
        let fits = |other: &BlockId| {
            let is_there = held.iter().any(|held| held.value == Value::Block(*other));
            !is_there
                && !around.contains(other)
                && *other != block
                && corpus.schema.allows(kinds, corpus.block(*other).kind())
        };
        let ids = self.seen.iter().copied().filter(fits);
        ids.filter_map(|other| corpus.block(other).id()).map(|id| local(id, namespace).to_owned()).collect()
    }
}
