//! What there is to say of a fact: how it is asked for, what it leads to, what it is read out of, and how it is found.

use crate::condition::values::scalar::ScalarValue;
use crate::model::{BlockId, CitedDocument, Corpus, QuotationMatch};
use crate::text::Span;

/// A fact that the program can find out about a block: one row of the table.
#[derive(Debug)]
pub(crate) struct NativeFact {
    /// How a schema asks for it.
    pub(super) name: &'static str,
    pub(super) takes: FactArgument,
    pub(super) gives: FactValues,
    pub(super) reads: FactSource,
    pub(super) finds: FactFinder,
    /// Where in documents what it leads to stands, if it is not in the claims.
    pub(super) places: Option<fn(&QuotationInDocument<'_>) -> Vec<Span>>,
}

/// What stands after the name of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FactArgument {
    Nothing,
    /// A class of words, which must be one of the tables.
    WordClass,
}

/// What a fact leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FactValues {
    /// Any number of blocks.
    Blocks,
    /// At most one text.
    Text,
    /// Any number of texts.
    Texts,
    /// At most one number in figures.
    Number,
    /// Any number of numbers in figures.
    Numbers,
}

/// What a fact is read out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FactSource {
    /// The names and kinds of blocks, which an edit leaves as they are.
    Names,
    /// What the block declares of its language.
    Language,
    /// The number of the block, and of those of which it is a part.
    Numbering,
    /// The words of the block.
    Words,
    /// The words of all quotations of the block.
    Quotations,
    /// The words of the quotation as far as its document bears them out.
    QuotedWords,
    /// How the quotation stands in its document.
    Document,
}

/// How a fact is found; a class of words comes last.
#[derive(Clone, Copy, Debug)]
pub(super) enum FactFinder {
    /// From a block alone.
    InClaims(fn(&Corpus, BlockId, &str) -> Vec<ScalarValue>),
    /// From a quotation whose document was read; nothing of others.
    InDocument(fn(&QuotationInDocument<'_>, &str) -> Vec<String>),
}

/// A quotation, and how it stands in its document.
pub(super) struct QuotationInDocument<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) quotation: BlockId,
    pub(super) reading: &'a QuotationMatch,
    pub(super) cited: &'a CitedDocument,
}

impl<'a> QuotationInDocument<'a> {
    /// Nothing where the document was not read.
    pub(super) fn of(corpus: &'a Corpus, quotation: BlockId) -> Option<QuotationInDocument<'a>> {
        let reading = corpus.reading(quotation)?;
        let cited = &**corpus.documents().get(reading.cited)?;
        Some(QuotationInDocument { corpus, quotation, reading, cited })
    }
}
