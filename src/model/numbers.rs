//! The numbers that a text tells: in figures, in Roman letters, or as words of which the tables say what they are worth.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::schema::{Heard, WordTables, Worth};
use crate::text::Word;

/// The classes of words that stand before and after the number of a provision, and that join such numbers.
const ARTICLE: &str = "article";
const ARTICLE_AFTER: &str = "article-after";
const AND: &str = "and";

/// The classes of words that show beside a word that it is a number, and of those in which it is none.
const ORDINAL: &str = "ordinal";
const COUNTER: &str = "counter";
const NO_NUMBER: &str = "no-number";

/// What is longer is no number of a text that people read (in words).
const LONGEST: usize = 32;

/// How many figures a group of a long number has: `10,000`.
const GROUP: usize = 3;

/// A number that a text tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// The number in figures.
    pub(super) value: String,
    /// The number as it is named: with the letter behind it, as in `Article 5a`.
    pub(super) written: String,
    /// Whether it is the number of a provision.
    pub(super) of_provision: bool,
    /// Whether it is written in Roman letters.
    pub(super) is_roman: bool,
    /// Whether it is a number beyond doubt: in figures, or as a word with what is counted. `one` and `first` never are.
    pub(super) is_certain: bool,
}

/// The numbers of a text in the order in which they stand there.
pub(super) fn numbers(
    (tables, language): (&WordTables, Option<&str>),
    text: &[Word],
    heard: &[Heard<'_>],
) -> Vec<Number> {
    let reader = Reader { tables, language, text, heard };
    let mut provisions: BTreeSet<usize> = reader.of_class(ARTICLE).map(|words| words.end).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let told = reader.told(at).or_else(|| if provisions.contains(&at) { reader.roman(at) } else { None });
        let Some((end, mut number)) = told.filter(|_| !reader.is_none(at)) else {
            at += 1;
            continue;
        };
        number.of_provision = provisions.contains(&at) || reader.is_before_article(at, end);
        if number.of_provision {
            // `Articles 5 and 6`, `Articles 5, 6 and 7`; what follows in brackets is a paragraph.
            provisions.extend(reader.next_of_list(end));
        }
        found.push(number);
        at = end;
    }
    found
}

struct Reader<'a> {
    tables: &'a WordTables,
    language: Option<&'a str>,
    text: &'a [Word],
    heard: &'a [Heard<'a>],
}

impl Reader<'_> {
    fn of_class(&self, class: &'static str) -> impl Iterator<Item = &Range<usize>> {
        self.heard.iter().filter(move |heard| heard.class == class).map(|heard| &heard.words)
    }

    /// Whether a word is part of a phrase that only looks like a number.
    fn is_none(&self, at: usize) -> bool {
        self.of_class(NO_NUMBER).any(|words| words.contains(&at))
    }

    /// Whether words are the number of a provision that is named behind it: `第六条`, `6条`.
    fn is_before_article(&self, at: usize, end: usize) -> bool {
        let is_counted = self.of_class(ORDINAL).any(|words| words.end == at) || figures(&self.text[at]).is_some();
        is_counted && self.of_class(ARTICLE_AFTER).any(|words| words.start == end)
    }

    /// Where the next number of a list of provisions begins.
    fn next_of_list(&self, end: usize) -> Option<usize> {
        let next = self.text.get(end)?;
        let is_listed = !next.joined && self.text[end - 1].bytes.end + 2 == next.bytes.start;
        match self.of_class(AND).find(|words| words.start == end) {
            Some(joint) => Some(joint.end),
            None => is_listed.then_some(end),
        }
    }

    /// What a word is worth, and whether it is written in figures.
    fn worth(&self, at: usize) -> Option<Piece> {
        let word = self.text.get(at)?;
        if let Some(figures) = figures(word) {
            let value = figures.parse().ok()?;
            return Some(Piece::Figures {
                value,
                count: figures.len(),
                is_whole: figures.len() == word.folded.chars().count(),
            });
        }
        let worth = self.tables.worth(self.language?, &word.folded)?;
        Some(match worth {
            Worth::Unit(value) => Piece::Unit(value.into()),
            Worth::Multiplier(value) => Piece::Multiplier(value.into()),
        })
    }

    /// The number that begins at a word, and where it ends.
    fn told(&self, at: usize) -> Option<(usize, Number)> {
        let mut tally = Tally::default();
        let mut end = at;
        while end < self.text.len().min(at + LONGEST) {
            let joint = self.of_class(AND).find(|words| words.start == end && tally.may_go_on()).map(|words| words.end);
            let next = joint.filter(|next| matches!(self.worth(*next), Some(Piece::Unit(_)))).unwrap_or(end);
            let Some(piece) = self.worth(next).filter(|_| next == at || !self.is_none(next)) else { break };
            let gap = next.checked_sub(1).map_or(0, |before| self.text[next].bytes.start - self.text[before].bytes.end);
            let beside = Beside { gap, word: &self.text[next] };
            if next > at && !beside.goes_on(piece) || tally.take(piece, &beside).is_none() {
                break;
            }
            end = next + 1;
        }
        let value = tally.value().filter(|_| end > at)?;
        let in_figures = figures(&self.text[at]);
        let counted = self.of_class(ORDINAL).any(|words| words.end == at)
            || self.of_class(COUNTER).any(|words| words.start == end);
        let written =
            if end == at + 1 && in_figures.is_some() { narrow(&self.text[at].folded) } else { value.to_string() };
        let is_certain = in_figures.is_some() || counted && value > 1;
        Some((end, Number { value: value.to_string(), written, of_provision: false, is_roman: false, is_certain }))
    }

    /// The number in Roman letters that a word is.
    fn roman(&self, at: usize) -> Option<(usize, Number)> {
        let word = self.text.get(at).filter(|word| word.capital)?;
        let value = roman(&word.folded)?.to_string();
        let written = value.clone();
        Some((at + 1, Number { value, written, of_provision: true, is_roman: true, is_certain: true }))
    }
}

