//! The passage that is most like a quotation which does not stand in its source, and how the two differ.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::letters::{Letters, Side, Sort};
use super::prose::Prose;
use crate::text::{Word, quoted_words, words};

/// Words that stand oftener than this do not tell where a quotation comes from.
const COMMON: usize = 100;

/// So many words of a document or of a quotation are compared with each other; what is longer is not a near miss.
const LONGEST: usize = 600;

/// How much of a quotation must stand in a passage that it is likened to.
const LIKE: f64 = 0.5;

/// How far (in words) the words of a quotation may be moved against each other to vote for the same passage.
const DRIFT: usize = 8;

/// The words of a document by which passages are found.
pub struct Nearby<'a> {
    prose: &'a Prose,
    words: Vec<(usize, Range<u32>)>,
    by_word: HashMap<String, Vec<u32>>,
}

/// A passage that is like a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Where it stands in the text of the document.
    pub bytes: Range<usize>,
    /// How they differ, in the order of the words.
    pub changes: Vec<Change>,
}

/// One difference between a quotation and a passage; never are both sides empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The words of the quotation; empty where it leaves some out.
    pub quoted: String,
    /// The words of the passage; empty where the quotation adds some.
    pub written: String,
}

impl fmt::Display for Change {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.quoted.as_str(), self.written.as_str()) {
            (quoted, "") => write!(out, "“{quoted}” is not in the text"),
            ("", written) => write!(out, "“{written}” is left out"),
            (quoted, written) => write!(out, "“{quoted}” for “{written}”"),
        }
    }
}

impl<'a> Nearby<'a> {
    /// Reads the words of a document.
    pub fn new(prose: &'a Prose) -> Nearby<'a> {
        let mut nearby = Nearby { prose, words: Vec::new(), by_word: HashMap::new() };
        for (number, paragraph) in prose.paragraphs.iter().enumerate() {
            for word in words(prose.words(number)) {
                let start = paragraph.bytes.start + word.bytes.start;
                let at = nearby.words.len() as u32;
                nearby.words.push((number, start as u32..(start + word.bytes.len()) as u32));
                let known = nearby.by_word.entry(word.folded).or_default();
                if known.len() <= COMMON {
                    known.push(at);
                }
            }
        }
        nearby
    }

    /// The passage most like a quotation; none if less than half of its words stand together anywhere.
    pub fn find(&self, quotation: &str) -> Option<Near> {
        let wanted = quoted_words(quotation);
        if wanted.is_empty() || wanted.len() > LONGEST {
            return None;
        }
        let (paragraph, start) = self.elect(&wanted)?;
        let window = start.saturating_sub(DRIFT)..(start + wanted.len() + 2 * DRIFT).min(self.words.len());
        let mut window = self.words[window].iter().filter(|(of, _)| *of == paragraph).map(|(_, bytes)| bytes);
        let first = window.next()?;
        let passage = first.start as usize..window.next_back().unwrap_or(first).end as usize;
        let quoted = tokens(quotation_text(quotation).as_str(), 0, Side::Quotation);
        let written = tokens(&self.prose.text[..passage.end], passage.start, Side::Source);
        align(&quoted, &written)
    }

    /// The paragraph where most of the rarer words of a quotation stand in their order, and the word of the document with
    /// which it would begin.
    fn elect(&self, wanted: &[Word]) -> Option<(usize, usize)> {
        let mut votes: HashMap<(usize, usize), usize> = HashMap::new();
        for (number, word) in wanted.iter().enumerate() {
            let places = self.by_word.get(&word.folded).map(Vec::as_slice).unwrap_or_default();
            for place in places.iter().filter(|_| places.len() <= COMMON) {
                let paragraph = self.words[*place as usize].0;
                let begins = (*place as usize).saturating_sub(number) / DRIFT;
                *votes.entry((paragraph, begins)).or_default() += 2;
                *votes.entry((paragraph, begins + 1)).or_default() += 1;
                *votes.entry((paragraph, begins.saturating_sub(1))).or_default() += 1;
            }
        }
        let ((paragraph, begins), _) = votes.into_iter().max_by_key(|(place, count)| (*count, Reverse(*place)))?;
        Some((paragraph, (begins * DRIFT).min(self.words.len())))
    }
}

/// A word or a mark, folded as quotations are.
struct Token {
    is: String,
    bytes: Range<usize>,
}

/// A quotation without the marks of its quoter.
fn quotation_text(quotation: &str) -> String {
    use crate::text::quotation::{Sort as Mark, pieces};
    let letter = |mark: Mark| match mark {
        Mark::Letter(letter) | Mark::EitherCase(letter) | Mark::LoneLetter(letter) => Some(letter),
        Mark::Gap => Some(' '),
        Mark::Insertion | Mark::Unclosed => None,
    };
    pieces(quotation).into_iter().filter_map(|piece| letter(piece.sort)).collect()
}

/// The words and marks of a text from a byte on.
fn tokens(text: &str, at: usize, side: Side) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut open = false;
    for letter in Letters::new(text, at, side) {
        let Sort::Of(is) = letter.sort else {
            open &= letter.sort == Sort::LineHyphen;
            continue;
        };
        match found.last_mut() {
            Some(last) if open && is.is_alphanumeric() => {
                last.is.push(is);
                last.bytes.end = letter.bytes.end;
            }
            Some(_) | None => found.push(Token { is: is.to_string(), bytes: letter.bytes }),
        }
        open = is.is_alphanumeric() && !super::letters::is_cjk(is);
    }
    found
}

