//! The marks that end a sentence, with those that close behind them and the marks of footnotes.

use crate::evidence::letters::{is_cjk, is_superscript};

/// What ends a sentence, all together where several stand beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// One full stop, which may belong to an abbreviation or a number.
    FullStop,
    /// Marks of words that are left out; a sentence may go on behind them.
    Ellipsis,
    /// The same behind a full stop.
    FullEllipsis,
    /// A mark that nothing else has: `?`, `!`.
    Strong,
    /// A mark of a script without spaces.
    Alone,
}

/// The end of what may be a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    pub(super) kind: MarkKind,
    /// Where the marks begin.
    pub(super) start: usize,
    /// Where the marks end and what closes behind them begins.
    pub(super) marks_end: usize,
    /// The end of all that belongs to the sentence.
    pub(super) end: usize,
    /// Whether a number follows on the full stop as the mark of a footnote would: `treaty.12`.
    pub(super) bare_note: bool,
}

const ALONE: [char; 8] = ['。', '｡', '！', '？', '．', '။', '።', '។'];
const STRONG: [char; 12] = ['!', '?', '‼', '⁇', '⁈', '⁉', '‽', '؟', '۔', '।', '॥', '։'];
const CLOSES: [char; 14] = ['"', '\'', '”', '’', '“', '‘', ')', ']', '」', '』', '»', '«', '）', '】'];

/// A footnote in brackets has no more letters.
const LONGEST_NOTE: usize = 4;

/// Whether a character may end a sentence.
pub(super) fn is_end(letter: char) -> bool {
    match letter {
        '.' | '!' | '?' => true,
        _ if letter.is_ascii() => false,
        _ => letter == '…' || STRONG.contains(&letter) || ALONE.contains(&letter),
    }
}

/// Whether a paragraph ends with a sentence; the number of an item does not.
pub fn ends_sentence(paragraph: &str) -> bool {
    paragraph.contains(char::is_whitespace) && paragraph.trim_end_matches(CLOSES).ends_with(is_end)
}

impl Stop {
    /// The end of a sentence whose first mark is at a byte.
    pub(super) fn at(text: &str, start: usize) -> Stop {
        let (mut dots, mut ellipses, mut strong, mut alone) = (0, 0, false, false);
        let mut marks_end = start;
        let mut end = start;
        loop {
            let first = end;
            while let Some(mark) = text[end..].chars().next().filter(|mark| is_end(*mark)) {
                dots += usize::from(mark == '.');
                ellipses += usize::from(mark == '…');
                strong |= STRONG.contains(&mark);
                alone |= ALONE.contains(&mark);
                end += mark.len_utf8();
                if text[end..].strip_prefix(" .").is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric())) {
                    end += 1;
                }
            }
            if end == first {
                break;
            }
            marks_end = end;
            end = closed(text, end);
        }
        let kind = match () {
            () if alone => MarkKind::Alone,
            () if strong => MarkKind::Strong,
            () if dots > 3 || ellipses > 0 && dots > 0 => MarkKind::FullEllipsis,
            () if dots > 1 || ellipses > 0 => MarkKind::Ellipsis,
            () => MarkKind::FullStop,
        };
        let noted = bare_note(text, start, end).filter(|_| kind == MarkKind::FullStop && end == start + 1);
        Stop { kind, start, marks_end, end: noted.unwrap_or_else(|| notes(text, end)), bare_note: noted.is_some() }
    }
}

/// Where the brackets and quotation marks end that close at a byte.
fn closed(text: &str, at: usize) -> usize {
    let mut end = at;
    while let Some(mark) = text[end..].chars().next().filter(|mark| CLOSES.contains(mark)) {
        let after = end + mark.len_utf8();
        // These open as well: directly before a word they do.
        let opens = matches!(mark, '“' | '‘' | '«') && text[after..].starts_with(char::is_alphanumeric);
        if opens {
            break;
        }
        end = after;
    }
    // In French, white space stands before the mark.
    let rest = text[end..].trim_start();
    let spaced = rest.strip_prefix('»').is_some_and(|after| !after.starts_with(char::is_alphanumeric));
    if spaced { text.len() - rest.len() + '»'.len_utf8() } else { end }
}

/// Where the marks of footnotes end that begin at a byte: `[1]`, `¹`.
fn notes(text: &str, at: usize) -> usize {
    let mut end = at;
    loop {
        let rest = &text[end..];
        let raised = rest.len() - rest.trim_start_matches(is_superscript).len();
        match bracketed_note(rest) {
            Some(length) => end += length,
            None if raised > 0 => end += raised,
            None => return end,
        }
    }
}

/// How long the mark of a footnote in brackets is with which a text begins.
pub(super) fn bracketed_note(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let length = inner.bytes().take(LONGEST_NOTE).take_while(u8::is_ascii_digit).count();
    (length > 0 && inner[length..].starts_with(']')).then_some(length + 2)
}

/// Where a number ends that stands directly behind the full stop of a word, with a capital or nothing to follow.
fn bare_note(text: &str, start: usize, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let length = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let after = &rest[length..];
    let stands_apart = after.is_empty() || after.starts_with(char::is_whitespace);
    let follows = after.trim_start().chars().next().is_none_or(char::is_uppercase);
    let is_noted = text[..start].ends_with(char::is_lowercase);
    ((1..=LONGEST_NOTE - 1).contains(&length) && stands_apart && follows && is_noted).then_some(at + length)
}

/// Whether a letter is of a script that has no capitals, so that none can be asked of a sentence.
pub(super) fn has_no_case(letter: char) -> bool {
    is_cjk(letter) || letter.is_alphabetic() && !letter.is_lowercase() && !letter.is_uppercase()
}
