//! The documents of a corpus, and what came of looking for its quotations in them.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::block::BlockId;
use super::documents::{CitedDocument, DocumentVerdict, QuotationMatch, UnsearchedDocument};
use super::matches::QuotationMatches;
use crate::evidence::QuotationVerdict;

/// The documents of a corpus, and how its quotations stand in them, which is looked for when it is first asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct QuotationIndex {
    pub(crate) documents: Vec<UnsearchedDocument>,
    /// The most steps that are taken in each document.
    pub(crate) limit: u64,
    pub(crate) searched: OnceLock<QuotationSearchResults>,
    /// What was found before, where somebody keeps it.
    pub(crate) before: QuotationMatches,
}

/// What came of looking for all quotations.
#[derive(Clone, Debug, Default)]
pub(crate) struct QuotationSearchResults {
    pub(crate) documents: Vec<Arc<CitedDocument>>,
    /// The quotations of each document, in document order.
    pub(crate) quotations: Vec<Vec<BlockId>>,
    pub(crate) by_source: HashMap<BlockId, usize>,
    pub(crate) matches: HashMap<BlockId, QuotationMatch>,
    /// Whether some quotation was not compared with all places where it may stand.
    pub(crate) gives_up: bool,
}

impl QuotationIndex {
    /// What looking for the quotations of a document may cost, and what finding the passages nearest to those that are missed:
    /// all documents share the latter.
    pub(crate) fn limits(&self) -> (u64, u64) {
        (self.limit, self.limit / self.documents.len().max(1) as u64)
    }

    /// The numbers of the documents, by the blocks that name them.
    pub(crate) fn by_source(&self) -> HashMap<BlockId, usize> {
        let named = self.documents.iter().enumerate();
        named.flat_map(|(number, document)| document.named_by.iter().map(move |block| (*block, number))).collect()
    }
}

impl QuotationSearchResults {
    /// Takes in how the quotations of a document stand in it.
    pub(in crate::model) fn take(&mut self, number: usize, found: Vec<DocumentVerdict>) {
        self.gives_up |= found.iter().any(|(standing, _)| *standing == QuotationVerdict::GivenUp);
        let reading = |(standing, near)| QuotationMatch { cited: number, standing, near };
        self.matches.extend(self.quotations[number].iter().copied().zip(found.into_iter().map(reading)));
    }
}
