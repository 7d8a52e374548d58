//! The label at the beginning of a unit: `Article 5.`, `§ 5`, `(a)`, `2.`, `5.1`, `第五条`.

use super::kinds::UnitKinds;
use super::number::{LetterCase, SUFFIXES, UnitNumber, han_value};

/// A label at the beginning of a text.
#[derive(Clone, Debug)]
pub(super) struct UnitLabel {
    /// The kind that its word names: `Article`.
    pub(super) kind: Option<usize>,
    pub(super) number: UnitNumber,
    pub(super) style: LabelStyle,
    /// How many bytes of the text it takes, with the white space behind it.
    pub(super) length: usize,
    /// Whether it can be something else: the initial of a name (`A. Smith`), the year that begins a sentence.
    pub(super) is_weak: bool,
}

/// What stands around a number; units of one list have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct LabelStyle {
    pub(super) is_opened: bool,
    pub(super) closed: Option<char>,
    pub(super) case: LetterCase,
    /// Of how many parts the number is: 2 for `5.1`.
    pub(super) depth: usize,
}

/// Numbers in brackets have no more letters than this.
const LONGEST_IN_BRACKETS: usize = 6;

/// What may stand between a label and the words of its unit: `5.—(1) A person`, `Article 5 – Scope`.
const SEPARATORS: [char; 5] = ['.', ':', '—', '\u{2013}', '-'];

impl UnitLabel {
    /// The label with which a line begins. `is_title` tells that the line is a heading, which ends with it.
    pub(super) fn of(line: &str, kinds: &UnitKinds, is_title: bool) -> Option<UnitLabel> {
        named(line, kinds, is_title)
            .or_else(|| numbered_before_word(line, kinds))
            .or_else(|| bracketed(line))
            .or_else(|| bare(line, is_title))
    }
}

/// `Article 5.`, `SECTION IV`, `§ 5`, `Part One`.
fn named(line: &str, kinds: &UnitKinds, is_title: bool) -> Option<UnitLabel> {
    let word_end = match line.chars().next()? {
        '§' => line.find(|letter: char| letter != '§').unwrap_or(line.len()),
        letter if letter.is_uppercase() => line.find(|letter: char| !letter.is_alphabetic()).unwrap_or(line.len()),
        _ => return None,
    };
    let word = &line[..word_end];
    let kind = kinds.before(&word.to_lowercase())?;
    let rest = line[word_end..].strip_prefix('.').unwrap_or(&line[word_end..]);
    let spaced = rest.trim_start_matches([' ', '\t', '\u{a0}', '\u{202f}']);
    if spaced.len() == rest.len() && !word.starts_with('§') {
        return None;
    }
    let (number, after) = spelled(spaced, kinds)?;
    let tail = after.trim_start_matches([' ', '\t', '\u{a0}']);
    let marks = tail.trim_start_matches(SEPARATORS);
    let words = marks.trim_start();
    let is_spaced = words.len() < marks.len() || marks.len() == tail.len() && tail.len() < after.len();
    let begins = words.starts_with(|letter: char| letter.is_uppercase() || is_opening(letter) || is_han(letter));
    let is_set_off = marks.len() < tail.len() && (is_spaced || words.starts_with('(')) && begins;
    let is_followed = after.starts_with(['\n', '\r']);
    let is_titled = is_title && is_spaced && begins;
    (words.is_empty() || is_set_off || is_followed || is_titled).then(|| UnitLabel {
        kind: Some(kind),
        style: LabelStyle { is_opened: false, closed: None, case: number.case, depth: number.parts.len() },
        number,
        length: line.len()
            - if words.is_empty() || is_set_off || is_titled { words.len() } else { after.trim_start().len() },
        is_weak: false,
    })
}

/// The number behind the word of a kind, and what follows on it: figures, Roman numerals, a letter, or a numeral in words.
fn spelled<'t>(text: &'t str, kinds: &UnitKinds) -> Option<(UnitNumber, &'t str)> {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '.' | '-' | '\u{2013}'));
    let written = &text[..end.unwrap_or(text.len())];
    let word = written.trim_end_matches(['.', '-', '\u{2013}']);
    let after = &text[word.len()..];
    if let Some(number) = UnitNumber::of(word) {
        // `33 bis`
        let next = after.strip_prefix(' ').and_then(|rest| rest.split(|letter: char| !letter.is_alphabetic()).next());
        if let Some(suffix) = next.filter(|word| SUFFIXES.contains(word))
            && let Some(number) = UnitNumber::of(&format!("{word}{suffix}"))
        {
            return Some((number, &after[1 + suffix.len()..]));
        }
        return Some((number, after));
    }
    let value = kinds.numeral(&word.to_lowercase())?;
    Some((UnitNumber::of_value(value), after))
}

