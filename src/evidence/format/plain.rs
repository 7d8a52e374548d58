//! Plain text: empty lines part paragraphs; a short line by itself that does not end like a sentence is the heading of what
//! follows on it.

use std::ops::Range;

use crate::evidence::outline::{UnitKinds, unit_label};
use crate::evidence::prose::{Paragraph, Prose};

/// Headings are no longer than this (in characters).
const LONGEST_HEADING: usize = 120;

/// So many headings stand above one text at most: what is listed above them is a list.
const MOST_HEADINGS: usize = 3;

pub(super) fn read(document: &str, kinds: &UnitKinds) -> Prose {
    let blocks = blocks(document);
    let headings = headings(&blocks.iter().map(|block| &document[block.clone()]).collect::<Vec<_>>(), kinds);
    let mut paragraphs = Vec::new();
    for (number, (block, is_title)) in blocks.iter().cloned().zip(headings).enumerate() {
        let words = &document[block.clone()];
        let next = blocks.get(number + 1).map_or("", |next| &document[next.clone()]);
        let is_section = is_numbered(words) && next.starts_with("(1)");
        let is_heading = is_title || !words.contains('\n') && (is_section || is_named(words, kinds));
        match words.split_once('\n').filter(|(first, rest)| is_named_above(first, rest, kinds)) {
            Some((first, rest)) => {
                let end = block.start + first.trim_end().len();
                paragraphs.push(Paragraph { bytes: block.start..end, heading: Some(0) });
                let start = block.end - rest.trim_start().len();
                paragraphs.push(Paragraph { bytes: start..block.end, heading: None });
            }
            None => paragraphs.push(Paragraph { bytes: block, heading: is_heading.then_some(0) }),
        }
    }
    Prose::of_whole(document, paragraphs)
}

/// Which blocks are the heading of what follows on them.
fn headings(blocks: &[&str], kinds: &UnitKinds) -> Vec<bool> {
    let mut headings = vec![false; blocks.len()];
    let mut above = 0;
    for number in (0..blocks.len().saturating_sub(1)).rev() {
        let (block, next) = (blocks[number], blocks[number + 1]);
        let is_title = !block.contains('\n') && is_title(block);
        let goes_on = item(next).starts_with(char::is_lowercase);
        let before = number.checked_sub(1).map(|before| blocks[before]).filter(|before| is_title_like(before));
        let is_item =
            |of: &str| enumerator(block).is_some_and(|(own, _)| enumerator(of).is_some_and(|(it, _)| it == own));
        above = if is_title && !is_named(block, kinds) { above + 1 } else { 0 };
        headings[number] =
            is_title && above <= MOST_HEADINGS && !goes_on && !is_item(next) && !before.is_some_and(is_item);
    }
    headings
}

/// A block without the number that it has as an item of a list: `1. shut`, `(a) shut`.
fn item(block: &str) -> &str {
    let in_brackets = block.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let unnumbered = in_brackets.filter(|(number, _)| number.len() <= 8).map(|(_, rest)| rest.trim_start());
    unnumbered.or(enumerator(block).map(|(_, rest)| rest)).unwrap_or(block)
}

/// The sort of the number with which an item of a list begins, and what follows on it: `1. shut the gate`.
fn enumerator(block: &str) -> Option<(String, &str)> {
    let (number, rest) = block.split_once(char::is_whitespace)?;
    let stem = number.strip_suffix(['.', ')'])?;
    let sort = |part: &str| match part {
        _ if !part.is_empty() && part.chars().all(|letter| letter.is_ascii_digit()) => Some("1"),
        _ if !part.is_empty() && part.chars().all(|letter| "IVXLC".contains(letter)) => Some("I"),
        _ if !part.is_empty() && part.chars().all(|letter| "ivxlc".contains(letter)) => Some("i"),
        _ if part.len() == 1 && part.starts_with(char::is_uppercase) => Some("A"),
        _ if part.len() == 1 && part.starts_with(char::is_lowercase) => Some("a"),
        _ => None,
    };
    let sorts: Vec<&str> = stem.split('.').map(sort).collect::<Option<_>>()?;
    Some((sorts.join("."), rest.trim_start()))
}

