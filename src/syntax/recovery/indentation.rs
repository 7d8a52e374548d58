//! A missing closing brace, found by its indentation.
//!
//! Braces alone cannot say which block was left open, but authors indent: what begins no further
//! right than the block around it does not belong inside (the off-side rule of Landin, 1966). Only a file with an open block is read
//! this way, so that a file with all its braces means what they say.

use crate::diagnostic::Diagnostic;
use crate::syntax::input::Input;
use crate::syntax::problems;
use crate::syntax::tree::{BlockNode, BodyItem, BodyNode};
use crate::text::Span;

/// Moves what stands outside by its indentation out of the blocks that were left open, and
/// reports the first of these.
pub(in crate::syntax) fn put_right(start: Input<'_>, blocks: Vec<BlockNode>) -> (Vec<BlockNode>, Option<Diagnostic>) {
    let mut problem = None;
    let mut right = Vec::new();
    for block in blocks {
        let last_open = is_open(&block).then(|| (name(&block), body_open(&block)));
        let (mut block, outside) = settle(start, block, &mut problem);
        // A block that was only begun says nothing that could be wrong.
        block.broken |= block.id.is_none() && block.items().is_empty() && last_open.is_some();
        if problem.is_none() {
            problem = last_open.map(|(name, open)| report(start, name, open));
        }
        right.push(block);
        right.extend(outside.into_iter().filter_map(|item| match item {
            BodyItem::Block(block) => Some(*block),
            BodyItem::Field(_) => None,
        }));
    }
    (right, problem)
}

/// A block with what belongs inside it, and what follows it instead. Blocks nest no deeper than
/// the limit of the reader, so this may call itself.
fn settle(start: Input<'_>, mut block: BlockNode, problem: &mut Option<Diagnostic>) -> (BlockNode, Vec<BodyItem>) {
    let Some(body) = &mut block.body else { return (block, Vec::new()) };
    let mut items = Vec::new();
    for item in std::mem::take(&mut body.items) {
        match item {
            BodyItem::Field(field) => items.push(BodyItem::Field(field)),
            BodyItem::Block(inner) => {
                let (inner, outside) = settle(start, *inner, problem);
                items.push(BodyItem::Block(Box::new(inner)));
                items.extend(outside);
            }
        }
    }
    let indent = column(start, block.kind);
    let first_outside =
        items.iter().position(|item| begins_line(start, place(item)) && column(start, place(item)) <= indent);
    let outside = first_outside.map_or(Vec::new(), |at| items.split_off(at));
    if let (Some(first), None) = (outside.first(), &problem) {
        let seems = "this seems to be outside the block";
        *problem = Some(report(start, name(&block), body_open(&block)).label(place(first), seems));
    }
    if let Some(body) = &mut block.body {
        body.items = items;
    }
    (block, outside)
}

fn report(start: Input<'_>, name: Span, open: Span) -> Diagnostic {
    problems::unclosed_block(slice(start, name), name, open)
}

fn is_open(block: &BlockNode) -> bool {
    let open_inside = |item: &BodyItem| match item {
        BodyItem::Block(inner) => is_open(inner),
        BodyItem::Field(_) => false,
    };
    match &block.body {
        Some(BodyNode { close: None, .. }) => true,
        Some(BodyNode { items, .. }) => items.iter().any(open_inside),
        None => false,
    }
}

fn name(block: &BlockNode) -> Span {
    block.id.unwrap_or(block.kind)
}

fn body_open(block: &BlockNode) -> Span {
    block.body.as_ref().map_or(block.kind, |body| body.open)
}

fn place(item: &BodyItem) -> Span {
    match item {
        BodyItem::Block(block) => block.kind,
        BodyItem::Field(field) => field.name,
    }
}

fn slice<'src>(start: Input<'src>, span: Span) -> &'src str {
    let from = (span.start - start.offset) as usize;
    &start.rest[from..from + span.len()]
}

/// The text of the line before a place.
fn before<'src>(start: Input<'src>, place: Span) -> &'src str {
    let text = &start.rest[..(place.start - start.offset) as usize];
    text.rsplit(['\n', '\r']).next().unwrap_or(text)
}

pub(in crate::syntax) fn column(start: Input<'_>, place: Span) -> usize {
    before(start, place).chars().count()
}

pub(in crate::syntax) fn begins_line(start: Input<'_>, place: Span) -> bool {
    let text = &start.rest[..(place.start - start.offset) as usize];
    let behind_blanks = text.trim_end_matches(|next: char| next.is_whitespace() && !matches!(next, '\n' | '\r'));
    behind_blanks.is_empty() || behind_blanks.ends_with(['\n', '\r'])
}
