//! RFCs as plain text: without the feet and heads of their pages, so that a paragraph goes on from one page to the next.

use std::ops::Range;

use super::plain;
use crate::evidence::outline::UnitKinds;
use crate::evidence::prose::{Prose, Writer};

/// A line of the document, without its end.
struct Line<'a> {
    words: &'a str,
    start: usize,
}

/// A piece of the document that is kept, and where it stands in what is kept.
struct Kept {
    start: usize,
    file: Range<usize>,
}

/// What stands between two pages: the foot of one and the head of the next.
const FURNITURE: &str = "page headers and footers";

/// Whether a text has pages as RFCs have them: each ends with a foot that gives its number, from one to the next, and with a form
/// feed.
pub(super) fn has_pages(document: &str) -> bool {
    let mut numbers = Vec::new();
    let mut pages = document.split('\u{c}').peekable();
    while let Some(page) = pages.next() {
        match page.lines().map(str::trim_end).rfind(|line| !line.is_empty()).map(page_number) {
            Some(Some(number)) => numbers.push(number),
            // Nothing stands on the last page but its foot.
            None if pages.peek().is_none() => {}
            Some(None) | None => return false,
        }
    }
    numbers.len() > 1 && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}

pub(super) fn read(document: &str, kinds: &UnitKinds) -> Prose {
    let mut writer = Writer::default();
    let (text, kept) = without_furniture(document, &mut writer);
    for paragraph in plain::read(&text, kinds).paragraphs {
        writer.paragraph(paragraph.heading);
        let first = kept.partition_point(|piece| piece.start + piece.file.len() <= paragraph.bytes.start);
        let mut at = paragraph.bytes.start;
        for piece in &kept[first..] {
            let end = (piece.start + piece.file.len()).min(paragraph.bytes.end);
            if at < piece.start.min(paragraph.bytes.end) {
                // Between two pieces stands nothing but the end of a line.
                writer.push_set("\n", piece.file.start..piece.file.start);
                at = piece.start;
            }
            if at >= end {
                break;
            }
            writer.push(&text[at..end], piece.file.start + at - piece.start);
            at = end;
        }
        writer.paragraph(None);
    }
    writer.finish()
}

/// The text between the feet and heads of pages, and the pieces of the document of which it is made.
fn without_furniture(document: &str, writer: &mut Writer) -> (String, Vec<Kept>) {
    let lines = lines(document);
    let (mut text, mut kept) = (String::new(), Vec::new());
    let (mut from, mut number) = (0, 0);
    while number < lines.len() {
        if page_number(lines[number].words).is_none() {
            number += 1;
            continue;
        }
        let is_blank = |line: &Line<'_>| line.words.trim().is_empty();
        let before = lines[..number].iter().rposition(|line| !is_blank(line)).filter(|at| lines[*at].start >= from);
        let next = next_page(&lines, number);
        let end = before.map_or(from, |at| lines[at].start + lines[at].words.trim_end().len());
        let start = lines.get(next).map_or(document.len(), |line| line.start);
        keep((&mut text, &mut kept), document, from..end);
        let goes_on = before.zip(lines.get(next)).is_some_and(|(at, next)| goes_on(lines[at].words, next.words));
        text.push_str(if goes_on { "\n" } else { "\n\n" });
        writer.leave_out(FURNITURE, end..start);
        (from, number) = (start, next.max(number + 1));
    }
    keep((&mut text, &mut kept), document, from..document.len());
    (text, kept)
}

fn keep((text, kept): (&mut String, &mut Vec<Kept>), document: &str, file: Range<usize>) {
    if file.start < file.end {
        kept.push(Kept { start: text.len(), file: file.clone() });
        text.push_str(&document[file]);
    }
}

/// The first line with words on the page after a foot: behind a form feed stands the head of the page.
fn next_page(lines: &[Line<'_>], foot: usize) -> usize {
    let has_words = |line: &Line<'_>| !line.words.trim().is_empty();
    let following = || lines.iter().enumerate().skip(foot + 1);
    let Some((first, _)) = following().find(|(_, line)| has_words(line)) else { return lines.len() };
    let is_page = lines[foot + 1..=first].iter().any(|line| line.words.contains('\u{c}'));
    let is_head = is_page && lines.get(first + 1).is_none_or(|line| !has_words(line)) && is_head(lines[first].words);
    let after = if is_head { first + 1 } else { first };
    following().skip(after - foot - 1).find(|(_, line)| has_words(line)).map_or(lines.len(), |(number, _)| number)
}

/// Whether a line is the head of a page: it begins at the margin, and has wide gaps between its parts.
fn is_head(line: &str) -> bool {
    let words = line.trim_matches(|letter: char| letter == '\u{c}' || letter == '\r');
    words.starts_with(|letter: char| !letter.is_whitespace()) && words.trim_end().contains("  ")
}

/// The number of the page of which a line is the foot: `Bradner        Best Current Practice        [Page 2]`.
fn page_number(line: &str) -> Option<u32> {
    let number = line.trim_end().strip_suffix(']')?.rsplit_once("[Page ")?.1;
    if line.starts_with(char::is_whitespace) && !line.trim_start().starts_with("[Page ") {
        return None;
    }
    number.trim().parse().ok()
}

/// Whether the paragraph that a page ends goes on with the first line of the next.
fn goes_on(last: &str, first: &str) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_over = last.trim_end().trim_end_matches(['"', '”', ')', '\'']).ends_with(['.', ':', ';', '?', '!']);
    let words = first.trim_start();
    let is_item = ["o ", "* ", "- ", "+ ", "• ", "("].iter().any(|mark| words.starts_with(mark));
    !is_over && !is_item && indent(last) > 0 && indent(last) == indent(first)
}

fn lines(document: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let start = |line: &str| {
        let start = at;
        at += line.len();
        start
    };
    let starts: Vec<usize> = document.split_inclusive('\n').map(start).collect();
    let words = document.split_inclusive('\n').map(|line| line.trim_end_matches(['\n', '\r']));
    words.zip(starts).map(|(words, start)| Line { words, start }).collect()
}
