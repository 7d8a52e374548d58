//! The numbers that a text tells: in figures, in Roman letters, or as words of which the tables say what they are worth.

use std::ops::Range;

use crate::schema::{NumericValue, WordMatch, WordTables};
use crate::text::Word;

/// The class of words that stand behind the number of a provision, and that tie a further number to one: `第三条の二`.
const ARTICLE_AFTER: &str = "article-after";
const ARTICLE_JOINT: &str = "article-joint";

/// The class of words before which a number is none of a provision (`days`).
pub(crate) const MEASURE: &str = "measure";

/// The class of words that may join the parts of a number.
const AND: &str = "and";

/// The classes of words that show beside a word that it is a number, and of those in which it is none.
const ORDINAL: &str = "ordinal";
const COUNTER: &str = "counter";
const NO_NUMBER: &str = "no-number";

/// What is longer is no number of a text that people read, and no phrase (in words).
const LONGEST: usize = 32;

/// How many figures a group of a long number has: `10,000`.
const GROUP: usize = 3;

/// A number that a text tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrittenNumber {
    /// The number in figures.
    pub(crate) value: String,
    /// The number as it is named: with the letter behind it, as in `5a条`.
    pub(crate) written: String,
    /// Which words it is made of.
    pub(crate) words: Range<usize>,
    /// Whether it is the number of a provision, which is named behind it: `第六条`.
    pub(crate) of_provision: bool,
    /// Whether it is a number beyond doubt: in figures, or as a word with what is counted. `one` and `first` never are.
    pub(crate) is_certain: bool,
}

/// A text as it is read: what its words are, and what was matched in them.
pub(crate) struct NumberText<'a> {
    pub(crate) tables: &'a WordTables,
    pub(crate) language: Option<&'a str>,
    /// The letters that the words are made of.
    pub(crate) letters: &'a str,
    pub(crate) words: &'a [Word],
    pub(crate) matched: &'a [WordMatch<'a>],
    /// Where names of blocks stand in it.
    pub(crate) names: &'a [Range<usize>],
}

impl NumberText<'_> {
    /// The numbers of a text in the order in which they stand there, without those that are made of words which are taken.
    pub(crate) fn numbers(&self, taken: &[Range<usize>]) -> Vec<WrittenNumber> {
        let mut found = Vec::new();
        let mut taken = taken.iter().peekable();
        let mut at = 0;
        while at < self.words.len() {
            if let Some(range) = taken.next_if(|range| range.start <= at) {
                at = at.max(range.end);
                continue;
            }
            let Some(number) = self.read_number(at).filter(|_| !self.is_none(at)) else {
                at += 1;
                continue;
            };
            let number = self.of_provision(number);
            at = number.words.end;
            found.push(number);
        }
        found
    }

    /// The words of a class that begin at one of these words.
    pub(crate) fn between(&self, class: &'static str, starts: Range<usize>) -> impl Iterator<Item = &Range<usize>> {
        // They are matched in order, so that those far away need not be looked at.
        let from = self.matched.partition_point(|matched| matched.words.start < starts.start);
        let near = self.matched[from..].iter().take_while(move |matched| matched.words.start < starts.end);
        near.filter(move |matched| matched.class == class).map(|matched| &matched.words)
    }

    /// The words of a class that begin at a word.
    pub(crate) fn begins(&self, class: &'static str, at: usize) -> Option<&Range<usize>> {
        self.between(class, at..at + 1).next()
    }

    /// The words of a class that end before a word.
    pub(crate) fn ends(&self, class: &'static str, at: usize) -> Option<&Range<usize>> {
        self.between(class, at.saturating_sub(LONGEST)..at).find(|words| words.end == at)
    }

    /// Whether a word is part of a phrase that only looks like a number.
    fn is_none(&self, at: usize) -> bool {
        self.between(NO_NUMBER, at.saturating_sub(LONGEST)..at + 1).any(|words| words.contains(&at))
    }

    /// A number, as that of a provision where one is named behind it (`第六条`, `6条`), with what belongs to it (`第三条の二`).
    fn of_provision(&self, mut number: WrittenNumber) -> WrittenNumber {
        let Range { start: at, end } = number.words;
        let is_counted = self.is_ordinal(at) || figures(&self.words[at]).is_some();
        let Some(after) = self.begins(ARTICLE_AFTER, end).filter(|_| is_counted) else { return number };
        number.of_provision = true;
        let joint = self.begins(ARTICLE_JOINT, after.end).filter(|words| self.words[words.start].joined);
        let further = joint.and_then(|joint| self.read_number(joint.end)).filter(|further| {
            self.words[further.words.start].joined
                && !self.is_none(further.words.start)
                && [COUNTER, MEASURE].iter().all(|class| self.begins(class, further.words.end).is_none())
        });
        if let Some(further) = further {
            for text in [&mut number.value, &mut number.written] {
                text.extend(["-", &further.value]);
            }
            number.words.end = further.words.end;
        }
        number
    }

    /// Whether something stands before a word that counts in order: `第六条`.
    pub(crate) fn is_ordinal(&self, at: usize) -> bool {
        self.ends(ORDINAL, at).is_some()
    }

    /// What a word is worth, and whether it is written in figures.
    fn worth(&self, at: usize) -> Option<NumeralPart> {
        let word = self.words.get(at)?;
        if let Some(figures) = figures(word) {
            let value = figures.parse().ok()?;
            return Some(NumeralPart::Figures {
                value,
                count: figures.len(),
                is_whole: figures.len() == word.folded.chars().count(),
            });
        }
        let worth = self.tables.worth(self.language?, &word.folded)?;
        Some(match worth {
            NumericValue::Unit(value) => NumeralPart::Unit(value.into()),
            NumericValue::Multiplier(value) => NumeralPart::Multiplier(value.into()),
        })
    }

    /// The number that begins at a word.
    fn read_number(&self, at: usize) -> Option<WrittenNumber> {
        let mut tally = NumberInProgress::default();
        let mut end = at;
        while end < self.words.len().min(at + LONGEST) {
            let joint = self.begins(AND, end).filter(|_| tally.may_go_on()).map(|words| words.end);
            let next = joint.filter(|next| matches!(self.worth(*next), Some(NumeralPart::Unit(_)))).unwrap_or(end);
            let Some(piece) = self.worth(next).filter(|_| next == at || !self.is_none(next)) else { break };
            let gap =
                next.checked_sub(1).map_or(0, |before| self.words[next].bytes.start - self.words[before].bytes.end);
            let beside = WordAdjacency { gap, word: &self.words[next] };
            if next > at && !beside.goes_on(piece) || tally.take(piece, &beside).is_none() {
                break;
            }
            end = next + 1;
        }
        let value = tally.value().filter(|_| end > at)?;
        let in_figures = figures(&self.words[at]);
        let counted = self.is_ordinal(at) || self.begins(COUNTER, end).is_some();
        let written =
            if end == at + 1 && in_figures.is_some() { narrow(&self.words[at].folded) } else { value.to_string() };
        let is_certain = in_figures.is_some() || counted && value > 1;
        Some(WrittenNumber { value: value.to_string(), written, words: at..end, of_provision: false, is_certain })
    }
}

