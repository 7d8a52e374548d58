//! One pass over the characters of a file: comments to keep, hidden characters and unknown escapes to report.

use std::ops::Range;

use memchr::memchr2;

use super::input::Input;
use super::lexeme::{TextEnd, comment_length, text_end};
use super::problems;
use crate::diagnostic::Diagnostic;
use crate::text::{Span, is_bidi_control, is_hidden};

/// How many bytes are looked at together.
const STRETCH: usize = 64;

/// What a pass over a file found.
pub(super) struct Scan {
    /// Every comment, in order.
    pub comments: Vec<Span>,
    /// Hidden characters and unknown escapes.
    pub problems: Vec<Diagnostic>,
}

/// What a pass over a text would report: nothing where all of it is plain, which is told many bytes at a time.
pub(super) fn problems(input: Input<'_>) -> Vec<Diagnostic> {
    let is_plain = |byte: u8| (byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r')) && byte < 0x7f && byte != b'\\';
    let all_plain = |stretch: &[u8]| stretch.iter().fold(true, |all, byte| all & is_plain(*byte));
    if input.rest.as_bytes().chunks(STRETCH).all(all_plain) { Vec::new() } else { scan(input).problems }
}

/// Reads the characters of a file, which needs to know no more than what a text and a comment are.
pub(super) fn scan(mut input: Input<'_>) -> Scan {
    let mut found = Scan { comments: Vec::new(), problems: Vec::new() };
    report_hidden(input, &mut found.problems);
    while let Some(at) = memchr2(b'#', b'"', input.rest.as_bytes()) {
        report_invisible(input, at, &mut found.problems);
        input = input.skip(at);
        let length = if input.rest.starts_with('#') {
            let comment = comment_length(input.rest);
            found.comments.push(input.span_to(input.skip(comment)));
            comment
        } else {
            text_length(input, &mut found.problems)
        };
        input = input.skip(length);
    }
    report_invisible(input, input.rest.len(), &mut found.problems);
    found
}

/// Reports what cannot be seen between texts and comments, where it would be part of a name.
fn report_invisible(input: Input<'_>, length: usize, problems: &mut Vec<Diagnostic>) {
    let names = &input.rest[..length];
    if names.is_ascii() {
        return;
    }
    let invisible =
        |(_, character): &(usize, char)| is_hidden(*character) && !is_unwelcome(*character) && !is_joiner(*character);
    if let Some((at, character)) = names.char_indices().find(invisible) {
        let more = names.char_indices().filter(invisible).count() - 1;
        let place = input.skip(at).span_to(input.skip(at + character.len_utf8()));
        problems.push(problems::hidden_character(character, place, more));
    }
}

/// The two characters that join or part the letters of many scripts.
fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

fn text_length(input: Input<'_>, problems: &mut Vec<Diagnostic>) -> usize {
    match text_end(input.rest) {
        TextEnd::Unclosed(line) => line.max(1),
        TextEnd::Closed(end) => {
            report_escapes(input, end, problems);
            end
        }
    }
}

/// The escapes of a text: `\" \\ \n \t \[ \] \u{..}`.
fn report_escapes(input: Input<'_>, end: usize, problems: &mut Vec<Diagnostic>) {
    let words = &input.rest[..end];
    let mut at = 1;
    while let Some(backslash) = words[at..].find('\\') {
        at += backslash;
        let (length, known) = escape(&words[at..]);
        if !known {
            let place = input.skip(at).span_to(input.skip(at + length));
            problems.push(problems::unknown_escape(&words[at..at + length], place));
        }
        at += length;
    }
}

/// The bytes of the escape that `rest` begins with, and whether it means something.
fn escape(rest: &str) -> (usize, bool) {
    let Some(letter) = rest[1..].chars().next() else { return (1, false) };
    match letter {
        '"' | '\\' | 'n' | 't' | '[' | ']' => (2, true),
        'u' => match unicode_escape(rest) {
            Some((length, _)) => (length, true),
            None => (2, false),
        },
        other => (1 + other.len_utf8(), false),
    }
}

/// The bytes and the character of `\u{...}`.
fn unicode_escape(rest: &str) -> Option<(usize, char)> {
    let digits = rest.strip_prefix("\\u{")?;
    let end = digits.find('}').filter(|end| (1..=6).contains(end))?;
    let character = char::from_u32(u32::from_str_radix(&digits[..end], 16).ok()?)?;
    Some(("\\u{".len() + end + 1, character))
}

/// What a text says: its quotation marks gone, its escapes replaced, its lines ended as on Unix; `\[` and `\]` stay when `brackets` are marks.
pub fn decode(text: &str, brackets: Brackets) -> String {
    let inner = text.strip_prefix('"').unwrap_or(text);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let seen = has_unwelcome(inner).then(|| inner.replace(is_unwelcome, ""));
    let mut rest = seen.as_deref().unwrap_or(inner);
    let mut words = String::with_capacity(rest.len());
    while let Some(at) = rest.find('\\') {
        push_lines(&rest[..at], &mut words);
        let (length, _) = escape(&rest[at..]);
        words.push_str(&decoded(&rest[at..at + length], brackets));
        rest = &rest[at + length..];
    }
    push_lines(rest, &mut words);
    words
}

/// Adds words that are written as they are meant, whatever line endings git gave them.
fn push_lines(written: &str, words: &mut String) {
    for (number, line) in written.split("\r\n").enumerate() {
        words.extend((number > 0).then_some('\n'));
        words.push_str(line);
    }
}

/// Where in a text in quotation marks the words stand that take up a range of what it says.
pub fn written(text: &str, brackets: Brackets, range: Range<usize>) -> Range<usize> {
    let mut at = text.len() - text.strip_prefix('"').unwrap_or(text).len();
    let (mut said, mut start) = (0, None);
    while at < text.len() && said < range.end {
        let rest = &text[at..];
        let (length, says) = match rest.chars().next() {
            Some('\\') => {
                let (length, _) = escape(rest);
                (length, decoded(&rest[..length], brackets).len())
            }
            Some('\r') if rest.starts_with("\r\n") => (2, 1),
            Some(letter) if is_unwelcome(letter) => (letter.len_utf8(), 0),
            letter => letter.map_or((1, 1), |letter| (letter.len_utf8(), letter.len_utf8())),
        };
        if said + says > range.start {
            start.get_or_insert(at);
        }
        (at, said) = (at + length, said + says);
    }
    start.unwrap_or(at)..at
}

/// Whether a character stands in a text that must not: it is reported, and the text says what it says without it.
pub fn has_unwelcome(text: &str) -> bool {
    text.bytes().fold(false, |any, byte| any | is_suspect(byte)) && text.contains(is_unwelcome)
}

/// A text in quotation marks that says these words: what [`decode`] reads from it.
pub fn encode(words: &str, brackets: Brackets) -> String {
    let mut text = String::with_capacity(words.len() + 2);
    text.push('"');
    let mut letters = words.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            // `\[` is a bracket of the source, with its backslash.
            '\\' if brackets == Brackets::AreMarks && matches!(letters.peek(), Some('[' | ']')) => text.push(letter),
            '\\' | '"' => text.extend(['\\', letter]),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            // What would end a line, or cannot be seen, is written by its number.
            other if other.is_control() => text.push_str(&format!("\\u{{{:x}}}", u32::from(other))),
            other => text.push(other),
        }
    }
    text.push('"');
    text
}

