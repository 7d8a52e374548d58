//! The prose of documents, and the search for quotations in it.

mod align;
mod boundary;
mod budget;
mod compare;
mod document;
mod format;
mod gaps;
mod letters;
mod nearest;
mod outline;
mod prose;
mod quotation;
mod search;
mod sentence;
mod skeleton;
mod verdict;

pub use align::{Difference, SimilarPassage};
pub use budget::StepBudget;
pub use document::Document;
pub use format::{DocumentFault, DocumentFormat, ProseSource};
pub use nearest::Nearby;
pub use outline::{
    ARTICLE_LEVEL, IrregularNumber, NumberOrder, Outline, Piece, Unit, UnitKind, UnitKinds, provision_readings,
};
pub use prose::{DeclaredUnit, LeftOut, Paragraph, Prose};
pub use quotation::UnusableQuotation;
pub use sentence::{SentenceWords, ends_sentence};
pub use verdict::{FoundQuotation, MatchQuality, QuotationVerdict};
