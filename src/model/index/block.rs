//! How blocks are told apart: by number, by row, and by id.

/// Names one block of a [`Corpus`](crate::model::Corpus); the order of numbers is the order of the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(pub u32);

/// The row of a block in its part.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct RowLocation {
    pub(in crate::model) part: u32,
    pub(in crate::model) row: u32,
}

/// An id as it is written inside a namespace.
pub fn local<'a>(id: &'a str, namespace: &str) -> &'a str {
    id.strip_prefix(namespace).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id)
}
