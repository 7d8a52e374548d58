//! A checked set with its type.

use crate::condition::plan::Set;
use crate::condition::values::types::{SetSize, Type};

/// A set, what its elements can be, and how many.
#[derive(Debug)]
pub(crate) struct Typed {
    pub(crate) set: Set,
    pub(crate) holds: Type,
    pub(crate) card: SetSize,
}
