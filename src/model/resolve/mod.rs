//! From trees and a schema to a corpus: the only way in which a corpus comes to be.
//!
//! What a piece of a file says by itself is read first, into a [`FileIndex`](super::FileIndex); that can be done for all pieces at the same time.
//! Then the parts are linked: what their references lead to depends on all of them.

mod cycles;
mod declare;
mod fields;
mod file;
mod lexicon;
mod link;
mod misplaced;
mod names;
mod problems;
mod references;
mod relink;
mod unique;
mod values;

pub use lexicon::Lexicon;
pub use link::{LinkProblems, LinkState, Resolved, link, resolve};
pub use relink::{Moves, Replaced};