/// Whether square brackets in a text are the quoter's marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brackets {
    /// `[...]` leaves words out; a bracket of the source is written `\[`, and stays so.
    AreMarks,
    /// A bracket is a bracket, with or without a backslash.
    AreText,
}

fn decoded(escape: &str, brackets: Brackets) -> String {
    match escape.as_bytes().get(1) {
        Some(b'n') => "\n".to_owned(),
        Some(b't') => "\t".to_owned(),
        Some(b'[' | b']') if brackets == Brackets::AreMarks => escape.to_owned(),
        Some(b'u') => unicode_escape(escape).map_or(escape.to_owned(), |(_, character)| character.to_string()),
        Some(_) | None => escape.chars().skip(1).collect(),
    }
}

/// Reports the first hidden character of each line, with how many more follow on it.
///
/// Inside a text only what turns its direction or controls a terminal is hidden: soft hyphens and
/// joiners belong to the writing of many languages.
fn report_hidden(input: Input<'_>, problems: &mut Vec<Diagnostic>) {
    let text = input.rest;
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while let Some(found) = unwelcome(&text[at..]) {
        let start = at + found;
        let line_end = start + text[start..].find(['\n', '\r']).unwrap_or(text.len() - start);
        let character = text[start..].chars().next().expect("`find` found one");
        let more = text[start..line_end].chars().filter(|next| is_unwelcome(*next)).count().saturating_sub(1);
        let place = input.skip(start).span_to(input.skip(start + character.len_utf8()));
        problems.push(problems::hidden_character(character, place, more));
        at = line_end.max(start + character.len_utf8());
    }
}

