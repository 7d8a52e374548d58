//! Floor 2: what documents say to their readers, and where the words quoted from them stand.

mod align;
mod boundary;
mod budget;
mod compare;
mod format;
mod gaps;
mod letters;
mod nearest;
mod prose;
mod quotation;
mod search;
mod sentence;
mod skeleton;

pub use align::{Difference, SimilarPassage};
pub use budget::StepBudget;
pub use format::DocumentFormat;
pub use nearest::Nearby;
pub use prose::{Paragraph, Prose};
pub use quotation::UnusableQuotation;
pub use search::{Document, FoundQuotation, MatchQuality, QuotationVerdict};
pub use sentence::{Sentences, ends_sentence};
