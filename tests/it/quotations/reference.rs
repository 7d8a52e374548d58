//! The slow matcher. It tries every piece of what a reader reads on in, and compares all the ways in which the two can be read.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// A quotation between its gaps: its words, and which of its characters may be of either case.
type Part = (Vec<char>, BTreeSet<usize>);

/// What stands between two paragraphs.
const EMPTY_LINE: &str = "\n\n";

/// At how many places of a document a quotation stands; of one with gaps only whether, as 1. The document is its paragraphs,
/// each with whether it is a heading: words run on from one paragraph to the next, not into a heading nor out of one.
pub fn places(quotation: &str, document: &[(bool, String)]) -> usize {
    let Some(parts) = parts(quotation) else { return 0 };
    if !parts.iter().any(|(words, _)| words.iter().any(|letter| is_letter(*letter))) {
        return 0;
    }
    let stretches = document.chunk_by(|(one, _), (next, _)| !one && !next);
    let found = stretches.map(|paragraphs| {
        let all: Vec<&str> = paragraphs.iter().map(|(_, words)| words.as_str()).collect();
        let number = |(number, (_, words)): (usize, &(bool, String))| {
            vec![number; words.chars().count() + EMPTY_LINE.chars().count()]
        };
        let paragraph: Vec<usize> = paragraphs.iter().enumerate().flat_map(number).collect();
        let text: Vec<char> = all.join(EMPTY_LINE).chars().collect();
        let spans: Vec<Vec<(usize, usize)>> = parts.iter().map(|part| spans(part, &text)).collect();
        if spans.len() == 1 { spans[0].len() } else { usize::from(in_order(&spans, None, &paragraph)) }
    });
    found.sum()
}

/// Whether the parts follow on each other; what is left out between two of them stands in one paragraph.
fn in_order(spans: &[Vec<(usize, usize)>], before: Option<usize>, paragraph: &[usize]) -> bool {
    let Some((first, rest)) = spans.split_first() else { return true };
    first.iter().any(|(start, end)| {
        let follows = before.is_none_or(|before| *start >= before && paragraph[before - 1] == paragraph[*start]);
        follows && in_order(rest, Some(*end), paragraph)
    })
}

/// `\[` and `\]` are brackets of the source, and every other backslash is one; `…` parts; `[x]` straight before a letter is of either case; other brackets go, and
/// white space before them if no word follows on them.
/// Nothing where a bracket stays open.
fn parts(quotation: &str) -> Option<Vec<Part>> {
    let letters: Vec<char> = quotation.chars().collect();
    let mut parts: Vec<Part> = vec![Part::default()];
    let mut at = 0;
    while at < letters.len() {
        let (words, either) = parts.last_mut().unwrap();
        match letters[at] {
            '\\' if matches!(letters.get(at + 1), Some('[' | ']')) => {
                words.push(letters[at + 1]);
                at += 1;
            }
            '…' => parts.push(Part::default()),
            '[' => {
                let end = at + letters[at..].iter().position(|letter| *letter == ']')?;
                let inside = &letters[at + 1..end];
                let next = letters.get(end + 1).copied();
                if inside.len() == 1 && next.is_some_and(char::is_alphabetic) {
                    either.insert(words.len());
                    words.push(inside[0]);
                } else if !next.is_some_and(char::is_alphanumeric) {
                    while words.last().is_some_and(|last| last.is_whitespace()) {
                        words.pop();
                    }
                }
                at = end;
            }
            letter => words.push(letter),
        }
        at += 1;
    }
    for (words, either) in &mut parts {
        while words.last().is_some_and(|last| is_blank(*last)) {
            words.pop();
        }
        let blank = words.iter().take_while(|letter| is_blank(**letter)).count();
        words.drain(..blank);
        *either = either.iter().map(|at| at - blank).collect();
    }
    parts.retain(|(words, _)| !words.is_empty());
    Some(parts)
}

/// Every piece of a stretch that can be read as the part can; of those that begin alike the shortest, and of those that
/// end alike the shortest again: what is passed over belongs to none.
fn spans((words, either): &Part, paragraph: &[char]) -> Vec<(usize, usize)> {
    let wanted = readings(words, 0..words.len(), (either, false));
    let is_number = words.iter().all(char::is_ascii_digit);
    let mut found = Vec::new();
    for start in 0..paragraph.len() {
        let fits = |end: &usize| {
            let piece = start..*end;
            // The number of a note is not quoted by itself.
            if is_number && start > 0 && paragraph[start - 1] == '[' && paragraph.get(*end) == Some(&']') {
                return false;
            }
            !cuts(paragraph, start)
                && !cuts(paragraph, *end)
                && !is_blank(paragraph[start])
                && !is_blank(paragraph[*end - 1])
                && !readings(paragraph, piece, (&BTreeSet::new(), true)).is_disjoint(&wanted)
        };
        let Some(end) = (start + 1..=paragraph.len()).find(fits) else { continue };
        found.retain(|(_, other)| *other != end);
        found.push((start, end));
    }
    found
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || is_invisible(letter)
}

