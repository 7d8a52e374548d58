//! Small questions about a corpus, shared by conditions, checks and messages.

use super::{Block, BlockId, Corpus, FieldValues, Value, Values, local};
use crate::schema::{FieldId, KindId};
use crate::text::{Sources, Span, one_line};

impl Corpus {
    /// The field as it stands in a block, if it does.
    pub fn field(&self, block: BlockId, field: FieldId) -> Option<FieldValues<'_>> {
        self.block(block).field(field)
    }

    /// The values of a field of a block; none when the field is absent.
    pub fn values(&self, block: BlockId, field: FieldId) -> Values<'_> {
        self.field(block, field).map_or_else(Values::default, |held| held.values)
    }

    /// The blocks that a field of a block refers to; from both ends when the field is symmetric.
    pub fn targets(&self, block: BlockId, field: FieldId) -> Vec<BlockId> {
        let mut targets: Vec<BlockId> = self.forward(block, field).collect();
        if self.schema.field(field).symmetric {
            targets.extend(self.referrers(block, field));
        }
        targets
    }

    /// Whether a field of a block holds a value that was reported as broken.
    pub fn is_broken(&self, block: BlockId, field: FieldId) -> bool {
        self.values(block, field).iter().any(|held| held.value == Value::Broken)
    }

    /// Whether a block has a text of its own, with its kind before it, rather than being declared by its first use or written as a
    /// value.
    pub fn is_written(&self, block: BlockId, sources: &Sources) -> bool {
        let kind = &self.schema.kind(self.kind(block)).name;
        let words = sources.slice(self.block(block).whole());
        let rest = words.strip_prefix(kind.as_str());
        rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || "-_/".contains(next)))
    }

    /// The name by which a reader knows a block: its id without the namespace, else its kind.
    pub fn name(&self, block: BlockId) -> &str {
        let data = self.block(block);
        match data.id() {
            Some(id) => local(id, data.namespace()),
            None => &self.schema.kind(data.kind()).name,
        }
    }

    /// What tells a block from all others, free of places: its full id, or for an anonymous block
    /// the identity of the block around it and its own kind.
    pub fn identity(&self, block: BlockId) -> String {
        let data = self.block(block);
        if let Some(id) = data.id() {
            return id.to_owned();
        }
        let kind = &self.schema.kind(data.kind()).name;
        let outer = data.outer().map(|outer| self.identity(outer)).unwrap_or_default();
        format!("{outer}/<{kind}>{}", data.own_words())
    }

    /// Where the values of a field stand, from the first to the last; without values, its name.
    pub fn place(&self, block: BlockId, field: FieldId) -> Option<Span> {
        let held = self.field(block, field)?;
        match (held.values.first(), held.values.last()) {
            (Some(first), Some(last)) if first.span.source == last.span.source => Some(first.span.to(last.span)),
            _ => Some(held.name),
        }
    }

    /// Adds the numbers of the blocks that a field of a block refers to: as [`Corpus::values`] tells them, but without their
    /// places, which is faster where all blocks are asked.
    pub fn add_targets(&self, block: BlockId, field: FieldId, into: &mut Vec<u32>) {
        let place = self.places[block.0 as usize];
        let linked = self.linked_part(place.part as usize);
        let rows = linked.part.fields_of(&linked.part.blocks[place.row as usize]);
        let Some(held) = rows.iter().find(|row| row.field == field) else { return };
        let values = held.first_value as usize..(held.first_value + held.values) as usize;
        into.extend(values.filter_map(|value| linked.target(value)).map(|block| block.0));
    }

    fn forward(&self, block: BlockId, field: FieldId) -> impl Iterator<Item = BlockId> {
        self.values(block, field).into_iter().filter_map(|held| held.value.block())
    }

    /// The blocks of all kinds that have a field, in document order.
    pub fn with_field(&self, field: FieldId) -> Vec<BlockId> {
        self.of_kinds(self.schema.kind_ids().filter(|kind| self.schema.kind(*kind).fields.contains(&field)))
    }

    /// The blocks of some kinds, in document order.
    pub fn of_kinds(&self, kinds: impl IntoIterator<Item = KindId>) -> Vec<BlockId> {
        let mut blocks: Vec<BlockId> = kinds.into_iter().flat_map(|kind| self.of_kind(kind)).copied().collect();
        // Those of each kind are in order already, of which this way to sort makes use.
        blocks.sort();
        blocks
    }

    /// The blocks that any field of a block refers to.
    pub(super) fn linked(&self, block: BlockId) -> impl Iterator<Item = BlockId> {
        self.block(block).values().filter_map(|held| held.value.block())
    }

    /// The texts and words that a field of that name holds in a block; none where its kind has no such field.
    pub fn texts(&self, block: BlockId, field: &str) -> impl Iterator<Item = &str> {
        let field = self.schema.field_of(self.kind(block), field);
        let values = field.map_or_else(Values::default, |field| self.values(block, field));
        values.into_iter().filter_map(|held| held.value.words())
    }
}

impl Block<'_> {
    /// The texts and words that a block itself holds, as part of the identity of anonymous blocks: neither
    /// the order of its fields nor the breaks of its lines count.
    fn own_words(self) -> String {
        let words = self.values().filter_map(|held| held.value.words());
        let mut words: Vec<String> = words.map(one_line).collect();
        words.sort_unstable();
        words.join(" ")
    }
}
