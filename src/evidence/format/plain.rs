//! Plain text: empty lines part paragraphs; a short line by itself that does not end like a sentence is a heading.

use std::ops::Range;

use crate::evidence::prose::{Paragraph, Prose};

/// Headings are no longer than this (in characters), and those above a paragraph without an empty line no longer than
/// that (in words).
const LONGEST_HEADING: usize = 120;
const LONGEST_NUMBERED: usize = 8;

/// What ends the number of a heading before its title.
const NUMBER_ENDS: [char; 3] = ['.', ':', ')'];

pub(super) fn read(document: &str) -> Prose {
    let mut paragraphs = Vec::new();
    for block in blocks(document) {
        let words = &document[block.clone()];
        let (first, rest) = words.split_once('\n').unwrap_or((words, ""));
        if rest.is_empty() {
            paragraphs.push(Paragraph { is_heading: is_heading(words), bytes: block });
        } else if is_numbered(first, rest) {
            let end = block.start + first.trim_end().len();
            paragraphs.push(Paragraph { bytes: block.start..end, is_heading: true });
            let start = block.end - rest.trim_start().len();
            paragraphs.push(Paragraph { bytes: start..block.end, is_heading: false });
        } else {
            paragraphs.push(Paragraph { bytes: block, is_heading: false });
        }
    }
    Prose::of_whole(document, paragraphs)
}

/// The runs of lines that are not empty, without white space around them.
fn blocks(document: &str) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let (mut at, mut goes_on) = (0, false);
    for line in document.split_inclusive('\n') {
        let words = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if !words.is_empty() {
            let start = at + line.find(words).unwrap_or_default();
            let end = start + words.len();
            match blocks.last_mut() {
                Some(block) if goes_on => block.end = end,
                Some(_) | None => blocks.push(start..end),
            }
        }
        goes_on = !words.is_empty();
        at += line.len();
    }
    blocks
}

/// Whether a line by itself is a heading: short, no item of a list, and not ended as a sentence is.
fn is_heading(line: &str) -> bool {
    let ends = line.trim_end_matches(['"', '”', '’', ')', '\'']).ends_with(['.', ';', ':', ',', '!', '?', '。', '、']);
    let is_item = line.starts_with(['-', '*', '•', '·', '–', '(', '"', '“', '「']);
    !ends && !is_item && line.chars().count() <= LONGEST_HEADING
}

/// Whether the first line of a block is `Article 5`, `Section II. Scope` or `第五条`, and the rest a paragraph of its own.
fn is_numbered(line: &str, rest: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_number = |word: &str| {
        let word = word.trim_end_matches(NUMBER_ENDS);
        !word.is_empty() && (word.chars().all(|c| c.is_ascii_digit()) || word.chars().all(|c| "IVXLC".contains(c)))
    };
    let is_article = line.starts_with('第') && line.trim_end().ends_with(['条', '章', '節', '編']);
    let [name, number, title @ ..] = words.as_slice() else { return is_article };
    is_article
        || name.starts_with(char::is_uppercase)
            && is_number(number)
            && (title.is_empty() || number.ends_with(NUMBER_ENDS) && words.len() <= LONGEST_NUMBERED)
            && is_heading(line.trim())
            && !rest.trim_start().starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn headings_are_told_from_paragraphs() {
        let prose = read(
            "\u{feff}  A Title\n\n 1. Peace\n\nJapan will\nact.\n \nArticle 5\nEach Party acts.\n\nArticle 6 obliges\nJapan.\n\n- an item\n",
        );
        let shown: Vec<(&str, bool)> =
            prose.paragraphs.iter().map(|one| (&prose.text[one.bytes.clone()], one.is_heading)).collect();
        assert_eq!(
            shown,
            [
                ("A Title", true),
                ("1. Peace", true),
                ("Japan will\nact.", false),
                ("Article 5", true),
                ("Each Party acts.", false),
                ("Article 6 obliges\nJapan.", false),
                ("- an item", false)
            ]
        );
    }
}