/// Puts a quotation and a passage that is longer at both ends beside each other.
fn align(quoted: &[Token], written: &[Token]) -> Option<Near> {
    let is = |tokens: &[Token]| tokens.iter().map(|token| token.is.clone()).collect::<Vec<String>>();
    let (before, after) = (is(quoted), is(written));
    let operations = capture_diff_slices(Algorithm::Myers, &before, &after);
    let same: usize = operations.iter().map(|one| if let DiffOp::Equal { len, .. } = one { *len } else { 0 }).sum();
    if (same as f64) < LIKE * before.len() as f64 {
        return None;
    }
    let ends = ends(&operations)?;
    let mut changes = Vec::new();
    for operation in &operations {
        let (old, new) = (operation.old_range(), operation.new_range());
        if matches!(operation, DiffOp::Equal { .. }) {
            continue;
        }
        let new = new.start.max(ends.start)..new.end.min(ends.end);
        let change = Change { quoted: before[old].join(" "), written: after.get(new).unwrap_or_default().join(" ") };
        if !change.quoted.is_empty() || !change.written.is_empty() {
            changes.push(change);
        }
    }
    let bytes = written.get(ends.start)?.bytes.start..written.get(ends.end.checked_sub(1)?)?.bytes.end;
    Some(Near { bytes, changes })
}

/// Which tokens of the passage belong to it: from where the two first agree to where they last do, and as many before and
/// after as the quotation has there.
fn ends(operations: &[DiffOp]) -> Option<Range<usize>> {
    let equal = |operation: &&DiffOp| matches!(operation, DiffOp::Equal { .. });
    let first = operations.iter().find(equal)?;
    let last = operations.iter().rev().find(equal)?;
    let written: usize = operations.iter().map(|one| one.new_range().end).max()?;
    let quoted: usize = operations.iter().map(|one| one.old_range().end).max()?;
    let start = first.new_range().start.saturating_sub(first.old_range().start);
    Some(start..(last.new_range().end + quoted - last.old_range().end).min(written))
}

#[cfg(test)]
mod tests {
    use super::Nearby;
    use crate::evidence::Format;

    #[test]
    fn the_words_that_differ_are_named() {
        let text = "Nothing of it.\n\nHowever, Japan and the United States will take bilateral action in the event of an \
            armed attack against Japan.\n\nIt would not necessarily contribute to stability.";
        let prose = Format::Text.read(text);
        let nearby = Nearby::new(&prose);
        for (quotation, passage, changes) in [
            (
                "the United States shall take bilateral action",
                "the United States will take bilateral action",
                vec![("shall", "will")],
            ),
            (
                "It would contribute to stability",
                "It would not necessarily contribute to stability",
                vec![("", "not necessarily")],
            ),
            ("in the event of an unprovoked armed attack", "in the event of an armed attack", vec![("unprovoked", "")]),
            ("japan and the United States", "Japan and the United States", vec![("japan", "Japan")]),
        ] {
            let near = nearby.find(quotation).unwrap();
            let found: Vec<(&str, &str)> = near.changes.iter().map(|one| (&*one.quoted, &*one.written)).collect();
            assert_eq!((&text[near.bytes], found), (passage, changes), "{quotation}");
        }
        assert_eq!(nearby.find("nobody knows what he is to do about the cats"), None);
    }
}
