//! The resolved claims: plain data, in which blocks are named by number.

mod circles;
mod components;
mod corpus;
mod days;
mod delta;
mod index;
mod lattice;
mod lexicon;
mod query;
mod quotations;
mod referrers;
pub mod resolve;
mod view;
mod well_known;

pub use circles::{Circle, Circles, crossing};
pub use components::components;
pub use corpus::Corpus;
pub use days::DateRange;
pub use delta::{CorpusDelta, FieldChange};
pub use index::block::{BlockId, local};
pub use index::documents::{CitedDocument, QuotationMatch, UnsearchedDocument};
pub use index::features::LexicalFeature;
pub use index::file::FileIndex;
pub use index::matches::QuotationMatches;
pub use lattice::{CostedVerdict, LatticeVerdict};
pub use lexicon::near_duplicates::LOOKS_LIKE;
pub use quotations::coverage::{Coverage, CoverageTally, CoveredSentence, DocumentLine, OmittedContent, SentenceState};
pub use resolve::{Lexicon, LinkProblems, LinkState, Moves, Replaced, link, resolve};
pub use view::{Block, FieldValues, Fields, PlacedValue, Value, Values, ValuesIter};
pub use well_known::ITEMS;
