//! What references lead to: first, at the same time for all parts, what needs no more than the blocks that are declared;
//! then one after the other what depends on what was said before.

use hashbrown::HashMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use super::names::{Found, Nearness, open_kind};
use super::problems;
use crate::diagnostic::Diagnostic;
use crate::model::part::{BlockRow, Bytes, NONE, Part, Sort, ValueRow, Words};
use crate::model::view::Values;
use crate::model::{BlockId, Corpus, Place, local};
use crate::schema::{Field, FieldId, FieldType, KindId, Schema};
use crate::text::{Nearest, Span, at_once};

/// A reference that nothing declared settles.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) part: usize,
    /// The row of its block.
    pub(super) block: u32,
    pub(super) field: FieldId,
    /// The row of its value.
    pub(super) value: u32,
}

/// What came of following all references, apart from what they lead to.
#[derive(Debug, Default)]
pub(super) struct Followed {
    /// By part, the references that nothing declared settles, in the order of the text.
    pub(super) open: Vec<Vec<Open>>,
    /// What is wrong with those.
    pub(super) problems: Vec<Diagnostic>,
    /// By part, the part of the blocks that are declared by use in it.
    pub(super) used: HashMap<usize, usize>,
    /// By part, what its blocks hold twice, or should not hold.
    pub(super) repeats: Vec<Vec<Diagnostic>>,
}

/// By field and kind, whether the field takes blocks of the kind.
pub(super) struct Takes(Vec<Vec<bool>>);

impl Takes {
    pub(super) fn of(schema: &Schema) -> Takes {
        let takes = |field: FieldId| match &schema.field(field).holds {
            FieldType::Ref(kinds) => schema.kind_ids().map(|kind| schema.allows(kinds, kind)).collect(),
            _ => Vec::new(),
        };
        Takes(schema.field_ids().map(takes).collect())
    }

    fn takes(&self, field: FieldId, kind: KindId) -> bool {
        self.0[usize::from(field.0)].get(usize::from(kind.0)).copied().unwrap_or_default()
    }
}

/// Finds what every reference leads to, and declares what first use declares.
pub(super) fn link(corpus: &mut Corpus, threads: NonZeroUsize) -> Followed {
    let takes = Takes::of(&corpus.schema);
    let parts: Vec<usize> = (0..corpus.parts.len()).collect();
    let settled = at_once(&parts, threads, |part| settle(corpus, &takes, *part));
    let mut followed = Followed::default();
    for (targets, open) in settled {
        corpus.targets.push(targets);
        followed.open.push(open);
    }
    let mut linker = Linker { takes, nearest: Nearest::default(), near: HashMap::new(), used: HashMap::new() };
    for reference in followed.open.iter().flatten() {
        let led = linker.follow(corpus, *reference, &mut followed.problems);
        corpus.targets[reference.part][reference.value as usize] = led.map_or(NONE, |block| block.0);
    }
    followed.used = linker.used;
    followed.repeats = at_once(&parts, threads, |part| repeats(corpus, *part));
    followed
}

/// What the references of a part lead to, and those of which that is not settled, in the order of the text.
pub(super) fn settle(corpus: &Corpus, takes: &Takes, number: usize) -> (Vec<u32>, Vec<Open>) {
    let part = &*corpus.parts[number];
    let mut targets = vec![NONE; part.values.len()];
    let mut open = Vec::new();
    let mut desk = String::new();
    for (block, row) in part.blocks.iter().enumerate() {
        for held in part.fields_of(row) {
            let rows = part.values.iter().enumerate().skip(held.first_value as usize).take(held.values as usize);
            for (value, written) in rows.filter(|(_, row)| row.sort == Sort::Reference) {
                let path = (part.path(written), &*part.home.namespace);
                let allowed = |kind| takes.takes(held.field, kind);
                match corpus.names.find((corpus, &mut desk), path, allowed) {
                    Found::Block(target, Nearness::Innermost) => targets[value] = target.0,
                    Found::Poisoned if part.home.namespace.is_empty() => {}
                    Found::Block(_, Nearness::Outer) | Found::Poisoned | Found::WrongKind(_) | Found::Nothing => {
                        open.push(Open { part: number, block: block as u32, field: held.field, value: value as u32 });
                    }
                }
            }
        }
    }
    open.sort_by_key(|open| part.values[open.value as usize].at.start);
    (targets, open)
}

/// Follows references one after the other.
struct Linker {
    takes: Takes,
    nearest: Nearest,
    /// By field, the blocks that it takes.
    near: HashMap<FieldId, Vec<BlockId>>,
    /// By part, the part of the blocks that are declared by use in it.
    used: HashMap<usize, usize>,
}

