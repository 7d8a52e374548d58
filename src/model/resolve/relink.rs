//! Links one part of a corpus again after an edit, where its names and those that others refer to stay what they were.

use std::sync::{Arc, OnceLock};

use hashbrown::HashMap;

use super::link::{LinkState, of_part};
use super::references::{ReferenceRow, ReferenceTarget, repeats, resolve_declared, resolve_open};
use super::{cycles, unique};
use crate::diagnostic::Diagnostic;
use crate::model::index::file::{BlockRow, ByteRange, FileIndex, NONE};
use crate::model::view::LinkedFile;
use crate::model::{BlockId, Corpus, CorpusDelta};
use crate::schema::FieldId;
use crate::text::{SourceId, Span};

/// What came of putting a part in the place of another.
#[derive(Debug)]
pub struct Replaced {
    /// What is another thing than before.
    pub changes: CorpusDelta,
    /// Where that stands now which others point at.
    pub moves: Moves,
    /// What is wrong in the part, and with what it refers to.
    pub problems: Vec<Diagnostic>,
}

impl LinkState {
    /// Puts a part in the place of the one of that number; nothing, and nothing is done, if more than its own references may
    /// lead elsewhere.
    ///
    /// Its blocks must have the same kinds and ids in the same order, so that every block keeps its number. What it refers to
    /// without being declared must be the same words in the same order: these then lead to what they led to. And it must be known
    /// where everything goes that others point at: `pointing` are their problems that speak of the file.
    pub fn replace(
        &mut self,
        corpus: &mut Corpus,
        (number, part): (usize, Arc<FileIndex>),
        pointing: &[&Diagnostic],
    ) -> Option<Replaced> {
        if !has_frame_of(&corpus.parts[number], &part) {
            return None;
        }
        let old = std::mem::replace(&mut corpus.parts[number], part);
        let Some(settled) = self.resolve_again(corpus, (number, &old), pointing) else {
            corpus.parts[number] = old;
            return None;
        };
        let old_targets = std::mem::replace(&mut corpus.targets[number], settled.targets);
        let before = LinkedFile { part: &old, first: corpus.first[number], targets: &old_targets };
        let mut changes = CorpusDelta::between(before, corpus.linked_part(number), &corpus.schema);
        self.by_use[number] = settled.by_use;
        if let Some(used) = self.used.get(&number) {
            settled.moves.used(corpus, number, *used);
        }
        renew(corpus, &mut changes);
        let problems = self.problems(corpus, &settled.nowhere);
        let problems = of_part(&corpus.parts[number], problems, repeats(corpus, number));
        Some(Replaced { changes, moves: settled.moves, problems })
    }

    /// What the references of a part lead to that stands in the place of another.
    fn resolve_again(
        &mut self,
        corpus: &Corpus,
        (number, old): (usize, &FileIndex),
        pointing: &[&Diagnostic],
    ) -> Option<MovedReferences> {
        let takes = &self.takes;
        let (mut targets, open) = resolve_declared(corpus, takes, number);
        let (mut by_use, mut nowhere) = (Vec::new(), Vec::new());
        self.near.begin();
        for open in open {
            match resolve_open(corpus, takes, (open, &mut self.near)) {
                ReferenceTarget::To(block) if takes.is_used(corpus, block) => by_use.push(open),
                // A word of this kind may be declared further down only.
                ReferenceTarget::ToOther(block, _) if takes.is_used(corpus, block) => return None,
                ReferenceTarget::Declares(_) => return None,
                ReferenceTarget::To(block) => targets[open.value as usize] = block.0,
                ReferenceTarget::ToOther(..) | ReferenceTarget::Nowhere(_) => nowhere.push(open),
            }
        }
        let before = &self.by_use[number];
        let moves = Moves::of((old, before), (&corpus.parts[number], &by_use))?;
        for (before, now) in before.iter().zip(&by_use) {
            targets[now.value as usize] = corpus.targets[number][before.value as usize];
        }
        moves.know_all(pointing).then_some(MovedReferences { targets, by_use, nowhere, moves })
    }

    /// What is wrong with references that lead nowhere, when it is known where everything stands that they may point at.
    fn problems(&mut self, corpus: &Corpus, nowhere: &[ReferenceRow]) -> Vec<Diagnostic> {
        nowhere.iter().filter_map(|open| resolve_open(corpus, &self.takes, (*open, &mut self.near)).problem()).collect()
    }
}

