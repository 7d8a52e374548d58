//! Reads the lock of a project: what was accepted of its documents, and what is wrong with the file.

use super::difference::ChangedQuotation;
use super::lock::Lock;
use super::lock_problems as problems;
use crate::diagnostic::Diagnostic;
use crate::model::Corpus;
use crate::project::analysis::context::ProjectContext;
use crate::project::files::tree::{NotRead, Tree};
use crate::project::names::LOCK_NAME;
use crate::text::{SourceId, Sources, Span};

/// The lock of a project, and what is wrong with its file.
#[derive(Default)]
pub(in crate::project::analysis) struct ReadLock {
    /// The file and what it holds; nothing if there is none, or if it cannot be read.
    pub(in crate::project::analysis) file: Option<(SourceId, Lock)>,
    /// The file, where the settings come from elsewhere and it is none of them.
    pub(in crate::project::analysis) apart: Option<SourceId>,
    /// What is wrong with the file.
    pub(in crate::project::analysis) problems: Vec<Diagnostic>,
}

impl ReadLock {
    /// Reads the lock beneath a tree. One that is missing is a problem only if the documents must be what was accepted.
    pub(in crate::project::analysis) fn open(
        tree: &dyn Tree,
        context: &ProjectContext,
        sources: &mut Sources,
    ) -> ReadLock {
        let limit = context.config.file_size.value;
        let (text, unread) = match tree.read(LOCK_NAME, limit) {
            Err(NotRead::Missing) if !context.must_hold => return ReadLock::default(),
            Err(why) => (String::new(), Some(why)),
            Ok(text) => (text, None),
        };
        // Of a file that is no lock nothing is shown.
        let is_lock = text.lines().any(|line| line.starts_with("seal"));
        let file = match unread {
            Some(NotRead::Missing) => sources.add_absent(LOCK_NAME),
            Some(_) | None => sources.add(LOCK_NAME, if is_lock { text } else { String::new() }),
        };
        let apart = context.is_foreign.then_some(file);
        let read = match unread {
            Some(NotRead::Missing) => Ok(Lock::default()),
            Some(why) => Err(problems::lock_unread(why, limit, Span::file(file))),
            None if !is_lock => Err(problems::not_a_lock(Span::file(file))),
            None => Lock::read(file, sources),
        };
        match read {
            Ok(lock) => ReadLock { file: Some((file, lock)), apart, problems: Vec::new() },
            Err(problem) => ReadLock { file: None, apart, problems: vec![problem] },
        }
    }

    /// What it holds.
    pub(in crate::project::analysis) fn lock(&self) -> Option<&Lock> {
        self.file.as_ref().map(|(_, lock)| lock)
    }

    /// Whether there is a file that cannot be read as one.
    pub(in crate::project::analysis) fn is_unreadable(&self) -> bool {
        !self.problems.is_empty()
    }

    /// Where it is, or would be.
    pub(in crate::project::analysis) fn place(&self, sources: &mut Sources) -> Span {
        let file = self.file.as_ref().map(|(file, _)| *file);
        Span::file(file.unwrap_or_else(|| sources.add_absent(LOCK_NAME)))
    }

    /// What is not as it was accepted, as problems, with the passages that have changed.
    pub(in crate::project::analysis) fn drift(
        &self,
        corpus: &Corpus,
        sources: &Sources,
        must_hold: bool,
    ) -> (Vec<Diagnostic>, Vec<ChangedQuotation>) {
        let Some((file, lock)) = &self.file else { return (Vec::new(), Vec::new()) };
        let drift = lock.drift(corpus, sources);
        (drift.problems(corpus, (*file, must_hold)).into_iter().collect(), drift.changed)
    }
}
