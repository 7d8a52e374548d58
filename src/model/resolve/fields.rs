//! The second pass over a piece of a file: what each block holds, by its kind's fields.

use super::declare::FileIndexBuilder;
use super::problems;
use crate::diagnostic::Diagnostic;
use crate::model::index::file::{BlockRow, ByteRange, FieldRow, NONE, ValueKind, ValueRow};
use crate::model::local;
use crate::schema::FieldId;
use crate::syntax::{fold_name, tree};
use crate::text::Span;

/// Fills the fields of a block and of those inside it, which have been declared in these rows.
pub(super) fn fill(draft: &mut FileIndexBuilder<'_>, written: &tree::BlockNode, rows: &mut impl Iterator<Item = u32>) {
    if let Some(block) = rows.next().filter(|row| *row != NONE) {
        let lost = if draft.lost.is_empty() { Vec::new() } else { draft.lost.remove(&block).unwrap_or_default() };
        let held = std::mem::take(&mut draft.held);
        BlockFields { draft, block, lost, held }.fill(written);
    }
    for item in written.items() {
        if let tree::BodyItem::Block(nested) = item {
            fill(draft, nested, rows);
        }
    }
}

/// The filling of one block.
struct BlockFields<'p, 'a> {
    draft: &'p mut FileIndexBuilder<'a>,
    /// Its row.
    block: u32,
    /// Fields that were meant and could not be read.
    lost: Vec<FieldId>,
    /// The fields that it has so far.
    held: Vec<FieldRow>,
}

impl BlockFields<'_, '_> {
    fn fill(mut self, written: &tree::BlockNode) {
        self.nested();
        for item in written.items() {
            if let tree::BodyItem::Field(field) = item {
                self.field(field);
            }
        }
        self.number();
        self.lost();
        self.missing();
        let (first, fields) = self.draft.put(&self.held);
        let row = &mut self.draft.part.blocks[self.block as usize];
        (row.first_field, row.fields) = (first, fields);
        self.held.clear();
        self.draft.held = self.held;
    }

    fn field(&mut self, written: &tree::FieldNode) {
        let lexicon = self.draft.lexicon;
        let schema = lexicon.schema;
        let kind = self.row().kind;
        let name = fold_name(self.draft.slice(written.name));
        let Some(field) = lexicon.field(kind, &name) else {
            self.lost.extend(problems::field_meant(schema, kind, &name));
            if !schema.incomplete {
                self.report(problems::unknown_field(schema, kind, &name, written.name));
            }
            return;
        };
        if schema.field(field).is_virtual() {
            self.report(problems::computed_field(&name, written.name));
            return;
        }
        if schema.field(field).name != *name {
            self.report(problems::renamed_field(schema.field(field), &name, written.name));
        }
        if let Some(first) = self.held.iter().find(|held| held.field == field) {
            let first = ByteRange { start: first.name, end: first.name + u32::from(first.name_length) };
            let first = self.draft.part.span(first);
            self.report(problems::repeated_field(&name, written.name, first));
            return;
        }
        let mut values = std::mem::take(&mut self.draft.values);
        values.clear();
        let is_cut_off = self.draft.goes_on(written.span());
        match self.draft.takes_parts(field) {
            true => self.parted((field, written, is_cut_off), &mut values),
            false => {
                let whole = written.values().count() - usize::from(is_cut_off);
                values.extend(written.values().enumerate().map(|(at, value)| match at < whole {
                    true => self.draft.value(self.block, field, value),
                    false => broken(value),
                }));
            }
        }
        self.check_count(field, &mut values);
        self.hold(field, written.name.into(), &values);
        self.draft.values = values;
    }

