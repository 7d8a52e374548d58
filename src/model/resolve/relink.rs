//! What was found while a corpus was linked, kept so that an edit of one file need not link all of it again.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, OnceLock};

use super::names::{self, Names};
use super::references::{self, Followed, Open, Takes, repeats, settle};
use super::{cycles, unique};
use crate::diagnostic::Diagnostic;
use crate::model::part::{BlockRow, Bytes, NONE, Part};
use crate::model::{Changes, Corpus};
use crate::schema::Schema;
use crate::text::{SourceId, Span};

/// What is known of the links of a corpus beside what they lead to.
#[derive(Debug, Default)]
pub struct Links {
    /// What is wrong with ids.
    names: Vec<Diagnostic>,
    followed: Followed,
    cycles: Vec<Diagnostic>,
    unique: Vec<Diagnostic>,
}

impl Links {
    /// Links what stands in the files of one project, as [`link`](super::link) does.
    pub fn of(parts: Vec<Arc<Part>>, schema: Schema, threads: NonZeroUsize) -> (Corpus, Links) {
        let mut corpus = Corpus::of(parts, schema);
        let (names, twins) = Names::of(&corpus, threads);
        corpus.incomplete |= !twins.is_empty();
        corpus.names = names;
        let mut links = Links { names: names::duplicates(&corpus, &twins), ..Links::default() };
        links.names.extend(corpus.names.hidden(&corpus));
        links.followed = references::link(&mut corpus, threads);
        cycles::report(&corpus, &mut links.cycles);
        unique::report(&corpus, &mut links.unique);
        (corpus, links)
    }

    /// Everything that the schema forbids, in no particular order, but always the same.
    pub fn problems(&self, corpus: &Corpus) -> Vec<Diagnostic> {
        let of_parts = corpus.parts.iter().flat_map(|part| &part.problems);
        let repeats = self.followed.repeats.iter().flatten();
        let rest = self.names.iter().chain(&self.followed.problems).chain(repeats);
        of_parts.chain(rest).chain(&self.cycles).chain(&self.unique).cloned().collect()
    }

    /// Puts a part in the place of the one of that number, and says what is another thing then; nothing, and nothing is done, if
    /// more than its own references may lead elsewhere.
    ///
    /// Its blocks must have the same kinds and ids in the same order, so that every block keeps its number. What it refers to
    /// without being declared must be the same words in the same order: these then lead to what they led to.
    pub fn replace(&mut self, corpus: &mut Corpus, number: usize, part: Arc<Part>) -> Option<Changes> {
        if !has_frame_of(&corpus.parts[number], &part) {
            return None;
        }
        let old = std::mem::replace(&mut corpus.parts[number], part);
        let (mut targets, open) = settle(corpus, &Takes::of(&corpus.schema), number);
        let before = &self.followed.open[number];
        let moves = Moves::of((&old, before), (&corpus.parts[number], &open));
        let known = moves.filter(|moves| moves.know_all(&self.names) && moves.know_all(&self.followed.problems));
        let Some(moves) = known else {
            corpus.parts[number] = old;
            return None;
        };
        for (before, now) in before.iter().zip(&open) {
            targets[now.value as usize] = corpus.targets[number][before.value as usize];
        }
        let old_targets = std::mem::replace(&mut corpus.targets[number], targets);
        let changes =
            Changes::between((&old, &old_targets), (&corpus.parts[number], &corpus.targets[number]), &corpus.schema);
        moves.apply(&mut self.names);
        moves.apply(&mut self.followed.problems);
        self.followed.open[number] = open;
        if let Some(used) = self.followed.used.get(&number) {
            moves.used(corpus, number, *used);
        }
        self.renew(corpus, (number, old.home.source), &changes);
        Some(changes)
    }

    /// Finds again what follows from what was changed.
    fn renew(&mut self, corpus: &mut Corpus, (number, source): (usize, SourceId), changes: &Changes) {
        for field in corpus.schema.field_ids().filter(|field| changes.has_field(*field)) {
            corpus.referrers[usize::from(field.0)] = OnceLock::new();
        }
        if changes.is_heard() {
            corpus.sayings = OnceLock::new();
        }
        self.followed.repeats[number] = repeats(corpus, number);
        let circular =
            corpus.schema.field_ids().any(|field| corpus.schema.field(field).acyclic && changes.has_field(field));
        if circular || changes.is_nameless() || any_touches(&self.cycles, source) {
            self.cycles.clear();
            cycles::report(corpus, &mut self.cycles);
        }
        let mut groups = corpus.schema.kinds.iter().flat_map(|kind| &kind.unique).flatten();
        if groups.any(|field| changes.has_field(*field)) || changes.is_nameless() || any_touches(&self.unique, source) {
            self.unique.clear();
            unique::report(corpus, &mut self.unique);
        }
    }
}

