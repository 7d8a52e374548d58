//! Whether the words of a quotation stand at a place of their source, letter by letter.

use std::iter::Peekable;

use super::boundary::cuts;
use super::budget::StepBudget;
use super::letters::{Letter, LetterKind, Letters, TextSide};
use super::quotation::QuotationSegment;

/// Words that stand where they were looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WordsMatch {
    /// Where they end in the source.
    pub(super) end: usize,
    /// Whether anything but white space is set in another way than the quotation has it.
    pub(super) is_folded: bool,
}

/// The two texts, side by side.
struct Comparison<'a> {
    part: &'a QuotationSegment,
    source: &'a str,
    quoted: Peekable<Letters<'a>>,
    found: Peekable<Letters<'a>>,
    end: usize,
}

/// Compares a part with the source from a byte on; `source` is what a reader reads on in from there.
///
/// No word may be cut at either end.
pub(super) fn compare(part: &QuotationSegment, source: &str, at: usize, steps: &mut StepBudget) -> Option<WordsMatch> {
    steps.spend(0);
    if cuts(source, at) {
        return None;
    }
    let quoted = Letters::new(&part.text, 0, TextSide::Quotation).peekable();
    let found = Letters::new(source, at, TextSide::Source).peekable();
    let mut comparison = Comparison { part, source, quoted, found, end: at };
    let differs = loop {
        if comparison.quoted.peek().is_none() {
            break false;
        }
        if comparison.step().is_none() {
            break true;
        }
    };
    let end = comparison.end;
    steps.spend(end - at);
    if differs {
        return None;
    }
    let written = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
    (!cuts(source, end)).then(|| WordsMatch { end, is_folded: written(&part.text) != written(&source[at..end]) })
}

impl Comparison<'_> {
    /// Goes on by one letter of the quotation, or of the source where it has more; nothing when they differ.
    fn step(&mut self) -> Option<()> {
        let quoted = self.quoted.peek()?.clone();
        let Some(found) = self.found.peek().cloned() else {
            return (quoted.sort == LetterKind::LineHyphen).then(|| self.pass_quoted());
        };
        match (quoted.sort, found.sort) {
            (LetterKind::Space, LetterKind::Space) | (LetterKind::LineHyphen, LetterKind::LineHyphen) => {
                self.pass_quoted();
                self.pass_found();
            }
            (_, LetterKind::Note) => self.note(&quoted, &found)?,
            (LetterKind::Of('-'), LetterKind::LineHyphen) => {
                self.pass_quoted();
                self.pass_found();
                self.quoted.next_if(|letter| letter.sort == LetterKind::Space);
            }
            (LetterKind::LineHyphen, LetterKind::Of('-')) => {
                self.pass_quoted();
                self.pass_found();
                if let Some(space) = self.found.next_if(|letter| letter.sort == LetterKind::Space) {
                    self.end = space.bytes.end;
                }
            }
            (_, LetterKind::LineHyphen) => {
                self.pass_found();
            }
            (LetterKind::LineHyphen, _) => {
                self.pass_quoted();
            }
            (LetterKind::Of(one), LetterKind::Of(other)) => self.letters((one, &quoted), other)?,
            (LetterKind::Of(_) | LetterKind::Space | LetterKind::Note, LetterKind::Of(_) | LetterKind::Space) => {
                return None;
            }
        }
        Some(())
    }

    fn letters(&mut self, (one, quoted): (char, &Letter), other: char) -> Option<()> {
        let either = self.part.either_case.contains(&quoted.bytes.start);
        if one != other && !(either && one.to_lowercase().eq(other.to_lowercase())) {
            return None;
        }
        self.pass_quoted();
        self.pass_found();
        Some(())
    }

    /// The mark of a note is passed over, or quoted like other letters.
    fn note(&mut self, quoted: &Letter, found: &Letter) -> Option<()> {
        let mark = &self.source[found.bytes.clone()];
        if self.part.text[quoted.bytes.start..].starts_with(mark) {
            let end = quoted.bytes.start + mark.len();
            while self.quoted.next_if(|letter| letter.bytes.start < end).is_some() {}
        }
        self.pass_found();
        Some(())
    }

    fn pass_quoted(&mut self) {
        self.quoted.next();
    }

    fn pass_found(&mut self) {
        if let Some(letter) = self.found.next() {
            self.end = letter.bytes.end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::compare;
    use crate::evidence::budget::StepBudget;
    use crate::evidence::quotation::readings;

    /// Whether a quotation stands at the mark, and whether it was folded.
    fn stands(quotation: &str, source: &str) -> Option<bool> {
        let at = source.find('|').unwrap();
        let part = &readings(quotation).unwrap()[0].parts[0];
        compare(part, &source.replace('|', ""), at, &mut StepBudget::new(100)).map(|stands| stands.is_folded)
    }

    #[test]
    fn setting_may_differ_and_words_may_not() {
        for (quotation, source, folded) in [
            ("a treaty", "|a\n treaty", false),
            ("it's", "|it’s", true),
            ("security", "|secu-\nrity", true),
            ("secu-rity", "|secu-\nrity", false),
            ("secu- rity", "|secu-\n\nrity", false),
            ("shall not", "|shall\n\n   not", false),
            ("pre- and post-war", "|pre-\nand post-war", false),
            ("pre-\nand post-war", "|pre- and post-war", false),
            ("secu-\nrity", "|security", true),
            ("the treaty of", "|the treaty¹² of", true),
            ("the treaty\\[3\\] of", "|the treaty[3] of", false),
            ("the treaty of", "|the treaty[3] of", true),
            ("[T]he treaty", "|the treaty", true),
            ("日本国", "|日本\n国", false),
            ("- ’so", "1 |-\n’so", false),
            ("- so", "1 |- so", false),
            ("’so", "1 - |’so", false),
        ] {
            assert_eq!(stands(quotation, source), Some(folded), "{quotation} / {source}");
        }
        for (quotation, source) in [
            ("treaty", "|treaties"),
            ("Treaty", "|treaty"),
            ("will act", "|will not act"),
            ("5 km", "|5 km²"),
            ("related", "un|related"),
            ("a b", "|ab"),
            ("ab", "|a b"),
            ("re-sign", "|resign"),
            ("security", "|secu-\n\nrity"),
        ] {
            assert_eq!(stands(quotation, source), None, "{quotation} / {source}");
        }
    }
}
