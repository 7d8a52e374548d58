//! The smallest pieces: names, texts, signs, and the white space and comments after them.

use memchr::memchr2;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::combinator::{opt, recognize};
use nom::multi::many1_count;
use nom::sequence::{pair, preceded};
use nom::{Err, Parser};
use unicode_ident::{is_xid_continue, is_xid_start};

use super::input::{Input, ParseFailure, Parsed};
use super::names::{fold_name, is_reserved};
use crate::text::{Span, is_hidden};

/// What a failure expects when a text is opened and not closed.
pub(super) const END_OF_TEXT: &str = "the closing quotation mark";

/// Where a text that begins at an opening quotation mark ends, in bytes.
pub(super) enum TextEnd {
    /// After its closing quotation mark.
    Closed(usize),
    /// It is never closed; its first line ends here.
    Unclosed(usize),
}

/// What an ASCII byte can be part of.
const NAME_START: u8 = 1;
const NAME_PART: u8 = 2;
const BLANK: u8 = 4;

/// What each ASCII byte can be part of, so that the innermost loops look up instead of asking; nothing for other bytes.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let letter = byte as u8;
        classes[byte] = if letter.is_ascii_alphanumeric() {
            NAME_START | NAME_PART
        } else if letter == b'-' || letter == b'_' {
            NAME_PART
        } else if matches!(letter, b' ' | b'\t' | b'\n' | b'\r') {
            BLANK
        } else if letter < b' ' || letter == 0x7f {
            // A control character is reported, and read as if it were not there.
            BLANK | NAME_PART
        } else {
            0
        };
        byte += 1;
    }
    classes
};

fn classes_of(character: char) -> Option<u8> {
    character.is_ascii().then(|| CLASSES[character as usize])
}

/// Whether a name can begin with this character: a letter or a digit of any script.
pub fn is_name_start(character: char) -> bool {
    match classes_of(character) {
        Some(classes) => classes & NAME_START != 0,
        None => is_xid_start(character) || character.is_numeric() && is_xid_continue(character),
    }
}

/// Whether a name can go on with this character.
///
/// Hidden characters are read as part of the name, so that the one finding about them is the only one.
pub fn is_name_part(character: char) -> bool {
    match classes_of(character) {
        Some(classes) => classes & NAME_PART != 0,
        None => is_xid_continue(character) || is_hidden(character),
    }
}

/// Whether a word can stand as a name: it is one, seen as it is, and not reserved.
pub fn is_name(word: &str) -> bool {
    word.starts_with(is_name_start)
        && word.chars().all(|next| is_name_part(next) && !is_hidden(next) && !next.is_control())
        && !is_reserved(word)
}

/// Whether a character separates and means nothing else.
fn is_blank(character: char) -> bool {
    match classes_of(character) {
        Some(classes) => classes & BLANK != 0,
        None => character.is_whitespace() || character.is_control() || is_hidden(character),
    }
}

/// The bytes that `rest` begins with and that are of a class, or characters beyond ASCII for which `also` holds.
#[inline(always)]
fn run(rest: &str, class: u8, also: fn(char) -> bool) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if CLASSES[usize::from(*byte)] & class != 0 {
            at += 1;
            continue;
        }
        match rest[at..].chars().next().filter(|next| !next.is_ascii() && also(*next)) {
            Some(next) => at += next.len_utf8(),
            None => break,
        }
    }
    at
}

/// Skips white space and comments.
pub fn trivia(input: Input<'_>) -> Input<'_> {
    let mut at = 0;
    loop {
        at += run(&input.rest[at..], BLANK, is_blank);
        if input.rest.as_bytes().get(at) != Some(&b'#') {
            return input.skip(at);
        }
        at += comment_length(&input.rest[at..]);
    }
}

/// The bytes from `#` to the end of the line.
pub(super) fn comment_length(rest: &str) -> usize {
    memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len())
}

/// Reads a lexeme with the white space and comments after it, and names it when it is missing.
fn lexeme<'src>(
    expected: &'static str,
    mut parser: impl Parser<Input<'src>, Output = Input<'src>, Error = ParseFailure>,
) -> impl Parser<Input<'src>, Output = Span, Error = ParseFailure> {
    move |input: Input<'src>| match parser.parse(input) {
        Ok((_, found)) => Ok(ended(input, found.rest.len())),
        Err(Err::Error(failure)) if failure.at == input.offset => {
            Err(Err::Error(ParseFailure::expecting(input, expected)))
        }
        Err(deeper) => Err(deeper),
    }
}

/// A lexeme of so many bytes, and what comes behind the white space and comments after it.
fn ended(input: Input<'_>, length: usize) -> (Input<'_>, Span) {
    let rest = input.skip(length);
    (trivia(rest), input.span_to(rest))
}

