//! What becomes of failures while a condition is parsed: noted for people, or merely counted as failures.
//!
//! At every place several productions are tried in turn, and each that fails makes a note of what it expected. Hardly any
//! text is wrong, so that the notes are almost always thrown away: `read` parses without any first.

use nom::error::ParseError;
use nom::{Err, IResult, Parser};

use crate::syntax::{Input, ParseFailure};

/// What a production returns: the rest and a value, or what is noted of the farthest failure.
pub(crate) type Noted<'src, T, E> = IResult<Input<'src>, T, E>;

/// What is noted of a failure. Nothing that is parsed depends on it.
pub(crate) trait Note<'src>: ParseError<Input<'src>> {
    /// Names what was expected at a place.
    fn expecting(input: Input<'src>, expected: &'static str) -> Self;

    /// A failure of a piece that begins at `input` has the name of the piece, unless it got further.
    fn named(self, input: Input<'src>, expected: &'static str) -> Self;
}

impl<'src> Note<'src> for ParseFailure {
    fn expecting(input: Input<'src>, expected: &'static str) -> ParseFailure {
        ParseFailure::expecting(input, expected)
    }

    fn named(self, input: Input<'src>, expected: &'static str) -> ParseFailure {
        if self.at == input.offset { ParseFailure::expecting(input, expected) } else { self }
    }
}

/// Nothing is noted.
impl<'src> Note<'src> for () {
    fn expecting(_: Input<'src>, _: &'static str) {}

    fn named(self, _: Input<'src>, _: &'static str) {}
}

/// As nom's `many0`, but what is not there takes no memory: most productions end without any of what may follow.
pub(crate) fn many<'src, T, E: Note<'src>>(
    mut piece: impl Parser<Input<'src>, Output = T, Error = E>,
) -> impl Parser<Input<'src>, Output = Vec<T>, Error = E> {
    move |input: Input<'src>| {
        let (mut rest, mut all) = (input, Vec::new());
        loop {
            match piece.parse(rest) {
                Ok((after, one)) => {
                    rest = after;
                    all.push(one);
                }
                Err(Err::Error(_)) => return Ok((rest, all)),
                Err(other) => return Err(other),
            }
        }
    }
}