/// The runs of lines that are not empty, without white space around them.
fn blocks(document: &str) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let (mut at, mut goes_on) = (0, false);
    for line in document.split_inclusive('\n') {
        let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}';
        let words = line.trim_matches(is_blank);
        if !words.is_empty() {
            let start = at + line.len() - line.trim_start_matches(is_blank).len();
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

/// Whether a block may be a heading, or an item of a list that looks like one.
fn is_title_like(block: &str) -> bool {
    let ends = block.trim_end_matches(['"', '”', '’', ')', '\'']).ends_with(['.', ';', ':', ',', '!', '?', '。', '、']);
    !block.contains('\n') && !ends
}

/// Whether a line can be the heading of what follows on it: short, with words, no item of a list, and neither begun nor ended
/// as what stands within a sentence is.
fn is_title(line: &str) -> bool {
    let is_item = line.starts_with(['-', '*', '•', '·', '–', '(', '"', '“', '「']);
    is_title_like(line)
        && !is_item
        && !item(line).starts_with(char::is_lowercase)
        && line.contains(char::is_alphabetic)
        && line.chars().count() <= LONGEST_HEADING
}

/// Whether a line is the label of a unit, such as `Article 5.` or `第五条`, alone or with a title.
fn is_named(line: &str, kinds: &UnitKinds) -> bool {
    let line = line.trim();
    unit_label(line, kinds).is_some_and(|label| line.len() == label || is_title(line))
}

/// Whether a line is the heading of a section as statutes have it, which may end with a full stop: `8 Request for information.`
fn is_numbered(line: &str) -> bool {
    let title = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let title = title.strip_prefix(|letter: char| letter.is_ascii_uppercase()).unwrap_or(title);
    title.len() < line.len()
        && title.strip_prefix(' ').is_some_and(|title| title.starts_with(char::is_uppercase))
        && line.chars().count() <= LONGEST_HEADING
}

/// Whether the first line of a block is the label of a unit, and the rest a paragraph of its own.
fn is_named_above(line: &str, rest: &str, kinds: &UnitKinds) -> bool {
    is_named(line, kinds) && !rest.trim_start().starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::read;
    use crate::evidence::outline::{UnitKind, UnitKinds};

    #[test]
    fn items_of_lists_and_broken_sentences_are_no_headings() {
        for document in [
            "The tenant must\n\n1. shut the gate\n\n2. lock the door\n\nThe landlord may enter.",
            "They are\n\n1. Shut the Gate\n\n2. Lock the Door\n\nThe landlord may enter.",
            "Thereafter, this\n\nagreement holds.",
            "They act.\n\n17\n\nThey act again.",
            "Fees\n\nRents\n\nDues\n\nFines\n\nThey are paid.",
            "They act.\n\nDone in Two Copies",
            "iron\n\nThey are paid.",
        ] {
            let prose = read(document, &UnitKinds::default());
            let headings: Vec<&str> = prose
                .paragraphs
                .iter()
                .filter(|one| one.is_heading())
                .map(|one| &prose.text[one.bytes.clone()])
                .collect();
            let known = ["They are", "Rents", "Dues", "Fines"];
            assert!(headings.iter().all(|heading| known.contains(heading)), "{headings:?} of {document:?}");
        }
    }

    #[test]
    fn headings_are_told_from_paragraphs() {
        let article = UnitKind {
            name: "article".to_owned(),
            level: 7,
            is_continuous: true,
            before: vec!["article".to_owned()],
            after: Vec::new(),
        };
        let kinds = UnitKinds::new(vec![article], HashMap::new());
        let prose = read(
            "\u{feff}  A Title\n\n 1. Peace\n\nJapan will\nact.\n \nArticle 5\nEach Party acts.\n\nArticle 6 obliges\nJapan.\n\n- an item\n",
            &kinds,
        );
        let shown: Vec<(&str, bool)> =
            prose.paragraphs.iter().map(|one| (&prose.text[one.bytes.clone()], one.is_heading())).collect();
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
