//! Places of labels: a block, a field of it, or one value of a field.

use super::compile::Query;
use super::template::Advised;
use crate::condition::ast::excerpt::all_relocated;
use crate::condition::ast::source::ExpressionSource;
use crate::condition::ast::tree;
use crate::condition::ast::tree::{Direction, Name};
use crate::condition::check::checker::Checker;
use crate::condition::check::problems;
use crate::condition::check::steps::{destination, ways};
use crate::condition::check::vocabulary::Vocabulary;
use crate::condition::eval::budget::Budget;
use crate::condition::eval::evaluator::Evaluator;
use crate::condition::parse::read::read_place;
use crate::condition::plan::{Edges, Hop, Implicit};
use crate::condition::values::row::Row;
use crate::condition::values::scalar::ScalarValue;
use crate::condition::values::types::Type;
use crate::diagnostic::Diagnostic;
use crate::model::{BlockId, Corpus, Value};
use crate::schema::FieldId;
use crate::text::{Span, Spanned};

/// How many places one label marks.
const SHOWN: usize = 5;

/// What a place stands for, where something is to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceTarget {
    /// The block.
    pub block: BlockId,
    /// The field of it that is meant; without one, the block itself.
    pub field: Option<FieldId>,
    /// The values that are meant, where they stand; none when the field is not written.
    pub values: Vec<Span>,
}

/// A checked place of a label.
#[derive(Debug)]
pub struct LabelPlace {
    binder: String,
    /// The steps to the blocks whose field is meant.
    pub(crate) through: Vec<Edges>,
    /// The field that is meant; without one, the header.
    pub(crate) field: Option<Edges>,
    /// The binder whose element among the values of the field is meant.
    index: Option<String>,
}

impl Query {
    /// Checks the place of a label: `s`, `s.scope`, `s.scope[x]` or `s.cites.purposes`.
    ///
    /// # Errors
    /// Every problem found in it, with its places in the TOML file.
    pub fn place(
        &self,
        written: &ExpressionSource<'_>,
        vocabulary: Vocabulary<'_>,
    ) -> Result<Advised<LabelPlace>, Vec<Diagnostic>> {
        let relocate = |problems| all_relocated(problems, &[*written]);
        let tree = read_place(written).map_err(relocate)?;
        let mut checker = self.checker(written, vocabulary);
        match checker.place(&tree) {
            Some(place) => Ok((place, relocate(checker.problems))),
            None => Err(relocate(checker.problems)),
        }
    }
}

impl Checker<'_> {
    fn place(&mut self, place: &tree::PlaceExpr) -> Option<LabelPlace> {
        let mut holds = self.lookup(&place.binder)?.holds;
        let mut at = place.binder.span;
        let mut through = Vec::new();
        if holds.kinds().is_empty() {
            return self.report(problems::no_place(&self.shown(at), &holds, self.schema));
        }
        for step in &place.steps {
            let (hops, to) = self.place_step(step, &self.shown(at), &holds)?;
            through.push(hops);
            holds = to;
            at = at.to(step.span);
        }
        if let Some(index) = &place.index {
            self.lookup(index)?;
        }
        let index = place.index.as_ref().map(|index| index.value.clone());
        Some(LabelPlace { binder: place.binder.value.clone(), field: through.pop(), through, index })
    }

    fn place_step(&mut self, step: &Name, of: &Spanned<&str>, holds: &Type) -> Option<(Edges, Type)> {
        let Type::Blocks(kinds) = holds else {
            return self.report(problems::value_has_no_fields(of, holds, step.span, self.schema));
        };
        let hop = tree::Hop { name: step.clone(), direction: Direction::Forward };
        let mut by_kind: Vec<Vec<Hop>> = vec![Vec::new(); self.schema.kinds.len()];
        let mut reached: Option<Type> = None;
        for kind in kinds {
            for way in ways(self.schema, *kind, &hop) {
                let (to, _) = destination(self.schema, *kind, &way);
                by_kind[usize::from(kind.0)].extend(self.computed(way));
                reached = reached.map_or(Some(to.clone()), |before| before.either(to));
            }
        }
        self.advise_of_former_name(step, kinds);
        match reached {
            Some(to) => Some((Edges(by_kind), to)),
            None => self.report(problems::unknown_field(step, of, kinds, self.schema)),
        }
    }
}

impl LabelPlace {
    /// At most five places, in the order of what they belong to; with each the block that [`Place::about`] stands for
    /// there, if it is one.
    ///
    /// Where nothing is written that could be marked, the header of the block is.
    pub fn spans(&self, corpus: &Corpus, row: &Row) -> Vec<(Span, Option<BlockId>)> {
        let starts = row.element(&self.binder).iter().filter_map(ScalarValue::block);
        let mut spans: Vec<_> = match (&self.field, &self.index) {
            (None, _) => starts.map(|start| (corpus.block(start).header(), Some(start))).collect(),
            (Some(field), None) => starts.flat_map(|start| self.of_field(field, corpus, start)).collect(),
            (Some(field), Some(index)) => {
                starts.flat_map(|start| self.of_elements(field, row.element(index), (corpus, start))).collect()
            }
        };
        spans.truncate(SHOWN);
        spans
    }

