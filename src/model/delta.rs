//! What an edit of one file changed in its blocks, where all of them kept their numbers and names.

use std::collections::BTreeSet;

use super::index::block::BlockId;
use super::index::file::{BlockRow, FieldRow, FileIndex, NONE, ValueKind};
use super::view::LinkedFile;
use super::well_known::{ALSO, ITEMS, LANGUAGE, READ_AS};
use crate::schema::{FieldId, FieldType, KindId, Schema};
use crate::text::SourceId;

/// What has another value than before an edit.
#[derive(Debug, Default)]
pub struct CorpusDelta {
    source: Option<SourceId>,
    fields: Vec<FieldChange>,
    titles: Vec<BlockId>,
    nameless: Vec<BlockId>,
    /// The blocks whose own words, or those that they quote, may say another thing.
    pub(super) said: BTreeSet<BlockId>,
    matched: bool,
    /// The fields of which it is no longer, or only now, known wholly who refers to what by them.
    pub(super) blurred: BTreeSet<FieldId>,
}

/// What a field of a block leads to.
#[derive(Clone, Debug, Default)]
pub(super) struct ReferenceTargets {
    pub(super) targets: Vec<BlockId>,
    pub(super) is_held: bool,
    pub(super) is_broken: bool,
}

/// What a field of a block leads to.
fn ends(part: LinkedFile<'_>, row: &BlockRow, field: FieldId) -> ReferenceTargets {
    let mut ends = ReferenceTargets::default();
    for held in part.part.fields_of(row).iter().filter(|row| row.field == field) {
        ends.is_held = true;
        let first = held.first_value as usize;
        for at in first..first + held.values as usize {
            let target = part.target(at);
            let refers = matches!(part.part.values[at].sort, ValueKind::Reference | ValueKind::Broken);
            ends.is_broken |= refers && target.is_none();
            ends.targets.extend(target.filter(|target| !ends.targets.contains(target)));
        }
    }
    ends
}

/// A field of a block that holds something else.
#[derive(Debug)]
pub struct FieldChange {
    /// The block.
    pub block: BlockId,
    /// Its kind.
    pub kind: KindId,
    /// The field.
    pub field: FieldId,
    pub(super) before: ReferenceTargets,
    pub(super) now: ReferenceTargets,
}

impl FieldChange {
    /// The blocks to which it leads, or led.
    pub fn ends(&self) -> impl Iterator<Item = BlockId> {
        self.before.targets.iter().chain(&self.now.targets).copied()
    }
}

impl CorpusDelta {
    /// What is not the same in two parts whose blocks are.
    pub(super) fn between(old: LinkedFile<'_>, new: LinkedFile<'_>, schema: &Schema) -> CorpusDelta {
        let mut changes = CorpusDelta { source: Some(new.part.home.source), ..CorpusDelta::default() };
        for (row, (a, b)) in old.part.blocks.iter().zip(&new.part.blocks).enumerate() {
            let block = new.block(row as u32);
            let found = differing((old, a), (new, b));
            let is_titled = title(old.part, a) != title(new.part, b);
            if is_titled {
                changes.titles.push(block);
            }
            if new.part.words(b.id).is_none() && (is_titled || !found.is_empty()) {
                changes.nameless.push(block);
            }
            let by_field = found.iter().map(|field| lexical_invalidation(schema, a.kind, *field));
            let by_title = is_titled.then(|| by_title(schema, a.kind));
            let invalidation = by_field.chain(by_title).max().unwrap_or(LexicalInvalidation::Nowhere);
            changes.matched |= invalidation == LexicalInvalidation::Everywhere;
            if invalidation == LexicalInvalidation::Here {
                changes.said.insert(block);
            }
            changes.fields.extend(found.into_iter().map(|field| {
                let (before, now) = (ends(old, a, field), ends(new, b, field));
                FieldChange { block, kind: a.kind, field, before, now }
            }));
        }
        changes.name_inner(new);
        changes
    }

    /// Blocks without an id are known by those around them, if these have none either.
    fn name_inner(&mut self, new: LinkedFile<'_>) {
        let known: BTreeSet<BlockId> = self.nameless.iter().copied().collect();
        if known.is_empty() {
            return;
        }
        for (row, block) in new.part.blocks.iter().enumerate() {
            let outer = |block: &BlockRow| (block.outer != NONE).then_some(block.outer);
            let nameless = |row: &u32| new.part.words(new.part.blocks[*row as usize].id).is_none();
            let around = |row: &u32| outer(&new.part.blocks[*row as usize]).filter(nameless);
            let first = outer(block).filter(|_| new.part.words(block.id).is_none()).filter(nameless);
            if std::iter::successors(first, around).any(|row| known.contains(&new.block(row))) {
                self.nameless.push(new.block(row as u32));
            }
        }
    }

    /// The file in which things may have moved.
    pub fn source(&self) -> Option<SourceId> {
        self.source
    }

    /// The fields of blocks that hold something else.
    pub fn fields(&self) -> &[FieldChange] {
        &self.fields
    }

