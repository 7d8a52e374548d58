//! How reading goes on where a mistake is plain: a brace or a quotation mark that is missing, is one too many, or is written otherwise.

use super::super::input::{Input, ParseFailure};
use super::super::lexeme::{END_OF_TEXT, begins_field, mark, text, trivia, word};
use super::super::problems;
use super::super::recovery::malformed_value::malformed_value;
use super::super::recovery::{indentation, likely_mistakes};
use super::super::tree::{BlockNode, BodyItem, FieldNode, ValueNode};
use super::super::value::values;
use super::DocumentReader;
use crate::text::{Span, floor_char_boundary};

/// How many bytes behind a value are looked at to see what was meant by it.
const LOOKED_AT: usize = 400;

impl<'src> DocumentReader<'src> {
    /// What stands behind a header on its line, and was meant to belong to it: a text whose opening mark is missing.
    pub(super) fn header_goes_on(&mut self, block: &mut BlockNode) {
        let swallowed = block.title.and_then(|title| Some((title, self.slice(title).find('{')?)));
        if let (Some((title, brace)), Some(_)) = (swallowed, likely_mistakes::unopened_text(self.at)) {
            // The mark that closes it opens another: it was to end before the brace.
            let at = self.start.skip((title.start - self.start.offset) as usize);
            block.broken = true;
            self.report(&ParseFailure::expecting(at, END_OF_TEXT));
            self.at = at.skip(brace);
        } else if let Some(mark) = likely_mistakes::unopened_text(self.at) {
            block.broken = true;
            self.report_unopened(block.title, mark);
        }
    }

    /// Passes words that are a text whose opening quotation mark is missing, and that were to be a value of the field before them.
    pub(super) fn pass_unopened(&mut self, word: Option<Span>) -> bool {
        let here = word.unwrap_or(self.at.here());
        let Some(BodyItem::Field(field)) = self.open.last().and_then(|open| open.items().last()) else { return false };
        let before = field.span();
        if self.breaks_line(before, here) {
            return false;
        }
        // Between a last word and its mark nothing stands.
        let touches = before.end == here.start && self.at.peek() == Some('"');
        let Some(mark) = (if touches { Some(0) } else { likely_mistakes::unopened_text(self.at) }) else {
            return false;
        };
        let text = self.slice(before).ends_with('"').then_some(before);
        if text.is_none() {
            self.break_last_value();
        }
        self.mark_interrupted(here);
        self.report_unopened(text, mark);
        self.go_on_with_values();
        true
    }

    /// Reports and passes the rest of a value that is not written as values are, and that ends on its line.
    pub(super) fn go_on_behind_value(&mut self) {
        let Some(BodyItem::Field(field)) = self.open.last().and_then(|open| open.items().last()) else { return };
        let value = field.more.last().unwrap_or(&field.first);
        let span = value.span();
        let is_word = matches!(value, ValueNode::Path(_) | ValueNode::Number(_) | ValueNode::Period(_));
        if !is_word || self.at.rest.starts_with('}') || self.breaks_line(span, self.at.here()) || begins_field(self.at)
        {
            return;
        }
        let from = self.start.skip((span.start - self.start.offset) as usize);
        let farthest = from.rest.len().min(span.len() + LOOKED_AT);
        let near = &from.rest[..floor_char_boundary(from.rest, farthest)];
        let end = near.find(['\n', '\r', '#', '{', '}', '"']).unwrap_or(near.len());
        // A path may go over lines.
        let line = Some(&from.rest[..end]).filter(|line| span.len() <= line.len());
        let heads = from.rest[end..].starts_with(['{', '"']);
        let Some(found) = line.and_then(|line| malformed_value(line, span.len(), heads)) else { return };
        if from.rest[end..].starts_with('"') && likely_mistakes::unopened_text(self.at).is_some() {
            return;
        }
        let behind = from.skip(found.length);
        self.problems.push(found.report(from.span_to(behind)));
        self.break_last_value();
        self.at = trivia(behind);
        self.go_on_with_values();
    }

    /// Passes `source: "words"` in the place of `source "words"`, and reports the colon.
    pub(super) fn passes_second_colon(&mut self, field: Span, rest: Input<'src>) -> bool {
        let Some((colon, name)) = word(rest).filter(|_| !self.breaks_line(field, rest.here())) else { return false };
        let Some((text_at, at)) = mark(colon, ':') else { return false };
        let Ok((behind, _)) = text(text_at) else { return false };
        if self.breaks_line(at, text_at.here()) {
            return false;
        }
        self.problems.push(problems::second_colon(self.slice(name), at));
        self.at = behind;
        true
    }

