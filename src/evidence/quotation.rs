//! A quotation as what is to be looked for: parts that stand in the source in their order.

use std::collections::BTreeSet;
use std::ops::Range;

use super::letters::{LONGEST_NOTE, Letter, LetterKind, Letters, TextSide, is_invisible, is_of_word};
use crate::text::quotation::{self, QuotationPiece, pieces};

/// What a quotation says that its source says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quotation {
    /// What stands between the gaps; none of them is empty.
    pub(super) parts: Vec<QuotationSegment>,
    /// Where in the quotation something was put in.
    pub(super) insertions: Vec<Range<usize>>,
    /// Whether a letter was written in the other case, as far as the marks say.
    pub(super) changes_case: bool,
}

/// Words of a quotation without a gap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct QuotationSegment {
    /// The words, without white space around them.
    pub(super) text: String,
    /// Which bytes of the text may be written in either case.
    pub(super) either_case: BTreeSet<usize>,
    /// What of it is looked for.
    pub(super) seed: Seed,
}

/// The longest run of letters that stand in every source of a part as they stand in it, without what is between words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seed {
    pub(super) letters: String,
    /// How many letters of the part come before.
    pub(super) before: usize,
    /// How many bytes such letters take up that come before, and from its start to the end of the part.
    pub(super) lead: usize,
    pub(super) tail: usize,
    /// How many characters of the part come before the first of its letters.
    pub(super) marks: usize,
    /// How many of these are letters nevertheless, which the source may have as the number of a note.
    pub(super) unsure: usize,
}

/// Why a quotation cannot be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnusableQuotation {
    /// It has no words of the source.
    NoWords,
    /// A bracket in it is not closed.
    Unclosed,
}

/// What a quotation may mean: a letter alone in brackets is one of the source, or one put in.
pub(super) fn readings(written: &str) -> Result<Vec<Quotation>, UnusableQuotation> {
    let pieces = pieces(written);
    if pieces.iter().any(|piece| piece.sort == quotation::PieceKind::Unclosed) {
        return Err(UnusableQuotation::Unclosed);
    }
    let mut found = vec![read(&pieces, true)];
    if pieces.iter().any(|piece| matches!(piece.sort, quotation::PieceKind::LoneLetter(_))) {
        found.push(read(&pieces, false));
    }
    found.retain(|quotation| quotation.parts.iter().any(QuotationSegment::has_words));
    if found.is_empty() { Err(UnusableQuotation::NoWords) } else { Ok(found) }
}

fn read(pieces: &[QuotationPiece], lone_is_source: bool) -> Quotation {
    let mut parts = vec![QuotationSegment::default()];
    let (mut insertions, mut changes_case) = (Vec::new(), false);
    for (number, piece) in pieces.iter().enumerate() {
        let Some(part) = parts.last_mut() else { break };
        match piece.sort {
            quotation::PieceKind::Letter(letter) => part.text.push(letter),
            quotation::PieceKind::EitherCase(letter) => part.push_either(letter, &mut changes_case),
            quotation::PieceKind::LoneLetter(letter) if lone_is_source => part.push_either(letter, &mut changes_case),
            quotation::PieceKind::Gap => parts.push(QuotationSegment::default()),
            quotation::PieceKind::LoneLetter(_) | quotation::PieceKind::Insertion | quotation::PieceKind::Unclosed => {
                insertions.push(piece.bytes.clone());
                let next = pieces.get(number + 1).map(|next| next.sort);
                if !matches!(next, Some(quotation::PieceKind::Letter(letter)) if letter.is_alphanumeric()) {
                    part.text.truncate(part.text.trim_end().len());
                }
            }
        }
    }
    let parts = parts.into_iter().map(QuotationSegment::trimmed).filter(|part| !part.text.is_empty()).collect();
    Quotation { parts, insertions, changes_case }
}

impl QuotationSegment {
    fn push_either(&mut self, letter: char, changes_case: &mut bool) {
        *changes_case = true;
        self.either_case.insert(self.text.len());
        self.text.push(letter);
    }

    fn trimmed(mut self) -> QuotationSegment {
        let is_blank = |letter: char| letter.is_whitespace() || is_invisible(letter);
        self.text.truncate(self.text.trim_end_matches(is_blank).len());
        let cut = self.text.len() - self.text.trim_start_matches(is_blank).len();
        self.text.drain(..cut);
        self.either_case = self.either_case.into_iter().map(|at| at - cut).collect();
        self.seed = self.seed();
        self
    }

    fn has_words(&self) -> bool {
        self.text.contains(is_of_word)
    }