/// What one word adds to a number.
#[derive(Clone, Copy)]
enum NumeralPart {
    Figures { value: u128, count: usize, is_whole: bool },
    Unit(u128),
    Multiplier(u128),
}

/// How a word stands to the one before it.
struct WordAdjacency<'a> {
    gap: usize,
    word: &'a Word,
}

impl WordAdjacency<'_> {
    /// Whether a number may go on with a word: over a hyphen only within words, over a comma only between figures.
    fn goes_on(&self, piece: NumeralPart) -> bool {
        match piece {
            NumeralPart::Figures { .. } => self.gap <= 1 && !self.word.hyphenated,
            NumeralPart::Unit(_) | NumeralPart::Multiplier(_) => self.word.joined,
        }
    }
}

/// A number while it is read.
#[derive(Default)]
struct NumberInProgress {
    /// What has been multiplied already.
    parts: Vec<u128>,
    /// What has not.
    open: Option<u128>,
    last: Option<NumeralPart>,
}

impl NumberInProgress {
    /// Whether `and` may join more to it: `one hundred and five`.
    fn may_go_on(&self) -> bool {
        matches!(self.last, Some(NumeralPart::Multiplier(_)))
    }

    /// Adds a word; nothing when it begins another number.
    fn take(&mut self, piece: NumeralPart, beside: &WordAdjacency<'_>) -> Option<()> {
        let open = match (piece, self.open, self.last) {
            (NumeralPart::Multiplier(by), open, _) => {
                let mut sum = open.unwrap_or_default();
                while let Some(part) = self.parts.pop_if(|part| *part < by) {
                    sum = sum.checked_add(part)?;
                }
                self.parts.push(sum.max(1).checked_mul(by)?);
                None
            }
            (NumeralPart::Unit(value), None, _) => Some(value),
            (NumeralPart::Figures { value, .. }, None, last) => {
                (last.is_none() || beside.gap == 0).then_some(Some(value))?
            }
            // `一九六〇`
            (NumeralPart::Unit(value @ 0..10), Some(open), Some(NumeralPart::Unit(0..10))) if beside.gap == 0 => {
                Some(open.checked_mul(10)?.checked_add(value)?)
            }
            // `twenty-three`
            (NumeralPart::Unit(value @ 0..10), Some(open), Some(NumeralPart::Unit(20..100))) if open % 10 == 0 => {
                Some(open + value)
            }
            // `10,000`
            (
                NumeralPart::Figures { value, count: GROUP, .. },
                Some(open),
                Some(NumeralPart::Figures { count: 1..=GROUP, is_whole: true, .. }),
            ) if beside.gap == 1 => Some(open.checked_mul(1000)?.checked_add(value)?),
            (NumeralPart::Unit(_) | NumeralPart::Figures { .. }, Some(_), _) => None?,
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
pub(crate) fn figures(word: &Word) -> Option<String> {
    if !word.folded.starts_with(|first: char| first.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&first)) {
        return None;
    }
    let narrow = narrow(&word.folded);
    let count = narrow.bytes().take_while(u8::is_ascii_digit).count();
    (count > 0).then(|| narrow[..count].to_owned())
}

/// A word with its full-width figures in ASCII.
pub(crate) fn narrow(word: &str) -> String {
    let figure = |letter: char| match letter {
        '\u{ff10}'..='\u{ff19}' => char::from_u32(letter as u32 - 0xff10 + u32::from(b'0')).unwrap_or(letter),
        other => other,
    };
    word.chars().map(figure).collect()
}
