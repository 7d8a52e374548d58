//! Second pass: what each block holds, by its kind's fields.

use super::values::Reader;
use super::{Draft, problems};
use crate::diagnostic::Diagnostic;
use crate::model::{BlockId, FieldValues, Held, Value, local};
use crate::schema::{FieldId, Schema};
use crate::syntax::{fold_name, tree};
use crate::text::{Nearest, Sources};

/// Fills the fields of every declared block, and declares what first use declares.
pub(super) fn fill(draft: &mut Draft<'_>, sources: &Sources, schema: &Schema, problems: &mut Vec<Diagnostic>) {
    let trees = std::mem::take(&mut draft.trees);
    let lost = std::mem::take(&mut draft.lost);
    let mut reader = Reader {
        sources,
        schema,
        problems,
        blocks: &mut draft.blocks,
        names: &mut draft.names,
        nearest: Nearest::default(),
    };
    for (at, written) in trees.into_iter().enumerate() {
        let block = BlockId(at as u32);
        let lost = lost.get(&block).cloned().unwrap_or_default();
        Pass { reader: &mut reader, block, lost }.fill(written);
    }
}

/// The filling of one block.
struct Pass<'r, 'a> {
    reader: &'r mut Reader<'a>,
    block: BlockId,
    /// Fields that were meant and could not be read.
    lost: Vec<FieldId>,
}

impl Pass<'_, '_> {
    fn fill(&mut self, written: &tree::Block) {
        let mut held: Vec<FieldValues> = self.nested().into_iter().collect();
        for item in written.items() {
            if let tree::Item::Field(field) = item {
                held.extend(self.field(field, &held));
            }
        }
        held.extend(self.number(&held));
        held.extend(self.lost(&held));
        held.extend(self.missing(&held));
        self.reader.blocks[self.block.0 as usize].fields = held;
    }

    fn field(&mut self, written: &tree::Field, before: &[FieldValues]) -> Option<FieldValues> {
        let schema = self.reader.schema;
        let kind = self.data().kind;
        let name = fold_name(self.reader.sources.slice(written.name));
        let renamed = schema.renamed_of(kind, &name);
        if let Some(field) = renamed {
            self.report(problems::renamed_field(schema.field(field), &name, written.name));
        }
        let Some(field) = schema.field_of(kind, &name).or(renamed) else {
            self.lost.extend(problems::field_meant(schema, kind, &name));
            let problem = problems::unknown_field(schema, kind, &name, written.name);
            self.report(problem);
            return None;
        };
        if schema.field(field).is_virtual() {
            self.report(problems::computed_field(&name, written.name));
            return None;
        }
        if let Some(first) = before.iter().find(|held| held.field == field) {
            let problem = problems::repeated_field(&name, written.name, first.name);
            self.report(problem);
            return None;
        }
        let mut values: Vec<Held> =
            written.values.iter().map(|value| self.reader.value(self.block, field, value)).collect();
        self.check_count(field, &mut values);
        self.check_repeats(field, &values);
        Some(FieldValues { field, name: written.name, values })
    }

    /// A field that holds one value keeps the first of several.
    fn check_count(&mut self, field: FieldId, values: &mut Vec<Held>) {
        let definition = self.reader.schema.field(field);
        if let (false, Some(second)) = (definition.card.many, values.get(1)) {
            let problem = problems::surplus_value(definition, second.span);
            self.report(problem);
            values.truncate(1);
        }
    }

    fn check_repeats(&mut self, field: FieldId, values: &[Held]) {
        let mut seen = hashbrown::HashMap::new();
        for held in values {
            let Value::Block(target) = held.value else { continue };
            if target == self.block && self.reader.schema.field(field).irreflexive {
                let problem = problems::self_reference(self.reader.schema.field(field), held.span);
                self.report(problem);
            }
            if let Some(first) = (values.len() > 1).then(|| seen.insert(target, held.span)).flatten() {
                let word = self.reader.sources.slice(held.span);
                let problem = problems::repeated_value(word, held.span, first);
                self.report(problem);
            }
        }
    }

    /// The field that nesting fills.
    fn nested(&self) -> Option<FieldValues> {
        let data = self.data();
        let field = self.reader.schema.kind(data.kind).nests?;
        let value = data.outer.map_or(Value::Broken, Value::Block);
        let stands_alone = data.outer.is_none() && self.is_outermost();
        (!stands_alone).then(|| FieldValues {
            field,
            name: data.header,
            values: vec![Held { value, span: data.header }],
        })
    }

    fn is_outermost(&self) -> bool {
        let data = self.data();
        data.id.as_ref().is_none_or(|id| !local(id, &data.namespace).contains('/'))
    }

    /// The field whose value is the id unless another is written.
    fn number(&self, held: &[FieldValues]) -> Option<FieldValues> {
        let data = self.data();
        let schema = self.reader.schema;
        let field = schema.kind(data.kind).fields.iter().copied().find(|field| schema.field(*field).from_id)?;
        let id = data.id.as_ref()?;
        let number = id.rsplit('/').next().unwrap_or(id).to_owned();
        let value = Held { value: Value::Term(number), span: data.header };
        let absent = held.iter().all(|other| other.field != field);
        absent.then(|| FieldValues { field, name: data.header, values: vec![value] })
    }

    /// The fields that were meant and could not be read, as broken ones.
    fn lost(&mut self, held: &[FieldValues]) -> Vec<FieldValues> {
        let mut lost = std::mem::take(&mut self.lost);
        lost.sort_unstable();
        lost.dedup();
        let absent = |field: &FieldId| held.iter().all(|other| other.field != *field);
        lost.into_iter().filter(absent).map(|field| self.broken(field)).collect()
    }

    fn broken(&self, field: FieldId) -> FieldValues {
        let header = self.data().header;
        FieldValues { field, name: header, values: vec![Held { value: Value::Broken, span: header }] }
    }

    /// Reports the required fields that are missing, and marks them, so that rules stay silent on them.
    fn missing(&mut self, held: &[FieldValues]) -> Vec<FieldValues> {
        let schema = self.reader.schema;
        let (kind, header) = (self.data().kind, self.data().header);
        let absent = |field: &FieldId| {
            let wanted = schema.field(*field).card.required && !schema.field(*field).is_virtual();
            wanted && held.iter().all(|other| other.field != *field)
        };
        let missing: Vec<FieldId> = schema.kind(kind).fields.iter().copied().filter(absent).collect();
        if !missing.is_empty() {
            let problem = problems::missing_fields(schema, kind, &missing, header);
            self.report(problem);
        }
        missing.into_iter().map(|field| self.broken(field)).collect()
    }

    fn data(&self) -> &crate::model::Block {
        &self.reader.blocks[self.block.0 as usize]
    }

    fn report(&mut self, problem: Diagnostic) {
        self.reader.report(self.block, problem);
    }
}
