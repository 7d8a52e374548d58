//! The claims files of a project as they were read, each with its pieces and with what is wrong in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::claims::{self, ClaimsListing, Excluded};
use super::context::ProjectContext;
use crate::diagnostic::Diagnostic;
use crate::model::FileIndex;
use crate::project::files::problems;
use crate::project::files::tree::{NotRead, Tree};
use crate::text::{SourceId, Sources};

/// The claims files of a project, by path.
#[derive(Default)]
pub(super) struct LoadedClaims {
    listing: ClaimsListing,
    files: BTreeMap<String, LoadedFile>,
    /// Where the texts of files stood that are no longer there, or are to be read again.
    gone: BTreeMap<String, SourceId>,
}

/// What came of reading a claims file.
pub(super) struct LoadedFile {
    pub(super) source: SourceId,
    /// Its pieces.
    pub(super) parts: Vec<Arc<FileIndex>>,
    pub(super) problems: Vec<Diagnostic>,
    is_read: bool,
}

/// A claims file that was read again, with the number of its first piece among those of all files.
pub(super) struct Reread<'a> {
    pub(super) number: usize,
    pub(super) before: LoadedFile,
    pub(super) now: &'a LoadedFile,
}

impl LoadedClaims {
    /// Finds out which claims files there are, and reads those that were not.
    pub(super) fn list(
        &mut self,
        (tree, explicit): (&dyn Tree, &[String]),
        context: &ProjectContext,
        sources: &mut Sources,
    ) {
        self.listing = ClaimsListing::of(tree, explicit, &context.config, sources);
        let mut before = std::mem::take(&mut self.files);
        self.gone.extend(before.iter().map(|(path, file)| (path.clone(), file.source)));
        self.files = self.listing.paths.iter().filter_map(|path| before.remove_entry(path)).collect();
        let unread: Vec<String> =
            self.listing.paths.iter().filter(|path| !self.files.contains_key(*path)).cloned().collect();
        let texts = claims::texts(tree, &unread, context);
        let mut read: Vec<(String, SourceId)> = Vec::new();
        for (path, text) in unread.into_iter().zip(texts) {
            match text {
                Ok(text) => {
                    let source = self.place(&path, text, sources);
                    read.push((path, source));
                }
                Err(why) => self.put_unread(path, why, (context, sources)),
            }
        }
        let files: Vec<SourceId> = read.iter().map(|(_, source)| *source).collect();
        let parsed = claims::parse(&files, sources, context);
        for ((path, source), file) in read.into_iter().zip(parsed) {
            let (parts, problems) = (file.pieces, file.problems);
            self.files.insert(path, LoadedFile { source, parts, problems, is_read: true });
        }
    }

    /// Has a file read again when files are listed next.
    pub(super) fn forget(&mut self, path: &str) {
        let before = self.files.remove(path);
        self.gone.extend(before.map(|before| (path.to_owned(), before.source)));
    }

    /// Reads a file again; nothing, and the file is forgotten, if it was not there or cannot be read.
    pub(super) fn reread(
        &mut self,
        (path, tree): (&str, &dyn Tree),
        context: &ProjectContext,
        sources: &mut Sources,
    ) -> Option<Reread<'_>> {
        let text = tree.read(path, context.config.file_size.value);
        let (Some(before), Ok(text)) = (self.files.remove(path), text) else {
            self.forget(path);
            return None;
        };
        let source = before.source;
        sources.replace(source, text);
        let read = claims::parse(&[source], sources, context).pop()?;
        let number = self.files.range(..path.to_owned()).map(|(_, file)| file.parts.len()).sum();
        let now = LoadedFile { source, parts: read.pieces, problems: read.problems, is_read: true };
        Some(Reread { number, before, now: self.files.entry(path.to_owned()).or_insert(now) })
    }

    /// The pieces of all files, in the order of their paths.
    pub(super) fn parts(&self) -> Vec<Arc<FileIndex>> {
        self.files.values().flat_map(|file| file.parts.iter().cloned()).collect()
    }

    /// The files that could be read.
    pub(super) fn read(&self) -> impl Iterator<Item = SourceId> {
        self.files.values().filter(|file| file.is_read).map(|file| file.source)
    }

    /// The source of a file.
    pub(super) fn source(&self, path: &str) -> Option<SourceId> {
        self.files.get(path).map(|file| file.source)
    }

    /// What is wrong with how each file is written.
    pub(super) fn problems(&self) -> impl Iterator<Item = (SourceId, &[Diagnostic])> {
        self.files.values().map(|file| (file.source, file.problems.as_slice()))
    }

    /// What is wrong with the settings that say which files there are, and with folders.
    pub(super) fn listing_problems(&self) -> &[Diagnostic] {
        &self.listing.problems
    }

    /// What leaves files out.
    pub(super) fn excluded(&self) -> &[Excluded] {
        &self.listing.excluded
    }

    fn put_unread(&mut self, path: String, why: NotRead, (context, sources): (&ProjectContext, &mut Sources)) {
        let source = self.place(&path, String::new(), sources);
        let problems = vec![problems::unread(source, &path, why, context.config.file_size.value)];
        self.files.insert(path, LoadedFile { source, parts: Vec::new(), problems, is_read: false });
    }

    /// Takes a text in, where the one of the same path stood if there was one.
    fn place(&self, path: &str, text: String, sources: &mut Sources) -> SourceId {
        match self.gone.get(path) {
            Some(source) => {
                sources.replace(*source, text);
                *source
            }
            None => sources.add(path, text),
        }
    }
}
