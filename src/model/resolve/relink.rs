//! What was found while a corpus was linked, kept so that an edit of one file need not link all of it again.

use std::num::NonZeroUsize;
use std::sync::{Arc, OnceLock};

use hashbrown::HashMap;

use super::names;
use super::references::{self, AcceptedReferences, NearestNames, Open, ReferenceTarget, lead, repeats, settle};
use super::{cycles, unique};
use crate::diagnostic::Diagnostic;
use crate::model::index::file::{BlockRow, ByteRange, FileIndex, NONE};
use crate::model::index::names::NameTable;
use crate::model::view::LinkedFile;
use crate::model::{BlockId, Corpus, CorpusDelta};
use crate::schema::{FieldId, Schema};
use crate::text::{SourceId, Span, parallel_map};

/// What is known of the links of a corpus beside what they lead to.
#[derive(Debug, Default)]
pub struct LinkState {
    /// By part, the references to what is declared by use, in the order of the text.
    by_use: Vec<Vec<Open>>,
    /// By part, the part of the blocks that are declared by use in it.
    used: HashMap<usize, usize>,
    takes: AcceptedReferences,
    near: NearestNames,
}

/// Everything that the schema forbids in a corpus; in no particular order, but always the same.
#[derive(Debug, Default)]
pub struct LinkProblems {
    /// By part, what is wrong in it, and with what it refers to.
    pub of_parts: Vec<Vec<Diagnostic>>,
    /// What is wrong with ids.
    pub names: Vec<Diagnostic>,
    /// Relations that lead back to where they began.
    pub cycles: Vec<Diagnostic>,
    /// Values that may occur once, and occur again.
    pub unique: Vec<Diagnostic>,
}

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
    /// Links what stands in the files of one project, as [`link`](super::link) does.
    pub fn of(
        parts: Vec<Arc<FileIndex>>,
        schema: Arc<Schema>,
        threads: NonZeroUsize,
    ) -> (Corpus, LinkState, LinkProblems) {
        let mut corpus = Corpus::of(parts, schema);
        let written: Vec<usize> = (0..corpus.parts.len()).collect();
        let (names, twins) = NameTable::of(&corpus, threads);
        corpus.incomplete |= !twins.is_empty();
        corpus.names = names;
        let mut wrong = LinkProblems { names: names::duplicates(&corpus, &twins), ..LinkProblems::default() };
        wrong.names.extend(corpus.names.hidden(&corpus));
        let takes = AcceptedReferences::of(&corpus.schema, written.len());
        let followed = references::link(&mut corpus, &takes, threads);
        let repeated = parallel_map(&written, threads, |part| repeats(&corpus, *part));
        let of_parts = followed.problems.into_iter().zip(repeated).enumerate();
        wrong.of_parts =
            of_parts.map(|(number, (led, repeated))| of_part(&corpus.parts[number], led, repeated)).collect();
        cycles::report(&corpus, &mut wrong.cycles);
        unique::report(&corpus, &mut wrong.unique);
        (corpus, LinkState { by_use: followed.by_use, used: followed.used, takes, near: followed.near }, wrong)
    }

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
        let Some(settled) = self.settle_again(corpus, (number, &old), pointing) else {
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
    fn settle_again(
        &mut self,
        corpus: &Corpus,
        (number, old): (usize, &FileIndex),
        pointing: &[&Diagnostic],
    ) -> Option<SettledReferences> {
        let takes = &self.takes;
        let (mut targets, open) = settle(corpus, takes, number);
        let (mut by_use, mut nowhere) = (Vec::new(), Vec::new());
        self.near.begin();
        for open in open {
            match lead(corpus, takes, (open, &mut self.near)) {
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
        moves.know_all(pointing).then_some(SettledReferences { targets, by_use, nowhere, moves })
    }

    /// What is wrong with references that lead nowhere, when it is known where everything stands that they may point at.
    fn problems(&mut self, corpus: &Corpus, nowhere: &[Open]) -> Vec<Diagnostic> {
        nowhere.iter().filter_map(|open| lead(corpus, &self.takes, (*open, &mut self.near)).problem()).collect()
    }
}

/// What the references of a part lead to, those to what is declared by use, those that lead nowhere, and what has moved.
struct SettledReferences {
    targets: Vec<u32>,
    by_use: Vec<Open>,
    nowhere: Vec<Open>,
    moves: Moves,
}

impl LinkProblems {
    /// All of it.
    pub fn all(self) -> impl Iterator<Item = Diagnostic> {
        self.of_parts.into_iter().flatten().chain(self.names).chain(self.cycles).chain(self.unique)
    }
}

/// What is wrong in a part, with what its references lead to, and with what it repeats.
fn of_part(part: &FileIndex, led: Vec<Diagnostic>, repeated: Vec<Diagnostic>) -> Vec<Diagnostic> {
    part.problems.iter().cloned().chain(led).chain(repeated).collect()
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
    fn of((old, before): (&FileIndex, &[Open]), (new, now): (&FileIndex, &[Open])) -> Option<Moves> {
        let value = |part: &'_ FileIndex, open: &Open| part.values[open.value as usize].at;
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