/// The first unwelcome character. Stretches of plain letters, which nearly all files consist of, are passed by many at a time.
fn unwelcome(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let stretch = &bytes[at..bytes.len().min(at + STRETCH)];
        if !stretch.iter().fold(false, |any, byte| any | is_suspect(*byte)) {
            at += stretch.len();
            continue;
        }
        let end = at + stretch.len();
        while at < end {
            let next = text[at..].chars().next()?;
            if is_unwelcome(next) {
                return Some(at);
            }
            at += next.len_utf8();
        }
    }
    None
}

/// Whether a byte is, or is part of, a character that may be unwelcome.
fn is_suspect(byte: u8) -> bool {
    byte < b' ' && byte != b'\t' && byte != b'\n' && byte != b'\r' || byte >= 0x7f
}

/// Whether a character must not stand even in a text: it turns the direction of what is around it, controls a terminal, or
/// cannot be seen and belongs to no writing.
pub fn is_unwelcome(character: char) -> bool {
    is_bidi_control(character)
        || character.is_control() && !matches!(character, '\t' | '\n' | '\r')
        || is_hidden(character) && !matches!(character, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use super::{Brackets, decode, encode, written};
    use crate::syntax::lexeme::{TextEnd, text_end};

    #[test]
    fn what_a_text_says_is_found_where_it_is_written() {
        let text = r#""a \"b\" \\ \[c\] \u{e9} d""#;
        let says = decode(text, Brackets::AreMarks);
        for (said, written_as) in
            [("a", "a"), ("b", "b"), ("\\ ", r"\\ "), (r"\[c\]", r"\[c\]"), ("é", r"\u{e9}"), ("d", "d")]
        {
            let start = says.find(said).unwrap();
            let range = written(text, Brackets::AreMarks, start..start + said.len());
            assert_eq!(&text[range], written_as);
        }
    }

    #[test]
    fn what_is_encoded_is_decoded_to_the_same_words() {
        let pieces =
            ["\\", "[", "]", "\"", "\n", "\n\n", "\r\n", "\t", "#", "}", "u{41}", "n", " x", "\u{7f}", "日", "\\\""];
        for a in pieces {
            for b in pieces {
                for c in pieces {
                    let words = format!("{a}{b}{c}");
                    for brackets in [Brackets::AreMarks, Brackets::AreText] {
                        let text = encode(&words, brackets);
                        assert_eq!(decode(&text, brackets), words, "{text}");
                        assert!(matches!(text_end(&text), TextEnd::Closed(end) if end == text.len()), "{text}");
                    }
                }
            }
        }
    }
}