/// What one word adds to a number.
#[derive(Clone, Copy)]
enum Piece {
    Figures { value: u128, count: usize, is_whole: bool },
    Unit(u128),
    Multiplier(u128),
}

/// How a word stands to the one before it.
struct Beside<'a> {
    gap: usize,
    word: &'a Word,
}

impl Beside<'_> {
    /// Whether a number may go on with a word: over a hyphen only within words, over a comma only between figures.
    fn goes_on(&self, piece: Piece) -> bool {
        match piece {
            Piece::Figures { .. } => self.gap <= 1 && !self.word.hyphenated,
            Piece::Unit(_) | Piece::Multiplier(_) => self.word.joined,
        }
    }
}

/// A number while it is read.
#[derive(Default)]
struct Tally {
    /// What has been multiplied already.
    parts: Vec<u128>,
    /// What has not.
    open: Option<u128>,
    last: Option<Piece>,
}

impl Tally {
    /// Whether `and` may join more to it: `one hundred and five`.
    fn may_go_on(&self) -> bool {
        matches!(self.last, Some(Piece::Multiplier(_)))
    }

    /// Adds a word; nothing when it begins another number.
    fn take(&mut self, piece: Piece, beside: &Beside<'_>) -> Option<()> {
        let open = match (piece, self.open, self.last) {
            (Piece::Multiplier(by), open, _) => {
                let mut sum = open.unwrap_or_default();
                while let Some(part) = self.parts.pop_if(|part| *part < by) {
                    sum = sum.checked_add(part)?;
                }
                self.parts.push(sum.max(1).checked_mul(by)?);
                None
            }
            (Piece::Unit(value), None, _) => Some(value),
            (Piece::Figures { value, .. }, None, last) => (last.is_none() || beside.gap == 0).then_some(Some(value))?,
            // `一九六〇`
            (Piece::Unit(value @ 0..10), Some(open), Some(Piece::Unit(0..10))) if beside.gap == 0 => {
                Some(open.checked_mul(10)?.checked_add(value)?)
            }
            // `twenty-three`
            (Piece::Unit(value @ 0..10), Some(open), Some(Piece::Unit(20..100))) if open % 10 == 0 => {
                Some(open + value)
            }
            // `10,000`
            (
                Piece::Figures { value, count: GROUP, .. },
                Some(open),
                Some(Piece::Figures { count: 1..=GROUP, is_whole: true, .. }),
            ) if beside.gap == 1 => Some(open.checked_mul(1000)?.checked_add(value)?),
            (Piece::Unit(_) | Piece::Figures { .. }, Some(_), _) => None?,
        };
        self.open = open;
        self.last = Some(piece);
        Some(())
    }

    fn value(&self) -> Option<u128> {
        let parts = self.parts.iter().try_fold(0_u128, |sum, part| sum.checked_add(*part))?;
        parts.checked_add(self.open.unwrap_or_default())
    }
}

/// The figures with which a word begins, in ASCII.
fn figures(word: &Word) -> Option<String> {
    if !word.folded.starts_with(|first: char| first.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&first)) {
        return None;
    }
    let narrow = narrow(&word.folded);
    let count = narrow.bytes().take_while(u8::is_ascii_digit).count();
    (count > 0).then(|| narrow[..count].to_owned())
}

/// A word with its full-width figures in ASCII.
fn narrow(word: &str) -> String {
    let figure = |letter: char| match letter {
        '\u{ff10}'..='\u{ff19}' => char::from_u32(letter as u32 - 0xff10 + u32::from(b'0')).unwrap_or(letter),
        other => other,
    };
    word.chars().map(figure).collect()
}

/// What the Roman letters are worth, the greatest first.
const ROMAN: [(&str, u32); 9] =
    [("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)];

/// What a word in small Roman letters is worth; nothing when it is not written as Romans did.
fn roman(word: &str) -> Option<u32> {
    let (mut rest, mut value) = (word, 0);
    for (letters, worth) in ROMAN {
        for _ in 0..if letters.len() == 1 { 3 } else { 1 } {
            let Some(after) = rest.strip_prefix(letters) else { break };
            (rest, value) = (after, value + worth);
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::roman;

    #[test]
    fn roman_letters_are_numbers_as_romans_wrote_them() {
        for (written, value) in [("i", 1), ("iv", 4), ("vi", 6), ("xiv", 14), ("xcix", 99), ("ccc", 300)] {
            assert_eq!(roman(written), Some(value), "{written}");
        }
        for written in ["", "iiii", "vx", "mix", "civil", "ic"] {
            assert_eq!(roman(written), None, "{written}");
        }
    }
}