/// Every way to read a piece of a text, with what may be of either case in both, and notes both read and passed over.
fn readings(
    text: &[char],
    piece: std::ops::Range<usize>,
    (either, is_source): (&BTreeSet<usize>, bool),
) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = BTreeSet::from([String::new()]);
    let mut at = piece.start;
    while at < piece.end {
        let (mut options, mut length) = read(text, at, (either, is_source));
        // A piece may end with the hyphen, though white space follows on it.
        if at + 1 == piece.end && options.len() == 3 {
            (options, length) = (vec!["-".to_owned()], 1);
        }
        if at + length > piece.end {
            return BTreeSet::new();
        }
        let grow = |before: &String| options.iter().map(move |option| format!("{before}{option}")).collect::<Vec<_>>();
        all = all.iter().flat_map(grow).collect();
        at += length;
    }
    all.into_iter().map(|text| text.nfc().collect()).collect()
}

/// How what stands at a place can be read, and how long it is.
fn read(text: &[char], at: usize, (either, is_source): (&BTreeSet<usize>, bool)) -> (Vec<String>, usize) {
    let letter = text[at];
    let blank = |from: usize| text[from..].iter().take_while(|letter| is_blank(**letter)).count();
    let only_space = |from: usize| text[from..].iter().take_while(|letter| letter.is_whitespace()).count();
    if matches!(letter, '-' | '\u{ad}') && at > 0 && is_letter(text[at - 1]) {
        let length = only_space(at + 1);
        if text[at + 1..at + 1 + length].iter().filter(|letter| **letter == '\n').count() == 1 {
            return (["-", "", "- "].map(str::to_owned).to_vec(), length + 1);
        }
    }
    if is_blank(letter) {
        let length = blank(at);
        let is_space = text[at..at + length].iter().any(|letter| letter.is_whitespace());
        let within = at > 0 && is_cjk(text[at - 1]) && text.get(at + length).is_some_and(|next| is_cjk(*next));
        let read = if is_space && !within { " " } else { "" };
        return (vec![read.to_owned()], length);
    }
    if is_source && let Some(length) = note(text, at) {
        return (vec![String::new(), text[at..at + length].iter().collect()], length);
    }
    let folded = match letter {
        '’' => "'".to_owned(),
        'ﬁ' => "fi".to_owned(),
        other => other.to_string(),
    };
    if either.contains(&at) { (vec![folded.to_lowercase(), folded.to_uppercase()], 1) } else { (vec![folded], 1) }
}

/// How long the mark of a note is that stands straight after a word.
fn note(text: &[char], at: usize) -> Option<usize> {
    let before = *text[..at].last()?;
    let word = text[..at].iter().rev().take_while(|letter| letter.is_alphabetic()).count();
    let is_note = |opened: usize| note(text, opened) == Some(at - opened);
    let after_note = before == ']' && (0..at).rev().find(|opened| text[*opened] == '[').is_some_and(is_note);
    let after_mark = ".,;:)’\"".contains(before) || is_cjk(before) || after_note;
    match text[at] {
        '[' if after_mark || before.is_alphabetic() => {
            let digits = text[at + 1..].iter().take_while(|letter| letter.is_ascii_digit()).count();
            ((1..=3).contains(&digits) && text.get(at + 1 + digits) == Some(&']')).then_some(digits + 2)
        }
        '²' if after_mark || word >= 3 => Some(text[at..].iter().take_while(|letter| **letter == '²').count()),
        _ => None,
    }
}

/// Whether a word, or a number with what belongs to it, stands on both sides of a place.
fn cuts(text: &[char], at: usize) -> bool {
    if text.get(at).is_some_and(|letter| canonical_combining_class(*letter) != 0) {
        return true;
    }
    let before: Vec<char> = text[..at].iter().rev().copied().filter(|letter| !is_invisible(*letter)).collect();
    let after: Vec<char> = text[at..].iter().copied().filter(|letter| !is_invisible(*letter)).collect();
    let (Some(last), Some(first)) = (before.first().copied(), after.first().copied()) else { return false };
    let is_digit = |letter: Option<&char>| letter.is_some_and(char::is_ascii_digit);
    if first == '²' {
        return last.is_alphanumeric() && note(text, at).is_none();
    }
    if last == '²' {
        return false;
    }
    let both = last.is_alphanumeric() && first.is_alphanumeric() && !is_cjk(last) && !is_cjk(first);
    let number = is_digit(Some(&last)) && matches!(first, '.' | ',') && is_digit(after.get(1))
        || is_digit(Some(&first)) && matches!(last, '.' | ',') && is_digit(before.get(1));
    let sign = is_digit(Some(&first)) && last == '-' && !before.get(1).is_some_and(|letter| letter.is_alphanumeric());
    let unit = is_digit(Some(&last)) && first == '%';
    both || number || sign || unit || is_broken_word(text, at)
}

/// Whether a hyphen and a line break part a word around a place.
fn is_broken_word(text: &[char], at: usize) -> bool {
    let is_hyphen = |letter: &char| matches!(letter, '-' | '\u{ad}');
    let hyphens =
        (0..text.len()).filter(|hyphen| is_hyphen(&text[*hyphen]) && *hyphen > 0 && is_letter(text[hyphen - 1]));
    hyphens.into_iter().any(|hyphen| {
        let blank = text[hyphen + 1..].iter().take_while(|letter| letter.is_whitespace()).count();
        let next = hyphen + 1 + blank;
        text[hyphen + 1..next].iter().filter(|letter| **letter == '\n').count() == 1
            && text.get(next).is_some_and(|letter| is_letter(*letter))
            && (hyphen..=next).contains(&at)
    })
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() && letter != '²'
}

fn is_invisible(letter: char) -> bool {
    letter == '\u{ad}'
}

fn is_cjk(letter: char) -> bool {
    matches!(letter, '日' | '本')
}