/// Whether two parts declare the same blocks in the same order, so that all numbers and names stay.
fn has_frame_of(old: &Part, new: &Part) -> bool {
    let same_home = old.home.source == new.home.source && old.home.namespace == new.home.namespace;
    let same_row =
        |(a, b): (&BlockRow, &BlockRow)| a.kind == b.kind && a.outer == b.outer && old.words(a.id) == new.words(b.id);
    same_home
        && old.declared == new.declared
        && old.incomplete == new.incomplete
        && old.poisoned == new.poisoned
        && old.blocks.len() == new.blocks.len()
        && old.blocks.iter().zip(&new.blocks).all(same_row)
}

fn any_touches(problems: &[Diagnostic], source: SourceId) -> bool {
    problems.iter().any(|problem| problem.touches(source))
}

/// Where what others may point at stands after an edit, by where it stood.
struct Moves {
    source: SourceId,
    to: HashMap<(u32, u32), Bytes>,
}

impl Moves {
    /// The moves of headers and of references that nothing declared settles; nothing if these are not the same ones.
    fn of((old, before): (&Part, &[Open]), (new, now): (&Part, &[Open])) -> Option<Moves> {
        let value = |part: &'_ Part, open: &Open| part.values[open.value as usize].at;
        let same = |(a, b): (&Open, &Open)| {
            let words = old.path(&old.values[a.value as usize]) == new.path(&new.values[b.value as usize]);
            words && a.block == b.block && a.field == b.field
        };
        if before.len() != now.len() || !before.iter().zip(now).all(same) {
            return None;
        }
        let headers = old.blocks.iter().zip(&new.blocks).map(|(a, b)| (a.header, b.header));
        let values = before.iter().zip(now).map(|(a, b)| (value(old, a), value(new, b)));
        let mut moves = Moves { source: old.home.source, to: HashMap::new() };
        for (from, to) in headers.chain(values) {
            let known = moves.to.insert((from.start, from.end), to);
            if known.is_some_and(|known| known != to) {
                return None;
            }
        }
        Some(moves)
    }

    fn bytes(&self, from: Bytes) -> Option<Bytes> {
        self.to.get(&(from.start, from.end)).copied()
    }

    /// Whether it is known where all places of problems go.
    fn know_all(&self, problems: &[Diagnostic]) -> bool {
        let known = |at: Span| at.source != self.source || self.to.contains_key(&(at.start, at.end));
        problems.iter().flat_map(Diagnostic::places).all(known)
    }

    /// Moves the places of problems, of all of which it is known where they go.
    fn apply(&self, problems: &mut [Diagnostic]) {
        for problem in problems.iter_mut().filter(|problem| problem.touches(self.source)) {
            let labels = problem.labels.iter_mut().chain(&mut problem.flow).chain([&mut problem.primary]);
            let edits = problem.edits.iter_mut().map(|edit| &mut edit.at);
            for at in labels.map(|label| &mut label.span).chain(edits).filter(|at| at.source == self.source) {
                if let Some(to) = self.to.get(&(at.start, at.end)) {
                    *at = Span::new(self.source, to.start, to.end);
                }
            }
        }
    }

    /// Moves the blocks that are declared by use in a part.
    fn used(&self, corpus: &mut Corpus, user: usize, used: usize) {
        let mut part = Part::new(corpus.parts[user].home.clone());
        let known = &corpus.parts[used];
        part.blocks.clone_from(&known.blocks);
        part.made.clone_from(&known.made);
        for block in &mut part.blocks {
            let at = self.bytes(block.header).unwrap_or(block.header);
            debug_assert!(block.first_field == 0 && block.outer == NONE, "it is no more than a name");
            (block.header, block.whole) = (at, at);
        }
        corpus.parts[used] = Arc::new(part);
    }
}
