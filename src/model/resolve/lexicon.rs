//! The words of a schema, found by hashing: every block and every field of every file asks for one.

use hashbrown::HashMap;

use crate::schema::{FieldId, KindId, Schema};

/// The kinds and fields of a schema by their names.
#[derive(Debug)]
pub struct Lexicon<'a> {
    pub(super) schema: &'a Schema,
    kinds: HashMap<&'a str, KindId>,
    /// By kind.
    fields: Vec<HashMap<&'a str, FieldId>>,
    /// By kind, the fields that must stand.
    required: Vec<Vec<FieldId>>,
    /// By kind, the field whose value is the id unless another is written.
    numbered: Vec<Option<FieldId>>,
}

impl<'a> Lexicon<'a> {
    /// The words of a schema.
    pub fn new(schema: &'a Schema) -> Lexicon<'a> {
        // Where a name stands twice, the first counts, as it does for the schema.
        let named = |kind: &KindId| (schema.kind(*kind).name.as_str(), *kind);
        let kinds: Vec<KindId> = schema.kind_ids().collect();
        // A name that a field had before is its own unless another has it now.
        let fields = |kind: &KindId| {
            let fields = || schema.kind(*kind).fields.iter().rev().map(|field| (schema.field(*field), *field));
            let former = fields().flat_map(|(field, id)| field.was.iter().map(move |name| (name.as_str(), id)));
            former.chain(fields().map(|(field, id)| (field.name.as_str(), id))).collect()
        };
        let required = |kind: &KindId| {
            let fields = schema.kind(*kind).fields.iter().copied();
            fields.filter(|field| schema.field(*field).card.required && !schema.field(*field).is_virtual()).collect()
        };
        let numbered = |kind: &KindId| {
            let mut fields = schema.kind(*kind).fields.iter().copied();
            fields.find(|field| schema.field(*field).from_id)
        };
        Lexicon {
            schema,
            kinds: kinds.iter().rev().map(named).collect(),
            fields: kinds.iter().map(fields).collect(),
            required: kinds.iter().map(required).collect(),
            numbered: kinds.iter().map(numbered).collect(),
        }
    }

    pub(super) fn kind(&self, name: &str) -> Option<KindId> {
        self.kinds.get(name).copied()
    }

    pub(super) fn field(&self, kind: KindId, name: &str) -> Option<FieldId> {
        self.fields[usize::from(kind.0)].get(name).copied()
    }

    pub(super) fn required(&self, kind: KindId) -> &[FieldId] {
        &self.required[usize::from(kind.0)]
    }

    pub(super) fn numbered(&self, kind: KindId) -> Option<FieldId> {
        self.numbered[usize::from(kind.0)]
    }
}
