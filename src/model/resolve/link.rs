//! The corpus of some files, made in one step.

use std::num::NonZeroUsize;
use std::sync::Arc;

use super::lexicon::Lexicon;
use super::relink::LinkState;
use crate::diagnostic::Diagnostic;
use crate::model::corpus::Corpus;
use crate::model::index::file::FileIndex;
use crate::schema::Schema;
use crate::syntax::tree;
use crate::text::Sources;

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
