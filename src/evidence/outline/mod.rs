//! The units of a document: parts, articles, paragraphs and points, each with its number, found from what the format declares
//! and from the labels at the beginning of lines.

mod build;
mod kinds;
mod label;
mod number;
mod path;
mod tree;

pub use kinds::{ARTICLE_LEVEL, UnitKind, UnitKinds};
pub(super) use label::unit_label;
pub use path::provision_readings;
pub use tree::{IrregularNumber, NumberOrder, Outline, Piece, Unit};