    fn seed(&self) -> Seed {
        let mut letters = Vec::new();
        let sure = self.sure();
        skeletal(Letters::new(&self.text, 0, TextSide::Quotation), |letter, at| {
            if sure.contains(&at) {
                letters.push((letter, at));
            }
        });
        let is_fixed = |letter: &(char, usize)| !self.either_case.contains(&letter.1);
        let length = |letters: &[(char, usize)]| letters.iter().map(|(letter, _)| letter.len_utf8()).sum::<usize>();
        let mut before = 0;
        let mut best = (0..0, 0);
        for run in letters.chunk_by(|one, next| is_fixed(one) && is_fixed(next)) {
            let size = if run.first().is_some_and(is_fixed) { length(run) } else { 0 };
            if size > best.1 {
                best = (before..before + run.len(), size);
            }
            before += run.len();
        }
        let run = best.0;
        Seed {
            unsure: sure.start,
            letters: letters[run.clone()].iter().map(|(letter, _)| letter).collect(),
            before: run.start,
            lead: length(&letters[..run.start]),
            tail: length(&letters[run.start..]),
            marks: letters.first().map_or(0, |(_, at)| self.text[..*at].chars().count()),
        }
    }

    /// Which of its bytes stand before and behind nothing that makes the number of a note of them: of `12] of`, the source
    /// may have a bracket before.
    fn sure(&self) -> Range<usize> {
        let digits = |letters: &mut dyn Iterator<Item = char>| letters.take_while(char::is_ascii_digit).count();
        let (first, last) = (digits(&mut self.text.chars()), digits(&mut self.text.chars().rev()));
        let may_be_note = |digits: usize| (1..=LONGEST_NOTE).contains(&digits);
        let rest = &self.text[..self.text.len() - last];
        let start = if may_be_note(first) && self.text[first..].starts_with(']') { first } else { 0 };
        start..if may_be_note(last) && rest.ends_with('[') { rest.len().max(start) } else { self.text.len() }
    }
}

/// Hands on the letters that count where only words are compared, each with its first byte: no white space, no marks, and
/// no number in brackets, which may belong to a note.
pub(super) fn skeletal(letters: impl Iterator<Item = Letter>, mut each: impl FnMut(char, usize)) {
    // The digits behind a bracket that has just opened.
    let mut held: Option<Vec<(char, usize)>> = None;
    for letter in letters {
        let is = if let LetterKind::Of(is) = letter.sort { is } else { ' ' };
        match &mut held {
            Some(digits) if is.is_ascii_digit() && digits.len() < LONGEST_NOTE => {
                digits.push((is, letter.bytes.start));
                continue;
            }
            Some(digits) => {
                if is != ']' {
                    digits.iter().for_each(|(digit, at)| each(*digit, *at));
                }
                held = None;
            }
            None => {}
        }
        if is == '[' {
            held = Some(Vec::new());
        } else if is_of_word(is) {
            each(is, letter.bytes.start);
        }
    }
    held.into_iter().flatten().for_each(|(digit, at)| each(digit, at));
}

#[cfg(test)]
mod tests {
    use super::{UnusableQuotation, readings};

    fn parts(written: &str) -> Vec<String> {
        readings(written).unwrap()[0].parts.iter().map(|part| part.text.clone()).collect()
    }

    #[test]
    fn marks_part_what_is_to_be_found() {
        assert_eq!(parts("[...] [T]he treaty [of 1960], which … ends"), ["The treaty, which", "ends"]);
        assert_eq!(parts("a [b] c"), ["a b c"]);
        assert_eq!(readings("a [b] c").unwrap()[1].parts[0].text, "a c");
        assert_eq!(readings("[x"), Err(UnusableQuotation::Unclosed));
        for nothing in ["", " ", "…", "[a word]", "— …", "[...] [...]"] {
            assert_eq!(readings(nothing), Err(UnusableQuotation::NoWords), "{nothing:?}");
        }
    }

    #[test]
    fn seeds_leave_out_what_may_differ() {
        let seed = |written: &str| {
            let seed = readings(written).unwrap()[0].parts[0].seed.clone();
            (seed.letters, seed.before)
        };
        assert_eq!(seed("[T]he well-known treaty"), ("hewellknowntreaty".to_owned(), 1));
        assert_eq!(seed("treaty\\[12\\] of"), ("treatyof".to_owned(), 0));
        assert_eq!(seed("a\\[12\\] of states"), ("aofstates".to_owned(), 0));
        assert_eq!(seed("12\\] of \\[3"), ("of".to_owned(), 0));
    }
}
