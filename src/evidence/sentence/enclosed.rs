//! What stands in brackets or quotation marks: from the mark that opens to the one that closes.

/// A text in brackets or quotation marks, with these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Enclosed {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) is_quoted: bool,
}

/// Two marks that stand farther apart (in bytes) are not believed to belong together.
const LONGEST: usize = 1200;

/// So many open marks are asked whether a mark closes them.
const MOST_ASKED: usize = 8;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Round,
    Square,
    Quoted,
    Corner,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
}

/// Brackets and quotation marks that stand together in a text, by where they open.
pub(super) fn enclosed(text: &str) -> Vec<Enclosed> {
    let mut open: Vec<(Sort, usize)> = Vec::new();
    let mut found = Vec::new();
    for (at, mark) in text.char_indices().filter(|(_, letter)| is_mark(*letter)) {
        let end = at + mark.len_utf8();
        let (sort, side) = read(mark, &text[..at], &text[end..]);
        if side == Side::Opens {
            open.push((sort, at));
            continue;
        }
        let asked = open.len().saturating_sub(MOST_ASKED);
        let Some(last) = open[asked..].iter().rposition(|(opened, _)| *opened == sort) else { continue };
        let start = open[asked + last].1;
        open.truncate(asked + last);
        if end - start <= LONGEST {
            found.push(Enclosed { start, end, is_quoted: matches!(sort, Sort::Quoted | Sort::Corner) });
        }
    }
    found.sort_unstable_by_key(|one| one.start);
    found
}

/// Whether a character opens or closes something.
pub(super) fn is_mark(letter: char) -> bool {
    match letter {
        '(' | ')' | '[' | ']' | '"' => true,
        _ if letter.is_ascii() => false,
        _ => matches!(letter, '（' | '）' | '【' | '】' | '「' | '」' | '『' | '』' | '“' | '”' | '„' | '«' | '»'),
    }
}

/// What a mark opens or closes between two texts. Some marks do both: what stands directly beside a word tells which.
fn read(mark: char, before: &str, after: &str) -> (Sort, Side) {
    let last = before.chars().next_back();
    let begins = last.is_none_or(|last| last.is_whitespace() || matches!(last, '(' | '[' | '—' | '–' | '（'));
    let ends = !after.starts_with(char::is_alphanumeric);
    let side = |opens: bool| if opens { Side::Opens } else { Side::Closes };
    match mark {
        '(' | '（' => (Sort::Round, Side::Opens),
        ')' | '）' => (Sort::Round, Side::Closes),
        '[' | '【' => (Sort::Square, Side::Opens),
        ']' | '】' => (Sort::Square, Side::Closes),
        '「' | '『' => (Sort::Corner, Side::Opens),
        '」' | '』' => (Sort::Corner, Side::Closes),
        '„' => (Sort::Quoted, Side::Opens),
        '”' => (Sort::Quoted, Side::Closes),
        '«' => (Sort::Quoted, side(begins || !ends)),
        '»' => (Sort::Quoted, side(begins && !ends)),
        _ => (Sort::Quoted, side(begins)),
    }
}