    /// Passes a sign that other languages end a line with or begin an item with, and reports the first of them in each block.
    pub(super) fn passes_idle_sign(&mut self) -> bool {
        let Some(sign) = self.at.peek() else { return false };
        let rest = trivia(self.at.skip(sign.len_utf8()));
        let begins = indentation::begins_line(self.start, self.at.here());
        let is_last = rest.peek().is_none_or(|next| next == '}') || indentation::begins_line(self.start, rest.here());
        let is_idle = match sign {
            ';' => !begins && (is_last || begins_field(rest)),
            '.' | '。' => !begins && is_last,
            '-' | '*' | '•' => begins && begins_field(rest),
            _ => false,
        };
        if !is_idle {
            return false;
        }
        if !self.idle_signs.contains(sign) {
            self.idle_signs.push(sign);
            let expected = if begins { likely_mistakes::A_FIELD } else { likely_mistakes::AN_ITEM };
            self.report(&ParseFailure::expecting(self.at, expected));
        }
        self.at = rest;
        true
    }

    /// The last word before a text goes on was the first of it, where it is no source.
    pub(super) fn break_last_value(&mut self) {
        if let Some(field) = self.last_field() {
            let last = field.more.last_mut().unwrap_or(&mut field.first);
            *last = ValueNode::Broken(last.span());
        }
    }

    /// The field that stands last in the innermost block, if nothing stands behind it.
    pub(super) fn last_field(&mut self) -> Option<&mut FieldNode> {
        match self.open.last_mut()?.body.as_mut()?.items.last_mut()? {
            BodyItem::Field(field) => Some(field),
            BodyItem::Block(_) => None,
        }
    }

    /// Reports a text whose opening quotation mark is missing, or one that a mark inside of it has ended, and passes it.
    pub(super) fn report_unopened(&mut self, before: Option<Span>, mark: usize) {
        let at = self.at.skip(mark);
        let line = at.rest.split(['\n', '\r']).next().unwrap_or_default().trim();
        let mark_at = at.span_to(at.skip(1));
        let problem = match before {
            Some(text) => problems::text_ended_early(mark_at, text.after(), line),
            None => problems::unopened_text(mark_at, self.at.here(), line),
        };
        self.problems.push(problem);
        self.at = likely_mistakes::behind_unopened(self.at, mark);
    }

    /// Reads the values that stand behind a broken one.
    pub(super) fn go_on_with_values(&mut self) {
        let Some((rest, _)) = mark(self.at, ',') else { return };
        let Ok((rest, (first, more))) = values(rest) else { return };
        self.at = rest;
        if let Some(field) = self.last_field() {
            field.more.extend([first].into_iter().chain(more));
        }
    }

    /// The brace that opens the body of a block; or what was written in its place, or where it is missing, which is reported.
    pub(super) fn opening(&mut self, block: &BlockNode) -> Option<(Input<'src>, Span)> {
        let open = mark(self.at, '{');
        if open.is_some() {
            return open;
        }
        if let Some(open) = mark(self.at, '[').or_else(|| mark(self.at, '(')) {
            self.report(&ParseFailure::expecting(self.at, "`{`"));
            return Some(open);
        }
        if !likely_mistakes::lacks_brace(self.start, (block.kind, self.open.is_empty()), self.at) {
            return None;
        }
        let (_, field) = word(self.at)?;
        self.problems.push(problems::missing_brace(self.slice(field), field, block.span));
        self.fenced = true;
        Some((self.at, block.span.after()))
    }

    /// Closes a block by what is written in the place of a brace.
    pub(super) fn closes_by_other_sign(&mut self) -> bool {
        let Some((rest, sign)) = mark(self.at, ']').or_else(|| mark(self.at, ')')) else { return false };
        let Some(BlockNode { body: Some(body), .. }) = self.open.last() else { return false };
        // One that was opened in the same way was reported.
        if !matches!(self.slice(body.open), "[" | "(") {
            self.report(&ParseFailure::expecting(self.at, "`}`"));
        }
        self.closed(rest, sign);
        true
    }

    /// Whether a brace closes the outermost block although that goes on: it is reported, and read as if it were not there.
    pub(super) fn is_closed_too_early(&mut self, brace: Span) -> bool {
        let [block] = self.open.as_slice() else { return false };
        let here = self.at.here();
        if self.looks == 0 || !indentation::begins_line(self.start, here) || self.at.rest.is_empty() {
            return false;
        }
        if indentation::column(self.start, here) <= indentation::column(self.start, block.kind) {
            return false;
        }
        self.looks -= 1;
        if !likely_mistakes::closes_too_early(self.start, block.kind, self.at) {
            return false;
        }
        let problem = match word(self.at).filter(|_| begins_field(self.at)) {
            Some((_, word)) => problems::field_outside_block(self.slice(word), word, Some(brace)),
            None => problems::surplus_brace(brace, here),
        };
        self.problems.push(problem);
        true
    }
}