    /// The binder that the block of each place is bound to: the one in brackets, else the first.
    pub fn about(&self) -> &str {
        self.index.as_deref().unwrap_or(&self.binder)
    }

    /// Whether the place can be edited: a block, or with `field` only a field that is not seen from its other end.
    pub fn can_be(&self, field: bool) -> bool {
        let forward = |hops: &Edges| hops.0.iter().flatten().all(|hop| matches!(hop, Hop::Forward(_)));
        self.field.as_ref().map_or(!field, forward)
    }

    /// What is to be changed where a row stands.
    pub fn targets(&self, corpus: &Corpus, row: &Row) -> Vec<PlaceTarget> {
        let starts: Vec<BlockId> = row.element(&self.binder).iter().filter_map(ScalarValue::block).collect();
        let Some(field) = &self.field else {
            return starts.into_iter().map(|block| PlaceTarget { block, field: None, values: Vec::new() }).collect();
        };
        let wanted = self.index.as_ref().map(|index| row.element(index));
        let blocks = starts.into_iter().flat_map(|start| self.blocks(corpus, start));
        let target = |block: BlockId| {
            let hops = &field.0[usize::from(corpus.block(block).kind().0)];
            let field = hops.iter().find_map(|hop| match hop {
                Hop::Forward(field) => Some(*field),
                Hop::Backward(_) | Hop::Implicit(_) | Hop::Computed(_) | Hop::Native(_) => None,
            })?;
            let meant = |value: &Value| {
                wanted.is_none_or(|wanted| ScalarValue::of(value).is_some_and(|one| wanted.contains(&one)))
            };
            let values = corpus.values(block, field).iter().filter(|held| meant(&held.value));
            Some(PlaceTarget { block, field: Some(field), values: values.map(|held| held.span).collect() })
        };
        blocks.filter_map(target).collect()
    }

    fn of_field(&self, field: &Edges, corpus: &Corpus, start: BlockId) -> Vec<(Span, Option<BlockId>)> {
        let mut places: Vec<Span> =
            self.blocks(corpus, start).into_iter().flat_map(|block| places(field, corpus, block)).collect();
        if places.is_empty() {
            places.push(corpus.block(start).header());
        }
        places.into_iter().map(|at| (at, Some(start))).collect()
    }

    fn of_elements(
        &self,
        field: &Edges,
        elements: &[ScalarValue],
        (corpus, start): (&Corpus, BlockId),
    ) -> Vec<(Span, Option<BlockId>)> {
        let blocks = self.blocks(corpus, start);
        let place = |element: &ScalarValue| {
            let found = blocks.iter().find_map(|block| place_of(element, field, corpus, *block));
            (found.unwrap_or(corpus.block(start).header()), element.block())
        };
        elements.iter().map(place).collect()
    }

    /// The blocks whose field is meant.
    fn blocks(&self, corpus: &Corpus, start: BlockId) -> Vec<BlockId> {
        let mut budget = Budget::default();
        let mut evaluator = Evaluator::new(corpus, &mut budget, 0);
        let mut reached = vec![ScalarValue::Block(start)];
        for hops in &self.through {
            reached = evaluator.follow(hops, &reached).unwrap_or_default();
        }
        reached.iter().filter_map(ScalarValue::block).collect()
    }
}

/// Where the values of a field of a block stand; seen from the other end, each in the block that holds it.
fn places(field: &Edges, corpus: &Corpus, block: BlockId) -> Vec<Span> {
    let data = corpus.block(block);
    let hops = field.0[usize::from(data.kind().0)].iter();
    hops.flat_map(|hop| match hop {
        Hop::Forward(field) => corpus.place(block, *field).into_iter().collect::<Vec<Span>>(),
        Hop::Backward(field) => {
            let holders = corpus.referrers(block, *field).iter();
            holders.filter_map(|holder| value_place(&ScalarValue::Block(block), corpus, *holder, *field)).collect()
        }
        Hop::Implicit(Implicit::Title) => data.title().iter().map(|title| title.span).collect(),
        Hop::Native(native_field) => native_field.places(corpus, block),
        Hop::Implicit(Implicit::Id | Implicit::Kind | Implicit::Namespace | Implicit::File) | Hop::Computed(_) => {
            vec![data.header()]
        }
    })
    .collect()
}

/// Where the value stands by which an element belongs to a field of a block.
fn place_of(element: &ScalarValue, field: &Edges, corpus: &Corpus, block: BlockId) -> Option<Span> {
    let hops = &field.0[usize::from(corpus.block(block).kind().0)];
    let from_other_end = |field: FieldId| value_place(&ScalarValue::Block(block), corpus, element.block()?, field);
    hops.iter().find_map(|hop| match hop {
        Hop::Forward(field) => value_place(element, corpus, block, *field).or_else(|| from_other_end(*field)),
        Hop::Backward(field) => from_other_end(*field),
        Hop::Implicit(_) | Hop::Computed(_) | Hop::Native(_) => None,
    })
}

/// Where a field of a block holds an element.
fn value_place(element: &ScalarValue, corpus: &Corpus, block: BlockId, field: FieldId) -> Option<Span> {
    let held = corpus.values(block, field).iter().find(|held| ScalarValue::of(&held.value).as_ref() == Some(element));
    held.map(|held| held.span)
}
