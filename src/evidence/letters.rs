//! The letters of a text as quotations are compared with it: what only typesetters care for is folded away.
//!
//! Folded are the composition of characters (NFC), runs of white space, the styles of quotation marks and dashes, soft
//! hyphens and zero-width marks, ligatures of f, and full-width ASCII. Letters, digits, signs and case never are.

use std::iter::once;
use std::ops::Range;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A letter, and the bytes of the text that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) sort: LetterKind,
    pub(super) bytes: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LetterKind {
    /// A character, folded.
    Of(char),
    /// White space.
    Space,
    /// A hyphen at the end of a line, with what parts it from the next: it may belong to the word or to the setting.
    LineHyphen,
    /// The mark of a note; only a source has any.
    Note,
}

/// Whose text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextSide {
    Source,
    Quotation,
}

/// The letters of a text from a byte on.
#[derive(Clone, Debug)]
pub(super) struct Letters<'a> {
    text: &'a str,
    at: usize,
    side: TextSide,
    /// What one cluster of the text folds to beyond its first letter, the next one last.
    more: Vec<char>,
    from: Range<usize>,
}

/// What is put between the two lines of a broken word, or shows where one may be broken.
const SOFT_HYPHEN: char = '\u{ad}';

/// Numbers in brackets that are longer belong to the text.
pub(super) const LONGEST_NOTE: usize = 3;

/// More than these do not stand beside each other.
const MOST_NOTES: usize = 40;

/// Shorter runs of letters before a superscript are units, and the superscript is theirs: `km²`.
const SHORTEST_NOTED: usize = 3;

impl<'a> Letters<'a> {
    /// The letters from `at`, which is a boundary of characters; `text` ends where its paragraph does.
    pub(super) fn new(text: &'a str, at: usize, side: TextSide) -> Letters<'a> {
        Letters { text, at, side, more: Vec::new(), from: at..at }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn take(&mut self, sort: LetterKind, length: usize) -> Letter {
        let bytes = self.at..self.at + length;
        self.at = bytes.end;
        Letter { sort, bytes }
    }

    /// The white space and invisible marks that begin here.
    fn blank(&self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_whitespace() && !is_invisible(c)).unwrap_or(rest.len());
        &rest[..end]
    }

    /// Whether white space between the text so far and the text from `after` on parts no words.
    fn is_within_cjk(&self, after: usize) -> bool {
        let before = self.text[..self.at].chars().next_back();
        before.is_some_and(is_cjk) && self.text[after..].chars().next().is_some_and(is_cjk)
    }

    /// A hyphen here, after a letter, at the end of its line: how long it is with what follows to the next line.
    fn line_hyphen(&self, first: char) -> Option<usize> {
        if !matches!(first, '-' | '\u{2010}' | SOFT_HYPHEN) || !self.text[..self.at].ends_with(is_of_word) {
            return None;
        }
        let rest = &self.rest()[first.len_utf8()..];
        Some(first.len_utf8() + line_end(rest.chars())?)
    }

    /// A character with the marks that combine with it, folded.
    fn cluster(&mut self, first: char) -> Letter {
        let mut length = first.len_utf8();
        for next in self.rest()[length..].chars() {
            if !combines(next) {
                break;
            }
            length += next.len_utf8();
        }
        let cluster = &self.rest()[..length];
        let mut folded: Vec<char> = cluster.nfc().flat_map(|c| fold(c).chars()).collect();
        folded.reverse();
        let letter = folded.pop().unwrap_or(first);
        (self.more, self.from) = (folded, self.at..self.at + length);
        self.take(LetterKind::Of(letter), length)
    }
}

impl Iterator for Letters<'_> {
    type Item = Letter;

    fn next(&mut self) -> Option<Letter> {
        if let Some(letter) = self.more.pop() {
            return Some(Letter { sort: LetterKind::Of(letter), bytes: self.from.clone() });
        }
        loop {
            let rest = self.rest().as_bytes();
            let first = match rest {
                [] => return None,
                [one, next, ..] if one.is_ascii_alphanumeric() && next.is_ascii() => {
                    return Some(self.take(LetterKind::Of(char::from(*one)), 1));
                }
                _ => self.rest().chars().next()?,
            };
            if let Some(length) = self.line_hyphen(first) {
                return Some(self.take(LetterKind::LineHyphen, length));
            }
            if first.is_whitespace() || is_invisible(first) {
                let blank = self.blank();
                if !blank.contains(char::is_whitespace) || self.is_within_cjk(self.at + blank.len()) {
                    self.at += blank.len();
                    continue;
                }
                return Some(self.take(LetterKind::Space, blank.len()));
            }
            if self.side == TextSide::Source
                && let Some(length) = note(self.text, self.at)
            {
                return Some(self.take(LetterKind::Note, length));
            }
            return Some(self.cluster(first));
        }
    }
}

/// How long the white space is with which a text begins or, read backward, ends, if it is that between two lines of a
/// paragraph: no word goes on behind an empty line.
pub(super) fn line_end(letters: impl Iterator<Item = char>) -> Option<usize> {
    let (mut length, mut lines, mut ends) = (0, 0, false);
    for letter in letters.take_while(|letter| letter.is_whitespace()) {
        length += letter.len_utf8();
        lines += usize::from(letter == '\n');
        ends |= matches!(letter, '\n' | '\r');
        if lines > 1 {
            return None;
        }
    }
    ends.then_some(length)
}