/// `第五条`, `第2章`, and with a title in brackets behind it.
fn numbered_before_word(line: &str, kinds: &UnitKinds) -> Option<UnitLabel> {
    let rest = line.strip_prefix('第')?;
    let end = rest.find(|letter: char| {
        !letter.is_numeric()
            && han_value(letter.encode_utf8(&mut [0; 4])).is_none()
            && !matches!(letter, '十' | '百' | '千')
    })?;
    let narrow: String = rest[..end].chars().map(narrow).collect();
    let value = narrow.parse().ok().or_else(|| han_value(&narrow))?;
    let (kind, word) = kinds.behind(&rest[end..])?;
    let mut number = UnitNumber::of_value(value);
    let mut after = &rest[end + word.len()..];
    // `第三条の二`
    if let Some(further) = after.strip_prefix('の') {
        let end =
            further.find(|letter: char| han_value(letter.encode_utf8(&mut [0; 4])).is_none() && letter != '十')?;
        number.parts.push(han_value(&further[..end])?.to_string());
        after = &further[end..];
    }
    let words = after.trim_start();
    let ends = words.is_empty() || words.len() < after.len() || after.starts_with(['（', '(']);
    ends.then(|| UnitLabel {
        kind: Some(kind),
        style: LabelStyle { is_opened: false, closed: None, case: number.case, depth: number.parts.len() },
        number,
        length: line.len() - words.len(),
        is_weak: false,
    })
}

/// `(a)`, `（1）`.
fn bracketed(line: &str) -> Option<UnitLabel> {
    let rest = line.strip_prefix(['(', '（'])?;
    let end = rest.find([')', '）'])?;
    let written: String = rest[..end].chars().map(narrow).collect();
    let number = number_or_han(&written).filter(|_| written.chars().count() <= LONGEST_IN_BRACKETS)?;
    let closed = rest[end..].chars().next()?;
    let after = &rest[end + closed.len_utf8()..];
    let words = after.trim_start();
    let ends = words.is_empty() || words.len() < after.len() || closed == '）' || words.starts_with(is_han);
    let style = LabelStyle { is_opened: true, closed: Some(')'), case: number.case, depth: number.parts.len() };
    ends.then(|| UnitLabel { kind: None, style, number, length: line.len() - words.len(), is_weak: false })
}

/// `a)`, `2.`, `5.1`, `5.1.`, `A.`, `IV.`; in a heading `5 Payment` as well; `１　` before Chinese characters.
fn bare(line: &str, is_title: bool) -> Option<UnitLabel> {
    let end =
        line.find(|letter: char| letter.is_whitespace() || matches!(letter, ')' | '）' | '、')).unwrap_or(line.len());
    let written: String = line[..end].chars().map(narrow).collect();
    let (closed, behind) = match line[end..].chars().next() {
        Some(sign @ (')' | '）')) => (Some(')'), &line[end + sign.len_utf8()..]),
        Some('、') => (Some('、'), &line[end + '、'.len_utf8()..]),
        _ if written.ends_with('.') => (Some('.'), &line[end..]),
        Some('\u{3000}') => (Some('\u{3000}'), &line[end..]),
        _ => (None, &line[end..]),
    };
    let is_dotted = closed == Some('.');
    let number = number_or_han(written.strip_suffix('.').filter(|_| is_dotted).unwrap_or(&written))?;
    let depth = number.parts.len();
    let words = behind.trim_start();
    let is_spaced = words.len() < behind.len() || words.is_empty() || closed == Some('、');
    let begins = !words.starts_with(char::is_lowercase);
    let is_weak = match closed {
        Some(')' | '、' | '\u{3000}') => false,
        Some('.') => !(depth == 1 && number.case == LetterCase::Figures && words.is_empty()),
        _ if depth > 1 && number.case == LetterCase::Figures && begins => true,
        _ if is_title && number.case == LetterCase::Figures && begins && !words.is_empty() => true,
        _ => return None,
    };
    let style = LabelStyle { is_opened: false, closed: closed.filter(|_| depth == 1), case: number.case, depth };
    is_spaced.then(|| UnitLabel { kind: None, style, number, length: line.len() - words.len(), is_weak })
}

