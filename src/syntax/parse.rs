//! From the text of a file to its tree, with everything that could not be read.

use super::document::{DocumentReader, ReadFrom};
use super::input::Input;
use super::{scan, tree};
use crate::diagnostic::Diagnostic;
use crate::text::{SourceId, Sources};

/// A file as far as it could be read, and everything that could not.
#[derive(Debug)]
pub struct Parse {
    /// The tree; what was broken is marked as such in it.
    pub file: tree::File,
    /// The problems, in the order of their places.
    pub problems: Vec<Diagnostic>,
}

/// Reads a claims file. Total: any text gives a tree, and no text takes more than linear time.
pub fn parse(source: SourceId, sources: &Sources) -> Parse {
    let input = Input::new(source, 0, sources.get(source).text());
    let scan = scan::scan(input);
    let mut reader = DocumentReader::new(input, ReadFrom::OfFile);
    let (blocks, namespace) = (reader.by_ref().collect(), reader.namespace.take());
    let (blocks, end) = reader.finish(blocks);
    let problems = in_order(end.problems, scan.problems);
    Parse { file: tree::File { source, namespace, blocks, comments: scan.comments }, problems }
}

/// Problems in the order of their places.
pub(super) fn in_order(mut some: Vec<Diagnostic>, others: Vec<Diagnostic>) -> Vec<Diagnostic> {
    some.extend(others);
    some.sort_by_key(|problem| problem.primary.span);
    some
}
