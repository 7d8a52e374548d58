//! The first pass over a piece of a file: which blocks there are, and what they are called.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::memchr2;

use super::lexicon::Lexicon;
use super::problems;
use crate::diagnostic::Diagnostic;
use crate::model::index::file::{BlockRow, ByteRange, FieldRow, FileIndex, NONE, ValueKind, ValueRow, WordsRef};
use crate::schema::{FieldId, KindId, Schema};
use crate::syntax::{Brackets, decode, fold_name, has_unwelcome, tree};
use crate::text::Span;

/// A part that is being made.
pub(super) struct FileIndexBuilder<'a> {
    pub(super) part: FileIndex,
    /// The text of the file.
    pub(super) text: &'a str,
    pub(super) lexicon: &'a Lexicon<'a>,
    /// The blocks that are values of fields, which come behind those with headers; each is known by its number with [`INLINE`].
    pub(super) inline: Vec<BlockRow>,
    /// Fields that were written so that they could not be read, by the row of their block: reported, and not missing.
    pub(super) lost: HashMap<u32, Vec<FieldId>>,
    /// The rows of an outermost block and of those inside it, in the order of the text; [`NONE`] for one that was not understood.
    pub(super) rows: Vec<u32>,
    /// Room for the fields of one block, used again for the next.
    pub(super) held: Vec<FieldRow>,
    /// Room for the values of one field, used again for the next.
    pub(super) values: Vec<ValueRow>,
}

/// A path in a text, as it is compared.
pub(super) fn folded<'a>(path: &tree::Path, text: &'a str) -> Cow<'a, str> {
    let (all, slashes) = (path.span(), path.more.len());
    let is_tight = path.names().map(Span::len).sum::<usize>() + slashes == all.len();
    match fold_name(slice(text, all)) {
        // Nearly all are compared as they are written.
        as_written @ Cow::Borrowed(_) if is_tight => as_written,
        folded if path.only().is_some() => folded,
        Cow::Borrowed(_) | Cow::Owned(_) => {
            let names = path.names().map(|name| fold_name(slice(text, name)));
            Cow::Owned(names.collect::<Vec<_>>().join("/"))
        }
    }
}

fn slice(text: &str, span: Span) -> &str {
    &text[span.start as usize..span.end as usize]
}

/// What is added to the numbers of blocks that are values of fields, until it is known behind how many others they come.
pub(super) const INLINE: u32 = 1 << 31;

/// What stands around a block.
pub(super) struct EnclosingBlock<'a> {
    pub(super) outer: Option<Outer>,
    /// The full id of the outer block, or the namespace.
    pub(super) path: &'a str,
}

/// The block around another; its kind is unknown when it was not understood.
#[derive(Clone, Copy)]
pub(super) struct Outer {
    kind: Option<KindId>,
    block: Option<u32>,
}

