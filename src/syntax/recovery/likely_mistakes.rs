//! Mistakes that are plain from their context, so that each is reported once and reading goes on as the text was meant.

use memchr::memchr2;

use super::indentation::{begins_line, column};
use crate::syntax::input::Input;
use crate::syntax::lexeme::{begins_field, piece_length, trivia, word};
use crate::text::Span;

/// What is written in the place of a straight quotation mark, with what may close it.
const FOREIGN_MARKS: [(char, &[char]); 8] = [
    ('“', &['”', '“', '"']),
    ('”', &['”', '"']),
    ('„', &['“', '”', '"']),
    ('«', &['»', '"']),
    ('»', &['«', '"']),
    ('‘', &['’', '"']),
    ('’', &['’', '"']),
    ('\'', &['\'', '"']),
];

/// What is expected where a value stands, where a block or a field may begin, behind a bullet, and behind a title.
pub(in crate::syntax) const A_VALUE: &str = "a value";
pub(in crate::syntax) const AN_ITEM: &str = "a field, a block or `}`";
pub(in crate::syntax) const A_FIELD: &str = "a field";
pub(in crate::syntax) const BEHIND_TITLE: &str = "`{`";

/// What is often written in the place of something else: the characters, what may be expected there (or anything), and what to do.
const MEANT: [(&[char], &str, &str); 14] = [
    (&['"'], BEHIND_TITLE, "a block has one title; write its name before the title, without quotation marks"),
    (&['：', '='], "", "write `:` between the name of a field and its value"),
    (&['，', '、'], "", "write `,` between values"),
    (&['[', '('], A_VALUE, "remove the brackets: write values after the colon, with commas between them"),
    (&['[', '('], AN_ITEM, "begin a comment with `#`, and write a block between `{` and `}`"),
    (&['[', '('], "", "write `{`: a block is enclosed in braces"),
    (&[']', ')'], "", "write `}`: a block is enclosed in braces"),
    (&['§'], "", "name the provision by its instrument and its number, as `INSTRUMENT/5`"),
    (&[','], "", "remove it"),
    (&[':'], "", "remove one of the two"),
    (&['.', ';', '。'], "", "remove it: a field ends with its line"),
    (&['-', '*', '•'], A_FIELD, "remove it: write fields one below the other, without bullets"),
    (&['/', '*', '-'], "", "begin a comment with `#`"),
    (&['<', '>', '|'], "", "if a merge left this line, resolve the conflict and remove the line"),
];

/// What to do about a character in the place of something expected; nothing where that is not plain.
pub(in crate::syntax) fn advice(found: char, expected: &[&str]) -> Option<&'static str> {
    if FOREIGN_MARKS.iter().any(|(mark, _)| *mark == found) {
        return Some("write texts between straight quotation marks: `\"`");
    }
    let fits = |place: &str| place.is_empty() || expected.contains(&place);
    MEANT.iter().find(|(characters, place, _)| characters.contains(&found) && fits(place)).map(|(.., help)| *help)
}

/// The bytes of a text in quotation marks of another sort that begins here and ends on this line.
pub(in crate::syntax) fn foreign_text(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    let (_, closers) = FOREIGN_MARKS.iter().find(|(mark, _)| *mark == first)?;
    let line = &rest[..comment_free_line(rest)];
    let (at, closer) = line.char_indices().skip(1).find(|(_, next)| closers.contains(next))?;
    Some(at + closer.len_utf8())
}

fn comment_free_line(rest: &str) -> usize {
    memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len())
}

/// How many characters behind a place may belong to a text that nothing opened.
const LONGEST_TEXT: usize = 3_000;

/// The byte of a quotation mark that closes a text which nothing opened, if the words here are such a text.
///
/// It may end on a later line of the same paragraph, but holds no brace, no line of it begins a field, and it is not longer than
/// what is quoted.
pub(in crate::syntax) fn unopened_text(at: Input<'_>) -> Option<usize> {
    let mut before = ' ';
    let mut is_new_line = false;
    for (byte, next) in at.rest.char_indices().take(LONGEST_TEXT) {
        let blank = next == ' ' || next == '\t';
        match next {
            '{' | '}' | '#' => return None,
            '\n' if is_new_line => return None,
            '\n' | '\r' => is_new_line = true,
            '"' => {
                let closes = !before.is_whitespace() && !touches(&at.rest[byte + 1..]);
                return closes.then_some(byte);
            }
            _ if is_new_line && !blank => {
                if begins_field(at.skip(byte)) {
                    return None;
                }
                is_new_line = false;
            }
            _ => {}
        }
        before = next;
    }
    None
}

/// Whether a word follows at once.
fn touches(after: &str) -> bool {
    after.starts_with(|next: char| !next.is_whitespace() && !matches!(next, ',' | '.' | ';' | '}' | '{' | '#'))
}

/// Where reading goes on behind a text that nothing opened: behind its last mark on the line, but before what opens or closes a
/// block.
pub(in crate::syntax) fn behind_unopened(at: Input<'_>, mark: usize) -> Input<'_> {
    let behind = at.skip(mark + 1);
    let line = &behind.rest[..comment_free_line(behind.rest)];
    let last = line.rfind('"').filter(|last| !line[..*last].contains(['{', '}', ':', ','])).map_or(0, |last| last + 1);
    trivia(behind.skip(last))
}

/// Whether a header without a brace is followed by what must stand within one.
pub(in crate::syntax) fn lacks_brace(start: Input<'_>, (header, outermost): (Span, bool), at: Input<'_>) -> bool {
    let here = at.here();
    begins_field(at)
        && begins_line(start, here)
        && begins_line(start, header)
        && (outermost || column(start, here) > column(start, header))
}

/// Whether an outermost block, whose header stands there and which a brace has just closed, goes on: what follows is further to the
/// right than it, and the brace that closes it stands below it.
pub(in crate::syntax) fn closes_too_early(start: Input<'_>, header: Span, at: Input<'_>) -> bool {
    let indent = column(start, header);
    let goes_on = |at: Input<'_>| begins_line(start, at.here()) && column(start, at.here()) > indent;
    if word(at).is_none() || !goes_on(at) || !begins_line(start, header) {
        return false;
    }
    let (mut at, mut depth) = (at, 0_usize);
    while let Some(next) = at.peek() {
        let length = piece_length(at, next);
        match next {
            '{' => depth += 1,
            '}' if depth == 0 => return begins_line(start, at.here()) && column(start, at.here()) == indent,
            '}' => depth -= 1,
            _ if depth == 0 && word(at).is_some() && begins_line(start, at.here()) && !goes_on(at) => return false,
            _ => {}
        }
        at = at.skip(length);
    }
    false
}
