//! The smallest pieces of a condition: names, literals, words and signs, and the white space after them.

use nom::bytes::complete::{tag, take_while1};
use nom::combinator::{opt, peek, recognize, verify};
use nom::sequence::terminated;
use nom::{Err, Parser};
use unicode_ident::{is_xid_continue, is_xid_start};

use super::tree::{Closure, Name};
use crate::syntax::{Failure, Input, Parsed};
use crate::text::{Span, Spanned};

/// Words that cannot be binders, since a condition would read two ways; after a dot they are names of fields.
const RESERVED: [&str; 28] = [
    "all", "and", "any", "before", "contains", "covers", "else", "ends", "false", "implies", "in", "lone", "matches",
    "minus", "no", "not", "one", "or", "overlaps", "proved", "refuted", "same", "some", "starts", "subset", "true",
    "unknown", "where",
];

/// Skips white space.
pub(super) fn space(input: Input<'_>) -> Input<'_> {
    input.skip(input.rest.len() - input.rest.trim_start().len())
}

/// Names a piece when it is missing; a failure further on keeps its own name.
pub(super) fn expect<'src, T>(
    expected: &'static str,
    mut piece: impl Parser<Input<'src>, Output = T, Error = Failure>,
) -> impl Parser<Input<'src>, Output = T, Error = Failure> {
    move |input: Input<'src>| match piece.parse(input) {
        Err(Err::Error(failure)) if failure.at == input.offset => Err(Err::Error(Failure::expecting(input, expected))),
        other => other,
    }
}

/// A piece as its text and place, without what follows it.
fn touching<'src>(
    mut piece: impl Parser<Input<'src>, Output = Input<'src>, Error = Failure>,
) -> impl Parser<Input<'src>, Output = Name, Error = Failure> {
    move |input: Input<'src>| {
        let (rest, found) = piece.parse(input)?;
        Ok((rest, Spanned::new(found.rest.to_owned(), input.span_to(rest))))
    }
}

/// A piece with the white space after it.
pub(super) fn spaced<'src, T>(
    mut piece: impl Parser<Input<'src>, Output = T, Error = Failure>,
) -> impl Parser<Input<'src>, Output = T, Error = Failure> {
    move |input: Input<'src>| piece.parse(input).map(|(rest, found)| (space(rest), found))
}

fn letters(input: Input<'_>) -> Parsed<'_, Input<'_>> {
    let word = take_while1(|next: char| is_xid_continue(next) || next == '-');
    verify(word, |word: &Input<'_>| word.rest.starts_with(|first: char| is_xid_start(first) || first == '_'))
        .parse(input)
}

/// `word = letter , { letter | digit | "-" | "_" } ;` such as the name of a field, white space left to the caller.
pub(super) fn touching_word(input: Input<'_>) -> Parsed<'_, Name> {
    expect("a name", touching(letters)).parse(input)
}

/// Any word: the name of a kind or a field.
pub(super) fn any_word(input: Input<'_>) -> Parsed<'_, Name> {
    spaced(touching_word).parse(input)
}

/// `name = word - reserved ;` such as a binder.
pub(super) fn name(input: Input<'_>) -> Parsed<'_, Name> {
    let free = verify(any_word, |word: &Name| !RESERVED.contains(&word.value.as_str()));
    expect("a name", free).parse(input)
}

/// One word of the language, given in the backticks by which a failure names it.
pub(super) fn word<'src>(quoted: &'static str) -> impl Parser<Input<'src>, Output = Span, Error = Failure> {
    let plain = quoted.trim_matches('`');
    expect(quoted, verify(any_word, move |word: &Name| word.value == plain).map(|word| word.span))
}

/// One sign, given in the backticks by which a failure names it.
pub(super) fn sign<'src>(quoted: &'static str) -> impl Parser<Input<'src>, Output = Span, Error = Failure> {
    expect(quoted, spaced(touching(tag(quoted.trim_matches('`'))).map(|sign| sign.span)))
}