/// What the references of a part lead to, those to what is declared by use, those that lead nowhere, and what has moved.
struct MovedReferences {
    targets: Vec<u32>,
    by_use: Vec<ReferenceRow>,
    nowhere: Vec<ReferenceRow>,
    moves: Moves,
}

/// Has everything found again that follows from what was changed, when it is next asked for.
fn renew(corpus: &mut Corpus, changes: &mut CorpusDelta) {
    let blurred = changes.fields().iter().filter(|change| corpus.turn(change)).map(|change| change.field);
    let blurred: Vec<FieldId> = blurred.collect();
    // What is blurred and clear again is as it was.
    for field in blurred {
        if !changes.blurred.remove(&field) {
            changes.blurred.insert(field);
        }
    }
    changes.said.extend(changes.nameless().to_vec());
    for block in changes.said.clone() {
        changes.said.extend(corpus.quoting(block));
    }
    if changes.changes_text() {
        corpus.features = OnceLock::new();
    } else {
        corpus.invalidate(changes);
        corpus.invalidate_searches(changes);
    }
}

impl Corpus {
    /// Relations that lead back to where they began, and may not.
    pub fn cycles(&self) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        cycles::report(self, &mut problems);
        problems
    }

    /// Whether an edit may have closed or opened a relation that leads back to where it began.
    pub fn may_be_circular(&self, changes: &CorpusDelta) -> bool {
        let says = |field: FieldId| self.schema.field(field).acyclic;
        let is_acyclic = |field: &FieldId| says(*field) || self.schema.field(*field).counterpart.is_some_and(says);
        // Blocks without an id are called otherwise when they say another thing.
        let mut nameless = changes.nameless().iter().map(|block| self.schema.kind(self.kind(*block)));
        changes.fields().iter().any(|change| is_acyclic(&change.field))
            || nameless.any(|kind| kind.fields.iter().any(is_acyclic))
    }

    /// Values that may occur once, and occur again.
    pub fn not_unique(&self) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        unique::report(self, &mut problems);
        problems
    }

    /// Whether an edit may have made values occur again that may occur once, or no longer.
    pub fn may_repeat(&self, changes: &CorpusDelta) -> bool {
        let groups = |block: BlockId| &self.schema.kind(self.kind(block)).unique;
        let mut nameless = changes.nameless().iter();
        changes.fields().iter().any(|change| groups(change.block).iter().flatten().any(|field| *field == change.field))
            || nameless.any(|block| !groups(*block).is_empty())
    }
}

/// Whether two parts declare the same blocks in the same order, so that all numbers and names stay.
fn has_frame_of(old: &FileIndex, new: &FileIndex) -> bool {
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

/// Where what others may point at stands after an edit, by where it stood.
#[derive(Debug)]
pub struct Moves {
    source: SourceId,
    to: HashMap<(u32, u32), ByteRange>,
}

impl Moves {
    /// The moves of headers and of references to what is declared by use; nothing if these are not the same ones.
    fn of((old, before): (&FileIndex, &[ReferenceRow]), (new, now): (&FileIndex, &[ReferenceRow])) -> Option<Moves> {
        let value = |part: &'_ FileIndex, open: &ReferenceRow| part.values[open.value as usize].at;
        let same = |(a, b): (&ReferenceRow, &ReferenceRow)| {
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

    fn bytes(&self, from: ByteRange) -> Option<ByteRange> {
        self.to.get(&(from.start, from.end)).copied()
    }

    /// Whether it is known where all places of problems go.
    fn know_all(&self, problems: &[&Diagnostic]) -> bool {
        let known = |at: Span| at.source != self.source || self.to.contains_key(&(at.start, at.end));
        problems.iter().flat_map(|problem| problem.places()).all(known)
    }

    /// Moves the places of a problem to where they now are.
    pub fn apply(&self, problem: &mut Diagnostic) {
        let labels = problem.labels.iter_mut().chain(&mut problem.flow).chain([&mut problem.primary]);
        let edits = problem.fixes.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.at);
        for at in labels.map(|label| &mut label.span).chain(edits).filter(|at| at.source == self.source) {
            if let Some(to) = self.to.get(&(at.start, at.end)) {
                *at = Span::new(self.source, to.start, to.end);
            }
        }
    }

    /// Moves the blocks that are declared by use in a part.
    fn used(&self, corpus: &mut Corpus, user: usize, used: usize) {
        let mut part = FileIndex::new(corpus.parts[user].home.clone());
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