impl<'a> FileIndexBuilder<'a> {
    /// What stands at a place of the file.
    pub(super) fn slice(&self, span: Span) -> &'a str {
        slice(self.text, span)
    }

    /// A path as it is compared.
    pub(super) fn folded(&self, path: &tree::Path) -> Cow<'a, str> {
        folded(path, self.text)
    }

    pub(super) fn schema(&self) -> &Schema {
        self.lexicon.schema
    }

    /// Declares a block and those inside it; the reader bounds how deep they nest.
    pub(super) fn block(&mut self, written: &tree::BlockNode, around: &EnclosingBlock<'_>) {
        let name = written.id.map(|id| fold_name(self.slice(id)));
        let kind = if written.broken { None } else { self.kind(written, around) };
        if kind.is_none() {
            self.part.incomplete = true;
            self.lose(written, around);
        }
        let nests = written.items().iter().any(|item| matches!(item, tree::BodyItem::Block(_)));
        let is_as_written =
            name.as_ref().is_some_and(|name| matches!(name, Cow::Borrowed(_))) && around.path.is_empty();
        // Most ids are what is written, and need be put together for nobody.
        let full = name.filter(|_| !is_as_written || nests || kind.is_none()).map(|name| full_id(&name, around.path));
        let id = match (&full, written.id) {
            (_, None) => WordsRef::ABSENT,
            (_, Some(id)) if is_as_written => WordsRef::written(id.into()),
            (Some(full), Some(_)) => WordsRef::made(self.part.make(full.as_str()) as usize),
            (None, Some(id)) => WordsRef::written(id.into()),
        };
        let block = match (kind, &full) {
            (Some(kind), _) => Some(self.add(written, (kind, id), around)),
            (None, Some(id)) => {
                self.part.poisoned.push(id.as_str().into());
                None
            }
            (None, None) => None,
        };
        self.rows.push(block.unwrap_or(NONE));
        let inner = EnclosingBlock { outer: Some(Outer { kind, block }), path: full.as_deref().unwrap_or(around.path) };
        for item in written.items() {
            if let tree::BodyItem::Block(nested) = item {
                self.block(nested, &inner);
            }
        }
    }

    /// The kind of a block that may stand here; reports one that may not.
    fn kind(&mut self, written: &tree::BlockNode, around: &EnclosingBlock<'_>) -> Option<KindId> {
        let word = fold_name(self.slice(written.kind));
        let found = self.lexicon.kind(&word);
        let outer = around.outer.as_ref().and_then(|outer| outer.kind);
        let allowed = found.is_some_and(|kind| self.may_stand(kind, around));
        if !allowed && outer.is_some_and(|outer| self.lexicon.field(outer, &word).is_some()) {
            self.report(problems::missing_colon(&word, written.kind));
            return None;
        }
        let Some(kind) = found else {
            if !self.schema().incomplete {
                self.unknown_kind(written, &word);
            }
            return None;
        };
        if let (Some(id), Some(second)) = (written.id, self.second_word(written)) {
            let at = Span::new(id.source, id.start, second.end);
            self.report(problems::name_of_two_words((self.slice(id), self.slice(second)), at));
            return None;
        }
        if self.schema().kind(kind).is_abstract {
            self.report(problems::abstract_kind(self.schema(), kind, written.kind));
            return None;
        }
        if !allowed {
            self.report(problems::misplaced(self.schema(), kind, outer, written.kind));
        }
        if written.id.is_none() && !self.schema().kind(kind).anonymous && !is_inline(self.schema(), kind) {
            self.part.incomplete = true;
            self.report(problems::missing_id(&word, written.kind));
        }
        Some(kind)
    }

    /// A block that was not understood may have been meant as a field of the block around it.
    fn lose(&mut self, written: &tree::BlockNode, around: &EnclosingBlock<'_>) {
        let word = fold_name(self.slice(written.kind));
        let Some(Outer { kind: Some(kind), block: Some(block) }) = around.outer else { return };
        if let Some(field) = self.lexicon.field(kind, &word) {
            self.lost.entry(block).or_default().push(field);
        }
    }

    fn may_stand(&self, kind: KindId, around: &EnclosingBlock<'_>) -> bool {
        match &around.outer {
            None => !is_inline(self.schema(), kind),
            Some(Outer { kind: None, .. }) => true,
            Some(Outer { kind: Some(outer), .. }) => {
                let inside = &self.schema().kind(kind).inside;
                !inside.is_empty() && self.schema().allows(inside, *outer)
            }
        }
    }

    fn add(&mut self, written: &tree::BlockNode, (kind, id): (KindId, WordsRef), around: &EnclosingBlock<'_>) -> u32 {
        let title = written.title.map_or(ByteRange::NOWHERE, ByteRange::from);
        let title_made = written.title.map_or(NONE, |title| self.decoded(title, Brackets::AreText));
        self.part.blocks.push(BlockRow {
            kind,
            fields: 0,
            first_field: 0,
            outer: around.outer.as_ref().and_then(|outer| outer.block).unwrap_or(NONE),
            id,
            title,
            title_made,
            header: written.id.unwrap_or(written.kind).into(),
            whole: written.span.into(),
        });
        self.part.blocks.len() as u32 - 1
    }

    /// The number of what a text says, unless it says what stands between its quotation marks.
    pub(super) fn decoded(&mut self, text: Span, brackets: Brackets) -> u32 {
        let written = self.slice(text);
        let inner = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        match inner {
            Some(inner) if memchr2(b'\\', b'\r', inner.as_bytes()).is_none() && !has_unwelcome(inner) => NONE,
            Some(_) | None => self.part.make(decode(written, brackets)),
        }
    }

    pub(super) fn report(&mut self, problem: Diagnostic) {
        self.part.problems.push(problem);
    }

    /// Puts the blocks without headers behind those that have one.
    pub(super) fn finish(mut self) -> FileIndex {
        let part = &mut self.part;
        part.declared = part.blocks.len() as u32;
        part.blocks.append(&mut self.inline);
        for value in part.values.iter_mut().filter(|value| value.sort == ValueKind::Own && value.payload >= INLINE) {
            value.payload = value.payload - INLINE + part.declared;
        }
        part.shrink();
        self.part
    }
}

/// Whether blocks of a kind have no header of their own, but are values of a field.
fn is_inline(schema: &Schema, kind: KindId) -> bool {
    !schema.kind(kind).inline.is_empty()
}

fn full_id(name: &str, path: &str) -> String {
    if path.is_empty() { name.to_owned() } else { [path, "/", name].concat() }
}
