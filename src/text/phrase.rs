//! Words of a text, and phrases of several words that are looked for among them.

use std::collections::HashMap;
use std::ops::Range;

use super::quotation::{self, PieceKind, QuotationPiece, pieces};

/// One word of a text, in small letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word in small letters.
    pub folded: String,
    /// Where it stands in the text, in bytes.
    pub bytes: Range<usize>,
    /// Whether it is written with a capital that no beginning sentence asks for.
    pub capital: bool,
    /// Whether it is written in capitals only, two or more: `IT`, `US`.
    pub capitals: bool,
    /// Whether no comma, bracket or gap stands between it and the word before.
    pub joined: bool,
    /// Whether a hyphen ties it to the word before: `U.S.` in `Japan-U.S. Treaty`.
    pub hyphenated: bool,
}

/// The words of a text.
///
/// A word is a run of letters and digits; where scripts leave no spaces (Han, Hiragana, Katakana), one character.
pub fn words(text: &str) -> Vec<Word> {
    read(text.char_indices().map(|(at, letter)| (at, Letter::Written(letter))))
}

/// The words of a quotation that are those of its source: what the quoter put in brackets is left out, and so are the
/// marks that stand for what was left out, where no phrase goes on.
pub fn quoted_words(text: &str) -> Vec<Word> {
    if text.contains(quotation::is_mark) { read(quoted_letters(text).into_iter()) } else { words(text) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Letter {
    Written(char),
    /// Something is left out.
    Gap,
}

fn quoted_letters(text: &str) -> Vec<(usize, Letter)> {
    let letter = |piece: QuotationPiece| match piece.sort {
        PieceKind::Letter(letter) => Some((piece.bytes.end - letter.len_utf8(), Letter::Written(letter))),
        PieceKind::EitherCase(letter) | PieceKind::LoneLetter(letter) => {
            Some((piece.bytes.start + 1, Letter::Written(letter)))
        }
        PieceKind::Gap => Some((piece.bytes.start, Letter::Gap)),
        PieceKind::Insertion | PieceKind::Unclosed => None,
    };
    pieces(text).into_iter().filter_map(letter).collect()
}

fn read(letters: impl Iterator<Item = (usize, Letter)>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    // Whether the last letter belongs to a word that can go on; whether a sentence begins; whether a phrase goes on.
    let (mut open, mut begins, mut joined) = (false, true, false);
    let mut last = ' ';
    let mut capitals = false;
    for (at, letter) in letters {
        let Letter::Written(letter) = letter else {
            (open, joined, last) = (false, false, ' ');
            continue;
        };
        let before = std::mem::replace(&mut last, letter);
        if !letter.is_alphanumeric() {
            open = false;
            begins |= matches!(letter, '.' | '!' | '?' | ':' | '"' | '“' | '。');
            joined &= !matches!(letter, ',' | ';' | ':' | '!' | '?' | '(' | ')' | '"' | '“' | '”' | '、' | '。');
            continue;
        }
        let end = at + letter.len_utf8();
        let is_alone = stands_alone(letter);
        match words.last_mut() {
            Some(word) if open && !is_alone => {
                fold(letter, &mut word.folded);
                word.bytes.end = end;
                capitals &= letter.is_uppercase();
                word.capitals = capitals;
            }
            Some(_) | None => {
                capitals = letter.is_uppercase();
                let capital = capitals && !begins;
                let mut folded = String::with_capacity(8);
                fold(letter, &mut folded);
                words.push(Word {
                    folded,
                    bytes: at..end,
                    capital,
                    capitals: false,
                    joined,
                    hyphenated: matches!(before, '-' | '\u{2010}' | '\u{2011}'),
                });
            }
        }
        open = !is_alone;
        (begins, joined) = (false, true);
    }
    words
}

/// Adds a letter in small.
fn fold(letter: char, into: &mut String) {
    if letter.is_ascii() { into.push(letter.to_ascii_lowercase()) } else { into.extend(letter.to_lowercase()) }
}

/// Whether a character of a script without spaces is a word by itself.
pub fn stands_alone(letter: char) -> bool {
    !letter.is_ascii()
        && matches!(letter, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Phrases to look for, each with what it stands for.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    by_first: HashMap<String, Vec<PhraseEntry<T>>>,
    /// Which [`sort_of`] words some phrase begins with: most words of a text begin none, and need not be looked up.
    begins: [u64; SORTS / 64],
}

/// How many sorts of words there are.
const SORTS: usize = 4096;

/// What can be told of a word at a glance: its first two bytes and its length.
fn sort_of(word: &str) -> usize {
    let byte = |at: usize| word.as_bytes().get(at).map_or(0, |byte| usize::from(*byte));
    (byte(0) * 31 + byte(1) * 7 + word.len() * 257) % SORTS
}

#[derive(Clone, Debug)]
struct PhraseEntry<T> {
    rest: Vec<String>,
    stands_for: T,
}

/// Where a phrase was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match<'a, T> {
    /// Which of the words it is made of.
    pub words: Range<usize>,
    /// What it stands for.
    pub stands_for: &'a T,
}

impl<T> Default for Phrases<T> {
    fn default() -> Phrases<T> {
        Phrases { by_first: HashMap::new(), begins: [0; SORTS / 64] }
    }
}

impl<T> Phrases<T> {
    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    /// Adds a phrase; nothing if no word is in it.
    pub fn add(&mut self, phrase: &str, stands_for: T) {
        let mut words = words(phrase).into_iter().map(|word| word.folded);
        let Some(first) = words.next() else { return };
        let sort = sort_of(&first);
        self.begins[sort / 64] |= 1 << (sort % 64);
        let known = self.by_first.entry(first).or_default();
        let rest: Vec<String> = words.collect();
        // The longest first, and of equals the first to be added.
        let place = known.partition_point(|other| other.rest.len() >= rest.len());
        known.insert(place, PhraseEntry { rest, stands_for });
    }

    fn may_begin(&self, word: &str) -> bool {
        let sort = sort_of(word);
        self.begins[sort / 64] >> (sort % 64) & 1 == 1
    }

    /// Every phrase that begins at a word, the longest first.
    pub fn at<'a, 'w>(
        &'a self,
        words: &'w [Word],
        start: usize,
    ) -> impl Iterator<Item = Match<'a, T>> + use<'a, 'w, T> {
        let first = words.get(start).filter(|word| self.may_begin(&word.folded));
        let known = first.and_then(|word| self.by_first.get(&word.folded)).into_iter().flatten();
        known
            .filter(move |phrase| phrase.continues(&words[start + 1..]))
            .map(move |phrase| Match { words: start..start + 1 + phrase.rest.len(), stands_for: &phrase.stands_for })
    }
}

impl<T> PhraseEntry<T> {
    fn continues(&self, words: &[Word]) -> bool {
        words.len() >= self.rest.len()
            && self.rest.iter().zip(words).all(|(wanted, word)| word.joined && word.folded == *wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::{Phrases, quoted_words, words};

    fn folded(text: &str) -> Vec<String> {
        quoted_words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn the_quoter_s_own_words_are_left_out() {
        assert_eq!(folded("[T]he [two] Parties [...] shall… act \\[sic]"), ["the", "parties", "shall", "act", "sic"]);
        assert_eq!(folded("ends [open"), ["ends", "open"]);
        assert_eq!(folded("提供する"), ["提", "供", "す", "る"]);
    }

    #[test]
    fn phrases_stop_at_commas_and_gaps() {
        let mut phrases = Phrases::default();
        phrases.add("such as", 1);
        phrases.add("such", 2);
        let found = |text: &str| {
            let words = quoted_words(text);
            let all = (0..words.len())
                .flat_map(|at| phrases.at(&words, at).map(|found| *found.stands_for).collect::<Vec<_>>());
            all.collect::<Vec<i32>>()
        };
        assert_eq!(found("Such as the ROK"), [1, 2]);
        assert_eq!(found("such, as"), [2]);
        assert_eq!(found("such [...] as"), [2]);
        assert_eq!(found("suchas"), Vec::<i32>::new());
    }

    #[test]
    fn a_capital_is_one_only_where_no_sentence_begins() {
        let capitals: Vec<bool> = words("May it be. May 1960, in May").iter().map(|word| word.capital).collect();
        assert_eq!(capitals, [false, false, false, false, false, false, true]);
    }

    #[test]
    fn an_acronym_is_one_wherever_it_stands() {
        let capitals: Vec<bool> = words("IT is in the US. I am It").iter().map(|word| word.capitals).collect();
        assert_eq!(capitals, [true, false, false, false, true, false, false, false]);
    }
}
