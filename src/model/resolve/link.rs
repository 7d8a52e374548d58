//! Links the indexes of all files into a corpus.

use std::num::NonZeroUsize;
use std::sync::Arc;

use hashbrown::HashMap;

use super::lexicon::Lexicon;
use super::references::{self, AcceptedReferences, NearestNames, ReferenceRow, repeats};
use super::{cycles, names, unique};
use crate::diagnostic::Diagnostic;
use crate::model::corpus::Corpus;
use crate::model::index::file::FileIndex;
use crate::model::index::names::NameTable;
use crate::schema::Schema;
use crate::syntax::tree;
use crate::text::{Sources, parallel_map};

/// The corpus, and everything in it that the schema forbids.
#[derive(Debug)]
pub struct Resolved {
    /// All blocks; what was broken is marked as such.
    pub corpus: Corpus,
    /// The problems, in no particular order.
    pub problems: Vec<Diagnostic>,
}

/// Resolves the files of one project, in the order given, which becomes the order of their blocks.
pub fn resolve(files: &[tree::File], sources: &Sources, schema: impl Into<Arc<Schema>>) -> Resolved {
    let schema = schema.into();
    let parts = {
        let lexicon = Lexicon::new(&schema);
        let part = |file: &tree::File| FileIndex::read(file.head(), file.blocks.iter(), (sources, &lexicon));
        files.iter().map(|file| Arc::new(part(file))).collect()
    };
    link(parts, schema, NonZeroUsize::MIN)
}

/// Links what stands in the files of one project, in the order given, which becomes the order of their blocks; by so many
/// threads.
pub fn link(parts: Vec<Arc<FileIndex>>, schema: impl Into<Arc<Schema>>, threads: NonZeroUsize) -> Resolved {
    let (corpus, _, wrong) = LinkState::of(parts, schema.into(), threads);
    Resolved { corpus, problems: wrong.all().collect() }
}

/// What is known of the links of a corpus beside what they lead to.
#[derive(Debug, Default)]
pub struct LinkState {
    /// By part, the references to what is declared by use, in the order of the text.
    pub(super) by_use: Vec<Vec<ReferenceRow>>,
    /// By part, the part of the blocks that are declared by use in it.
    pub(super) used: HashMap<usize, usize>,
    pub(super) takes: AcceptedReferences,
    pub(super) near: NearestNames,
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
        let followed = references::resolve_references(&mut corpus, &takes, threads);
        let repeated = parallel_map(&written, threads, |part| repeats(&corpus, *part));
        let of_parts = followed.problems.into_iter().zip(repeated).enumerate();
        wrong.of_parts =
            of_parts.map(|(number, (led, repeated))| of_part(&corpus.parts[number], led, repeated)).collect();
        cycles::report(&corpus, &mut wrong.cycles);
        unique::report(&corpus, &mut wrong.unique);
        (corpus, LinkState { by_use: followed.by_use, used: followed.used, takes, near: followed.near }, wrong)
    }
}

impl LinkProblems {
    /// All of it.
    pub fn all(self) -> impl Iterator<Item = Diagnostic> {
        self.of_parts.into_iter().flatten().chain(self.names).chain(self.cycles).chain(self.unique)
    }
}

/// What is wrong in a part, with what its references lead to, and with what it repeats.
pub(super) fn of_part(part: &FileIndex, led: Vec<Diagnostic>, repeated: Vec<Diagnostic>) -> Vec<Diagnostic> {
    part.problems.iter().cloned().chain(led).chain(repeated).collect()
}
