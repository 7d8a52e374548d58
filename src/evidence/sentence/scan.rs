//! The way through a paragraph from one end of a sentence to the next.

use std::cell::OnceCell;
use std::ops::Range;

use super::enclosed::{Enclosed, enclosed};
use super::enumerator::Enumerator;
use super::lines;
use super::lists::{self, trimmed};
use super::marks::{MarkKind, Stop, bracketed_note, has_no_case, is_end};
use super::words::{SentenceWords, from_word};

/// A paragraph that is being split.
pub(super) struct Scan<'a> {
    text: &'a str,
    known: &'a SentenceWords,
    enclosed: Vec<Enclosed>,
    /// Where lines begin that are items of a list.
    items: Vec<usize>,
    width: OnceCell<usize>,
    found: Vec<Range<usize>>,
    /// Where the sentence begins that has not ended.
    start: usize,
    /// How far a letter or digit of it was looked for, and whether there is one.
    searched: usize,
    is_worded: bool,
    /// Whether it is still on its first line.
    on_first_line: bool,
    /// Where the last text in brackets or quotation marks ends that belongs to it as a whole.
    held_to: usize,
}

impl SentenceWords {
    /// Where the sentences of a paragraph stand, without white space around them and without those that are labels alone.
    pub fn sentences(&self, text: &str) -> Vec<Range<usize>> {
        let (sentences, enclosed) = Scan::of(text, self);
        let mut found = lists::split(text, sentences, &enclosed, &self.joints);
        found.retain(|bytes| !self.is_label(&text[bytes.clone()]));
        found
    }
}

impl<'a> Scan<'a> {
    /// The sentences of a paragraph, and what stands in brackets and quotation marks there.
    fn of(text: &'a str, known: &'a SentenceWords) -> (Vec<Range<usize>>, Vec<Enclosed>) {
        let items = if text.contains('\n') { lines::items(text) } else { Vec::new() };
        let mut scan = Scan {
            text,
            known,
            enclosed: enclosed(text),
            items,
            width: OnceCell::new(),
            found: Vec::new(),
            start: 0,
            searched: 0,
            is_worded: false,
            on_first_line: true,
            held_to: 0,
        };
        scan.run();
        (scan.found, scan.enclosed)
    }

    fn run(&mut self) {
        let (mut at, mut next) = (0, 0);
        while let Some((offset, mark)) = self.text[at..].char_indices().find(|(_, mark)| is_looked_at(*mark)) {
            let here = at + offset;
            at = here + mark.len_utf8();
            if mark == '\n' {
                at = here + self.text[here..].len() - self.text[here..].trim_start().len();
                if self.line_ends(here, at) {
                    self.push(here);
                }
                self.on_first_line = self.start >= here;
            } else if is_end(mark) {
                let stop = Stop::at(self.text, here);
                if self.ends(&stop) {
                    let end = self.with_note(stop.end);
                    self.push(end);
                    at = self.start;
                } else {
                    at = stop.marks_end;
                }
            } else {
                while self.enclosed.get(next).is_some_and(|one| one.start < here) {
                    next += 1;
                }
                let one = self.enclosed.get(next).copied().filter(|one| one.start == here);
                if let Some(one) = one.filter(|one| self.holds(one)) {
                    at = self.behind(&one);
                }
            }
        }
        self.push(self.text.len());
    }

    fn push(&mut self, end: usize) {
        let bytes = trimmed(self.text, self.start..end);
        let rest = &self.text[end..];
        self.start = end + rest.len() - rest.trim_start().len();
        (self.searched, self.is_worded, self.on_first_line) = (self.start, false, true);
        if !bytes.is_empty() {
            self.found.push(bytes);
        }
    }