impl Linker {
    fn follow(&mut self, corpus: &mut Corpus, open: Open, problems: &mut Vec<Diagnostic>) -> Option<BlockId> {
        let part = Arc::clone(&corpus.parts[open.part]);
        let value = &part.values[open.value as usize];
        let name = (part.path(value), part.span(value.at));
        let allowed = |kind| self.takes.takes(open.field, kind);
        let path = (name.0, &*part.home.namespace);
        let found = corpus.names.find((corpus, &mut String::new()), path, allowed);
        let FieldType::Ref(kinds) = &corpus.schema.field(open.field).holds else {
            unreachable!("only references refer")
        };
        let (schema, field) = (&corpus.schema, corpus.schema.field(open.field));
        let problem = match (found, open_kind(schema, kinds)) {
            (Found::Block(target, _), _) => return Some(target),
            (Found::Poisoned, _) => return None,
            (Found::Nothing, Some(kind)) => return Some(self.declare(corpus, (open.part, kind), name)),
            (Found::WrongKind(target), _) => {
                let what = (corpus.kind(target), corpus.block(target).header());
                problems::wrong_kind(schema, field, name, what)
            }
            (Found::Nothing, None) => {
                let near = self.near(corpus, open.field, path);
                problems::unresolved(schema, field, name, &near)
            }
        };
        let row = &part.blocks[open.block as usize];
        // What is wrong in a quotation is said of the block that quotes.
        let row = if row.outer != NONE && open.block >= part.declared { &part.blocks[row.outer as usize] } else { row };
        problems.push(problem.role("block", part.words(row.id).unwrap_or_default()));
        None
    }

    /// The nearest ids of the right kind, as they would be written in the namespace.
    fn near(&mut self, corpus: &Corpus, field: FieldId, (name, namespace): (&str, &str)) -> Vec<String> {
        let takes = &self.takes;
        let blocks = self
            .near
            .entry(field)
            .or_insert_with(|| corpus.of_kinds(corpus.schema.kind_ids().filter(|kind| takes.takes(field, *kind))));
        let candidates = blocks.iter().filter_map(|block| Some(local(corpus.block(*block).id()?, namespace)));
        self.nearest.find(name, candidates, 3).into_iter().map(str::to_owned).collect()
    }

    /// First use of a word of an open vocabulary declares it, in the namespace of its user.
    fn declare(&mut self, corpus: &mut Corpus, (user, kind): (usize, KindId), (name, at): (&str, Span)) -> BlockId {
        let home = corpus.parts[user].home.clone();
        let namespace = &home.namespace;
        let id = if namespace.is_empty() { name.to_owned() } else { [namespace, "/", name].concat() };
        let number = *self.used.entry(user).or_insert_with(|| {
            corpus.parts.push(Arc::new(Part::new(home.clone())));
            corpus.first.push([NONE; 2]);
            corpus.parts.len() - 1
        });
        let part = Arc::get_mut(&mut corpus.parts[number]).expect("nobody else knows of it yet");
        let made = part.make(id.as_str());
        part.blocks.push(BlockRow {
            kind,
            fields: 0,
            first_field: 0,
            outer: NONE,
            id: Words::made(made as usize),
            title: Bytes::NOWHERE,
            title_made: NONE,
            header: at.into(),
            whole: at.into(),
        });
        let place = Place { part: number as u32, row: part.blocks.len() as u32 - 1 };
        let block = corpus.add(place, kind);
        corpus.names.insert(&id, block);
        block
    }
}

/// Reports values that stand twice in a field, and blocks that hold themselves where they must not.
pub(super) fn repeats(corpus: &Corpus, number: usize) -> Vec<Diagnostic> {
    let part = corpus.ranked(number);
    let mut problems = Vec::new();
    for (row, block) in part.part.blocks.iter().enumerate().take(part.part.declared as usize) {
        for held in part.part.fields_of(block) {
            let irreflexive = corpus.schema.field(held.field).irreflexive;
            if held.values > 1 || irreflexive {
                let values = part.values(held);
                let own = irreflexive.then(|| part.block(row as u32));
                let field = corpus.schema.field(held.field);
                let found = repeats_in(field, (values, |at: Span| part.part.slice(at.into())), own);
                let id = part.part.words(block.id).unwrap_or_default();
                problems.extend(found.into_iter().map(|problem| problem.role("block", id)));
            }
        }
    }
    problems
}

fn repeats_in<'a>(
    field: &Field,
    (values, written): (Values<'_>, impl Fn(Span) -> &'a str),
    own: Option<BlockId>,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut seen = hashbrown::HashMap::new();
    for held in values {
        let Some(target) = held.value.block() else { continue };
        if own == Some(target) {
            problems.push(problems::self_reference(field, held.span));
        }
        if let Some(first) = (values.len() > 1).then(|| seen.insert(target, held.span)).flatten() {
            problems.push(problems::repeated_value(written(held.span), held.span, first));
        }
    }
    problems
}

impl Part {
    /// The path of a reference, as it is compared.
    pub(in crate::model) fn path(&self, value: &ValueRow) -> &str {
        self.text(value.payload, value.at)
    }
}