/// A sign of arithmetic. White space follows it, since names may hold hyphens and a closure touches its step.
pub(super) fn apart<'src>(quoted: &'static str) -> impl Parser<Input<'src>, Output = Span, Error = Failure> {
    let alone = touching(tag(quoted.trim_matches('`'))).map(|sign| sign.span);
    expect(quoted, spaced(terminated(alone, peek(take_while1(char::is_whitespace)))))
}

/// `closure = "*" | "+" | "?" ;` which touches its step.
pub(super) fn closure(input: Input<'_>) -> Parsed<'_, Option<Closure>> {
    let mark = match input.peek() {
        Some('*') => Closure::Any,
        Some('+') => Closure::Once,
        Some('?') => Closure::Maybe,
        Some(_) | None => return Ok((input, None)),
    };
    Ok((input.skip(1), Some(mark)))
}

/// `date = digit*4 , "-" , digit*2 , [ "-" , digit*2 ] ;`
pub(super) fn date(input: Input<'_>) -> Parsed<'_, Name> {
    let digits_and_dashes = take_while1(|next: char| next.is_ascii_digit() || next == '-');
    let dated = verify(digits_and_dashes, |date: &Input<'_>| date.rest.find('-').is_some_and(|first| first > 0));
    expect("a date", spaced(touching(dated))).parse(input)
}

/// `number = [ "-" ] , digits , [ "." , digits ] ;`
pub(super) fn number(input: Input<'_>) -> Parsed<'_, Spanned<f64>> {
    let digits = |input| take_while1(|next: char| next.is_ascii_digit()).parse(input);
    let whole = recognize((opt(tag("-")), digits, opt((tag("."), digits))));
    let (rest, found) = expect("a number", spaced(touching(whole))).parse(input)?;
    match found.value.parse() {
        Ok(number) => Ok((rest, Spanned::new(number, found.span))),
        Err(_) => Err(Err::Error(Failure::expecting(input, "a number"))),
    }
}

/// `text = '"' , { character | '\"' | '\\' } , '"' ;`
pub(super) fn text(input: Input<'_>) -> Parsed<'_, Name> {
    let Some(inside) = input.rest.strip_prefix('"') else {
        return Err(Err::Error(Failure::expecting(input, "a text in quotation marks")));
    };
    let Some(length) = length_to(b'"', inside) else {
        let end = input.skip(input.rest.len());
        return Err(Err::Failure(Failure::expecting(end, "the closing quotation mark")));
    };
    let rest = input.skip(length + 2);
    let text = inside[..length].replace("\\\"", "\"").replace("\\\\", "\\");
    Ok((space(rest), Spanned::new(text, input.span_to(rest))))
}

/// `regex = "/" , { character | '\/' } , "/" ;` which no white space follows at its start, since that is a division.
pub(super) fn regex(input: Input<'_>) -> Parsed<'_, Name> {
    let Some(inside) = input.rest.strip_prefix('/').filter(|inside| !inside.starts_with(char::is_whitespace)) else {
        return Err(Err::Error(Failure::expecting(input, "a pattern between slashes")));
    };
    let Some(length) = length_to(b'/', inside) else {
        let end = input.skip(input.rest.len());
        return Err(Err::Failure(Failure::expecting(end, "the closing slash")));
    };
    let rest = input.skip(length + 2);
    Ok((space(rest), Spanned::new(inside[..length].to_owned(), input.span_to(rest))))
}

/// The bytes up to the mark that closes a text or a pattern, if there is one; a backslash takes the next byte with it.
fn length_to(mark: u8, inside: &str) -> Option<usize> {
    let mut escaped = false;
    inside.bytes().position(|byte| {
        let closes = byte == mark && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    })
}

/// The bytes of a text or a pattern that begins here, its marks included; `None` if none begins, all of the rest if it
/// is not closed.
pub(super) fn marked_length(rest: &str) -> Option<usize> {
    let mark = rest.bytes().next().filter(|first| matches!(first, b'"' | b'/'))?;
    let inside = &rest[1..];
    if mark == b'/' && inside.starts_with(char::is_whitespace) {
        return None;
    }
    Some(length_to(mark, inside).map_or(rest.len(), |length| length + 2))
}
