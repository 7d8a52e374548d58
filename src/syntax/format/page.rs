//! The text that grows line by line, with the comments of the source put back where they belong.

use super::line_end::{holds_blank_line, line_end};
use crate::text::Span;

/// The byte order mark that some editors put first.
const MARK: &str = "\u{feff}";

/// Whether a blank line stands before the next line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blank {
    /// Not before any line, until something else is said.
    Nowhere,
    /// Not before the next line; before later ones as the author wrote them.
    NotHere,
    /// Where the author left one or more.
    AsWritten,
    /// Before the next line; before later ones as the author wrote them.
    Due,
}

/// A text in the making.
pub(super) struct OutputText<'a> {
    /// Whether a blank line stands before the next line.
    pub(super) blank: Blank,
    text: &'a str,
    /// The comments that are still to be placed.
    comments: &'a [Span],
    line_end: &'static str,
    out: String,
    /// How many characters the last line holds; none when the next word begins a line.
    column: usize,
}

impl<'a> OutputText<'a> {
    /// An empty page for what stands in `text`, with its byte order mark and its line ends.
    pub(super) fn new(text: &'a str, comments: &'a [Span]) -> OutputText<'a> {
        let mut out = String::with_capacity(text.len() + text.len() / 8);
        out.push_str(if text.starts_with(MARK) { MARK } else { "" });
        OutputText { blank: Blank::NotHere, text, comments, line_end: line_end(text), out, column: 0 }
    }

    /// The whole text, its last line ended.
    pub(super) fn finish(mut self) -> String {
        self.end_line();
        self.out
    }

    /// Begins the line of what stands at `place` in the source, after the comments before it.
    pub(super) fn begin(&mut self, place: u32, indent: usize) {
        self.comments(place, indent);
        self.line(place, indent);
    }

    /// Begins the line of what stands at `place` in the source, after a blank line if one is to be.
    pub(super) fn line(&mut self, place: u32, indent: usize) {
        self.end_line();
        let (blank, next) = match self.blank {
            Blank::Nowhere => (false, Blank::Nowhere),
            Blank::NotHere => (false, Blank::AsWritten),
            Blank::AsWritten => (self.follows_blank(place), Blank::AsWritten),
            Blank::Due => (true, Blank::AsWritten),
        };
        self.blank = next;
        self.out.push_str(if blank { self.line_end } else { "" });
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
    }

    /// Goes on with the line.
    pub(super) fn write(&mut self, words: &str) {
        self.out.push_str(words);
        self.column = match words.rfind(['\n', '\r']) {
            Some(at) => words[at + 1..].chars().count(),
            None => self.column + words.chars().count(),
        };
    }

    /// Places the comments that stand before `place` in the source: behind the words they stood
    /// behind, or on lines of their own.
    pub(super) fn comments(&mut self, place: u32, indent: usize) {
        while let Some((comment, rest)) = self.comments.split_first().filter(|(comment, _)| comment.start < place) {
            self.comments = rest;
            if self.is_at_line_start() || self.begins_line(comment.start) {
                self.line(comment.start, indent);
            } else {
                self.out.push_str("  ");
            }
            let words = &self.text[comment.start as usize..comment.end as usize];
            self.write(words.trim_end());
            self.end_line();
        }
    }

    /// Whether a comment before `place` is still to be placed.
    pub(super) fn has_comment_before(&self, place: u32) -> bool {
        self.comments.first().is_some_and(|comment| comment.start < place)
    }

    /// Whether the last line has ended.
    pub(super) fn is_at_line_start(&self) -> bool {
        self.column == 0
    }

    /// Whether the line can go on with a blank and these words, or the first line of them.
    pub(super) fn has_room(&self, words: &str, width: usize) -> bool {
        let first = words.split(['\n', '\r']).next().unwrap_or(words);
        self.column + 1 + first.chars().count() <= width
    }

    /// Whether a blank line stands between two places of the source.
    pub(super) fn blank_between(&self, start: u32, end: u32) -> bool {
        holds_blank_line(&self.text[start as usize..end as usize])
    }

    fn end_line(&mut self) {
        if self.column > 0 {
            self.out.push_str(self.line_end);
            self.column = 0;
        }
    }

    /// Whether a blank line stands right before a place of the source.
    fn follows_blank(&self, place: u32) -> bool {
        let before = &self.text[..place as usize];
        holds_blank_line(&before[before.trim_end().len()..])
    }

    /// Whether nothing stands before a place on its line of the source.
    fn begins_line(&self, place: u32) -> bool {
        let before = &self.text[..place as usize];
        before[before.trim_end().len()..].contains(['\n', '\r']) || before.trim_end().is_empty()
    }
}
