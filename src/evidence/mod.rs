//! Floor 2: what documents say to their readers, and where the words quoted from them stand.

mod align;
mod boundary;
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
mod steps;

pub use align::{Change, Near};
pub use format::Format;
pub use nearest::Nearby;
pub use prose::{Paragraph, Prose};
pub use quotation::Unusable;
pub use search::{Document, Found, Manner, Standing};
pub use sentence::{Sentences, ends_sentence};
pub use steps::Steps;