    /// Reads values of several parts. One whose second part could not be read, which the line may go on with, is left alone; one
    /// whose parts stand behind each other with a comma is reported.
    fn parted(&mut self, (field, written, is_cut_off): (FieldId, &tree::FieldNode, bool), values: &mut Vec<ValueRow>) {
        let mut written = written.values().peekable();
        while let Some(value) = written.next() {
            let row = match (value, written.peek()) {
                (tree::ValueNode::Path(_), Some(tree::ValueNode::Broken(_))) => broken(value),
                (tree::ValueNode::Path(_), None) if is_cut_off => broken(value),
                (tree::ValueNode::Path(source), Some(tree::ValueNode::Text(text))) => {
                    let between = Span::new(text.source, source.span().end, text.start);
                    self.report(problems::parts_with_comma(self.draft.slice(source.span()), between));
                    written.next();
                    broken(value)
                }
                (tree::ValueNode::Text(text), Some(tree::ValueNode::Path(source))) => {
                    self.report(problems::parts_turned_round(self.draft.slice(source.span()), text.to(source.span())));
                    written.next();
                    broken(value)
                }
                _ => self.draft.value(self.block, field, value),
            };
            values.push(row);
        }
    }

    /// A field that holds one value keeps the first of several.
    fn check_count(&mut self, field: FieldId, values: &mut Vec<ValueRow>) {
        let definition = self.draft.lexicon.schema.field(field);
        if let (false, Some(second)) = (definition.card.many, values.get(1)) {
            // One that could not be read was reported.
            if second.sort != ValueKind::Broken {
                let at = self.draft.part.span(second.at);
                self.report(problems::surplus_value(definition, at));
            }
            values.truncate(1);
        }
    }

    /// The field that nesting fills.
    fn nested(&mut self) {
        let row = *self.row();
        let Some(field) = self.draft.schema().kind(row.kind).nests else { return };
        if row.outer == NONE && self.is_outermost() {
            return;
        }
        let sort = if row.outer == NONE { ValueKind::Broken } else { ValueKind::Own };
        self.hold(field, row.header, &[ValueRow { sort, payload: row.outer, at: row.header }]);
    }

    fn is_outermost(&self) -> bool {
        let part = &self.draft.part;
        part.words(self.row().id).is_none_or(|id| !local(id, &part.home.namespace).contains('/'))
    }

    /// The field whose value is the id unless another is written.
    fn number(&mut self) {
        let row = *self.row();
        let Some(field) = self.draft.lexicon.numbered(row.kind) else { return };
        let Some(id) = self.draft.part.words(row.id) else { return };
        if self.has(field) {
            return;
        }
        let number = id.rsplit('/').next().unwrap_or(id);
        let is_written = self.draft.part.slice(row.header) == number;
        let number = (!is_written).then(|| number.to_owned());
        let payload = number.map_or(NONE, |number| self.draft.part.make(number));
        self.hold(field, row.header, &[ValueRow { sort: ValueKind::Term, payload, at: row.header }]);
    }

    /// The fields that were meant and could not be read, as broken ones.
    fn lost(&mut self) {
        let mut lost = std::mem::take(&mut self.lost);
        lost.sort_unstable();
        lost.dedup();
        lost.retain(|field| !self.has(*field));
        lost.into_iter().for_each(|field| self.hold_broken(field));
    }

    fn hold_broken(&mut self, field: FieldId) {
        let at = self.row().header;
        self.hold(field, at, &[ValueRow { sort: ValueKind::Broken, payload: NONE, at }]);
    }

    /// Reports the required fields that are missing, and marks them, so that rules stay silent on them.
    fn missing(&mut self) {
        let lexicon = self.draft.lexicon;
        let BlockRow { kind, header, .. } = *self.row();
        let missing: Vec<FieldId> = lexicon.required(kind).iter().copied().filter(|field| !self.has(*field)).collect();
        if !missing.is_empty() {
            let at = self.draft.part.span(header);
            self.report(problems::missing_fields(lexicon.schema, kind, &missing, at));
        }
        missing.into_iter().for_each(|field| self.hold_broken(field));
    }

    fn has(&self, field: FieldId) -> bool {
        self.held.iter().any(|held| held.field == field)
    }

    fn hold(&mut self, field: FieldId, name: ByteRange, values: &[ValueRow]) {
        let row = self.draft.part.hold((field, name), values);
        self.held.push(row);
    }

    fn row(&self) -> &BlockRow {
        &self.draft.part.blocks[self.block as usize]
    }

    fn report(&mut self, problem: Diagnostic) {
        self.draft.report_of(self.block, problem);
    }
}

/// A value that could not be read, which is reported elsewhere.
fn broken(value: &tree::ValueNode) -> ValueRow {
    ValueRow { sort: ValueKind::Broken, payload: NONE, at: value.span().into() }
}
