//! The number of a unit as it is written, and what it may be worth: `iv` is the fourth, and a letter beside `iu` and `iw` is not.

use crate::text::roman;

/// The number of a unit, in the parts that full stops set apart: `5.1`, `12A`, `iv`, `第五条` as `5`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnitNumber {
    /// Its parts, in small letters and figures.
    pub(super) parts: Vec<String>,
    /// How its last part is written.
    pub(super) case: LetterCase,
}

/// In what a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum LetterCase {
    /// `5`, `12A`.
    Figures,
    /// `a`, `iv`.
    Small,
    /// `A`, `IV`.
    Capital,
    /// `五`, `二十一`.
    Han,
}

/// How the last part of a number can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NumberReading {
    pub(super) script: NumberScript,
    pub(super) value: u32,
    /// What follows the figures: `bis` in `33bis`.
    pub(super) suffix: String,
}

/// What the signs of a number are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NumberScript {
    Figures,
    Roman,
    Letters,
}

/// Suffixes that are words, beside single letters.
pub(super) const SUFFIXES: [&str; 8] = ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "er"];

/// Figures of numbers have no more digits than this, and Roman numerals and suffixes no more letters.
const LONGEST: usize = 4;

impl UnitNumber {
    /// The number that a word is, if it is one: figures, Roman numerals, a letter or a doubled letter, joined by full stops.
    pub(super) fn of(word: &str) -> Option<UnitNumber> {
        let parts: Vec<&str> = word.split(['.', '-', '\u{2013}']).collect();
        let last = parts.last().copied().filter(|_| parts.len() <= 8)?;
        let case = match last.chars().next()? {
            letter if letter.is_ascii_digit() => LetterCase::Figures,
            letter if letter.is_ascii_uppercase() => LetterCase::Capital,
            letter if letter.is_ascii_lowercase() => LetterCase::Small,
            _ => return None,
        };
        let is_one_case = match case {
            LetterCase::Figures | LetterCase::Han => true,
            LetterCase::Capital => last.chars().all(|letter| letter.is_ascii_uppercase()),
            LetterCase::Small => last.chars().all(|letter| letter.is_ascii_lowercase()),
        };
        let (first, rest) = parts.split_first()?;
        let is_joined = rest.iter().all(|part| part.starts_with(|letter: char| letter.is_ascii_alphanumeric()));
        let number = UnitNumber { parts: parts.iter().map(|part| part.to_ascii_lowercase()).collect(), case };
        let all_read = number.parts.iter().all(|part| !readings(part).is_empty());
        // `A.1` is a number, `e.g` is none.
        let is_deep = rest.is_empty() || last.starts_with(|letter: char| letter.is_ascii_digit()) || first.len() > 1;
        (is_one_case && is_joined && all_read && is_deep).then_some(number)
    }

    /// A number that is known by its value.
    pub(super) fn of_value(value: u64) -> UnitNumber {
        UnitNumber { parts: vec![value.to_string()], case: LetterCase::Figures }
    }

    /// A number in Chinese characters.
    pub(super) fn of_han(written: &str) -> Option<UnitNumber> {
        han_value(written).map(|value| UnitNumber { case: LetterCase::Han, ..UnitNumber::of_value(value) })
    }

    /// How its last part can be read, the likelier first.
    pub(super) fn readings(&self) -> Vec<NumberReading> {
        self.parts.last().map(|part| readings(part)).unwrap_or_default()
    }
}

/// How a part of a number, in small letters, can be read.
fn readings(part: &str) -> Vec<NumberReading> {
    let figures: String = part.chars().take_while(char::is_ascii_digit).collect();
    if !figures.is_empty() {
        let suffix = &part[figures.len()..];
        let is_suffix = suffix.is_empty()
            || suffix.len() <= 2 && suffix.chars().all(|letter| letter.is_ascii_lowercase())
            || SUFFIXES.contains(&suffix);
        let value = figures.parse().ok().filter(|_| is_suffix && figures.len() <= LONGEST);
        let reading = |value| NumberReading { script: NumberScript::Figures, value, suffix: suffix.to_owned() };
        return value.map(reading).into_iter().collect();
    }
    let (stem, suffix) = SUFFIXES
        .iter()
        .find_map(|suffix| Some((part.strip_suffix(suffix)?, *suffix)).filter(|(stem, _)| !stem.is_empty()))
        .unwrap_or((part, ""));
    let mut all = Vec::new();
    let mut read = |script, value, suffix: &str| {
        all.push(NumberReading { script, value, suffix: suffix.to_owned() });
    };
    if let Some(value) = roman(stem).filter(|_| stem.len() <= 2 * LONGEST) {
        read(NumberScript::Roman, value, suffix);
    }
    let mut letters = part.chars();
    if let Some(letter) = letters.next().filter(char::is_ascii_lowercase)
        && part.len() <= 2
        && letters.all(|next| next == letter)
    {
        read(NumberScript::Letters, u32::from(letter) - u32::from('a') + 1 + 26 * (part.len() as u32 - 1), "");
    }
    all
}

/// The value of a number in Chinese characters: `二十一`.
pub(super) fn han_value(written: &str) -> Option<u64> {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const TENS: [(char, u64); 3] = [('十', 10), ('百', 100), ('千', 1000)];
    let (mut value, mut digit) = (0_u64, None);
    for letter in written.chars() {
        if let Some((_, ten)) = TENS.iter().find(|(sign, _)| *sign == letter) {
            value += digit.take().unwrap_or(1) * ten;
        } else {
            let next = DIGITS.iter().position(|sign| *sign == letter)? as u64;
            if digit.is_some() {
                return None;
            }
            digit = Some(next);
        }
    }
    Some(value + digit.unwrap_or(0)).filter(|value| *value > 0)
}

#[cfg(test)]
mod tests {
    use super::{NumberScript, UnitNumber, han_value};

    #[test]
    fn numbers_are_figures_roman_numerals_and_letters() {
        for (written, parts) in [
            ("5", vec!["5"]),
            ("5.1", vec!["5", "1"]),
            ("12A", vec!["12a"]),
            ("33bis", vec!["33bis"]),
            ("IV", vec!["iv"]),
            ("A.1", vec!["a", "1"]),
        ] {
            assert_eq!(
                UnitNumber::of(written).map(|number| number.parts),
                Some(parts.iter().map(ToString::to_string).collect())
            );
        }
        for written in ["", "of", "e.g", "The", "12345", "a.m", "Iv", "1..2", "--"] {
            assert_eq!(UnitNumber::of(written), None, "{written}");
        }
        let scripts =
            |word: &str| UnitNumber::of(word).unwrap().readings().iter().map(|it| it.script).collect::<Vec<_>>();
        assert_eq!(scripts("i"), [NumberScript::Roman, NumberScript::Letters]);
        assert_eq!(scripts("b"), [NumberScript::Letters]);
        assert_eq!(scripts("iv"), [NumberScript::Roman]);
        assert_eq!([han_value("五"), han_value("二十一"), han_value("条")], [Some(5), Some(21), None]);
    }
}
