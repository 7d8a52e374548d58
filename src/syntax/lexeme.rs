//! The smallest pieces: names, texts, signs, and the white space and comments after them.

use nom::bytes::complete::{tag, take_while, take_while1};
use nom::combinator::{opt, recognize, verify};
use nom::multi::many1_count;
use nom::sequence::{pair, preceded, terminated};
use nom::{Err, Parser};
use unicode_ident::{is_xid_continue, is_xid_start};

use super::input::{Failure, Input, Parsed};
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

/// Whether a name can begin with this character: a letter or a digit of any script.
pub fn is_name_start(character: char) -> bool {
    is_xid_start(character) || character.is_numeric() && is_xid_continue(character)
}

/// Whether a name can go on with this character.
///
/// Hidden characters are read as part of the name, so that the one finding about them is the only one.
pub fn is_name_part(character: char) -> bool {
    is_xid_continue(character) || character == '-' || is_hidden(character)
}

/// Whether a character separates and means nothing else.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || character.is_control() || is_hidden(character)
}

/// Skips white space and comments.
pub fn trivia(mut input: Input<'_>) -> Input<'_> {
    loop {
        let blanks = input.rest.find(|next: char| !is_blank(next)).unwrap_or(input.rest.len());
        input = input.skip(blanks);
        if !input.rest.starts_with('#') {
            return input;
        }
        input = input.skip(comment_length(input.rest));
    }
}

/// The bytes from `#` to the end of the line.
pub(super) fn comment_length(rest: &str) -> usize {
    rest.find(['\n', '\r']).unwrap_or(rest.len())
}

/// Reads a lexeme with the white space and comments after it, and names it when it is missing.
fn lexeme<'src>(
    expected: &'static str,
    mut parser: impl Parser<Input<'src>, Output = Input<'src>, Error = Failure>,
) -> impl Parser<Input<'src>, Output = Span, Error = Failure> {
    move |input: Input<'src>| match parser.parse(input) {
        Ok((rest, found)) => {
            Ok((trivia(rest), Span::new(found.source, found.offset, found.offset + found.rest.len() as u32)))
        }
        Err(Err::Error(failure)) if failure.at == input.offset => Err(Err::Error(Failure::expecting(input, expected))),
        Err(deeper) => Err(deeper),
    }
}

/// A word that must not be read as a name anywhere.
pub(super) fn is_reserved(word: &str) -> bool {
    matches!(word, "namespace" | "until")
}

/// `name = (letter | digit) , { letter | digit | mark | "-" | "_" } ;`
pub fn name(input: Input<'_>) -> Parsed<'_, Span> {
    lexeme("a name", verify(take_while1(is_name_part), |word: &Input<'_>| word.rest.starts_with(is_name_start)))
        .parse(input)
}

/// One sign, such as `{` or `..`.
pub fn sign<'src>(
    sign: &'static str,
    expected: &'static str,
) -> impl Parser<Input<'src>, Output = Span, Error = Failure> {
    lexeme(expected, tag(sign))
}

/// `text = '"' ... '"' ;` which may span lines, but not a blank line.
pub fn text(input: Input<'_>) -> Parsed<'_, Span> {
    lexeme("a text in quotation marks", quoted).parse(input)
}

fn quoted(input: Input<'_>) -> Parsed<'_, Input<'_>> {
    if !input.rest.starts_with('"') {
        return Err(Err::Error(Failure::expecting(input, "")));
    }
    match text_end(input.rest) {
        TextEnd::Closed(end) => Ok((input.skip(end), Input { rest: &input.rest[..end], ..input })),
        TextEnd::Unclosed(_) => Err(Err::Failure(Failure::expecting(input, END_OF_TEXT))),
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

/// The word `until`, standing for itself.
pub(super) fn until(input: Input<'_>) -> Parsed<'_, Span> {
    verify(name, move |word: &Span| word.len() == "until".len() && input.rest.starts_with("until")).parse(input)
}

/// Whether `name :` comes next, which begins a field.
pub(super) fn begins_field(input: Input<'_>) -> bool {
    terminated(name, sign(":", "`:`")).parse(input).is_ok()
}

/// Finds the end of a text. A text over several lines whose closing mark touches a word was
/// left open further up: the mark that seemed to close it opens the next one.
pub(super) fn text_end(rest: &str) -> TextEnd {
    let bytes = rest.as_bytes();
    let first_line = rest.find(['\n', '\r']).unwrap_or(rest.len());
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