    /// What the sentence says before a byte.
    fn before(&self, at: usize) -> &'a str {
        &self.text[self.start.min(at)..at]
    }

    /// Whether the sentence has a letter or digit before a byte.
    fn is_worded(&mut self, at: usize) -> bool {
        if !self.is_worded && self.searched < at {
            self.is_worded = self.text[self.searched..at].contains(char::is_alphanumeric);
            self.searched = at;
        }
        self.is_worded
    }

    /// Whether a text in brackets or quotation marks belongs as a whole to the sentence in which it begins.
    fn holds(&mut self, one: &Enclosed) -> bool {
        let lead = self.before(one.start).trim_end();
        let is_within = self.is_worded(one.start) && !self.known.is_label(lead);
        let rest = &self.text[one.end..];
        let words = rest.trim_start();
        let goes_on = rest.starts_with([',', ';', '、'])
            || rest.starts_with(has_no_case)
            || words.starts_with(char::is_lowercase) && Enumerator::at(words).is_none();
        match one.is_quoted {
            true => goes_on || is_within && !lead.ends_with([':', '：']),
            false => is_within,
        }
    }

    /// Where to go on behind such a text: at the marks with which it ends, since the sentence may end there too.
    fn behind(&mut self, one: &Enclosed) -> usize {
        self.held_to = one.end;
        let text = &self.text[one.start..one.end];
        let closing = text.chars().next_back().map_or(0, char::len_utf8);
        let inner = text[..text.len() - closing].trim_end();
        let words = inner.trim_end_matches(is_end);
        if words.len() < inner.len() && !words.is_empty() { one.start + words.len() } else { one.end }
    }

    /// Whether a sentence ends with marks that may end one.
    fn ends(&mut self, stop: &Stop) -> bool {
        let before = self.before(stop.start);
        let rest = &self.text[stop.end..];
        let words = rest.trim_start();
        if !self.is_worded(stop.start) {
            return false;
        }
        if words.is_empty() {
            return true;
        }
        if rest.len() == words.len() {
            return self.ends_unspaced(stop, before, rest);
        }
        if stop.bare_note {
            return !self.known.ends_with_abbreviation(before);
        }
        if begins_small(words) && Enumerator::at(words).is_none() && stop.kind != MarkKind::Alone {
            return false;
        }
        match stop.kind {
            // A bracket within a sentence may end like one.
            MarkKind::FullStop if self.is_bracket(stop) => self.known.opens(words),
            MarkKind::FullStop => self.known.full_stop_ends(before, words),
            MarkKind::Ellipsis => self.known.opens(words) || Enumerator::at(words).is_some(),
            MarkKind::FullEllipsis => !words.starts_with(char::is_numeric),
            MarkKind::Strong => self.known.opens(words) || !self.known.ends_with_name(before),
            MarkKind::Alone => true,
        }
    }

    /// Whether a bracket closes behind marks that belongs as a whole to the sentence.
    fn is_bracket(&self, stop: &Stop) -> bool {
        self.text[stop.marks_end..stop.end].starts_with(')') && self.held_to == stop.marks_end + 1
    }

    /// The same where no white space follows.
    fn ends_unspaced(&self, stop: &Stop, before: &str, rest: &str) -> bool {
        let closes = &self.text[stop.marks_end..stop.end];
        let is_bracketed = || before.starts_with(['（', '(']);
        match stop.kind {
            MarkKind::Strong => rest.starts_with(has_no_case) && closes.is_empty(),
            MarkKind::Alone if self.text[stop.start..].starts_with('．') => {
                !(before.ends_with(char::is_numeric) && rest.starts_with(char::is_numeric))
            }
            MarkKind::Alone => {
                let closed = closes.trim_end_matches(|mark: char| mark.is_numeric() || matches!(mark, '[' | ']'));
                closed.is_empty() || !rest.starts_with(has_no_case) || closed.ends_with(['）', ')']) && is_bracketed()
            }
            MarkKind::FullStop | MarkKind::Ellipsis | MarkKind::FullEllipsis => false,
        }
    }

    /// The end of a sentence with the mark of a footnote that stands apart behind it.
    fn with_note(&self, end: usize) -> usize {
        let rest = &self.text[end..];
        let words = rest.trim_start();
        let note = bracketed_note(words).filter(|_| !self.before(end).starts_with('['));
        let after = note.map(|length| &words[length..]);
        let stands_apart = after.is_some_and(|after| after.is_empty() || after.starts_with(char::is_whitespace));
        if stands_apart { end + rest.len() - words.len() + note.unwrap_or_default() } else { end }
    }

    /// Whether a sentence ends with a line.
    fn line_ends(&self, at: usize, next: usize) -> bool {
        if self.items.binary_search(&next).is_ok() {
            return true;
        }
        let width = || *self.width.get_or_init(|| lines::width(self.text));
        self.on_first_line && self.known.is_title(self.before(at), &self.text[next..], width)
    }
}

fn is_looked_at(mark: char) -> bool {
    match mark {
        '.' | '!' | '?' | '\n' | '(' | '[' | '"' => true,
        _ => !mark.is_ascii() && (is_end(mark) || matches!(mark, '（' | '【' | '「' | '『' | '“' | '„' | '«' | '»')),
    }
}

/// Whether a text begins with a small letter, and neither with a name such as `iPhone` nor with an address.
fn begins_small(text: &str) -> bool {
    let text = from_word(text);
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_lowercase)
        && !letters.next().is_some_and(char::is_uppercase)
        && !text.starts_with("http")
        && !text.starts_with("www.")
}
