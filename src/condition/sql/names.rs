//! What the tables of facts are called.

use std::collections::{BTreeMap, BTreeSet};

use super::literal::identifier;
use crate::condition::ast::tree::LatticeRelation;
use crate::condition::native::field::NativeField;
use crate::condition::plan::Implicit;
use crate::schema::{FieldId, Kind, Schema};

/// Every block: its number, its project and its kind.
pub(super) const BLOCK: &str = "block";
/// Every project: its number and its folder.
pub(super) const PROJECT: &str = "project";
/// Every text that a block holds, with each of its words.
pub(super) const WORDS: &str = "text.words";
/// Every text that a block holds, in small letters.
pub(super) const LOWER: &str = "text.lower";

/// What every block has without writing it as a field.
pub(super) const IMPLICIT: [(Implicit, &str); 5] = [
    (Implicit::Id, "own.id"),
    (Implicit::Kind, "own.kind"),
    (Implicit::Title, "own.title"),
    (Implicit::Namespace, "own.namespace"),
    (Implicit::File, "own.file"),
];

/// The verdicts on two blocks.
pub(super) const VERDICTS: [(LatticeRelation, &str); 2] =
    [(LatticeRelation::Within, "verdict.within"), (LatticeRelation::Overlaps, "verdict.overlaps")];

/// What the tables of fields and of native facts are called, in a schema.
pub(super) struct TableNames {
    fields: BTreeMap<FieldId, String>,
    natives: Vec<(NativeField, String)>,
}

impl TableNames {
    pub(super) fn new(schema: &Schema) -> TableNames {
        let others = [BLOCK, PROJECT, WORDS, LOWER].into_iter();
        let others = others.chain(IMPLICIT.map(|(_, name)| name)).chain(VERDICTS.map(|(_, name)| name));
        let mut taken: BTreeSet<String> = others.map(identifier).collect();
        let mut natives = Vec::new();
        for name in NativeField::names(schema) {
            if let Some(native_field) = NativeField::named(&name, schema) {
                let numeric = native_field.numeric();
                natives.push((native_field, unused(format!("native.{name}"), &mut taken)));
                natives.extend(numeric.map(|numeric| (numeric, unused(format!("native.{name}.number"), &mut taken))));
            }
        }
        let inherits =
            |kind: &Kind, field: FieldId| kind.parent.is_some_and(|parent| schema.kind(parent).fields.contains(&field));
        let owner =
            |field: FieldId| schema.kinds.iter().find(|kind| kind.fields.contains(&field) && !inherits(kind, field));
        let mut fields = BTreeMap::new();
        for field in schema.field_ids().filter(|field| !schema.field(*field).is_virtual()) {
            let kind = owner(field).map(|kind| kind.name.as_str()).unwrap_or_default();
            fields.insert(field, unused(format!("{kind}.{}", schema.field(field).name), &mut taken));
        }
        TableNames { fields, natives }
    }

    /// The table of a field that blocks write.
    pub(super) fn field(&self, field: FieldId) -> &str {
        self.fields.get(&field).map(String::as_str).unwrap_or_default()
    }

    /// The table of what a provider finds.
    pub(super) fn native(&self, native_field: &NativeField) -> &str {
        let found = self.natives.iter().find(|(known, _)| known == native_field);
        found.map(|(_, name)| name.as_str()).unwrap_or_default()
    }

    /// The table of what every block has.
    pub(super) fn implicit(implicit: Implicit) -> &'static str {
        IMPLICIT.iter().find(|(known, _)| *known == implicit).map(|(_, name)| *name).unwrap_or_default()
    }

    /// The table of verdicts.
    pub(super) fn verdict(bond: LatticeRelation) -> &'static str {
        VERDICTS.iter().find(|(known, _)| *known == bond).map(|(_, name)| *name).unwrap_or_default()
    }

    /// The tables of fields, in the order of the schema.
    pub(super) fn fields(&self) -> impl Iterator<Item = (FieldId, &str)> {
        self.fields.iter().map(|(field, name)| (*field, name.as_str()))
    }

    /// The tables of native facts.
    pub(super) fn natives(&self) -> impl Iterator<Item = (&NativeField, &str)> {
        self.natives.iter().map(|(native_field, name)| (native_field, name.as_str()))
    }
}

/// The name, with strokes after it as long as another table is called so; names count as they are written, in small
/// letters, because SQL takes no heed of capitals.
fn unused(mut name: String, taken: &mut BTreeSet<String>) -> String {
    while !taken.insert(identifier(&name).to_lowercase()) {
        name.push('\'');
    }
    name
}
