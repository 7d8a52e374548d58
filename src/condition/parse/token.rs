//! The smallest pieces of a condition: names, literals, words and signs, and the white space after them.

use nom::bytes::complete::{tag, take_while1};
use nom::combinator::{opt, recognize, verify};
use nom::{Err, Parser};
use unicode_ident::{is_xid_continue, is_xid_start};

use super::note::{Note, Noted};
use crate::condition::ast::tree::{Closure, Name};
use crate::syntax::Input;
use crate::text::{Span, Spanned};

/// Words that cannot be binders, since a condition would read two ways; after a dot they are names of fields.
const RESERVED: [&str; 28] = [
    "all", "and", "any", "before", "contains", "covers", "else", "ends", "false", "implies", "in", "lone", "matches",
    "minus", "no", "not", "one", "or", "overlaps", "proved", "refuted", "same", "some", "starts", "subset", "true",
    "unknown", "where",
];

/// Skips white space.
pub(crate) fn space(input: Input<'_>) -> Input<'_> {
    input.skip(input.rest.len() - input.rest.trim_start().len())
}

/// Names a piece when it is missing; a failure further on keeps its own name.
pub(crate) fn expect<'src, T, E: Note<'src>>(
    expected: &'static str,
    mut piece: impl Parser<Input<'src>, Output = T, Error = E>,
) -> impl Parser<Input<'src>, Output = T, Error = E> {
    move |input: Input<'src>| match piece.parse(input) {
        Err(Err::Error(failure)) => Err(Err::Error(failure.named(input, expected))),
        other => other,
    }
}

/// A piece as its text and place, without what follows it.
fn touching<'src, E: Note<'src>>(
    mut piece: impl Parser<Input<'src>, Output = Input<'src>, Error = E>,
) -> impl Parser<Input<'src>, Output = Name, Error = E> {
    move |input: Input<'src>| {
        let (rest, found) = piece.parse(input)?;
        Ok((rest, Spanned::new(found.rest.to_owned(), input.span_to(rest))))
    }
}

/// A piece with the white space after it.
pub(crate) fn spaced<'src, T, E: Note<'src>>(
    mut piece: impl Parser<Input<'src>, Output = T, Error = E>,
) -> impl Parser<Input<'src>, Output = T, Error = E> {
    move |input: Input<'src>| piece.parse(input).map(|(rest, found)| (space(rest), found))
}

/// One value and those after it.
pub(crate) fn first_and<T>(first: T, mut others: Vec<T>) -> Vec<T> {
    others.insert(0, first);
    others
}

/// The bytes of the word that begins here; none if none does.
pub(crate) fn word_length(rest: &str) -> usize {
    if !rest.starts_with(|first: char| is_xid_start(first) || first == '_') {
        return 0;
    }
    rest.find(|next: char| !is_xid_continue(next) && next != '-').unwrap_or(rest.len())
}

/// `word = letter , { letter | digit | "-" | "_" } ;` such as the name of a field, white space left to the caller.
pub(crate) fn touching_word<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Name, E> {
    word_that(|_| true, input)
}