/// How long the mark of a note is that begins at a byte, straight after a word: superscript digits, or `[12]`.
pub(super) fn note(text: &str, at: usize) -> Option<usize> {
    let first = text[at..].chars().next()?;
    let length = match first {
        '[' => in_brackets(&text[at..])?,
        _ if is_superscript(first) => text[at..].chars().take_while(|c| is_superscript(*c)).map(char::len_utf8).sum(),
        _ => return None,
    };
    // Notes stand beside each other: `[3][4]`.
    let (mut before, mut first, mut beside) = (&text[..at], first, 0);
    while let Some(earlier) = before.strip_suffix(']') {
        let opened = earlier.len() - earlier.bytes().rev().take(LONGEST_NOTE + 1).position(|byte| byte == b'[')? - 1;
        in_brackets(&before[opened..])?;
        (before, first, beside) = (&before[..opened], '[', beside + 1);
        if beside > MOST_NOTES {
            return None;
        }
    }
    let word = before.chars().rev().take_while(|c| c.is_alphabetic()).take(SHORTEST_NOTED).count();
    let follows = match before.chars().next_back()? {
        '.' | ',' | ';' | ':' | ')' | '”' | '’' | '"' | '。' | '、' | '」' => true,
        last if is_cjk(last) => true,
        last => last.is_alphabetic() && (first == '[' || word == SHORTEST_NOTED),
    };
    follows.then_some(length)
}

/// How long the number in brackets is with which a text begins.
fn in_brackets(text: &str) -> Option<usize> {
    let digits = text[1..].bytes().take(LONGEST_NOTE + 1).take_while(u8::is_ascii_digit).count();
    ((1..=LONGEST_NOTE).contains(&digits) && text[1 + digits..].starts_with(']')).then_some(digits + 2)
}

/// What one character is compared as.
enum Folded {
    As(char),
    Letters(&'static str),
}

impl Folded {
    fn chars(self) -> impl Iterator<Item = char> {
        let (one, several) = match self {
            Folded::As(one) => (Some(one), ""),
            Folded::Letters(several) => (None, several),
        };
        one.into_iter().chain(several.chars())
    }
}

fn fold(letter: char) -> Folded {
    Folded::As(match letter {
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xff01 + 0x21).unwrap_or(letter),
        'ﬀ' => return Folded::Letters("ff"),
        'ﬁ' => return Folded::Letters("fi"),
        'ﬂ' => return Folded::Letters("fl"),
        'ﬃ' => return Folded::Letters("ffi"),
        'ﬄ' => return Folded::Letters("ffl"),
        'ﬅ' | 'ﬆ' => return Folded::Letters("st"),
        other => other,
    })
}

/// Whether a character goes into one with those before it in normal form.
fn combines(letter: char) -> bool {
    !letter.is_ascii()
        && (canonical_combining_class(letter) != 0 || is_nfc_quick(once(letter)) != IsNormalized::Yes)
        && !is_invisible(letter)
}

/// Whether a letter belongs to a word or a number, rather than to what is set above it.
pub(super) fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() && !is_superscript(letter)
}

/// Marks that no reader sees.
pub(super) fn is_invisible(letter: char) -> bool {
    matches!(letter, SOFT_HYPHEN | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

pub(super) fn is_superscript(letter: char) -> bool {
    matches!(letter, '¹' | '²' | '³' | '\u{2070}' | '\u{2074}'..='\u{2079}')
}

/// Whether a character belongs to a script whose words no spaces part.
pub(super) fn is_cjk(letter: char) -> bool {
    matches!(letter, '\u{3001}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::{LetterKind, Letters, TextSide};

    fn read(text: &str, side: TextSide) -> String {
        let shown = |letter: super::Letter| match letter.sort {
            LetterKind::Of(letter) => letter,
            LetterKind::Space => ' ',
            LetterKind::LineHyphen => '~',
            LetterKind::Note => '*',
        };
        Letters::new(text, 0, side).map(shown).collect()
    }

    #[test]
    fn only_the_setting_is_folded() {
        for (text, folded) in [
            ("a \n\t b\u{a0}c", "a b c"),
            ("‘a’ “b” – — c", "'a' \"b\" - - c"),
            ("e\u{301}é", "éé"),
            ("ofﬁce eﬃcient", "office efficient"),
            ("ＡＢ１２", "AB12"),
            ("na\u{ad}tion\u{200b}al", "national"),
            ("secu-\n  rity", "secu~rity"),
            ("secu-\n\nrity", "secu- rity"),
            ("non-nuclear", "non-nuclear"),
            ("日本 国\n憲法", "日本国憲法"),
            ("日本 and 国", "日本 and 国"),
            ("m² x² Å", "m² x² Å"),
        ] {
            assert_eq!(read(text, TextSide::Quotation), folded, "{text}");
        }
    }

    #[test]
    fn marks_of_notes_are_told_from_exponents() {
        for (text, folded) in [
            ("treaty¹² is", "treaty* is"),
            ("km² is", "km² is"),
            ("treaty[12].", "treaty*."),
            ("treaty[1][2].", "treaty**."),
            ("[12] a", "[12] a"),
        ] {
            assert_eq!(read(text, TextSide::Source), folded, "{text}");
            assert!(!read(text, TextSide::Quotation).contains('*'), "{text}");
        }
    }
}
