//! The marks of whoever quotes: what was left out, put in, or written with another capital.

use std::ops::Range;

/// A piece of a quotation, with the bytes that it takes up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotationPiece {
    /// What it is.
    pub sort: PieceKind,
    /// Where it stands in the quotation.
    pub bytes: Range<usize>,
}

/// What a piece of a quotation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// A character of the source.
    Letter(char),
    /// `[T]he`: a character of the source, in either case.
    EitherCase(char),
    /// `[a]`: one letter by itself, of the source in either case or put in.
    LoneLetter(char),
    /// `[word]`: put in by the quoter.
    Insertion,
    /// `[...]`, `[…]`, `…` or `〔中略〕`: something was left out.
    Gap,
    /// A bracket that nothing closes.
    Unclosed,
}

/// The brackets in which quoters write, and the words by which they say there that something was left out.
const BRACKETS: [(char, char); 2] = [('[', ']'), ('〔', '〕')];
const LEFT_OUT: [&str; 3] = ["...", "…", "中略"];

/// Whether a character opens or closes what a quoter writes.
pub fn is_bracket(letter: char) -> bool {
    BRACKETS.iter().any(|(open, close)| letter == *open || letter == *close)
}

/// Whether a character can be a mark of whoever quotes, or begin one.
pub fn is_mark(letter: char) -> bool {
    matches!(letter, '…' | '\\') || BRACKETS.iter().any(|(open, _)| letter == *open)
}

/// The pieces of a quotation, in order. `\[` is a bracket of the source; any other backslash is one of the source itself.
pub fn pieces(quotation: &str) -> Vec<QuotationPiece> {
    let mut found = Vec::new();
    let mut at = 0;
    // From where on no bracket of each sort is closed any more.
    let mut open_from = [quotation.len(); BRACKETS.len()];
    while let Some(letter) = quotation[at..].chars().next() {
        let end = at + letter.len_utf8();
        let (sort, end) = match (letter, BRACKETS.iter().position(|(open, _)| *open == letter)) {
            ('…', _) => (PieceKind::Gap, end),
            ('\\', _) => match quotation[end..].chars().next().filter(|next| is_bracket(*next)) {
                Some(escaped) => (PieceKind::Letter(escaped), end + escaped.len_utf8()),
                None => (PieceKind::Letter(letter), end),
            },
            (_, None) => (PieceKind::Letter(letter), end),
            (_, Some(bracket)) => {
                let close = BRACKETS[bracket].1;
                let length = if end < open_from[bracket] { quotation[end..].find(close) } else { None };
                if length.is_none() {
                    open_from[bracket] = open_from[bracket].min(at);
                }
                length.map_or((PieceKind::Unclosed, end), |length| {
                    let after = end + length + close.len_utf8();
                    (inside(&quotation[end..end + length], &quotation[after..]), after)
                })
            }
        };
        found.push(QuotationPiece { sort, bytes: at..end });
        at = end;
    }
    found
}

/// What stands in brackets, by what follows on them.
fn inside(written: &str, after: &str) -> PieceKind {
    let mut letters = written.chars();
    match (letters.next(), letters.next()) {
        (Some(one), None) if one.is_lowercase() || one.is_uppercase() => {
            match after.chars().next().is_some_and(char::is_alphabetic) {
                true => PieceKind::EitherCase(one),
                false => PieceKind::LoneLetter(one),
            }
        }
        _ if LEFT_OUT.contains(&written.trim()) => PieceKind::Gap,
        _ => PieceKind::Insertion,
    }
}

#[cfg(test)]
mod tests {
    use super::{PieceKind, pieces};

    #[test]
    fn every_mark_is_told_from_the_words() {
        let sorts = |text: &str| pieces(text).into_iter().map(|piece| piece.sort).collect::<Vec<_>>();
        assert_eq!(sorts("[T]e"), [PieceKind::EitherCase('T'), PieceKind::Letter('e')]);
        assert_eq!(sorts("[a]…"), [PieceKind::LoneLetter('a'), PieceKind::Gap]);
        assert_eq!(sorts("[...]〔中略〕[…][ ... ]"), [PieceKind::Gap; 4]);
        assert_eq!(sorts("[the treaty]\\["), [PieceKind::Insertion, PieceKind::Letter('[')]);
        assert_eq!(sorts("[x"), [PieceKind::Unclosed, PieceKind::Letter('x')]);
        assert_eq!(sorts("[]"), [PieceKind::Insertion]);
        assert_eq!(
            sorts("[[[a"),
            [PieceKind::Unclosed, PieceKind::Unclosed, PieceKind::Unclosed, PieceKind::Letter('a')]
        );
        assert_eq!(pieces("a[T]é")[1].bytes, 1..4);
    }

    #[test]
    fn a_backslash_escapes_brackets_alone() {
        let read = |text: &str| {
            let letter = |sort| if let PieceKind::Letter(letter) = sort { letter } else { '*' };
            pieces(text).into_iter().map(|piece| letter(piece.sort)).collect::<String>()
        };
        for (written, says) in [
            (r"C:\path", r"C:\path"),
            (r"\d+\\", r"\d+\\"),
            (r"\[a\]", "[a]"),
            (r"\〔a\〕", "〔a〕"),
            (r"\\[a\\]", r"\[a\]"),
            (r"\…\", r"\*\"),
        ] {
            assert_eq!(read(written), says, "{written}");
        }
    }
}