    /// The blocks in which a field holds something else.
    pub fn of(&self, field: FieldId) -> impl Iterator<Item = &FieldChange> {
        self.fields.iter().filter(move |change| change.field == field)
    }

    /// Whether a field has another value in any block.
    pub fn has_field(&self, field: FieldId) -> bool {
        self.of(field).next().is_some()
    }

    /// The blocks that have another title.
    pub fn titles(&self) -> &[BlockId] {
        &self.titles
    }

    /// Whether something may now be matched otherwise in the words of any block, or found otherwise in any document.
    pub fn changes_text(&self) -> bool {
        self.matched
    }

    /// The blocks of which something may be matched otherwise in words, or found otherwise in documents.
    pub fn reworded(&self) -> &BTreeSet<BlockId> {
        &self.said
    }

    /// The blocks without an id that say another thing, which is what such blocks are known by; with those inside of them.
    pub fn nameless(&self) -> &[BlockId] {
        &self.nameless
    }

    /// Whether it is no longer, or only now, known wholly who refers to what by a field.
    pub fn is_blurred(&self, field: FieldId) -> bool {
        self.blurred.contains(&field)
    }
}

/// Where something may be matched or found otherwise after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum LexicalInvalidation {
    Nowhere,
    /// In the block itself, and in those that quote by it.
    Here,
    Everywhere,
}

/// Where what the program hears and finds by itself may depend on a field of a kind.
fn lexical_invalidation(schema: &Schema, kind: KindId, field: FieldId) -> LexicalInvalidation {
    let quotes =
        |kind: KindId| schema.kind(kind).fields.iter().any(|field| schema.field(*field).holds == FieldType::Words);
    let declared = schema.field(field);
    let is_named = |name: &&str| *name == declared.name;
    let leads_to_quotations = match declared.holds.kinds() {
        Some(kinds) => schema.concrete(kinds).into_iter().any(quotes),
        None => declared.holds == FieldType::Words,
    };
    if declared.holds == FieldType::File || [ALSO, LANGUAGE].iter().chain(&READ_AS).any(is_named) {
        LexicalInvalidation::Everywhere
    } else if leads_to_quotations || quotes(kind) || declared.name == ITEMS {
        LexicalInvalidation::Here
    } else {
        LexicalInvalidation::Nowhere
    }
}

/// Where what the program hears may depend on a title: it is a name, where blocks have other names.
fn by_title(schema: &Schema, kind: KindId) -> LexicalInvalidation {
    if schema.field_of(kind, ALSO).is_some() { LexicalInvalidation::Everywhere } else { LexicalInvalidation::Here }
}

/// The title of a block, and whether it is not meant as it is written.
fn title<'a>(part: &'a FileIndex, row: &BlockRow) -> Option<(bool, &'a str)> {
    let is_made = row.title_made != NONE;
    row.title.is_somewhere().then(|| (is_made, part.text(row.title_made, row.title)))
}

/// The fields of a block that do not hold the same; all of them, if they do not stand in the same order.
fn differing((old, a): (LinkedFile<'_>, &BlockRow), (new, b): (LinkedFile<'_>, &BlockRow)) -> Vec<FieldId> {
    let (before, now) = (old.part.fields_of(a), new.part.fields_of(b));
    let id = |row: &FieldRow| row.field;
    if !before.iter().map(id).eq(now.iter().map(id)) {
        let all: BTreeSet<FieldId> = before.iter().chain(now).map(id).collect();
        return all.into_iter().collect();
    }
    let pairs = before.iter().zip(now);
    pairs.filter(|(a, b)| !holds_same((old, a), (new, b))).map(|(a, _)| a.field).collect()
}

fn holds_same((old, a): (LinkedFile<'_>, &FieldRow), (new, b): (LinkedFile<'_>, &FieldRow)) -> bool {
    let (first, other) = (a.first_value as usize, b.first_value as usize);
    a.values == b.values && (0..a.values as usize).all(|at| is_same((old, first + at), (new, other + at)))
}

/// Whether two values say the same. What leads nowhere is as broken as what could not be read.
fn is_same((old, at): (LinkedFile<'_>, usize), (new, other): (LinkedFile<'_>, usize)) -> bool {
    let (a, b) = (&old.part.values[at], &new.part.values[other]);
    if a.sort != b.sort {
        return false;
    }
    let payloads = (a.payload as usize, b.payload as usize);
    match a.sort {
        ValueKind::Own | ValueKind::Flag => a.payload == b.payload,
        ValueKind::Reference => {
            let target = |targets: &[u32], at: usize| targets.get(at).copied().unwrap_or(NONE);
            old.part.path(a) == new.part.path(b) && target(old.targets, at) == target(new.targets, other)
        }
        // What is written has its marks around it, and what was made has none.
        ValueKind::Text | ValueKind::Term => {
            (a.payload == NONE) == (b.payload == NONE)
                && old.part.text(a.payload, a.at) == new.part.text(b.payload, b.at)
        }
        ValueKind::Number => old.part.numbers[payloads.0].to_bits() == new.part.numbers[payloads.1].to_bits(),
        ValueKind::Days => old.part.days[payloads.0] == new.part.days[payloads.1],
        ValueKind::Broken => true,
    }
}