/// `name = (letter | digit) , { letter | digit | mark | "-" | "_" } ;`
///
/// # Errors
/// When no name comes next.
pub fn name(input: Input<'_>) -> Parsed<'_, Span> {
    word(input).ok_or_else(|| Err::Error(ParseFailure::expecting(input, "a name")))
}

/// A name, if one comes next: asked where nothing is wrong without one.
pub(super) fn word(input: Input<'_>) -> Option<(Input<'_>, Span)> {
    let begins = input.peek().is_some_and(is_name_start);
    begins.then(|| ended(input, run(input.rest, NAME_PART, is_name_part)))
}

/// One character that is a sign, if it comes next: asked where nothing is wrong without it.
pub(super) fn mark(input: Input<'_>, mark: char) -> Option<(Input<'_>, Span)> {
    input.rest.starts_with(mark).then(|| ended(input, mark.len_utf8()))
}

/// One sign, such as `{` or `..`.
pub fn sign<'src>(
    sign: &'static str,
    expected: &'static str,
) -> impl Parser<Input<'src>, Output = Span, Error = ParseFailure> {
    move |input: Input<'src>| {
        let found = input.rest.starts_with(sign);
        if found { Ok(ended(input, sign.len())) } else { Err(Err::Error(ParseFailure::expecting(input, expected))) }
    }
}

/// `text = '"' ... '"' ;` which may span lines, but not a blank line.
///
/// # Errors
/// When no text comes next; for good, when one is opened and not closed.
pub fn text(input: Input<'_>) -> Parsed<'_, Span> {
    if !input.rest.starts_with('"') {
        return Err(Err::Error(ParseFailure::expecting(input, "a text in quotation marks")));
    }
    match text_end(input.rest) {
        TextEnd::Closed(end) => Ok(ended(input, end)),
        TextEnd::Unclosed(_) => Err(Err::Failure(ParseFailure::expecting(input, END_OF_TEXT))),
    }
}

/// `number = "-" , digits , [ "." , digits ] ;` without a sign it is read as a name first.
pub(super) fn signed_number(input: Input<'_>) -> Parsed<'_, Span> {
    lexeme("a number", recognize((tag("-"), digits, opt(fraction)))).parse(input)
}

/// `"." , digits`, which touches what it follows; `29.02.2024` is read as one piece, so that it is one mistake.
pub(super) fn fraction(input: Input<'_>) -> Parsed<'_, Input<'_>> {
    recognize(many1_count(pair(tag("."), digits))).parse(input)
}

fn digits(input: Input<'_>) -> Parsed<'_, Input<'_>> {
    take_while1(|next: char| next.is_ascii_digit()).parse(input)
}

/// What follows the word `until`, if that comes next and stands for itself.
pub(super) fn until(input: Input<'_>) -> Option<Input<'_>> {
    let (rest, word) = word(input).filter(|_| input.rest.starts_with('u'))?;
    (fold_name(&input.rest[..word.len()]) == "until").then_some(rest)
}

/// Whether `name :` comes next, which begins a field.
pub(super) fn begins_field(input: Input<'_>) -> bool {
    word(input).is_some_and(|(rest, _)| rest.rest.starts_with(':'))
}

/// Finds the end of a text, which is nearly always on its first line.
pub(super) fn text_end(rest: &str) -> TextEnd {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
        if memchr2(b'\n', b'\r', &bytes[at..at + found]).is_some() {
            break;
        }
        at += found;
        match (bytes[at], bytes.get(at + 1)) {
            (b'"', _) => return TextEnd::Closed(at + 1),
            (_, Some(b'"' | b'\\')) => at += 2,
            (_, Some(_) | None) => at += 1,
        }
    }
    end_over_lines(rest)
}

/// Finds the end of a text byte by byte. A text over several lines whose closing mark touches a word was
/// left open further up: the mark that seemed to close it opens the next one.
fn end_over_lines(rest: &str) -> TextEnd {
    let bytes = rest.as_bytes();
    let first_line = comment_length(rest);
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if bytes.get(at + 1).is_some_and(|next| matches!(next, b'"' | b'\\')) => at += 2,
            b'"' if at > first_line && touches_word(&rest[at + 1..]) => return TextEnd::Unclosed(first_line),
            b'"' => return TextEnd::Closed(at + 1),
            b'\n' | b'\r' if begins_blank_line(&rest[at..]) => return TextEnd::Unclosed(first_line),
            _ => at += 1,
        }
    }
    TextEnd::Unclosed(first_line)
}

fn touches_word(after: &str) -> bool {
    after.starts_with(|next: char| !is_blank(next) && !matches!(next, ',' | '}' | '{' | '#'))
}

/// Whether the line after the line break that `rest` begins with is blank.
fn begins_blank_line(rest: &str) -> bool {
    let line = rest.strip_prefix("\r\n").unwrap_or(&rest[1..]);
    let blank = line.trim_start_matches([' ', '\t']);
    blank.is_empty() || blank.starts_with(['\n', '\r'])
}

/// Skips the byte order mark that some editors put first.
pub(super) fn byte_order_mark(input: Input<'_>) -> Input<'_> {
    let mark: Parsed<'_, Input<'_>> = preceded(opt(tag("\u{feff}")), take_while(|_| false)).parse(input);
    mark.map_or(input, |(rest, _)| rest)
}

/// How many bytes belong together from a character on: a text, a remark, or that character alone. Braces within the first two
/// open and close nothing.
pub(super) fn piece_length(at: Input<'_>, next: char) -> usize {
    match next {
        '"' => match text_end(at.rest) {
            TextEnd::Closed(end) => end,
            TextEnd::Unclosed(line) => line.max(1),
        },
        '#' => comment_length(at.rest),
        other => other.len_utf8(),
    }
}
