//! Values of fields, read as far as their shape shows.

use nom::Parser;
use nom::combinator::cut;

use super::input::{Input, ParseFailure, Parsed};
use super::lexeme::{fraction, mark, name, sign, signed_number, text, trivia, until, word};
use super::tree::{Path, Period, SourcedText, ValueNode};
use crate::text::Span;

/// The values of a field: the first, and those behind commas.
pub(super) type ValueList = (ValueNode, Vec<ValueNode>);

/// `value , { "," , value } , [ "," ]`; after a comma, `name :` ends the list.
pub(super) fn values(input: Input<'_>) -> Parsed<'_, ValueList> {
    let (mut at, first) = listed(input)?;
    let mut more = Vec::new();
    while let Some((rest, _)) = mark(at, ',') {
        at = rest;
        match listed(at) {
            Ok((rest, value)) => {
                more.push(value);
                at = rest;
            }
            Err(nom::Err::Error(_)) => break,
            Err(error) => return Err(error),
        }
    }
    Ok((at, (first, more)))
}

/// `value = path , [ text , [ "until" , date ] ] | text | number | date | period ;`
///
/// The first letter decides.
fn listed(input: Input<'_>) -> Parsed<'_, ValueNode> {
    if let Some((rest, word)) = word(input) {
        return if rest.rest.starts_with(':') { Err(lacking(input)) } else { worded(rest, word) };
    }
    match input.peek() {
        Some('"') => text.map(ValueNode::Text).parse(input),
        Some('-') => signed_number.map(ValueNode::Number).parse(input),
        Some('.') => period(input, None),
        Some(_) | None => Err(lacking(input)),
    }
}

/// `path = name , { "/" , name } ;`
pub(super) fn path(input: Input<'_>) -> Parsed<'_, Path> {
    (name, slash_names).map(|(first, more)| Path { first, more }).parse(input)
}

fn lacking(input: Input<'_>) -> nom::Err<ParseFailure> {
    nom::Err::Error(ParseFailure::expecting(input, super::recovery::likely_mistakes::A_VALUE))
}

/// A value that begins with a word; what follows it says which.
fn worded(rest: Input<'_>, word: Span) -> Parsed<'_, ValueNode> {
    let touches = word.end == rest.offset && rest.rest.starts_with('.') && !rest.rest.starts_with("..");
    match rest.rest.as_bytes() {
        [b'.', digit, ..] if touches && digit.is_ascii_digit() => fractional(rest, word),
        [b'.', b'.', ..] => period(rest, Some(word)),
        [b'/' | b'"', ..] => pathed(rest, word),
        [..] => Ok((rest, ValueNode::Path(Path::of(word)))),
    }
}

/// `".." , [ date ]`, behind the date with which a period begins. The one that closes it begins with a digit, since a word on
/// the next line may begin a block.
fn period(input: Input<'_>, from: Option<Span>) -> Parsed<'_, ValueNode> {
    let (rest, dots) = sign("..", "`..`").parse(input)?;
    let closed = word(rest).filter(|_| rest.rest.starts_with(|next: char| next.is_ascii_digit()));
    let (rest, to) = closed.map_or((rest, None), |(rest, to)| (rest, Some(to)));
    Ok((rest, ValueNode::Period(Period { from, dots, to })))
}

/// `. digits`, behind the digits of a number.
fn fractional(input: Input<'_>, whole: Span) -> Parsed<'_, ValueNode> {
    let (rest, digits) = fraction(input)?;
    let end = digits.offset + digits.rest.len() as u32;
    let number = Span::new(whole.source, whole.start, end);
    // A date with points may begin a period: then the date alone is wrong.
    if rest.rest.starts_with("..") { period(rest, Some(number)) } else { Ok((trivia(rest), ValueNode::Number(number))) }
}

/// `{ "/" name } [ text [ "until" date ] ]`, behind the first name of a path.
fn pathed(input: Input<'_>, first: Span) -> Parsed<'_, ValueNode> {
    let (rest, more) = slash_names(input)?;
    let path = Path { first, more };
    if rest.rest.starts_with("..") && !path.more.is_empty() {
        // A date with strokes: the date is wrong, and not that a period goes on.
        return period(rest, Some(path.span()));
    }
    if !rest.rest.starts_with('"') {
        return Ok((rest, ValueNode::Path(path)));
    }
    let (rest, text) = text(rest)?;
    let (rest, until) = match until(rest) {
        Some(rest) => cut(name).map(Some).parse(rest)?,
        None => (rest, None),
    };
    Ok((rest, ValueNode::Attributed(Box::new(SourcedText { path, text, until }))))
}

fn slash_names(mut at: Input<'_>) -> Parsed<'_, Vec<Span>> {
    let mut names = Vec::new();
    // Two of them are no part of a path, but a remark as elsewhere.
    while let Some((rest, _)) = mark(at, '/').filter(|_| !at.rest.starts_with("//")) {
        let (rest, name) = cut(name).parse(rest)?;
        names.push(name);
        at = rest;
    }
    Ok((at, names))
}
