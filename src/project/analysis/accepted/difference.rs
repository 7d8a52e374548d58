//! What has changed in documents since their quotations were accepted.

use std::collections::BTreeSet;

use super::lock::LockedQuote;
use crate::model::{BlockId, Corpus};

/// What is not as it was accepted.
#[derive(Debug, Default)]
pub struct Drift {
    /// Documents whose bytes are others, that are new, or that are gone; by path.
    pub sources: BTreeSet<String>,
    /// The quotations that stand in the same sentence, at another line.
    pub moved: Vec<MovedQuotation>,
    /// How many quotations are new, or gone.
    pub renewed: usize,
    /// The quotations whose sentence has changed, or is gone.
    pub changed: Vec<ChangedQuotation>,
}

/// A quotation that stands at another line than when it was accepted.
#[derive(Clone, Copy, Debug)]
pub struct MovedQuotation {
    /// The block that holds it.
    pub by: BlockId,
    /// The line, from 1, where it began.
    pub before: usize,
    /// The line where it begins now.
    pub now: usize,
}

/// A quotation whose sentence is not the one that was accepted.
#[derive(Clone, Debug)]
pub struct ChangedQuotation {
    /// The quotation.
    pub quotation: BlockId,
    /// The block that holds it.
    pub by: BlockId,
    /// The sentence that was accepted.
    pub before: String,
    /// The sentence, or the passage most like the quotation, that stands there now.
    pub now: Option<String>,
    /// The statements that follow from the one that holds it, over any number of steps.
    pub rests: Vec<BlockId>,
    /// The quotation as it was accepted, which may have been for another claim or from another document.
    pub(crate) accepted: LockedQuote,
    /// The quotation as it is.
    pub(crate) locked: LockedQuote,
}

impl Drift {
    /// Whether all is as it was accepted.
    pub fn is_none(&self) -> bool {
        self.sources.is_empty() && self.moved.is_empty() && self.renewed == 0 && self.changed.is_empty()
    }
}

impl ChangedQuotation {
    /// Whether the words still stand there.
    pub(crate) fn stands_unchanged(&self, corpus: &Corpus) -> bool {
        corpus.reading(self.quotation).is_some_and(|reading| reading.found().is_some())
    }

    /// The path of the document that is quoted.
    pub fn source(&self) -> &str {
        &self.locked.source
    }

    /// The claim that the words were accepted for, and the document, if these are others now.
    pub(crate) fn accepted_for(&self) -> Option<(&str, &str)> {
        let LockedQuote { by, source, .. } = &self.accepted;
        (*by != self.locked.by || *source != self.locked.source).then_some((by, source))
    }
}
