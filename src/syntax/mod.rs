//! Floor 3: from text to tree. With `condition/`, the only home of nom.

mod document;
mod format;
mod header;
mod input;
mod lexeme;
mod misshapen;
mod pieces;
mod problems;
mod recovery;
mod scan;
mod slips;
pub mod tree;
mod unclosed;
mod value;

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::text::{SourceId, Sources, is_hidden};
use unicode_normalization::{UnicodeNormalization, is_nfc};

pub use format::{format, same_meaning};
pub use input::{Input, ParseFailure, Parsed};
pub use lexeme::{is_name_part, is_name_start, name, sign, text, trivia};
pub use pieces::{OutermostBlocks, ReadFile, read_all};
pub use scan::{Brackets, decode, has_unwelcome, is_unwelcome, written};

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
    let mut reader = document::DocumentReader::new(input, document::ReadFrom::OfFile);
    let (blocks, namespace) = (reader.by_ref().collect(), reader.namespace.take());
    let (blocks, end) = reader.finish(blocks);
    let problems = in_order(end.problems, scan.problems);
    Parse { file: tree::File { source, namespace, blocks, comments: scan.comments }, problems }
}

/// Problems in the order of their places.
fn in_order(mut some: Vec<Diagnostic>, others: Vec<Diagnostic>) -> Vec<Diagnostic> {
    some.extend(others);
    some.sort_by_key(|problem| problem.primary.span);
    some
}

/// Whether a word can stand as a name: it is one, seen as it is, and not reserved.
pub fn is_name(word: &str) -> bool {
    word.starts_with(is_name_start)
        && word.chars().all(|next| is_name_part(next) && !is_hidden(next) && !next.is_control())
        && !lexeme::is_reserved(word)
}

/// A text in quotation marks that says these words: what [`decode`] reads from it.
pub fn encode(words: &str, brackets: Brackets) -> String {
    scan::encode(words, brackets)
}

/// A name in the form in which names are compared: NFC, without hidden characters and controls.
pub fn fold_name(name: &str) -> Cow<'_, str> {
    let is_seen = |character: char| !is_hidden(character) && !character.is_control();
    if name.bytes().all(|byte| matches!(byte, b' '..=b'~')) || is_nfc(name) && name.chars().all(is_seen) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.chars().filter(|character| is_seen(*character)).nfc().collect())
}
