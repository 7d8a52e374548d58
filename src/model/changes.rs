//! What an edit of one file changed in its blocks, where all of them kept their numbers and names.

use std::collections::BTreeSet;

use super::part::{BlockRow, FieldRow, NONE, Part, Sort};
use super::said::{ALSO, ITEMS, LANGUAGE};
use crate::schema::{FieldId, FieldType, KindId, Schema};
use crate::text::SourceId;

/// The fields by which a block tells how its document is to be read.
const READ_AS: [&str; 2] = ["format", "encoding"];

/// What has another value than before an edit.
#[derive(Debug, Default)]
pub struct Changes {
    source: Option<SourceId>,
    fields: BTreeSet<(KindId, FieldId)>,
    titles: bool,
    heard: bool,
    nameless: bool,
}

/// A part, and what its references lead to.
type Linked<'a> = (&'a Part, &'a [u32]);

impl Changes {
    /// What is not the same in two parts whose blocks are.
    pub(super) fn between(old: Linked<'_>, new: Linked<'_>, schema: &Schema) -> Changes {
        let mut changes = Changes { source: Some(new.0.home.source), ..Changes::default() };
        for (a, b) in old.0.blocks.iter().zip(&new.0.blocks) {
            let found = differing((old, a), (new, b));
            let title = title(old.0, a) != title(new.0, b);
            changes.titles |= title;
            changes.nameless |= new.0.words(b.id).is_none() && (title || !found.is_empty());
            changes.heard |= title || found.iter().any(|field| is_heard(schema, a.kind, *field));
            changes.fields.extend(found.into_iter().map(|field| (a.kind, field)));
        }
        changes
    }

    /// The file in which things may have moved.
    pub fn source(&self) -> Option<SourceId> {
        self.source
    }

    /// Whether a field has another value in some block of a kind.
    pub fn has(&self, kind: KindId, field: FieldId) -> bool {
        self.fields.contains(&(kind, field))
    }

    /// Whether a field has another value in any block.
    pub fn has_field(&self, field: FieldId) -> bool {
        self.fields.iter().any(|(_, changed)| *changed == field)
    }

    /// Whether a block has another title.
    pub fn has_title(&self) -> bool {
        self.titles
    }

    /// Whether something may now be heard otherwise in words, or found otherwise in documents.
    pub fn is_heard(&self) -> bool {
        self.heard
    }

    /// Whether a block without an id says another thing, which is what such blocks are known by.
    pub fn is_nameless(&self) -> bool {
        self.nameless
    }
}

/// Whether what the program hears and finds by itself may depend on a field of a kind.
fn is_heard(schema: &Schema, kind: KindId, field: FieldId) -> bool {
    let quotes =
        |kind: KindId| schema.kind(kind).fields.iter().any(|field| schema.field(*field).holds == FieldType::Words);
    let declared = schema.field(field);
    let leads_to_quotations = if let FieldType::Ref(kinds) = &declared.holds {
        schema.concrete(kinds).into_iter().any(quotes)
    } else {
        matches!(declared.holds, FieldType::File | FieldType::Words)
    };
    let is_named = |name: &&str| *name == declared.name;
    leads_to_quotations || quotes(kind) || [ALSO, ITEMS, LANGUAGE].iter().chain(&READ_AS).any(is_named)
}

/// The title of a block, and whether it is not meant as it is written.
fn title<'a>(part: &'a Part, row: &BlockRow) -> Option<(bool, &'a str)> {
    let is_made = row.title_made != NONE;
    row.title.is_somewhere().then(|| (is_made, part.text(row.title_made, row.title)))
}

/// The fields of a block that do not hold the same; all of them, if they do not stand in the same order.
fn differing((old, a): (Linked<'_>, &BlockRow), (new, b): (Linked<'_>, &BlockRow)) -> Vec<FieldId> {
    let (before, now) = (old.0.fields_of(a), new.0.fields_of(b));
    let id = |row: &FieldRow| row.field;
    if !before.iter().map(id).eq(now.iter().map(id)) {
        return before.iter().chain(now).map(id).collect();
    }
    let pairs = before.iter().zip(now);
    pairs.filter(|(a, b)| !holds_same((old, a), (new, b))).map(|(a, _)| a.field).collect()
}

fn holds_same((old, a): (Linked<'_>, &FieldRow), (new, b): (Linked<'_>, &FieldRow)) -> bool {
    let (first, other) = (a.first_value as usize, b.first_value as usize);
    a.values == b.values && (0..a.values as usize).all(|at| is_same((old, first + at), (new, other + at)))
}

/// Whether two values say the same. What leads nowhere is as broken as what could not be read.
fn is_same(((old, old_targets), at): (Linked<'_>, usize), ((new, new_targets), other): (Linked<'_>, usize)) -> bool {
    let (a, b) = (&old.values[at], &new.values[other]);
    if a.sort != b.sort {
        return false;
    }
    let payloads = (a.payload as usize, b.payload as usize);
    match a.sort {
        Sort::Own | Sort::Flag => a.payload == b.payload,
        Sort::Reference => {
            let target = |targets: &[u32], at: usize| targets.get(at).copied().unwrap_or(NONE);
            old.path(a) == new.path(b) && target(old_targets, at) == target(new_targets, other)
        }
        // What is written has its marks around it, and what was made has none.
        Sort::Text | Sort::Term => {
            (a.payload == NONE) == (b.payload == NONE) && old.text(a.payload, a.at) == new.text(b.payload, b.at)
        }
        Sort::Number => old.numbers[payloads.0].to_bits() == new.numbers[payloads.1].to_bits(),
        Sort::Days => old.days[payloads.0] == new.days[payloads.1],
        Sort::Broken => true,
    }
}
