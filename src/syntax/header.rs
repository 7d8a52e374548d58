//! What stands before the brace of a block.

use super::input::{Input, ParseFailure};
use super::lexeme::{is_name_start, text, word};
use super::recovery::likely_mistakes::BEHIND_TITLE;
use crate::text::Span;

/// `kind , ( id , [ text ] , [ body ] | text , [ body ] | body )`, up to the brace.
pub(super) struct Header {
    pub kind: Span,
    pub id: Option<Span>,
    pub title: Option<Span>,
}

/// A header as far as it can be read, and why it cannot be read further.
pub(super) fn header<'src>(
    input: Input<'src>,
    rest: Input<'src>,
    kind: Span,
) -> (Input<'src>, Header, Option<ParseFailure>) {
    let mut header = Header { kind, id: None, title: None };
    let mut at = rest;
    if let Some((rest, id)) = word(at).filter(|(rest, _)| !rest.rest.starts_with(':')) {
        let between = &input.rest[kind.len()..(id.start - input.offset) as usize];
        let begins_another = between.contains(['\n', '\r']) && word(rest).is_some();
        if !begins_another {
            header.id = Some(id);
            at = rest;
        }
    }
    if !at.rest.starts_with('"') {
        let ends = at.peek().is_none_or(|next| is_name_start(next) || matches!(next, '{' | '}' | ',' | '/'));
        let failure = (!ends).then(|| ParseFailure::expecting(at, "a name, a title or `{`"));
        return (at, header, failure);
    }
    match text(at) {
        Ok((rest, title)) => {
            header.title = Some(title);
            let second = rest.rest.starts_with('"')
                && !at.rest[title.len()..].trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
            (rest, header, second.then(|| ParseFailure::expecting(rest, BEHIND_TITLE)))
        }
        Err(nom::Err::Failure(failure) | nom::Err::Error(failure)) => (at, header, Some(failure)),
        Err(nom::Err::Incomplete(_)) => (at, header, None),
    }
}
