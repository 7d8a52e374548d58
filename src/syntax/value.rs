//! Values of fields, read as far as their shape shows.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use nom::multi::many0;
use nom::sequence::preceded;

use super::input::{Failure, Input, Parsed};
use super::lexeme::{fraction, is_name_start, name, sign, signed_number, text, trivia, until};
use super::tree::{Attributed, Path, Period, Value};
use crate::text::Span;

/// What follows a value's first word and decides what it is.
enum Tail {
    /// `.. [ date ]`
    Period(Span, Option<Span>),
    /// `. digits`
    Fraction(Span),
    /// `{ "/" name } [ text [ "until" date ] ]`
    Path(Vec<Span>, Option<(Span, Option<Span>)>),
}

/// `value = path , [ text , [ "until" , date ] ] | text | number | date | period ;`
///
/// The first letter decides; the alternatives are tried where it does not, for what they say is missing.
pub(super) fn value(input: Input<'_>) -> Parsed<'_, Value> {
    match input.peek() {
        Some('"') => text.map(Value::Text).parse(input),
        Some(next) if is_name_start(next) => worded(input),
        Some(_) | None => alt((text.map(Value::Text), signed_number.map(Value::Number), open_period, worded))
            .parse(input)
            .map_err(|error| error.map(|failure| named(input, failure))),
    }
}

/// `path = name , { "/" , name } ;`
pub(super) fn path(input: Input<'_>) -> Parsed<'_, Path> {
    (name, many0(slash_name)).map(|(first, more)| Path { first, more }).parse(input)
}

/// A value that could not even begin lacks "a value", not one of five shapes.
fn named(input: Input<'_>, failure: Failure) -> Failure {
    if failure.at == input.offset && failure.expected.len() > 1 {
        Failure::expecting(input, "a value")
    } else {
        failure
    }
}

/// `".." , [ date ]`
fn open_period(input: Input<'_>) -> Parsed<'_, Value> {
    (dots, opt(date_word)).map(|(dots, to)| Value::Period(Period { from: None, dots, to })).parse(input)
}

/// A value that begins with a word; the tail says which.
fn worded(input: Input<'_>) -> Parsed<'_, Value> {
    let (rest, word) = name(input)?;
    let touches = word.end == rest.offset && rest.rest.starts_with('.') && !rest.rest.starts_with("..");
    let (rest, tail) = match rest.rest.as_bytes() {
        [b'.', ..] if touches => fraction_tail(rest)?,
        [b'.', b'.', ..] => period_tail(rest)?,
        [b'/' | b'"', ..] => path_tail(rest)?,
        [..] => (rest, Tail::Path(Vec::new(), None)),
    };
    Ok((rest, joined(word, tail)))
}

fn joined(word: Span, tail: Tail) -> Value {
    match tail {
        Tail::Period(dots, to) => Value::Period(Period { from: Some(word), dots, to }),
        Tail::Fraction(fraction) => Value::Number(word.to(fraction)),
        Tail::Path(more, None) => Value::Path(Path { first: word, more }),
        Tail::Path(more, Some((text, until))) => {
            Value::Attributed(Attributed { path: Path { first: word, more }, text, until })
        }
    }
}

fn period_tail(input: Input<'_>) -> Parsed<'_, Tail> {
    (dots, opt(date_word)).map(|(dots, to)| Tail::Period(dots, to)).parse(input)
}

fn fraction_tail(input: Input<'_>) -> Parsed<'_, Tail> {
    let (rest, digits) = fraction(input)?;
    let span = Span::new(digits.source, digits.offset, digits.offset + digits.rest.len() as u32);
    Ok((trivia(rest), Tail::Fraction(span)))
}

fn path_tail(input: Input<'_>) -> Parsed<'_, Tail> {
    (many0(slash_name), opt((text, opt(preceded(until, cut(name))))))
        .map(|(more, text)| Tail::Path(more, text))
        .parse(input)
}

/// The date that closes a period: a word that begins with a digit, since a word on the next line may begin a block.
fn date_word(input: Input<'_>) -> Parsed<'_, Span> {
    if input.rest.starts_with(|next: char| next.is_ascii_digit()) {
        name(input)
    } else {
        Err(nom::Err::Error(Failure::expecting(input, "a date")))
    }
}

fn slash_name(input: Input<'_>) -> Parsed<'_, Span> {
    preceded(sign("/", "`/`"), cut(name)).parse(input)
}

fn dots(input: Input<'_>) -> Parsed<'_, Span> {
    sign("..", "`..`").parse(input)
}