fn number_or_han(written: &str) -> Option<UnitNumber> {
    UnitNumber::of(written).or_else(|| UnitNumber::of_han(written))
}

/// A full-width letter or figure in its usual width.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xff01 + 0x21).unwrap_or(letter),
        _ => letter,
    }
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

/// Whether a sign opens a quotation or brackets.
fn is_opening(letter: char) -> bool {
    matches!(letter, '(' | '[' | '“' | '"' | '„' | '«' | '‘' | '（' | '「')
}

/// How many bytes of a line the label takes with which it begins, if it is one of a unit that texts number in words; the line may
/// be a heading.
pub(in crate::evidence) fn unit_label(line: &str, kinds: &UnitKinds) -> Option<usize> {
    UnitLabel::of(line, kinds, true).filter(|label| label.kind.is_some()).map(|label| label.length)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::super::kinds::{UnitKind, UnitKinds};
    use super::UnitLabel;

    #[test]
    fn labels_are_told_from_sentences() {
        let kind = |name: &str, before: &[&str], after: &[&str]| UnitKind {
            name: name.to_owned(),
            level: 7,
            is_continuous: false,
            before: before.iter().map(ToString::to_string).collect(),
            after: after.iter().map(ToString::to_string).collect(),
        };
        let kinds = vec![
            kind("article", &["article", "art", "artikel"], &["条"]),
            kind("section", &["section", "§"], &[]),
            kind("part", &["part"], &[]),
        ];
        let kinds = UnitKinds::new(kinds, HashMap::from([("one".to_owned(), 1)]));
        for (line, label, number) in [
            ("Article 5", "Article 5", "5"),
            ("Article 5.", "Article 5.", "5"),
            ("ARTICLE V", "ARTICLE V", "v"),
            ("Art. 5. The Parties shall", "Art. 5. ", "5"),
            ("Article 33 bis. The Parties", "Article 33 bis. ", "33bis"),
            ("§ 5 Abs", "", ""),
            ("§ 5", "§ 5", "5"),
            ("§ 5. Jeder hat", "§ 5. ", "5"),
            ("Section 5.—(1) A person", "Section 5.—", "5"),
            ("Section 7.2. Payment is due", "Section 7.2. ", "7.2"),
            ("PART ONE", "PART ONE", "1"),
            ("Article 6 obliges Japan.", "", ""),
            ("Section 1(1) does not oblige", "", ""),
            ("Section 5 (1) does not oblige", "", ""),
            ("Article 5, paragraph 2, applies.", "", ""),
            ("Article 6 and Article 7 apply", "", ""),
            ("第五条", "第五条", "5"),
            ("第十二条　締約国は", "第十二条　", "12"),
            ("(a) consult", "(a) ", "a"),
            ("(iv) consult", "(iv) ", "iv"),
            ("(see) consult", "", ""),
            ("2. The Parties", "2. ", "2"),
            ("2.", "2.", "2"),
            ("b) consult", "b) ", "b"),
            ("5.1 The tenant", "5.1 ", "5.1"),
            ("1.5 percent is", "", ""),
            ("e.g. this", "", ""),
            ("The tenant", "", ""),
            ("1945 was", "", ""),
            ("２　国は", "２　", "2"),
            ("一　国", "一　", "1"),
        ] {
            let found = UnitLabel::of(line, &kinds, false);
            let number_of = |label: &UnitLabel| label.number.parts.join(".");
            assert_eq!(found.as_ref().map_or("", |it| &line[..it.length]), label, "{line}");
            assert_eq!(found.as_ref().map(number_of).unwrap_or_default(), number, "{line}");
        }
        assert!(UnitLabel::of("Article 5 Definitions", &kinds, true).is_some());
        assert!(UnitLabel::of("5 Payment", &kinds, true).is_some());
        assert!(UnitLabel::of("A. Smith", &kinds, false).unwrap().is_weak);
    }
}