/// A word that fits.
fn word_that<'src, E: Note<'src>>(fits: impl Fn(&str) -> bool, input: Input<'src>) -> Noted<'src, Name, E> {
    let word = &input.rest[..word_length(input.rest)];
    if word.is_empty() || !fits(word) {
        return Err(Err::Error(E::expecting(input, "a name")));
    }
    let rest = input.skip(word.len());
    Ok((rest, Spanned::new(word.to_owned(), input.span_to(rest))))
}

/// Any word: the name of a kind or a field.
pub(crate) fn any_word<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Name, E> {
    spaced(touching_word).parse(input)
}

/// `name = word - reserved ;` such as a binder.
pub(crate) fn name<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Name, E> {
    spaced(|input| word_that(|word| !RESERVED.contains(&word), input)).parse(input)
}

/// One word of the language, given in the backticks by which a failure names it.
pub(crate) fn word<'src, E: Note<'src>>(quoted: &'static str) -> impl Parser<Input<'src>, Output = Span, Error = E> {
    sign_that(|rest, plain| word_length(rest) == plain.len(), quoted)
}

/// One sign, given in the backticks by which a failure names it.
pub(crate) fn sign<'src, E: Note<'src>>(quoted: &'static str) -> impl Parser<Input<'src>, Output = Span, Error = E> {
    sign_that(|_, _| true, quoted)
}

/// A sign that fits, as what begins with it tells.
fn sign_that<'src, E: Note<'src>>(
    fits: impl Fn(&str, &str) -> bool,
    quoted: &'static str,
) -> impl Parser<Input<'src>, Output = Span, Error = E> {
    let plain = quoted.trim_matches('`');
    move |input: Input<'src>| {
        if !input.rest.starts_with(plain) || !fits(input.rest, plain) {
            return Err(Err::Error(E::expecting(input, quoted)));
        }
        let rest = input.skip(plain.len());
        Ok((space(rest), input.span_to(rest)))
    }
}

/// A sign of arithmetic. White space follows it, since names may hold hyphens and a closure touches its step.
pub(crate) fn apart<'src, E: Note<'src>>(quoted: &'static str) -> impl Parser<Input<'src>, Output = Span, Error = E> {
    let plain = quoted.trim_matches('`');
    move |input: Input<'src>| {
        let after = input.rest.strip_prefix(plain).unwrap_or_default();
        if !after.starts_with(char::is_whitespace) {
            return Err(Err::Error(E::expecting(input, quoted)));
        }
        sign(quoted).parse(input)
    }
}

/// `closure = "*" | "+" | "?" ;` which touches its step.
pub(crate) fn closure<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Option<Closure>, E> {
    let mark = match input.peek() {
        Some('*') => Closure::Any,
        Some('+') => Closure::Once,
        Some('?') => Closure::Maybe,
        Some(_) | None => return Ok((input, None)),
    };
    Ok((input.skip(1), Some(mark)))
}

/// `date = digit*4 , "-" , digit*2 , [ "-" , digit*2 ] ;`
pub(crate) fn date<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Name, E> {
    let digits_and_dashes = take_while1(|next: char| next.is_ascii_digit() || next == '-');
    let dated = verify(digits_and_dashes, |date: &Input<'_>| date.rest.find('-').is_some_and(|first| first > 0));
    expect("a date", spaced(touching(dated))).parse(input)
}

/// `number = [ "-" ] , digits , [ "." , digits ] ;`
pub(crate) fn number<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Spanned<f64>, E> {
    let digits = |input| take_while1(|next: char| next.is_ascii_digit()).parse(input);
    let whole = recognize((opt(tag("-")), digits, opt((tag("."), digits))));
    let (rest, found) = expect("a number", spaced(touching(whole))).parse(input)?;
    match found.value.parse() {
        Ok(number) => Ok((rest, Spanned::new(number, found.span))),
        Err(_) => Err(Err::Error(E::expecting(input, "a number"))),
    }
}

/// `text = '"' , { character | '\"' | '\\' } , '"' ;`
pub(crate) fn text<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Name, E> {
    let Some(inside) = input.rest.strip_prefix('"') else {
        return Err(Err::Error(E::expecting(input, "a text in quotation marks")));
    };
    let Some(length) = length_to(b'"', inside) else {
        let end = input.skip(input.rest.len());
        return Err(Err::Failure(E::expecting(end, "the closing quotation mark")));
    };
    let rest = input.skip(length + 2);
    let text = inside[..length].replace("\\\"", "\"").replace("\\\\", "\\");
    Ok((space(rest), Spanned::new(text, input.span_to(rest))))
}

/// `regex = "/" , { character | '\/' } , "/" ;` which no white space follows at its start, since that is a division.
pub(crate) fn regex<'src, E: Note<'src>>(input: Input<'src>) -> Noted<'src, Name, E> {
    let Some(inside) = input.rest.strip_prefix('/').filter(|inside| !inside.starts_with(char::is_whitespace)) else {
        return Err(Err::Error(E::expecting(input, "a pattern between slashes")));
    };
    let Some(length) = length_to(b'/', inside) else {
        let end = input.skip(input.rest.len());
        return Err(Err::Failure(E::expecting(end, "the closing slash")));
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
pub(crate) fn marked_length(rest: &str) -> Option<usize> {
    let mark = rest.bytes().next().filter(|first| matches!(first, b'"' | b'/'))?;
    let inside = &rest[1..];
    if mark == b'/' && inside.starts_with(char::is_whitespace) {
        return None;
    }
    Some(length_to(mark, inside).map_or(rest.len(), |length| length + 2))
}
