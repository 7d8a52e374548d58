//! Small questions about a corpus, shared by conditions, checks and messages.

use super::{Block, BlockId, Corpus, FieldValues, Held, Referrers, Value, local};
use crate::schema::FieldId;
use crate::text::Span;

impl Corpus {
    /// The field as it stands in a block, if it does.
    pub fn field(&self, block: BlockId, field: FieldId) -> Option<&FieldValues> {
        self.block(block).fields.iter().find(|held| held.field == field)
    }

    /// The values of a field of a block; none when the field is absent.
    pub fn values(&self, block: BlockId, field: FieldId) -> &[Held] {
        self.field(block, field).map_or(&[], |held| &held.values)
    }

    /// The blocks that a field of a block refers to; from both ends when the field is symmetric.
    pub fn targets(&self, block: BlockId, field: FieldId) -> Vec<BlockId> {
        let mut targets: Vec<BlockId> = self.forward(block, field).collect();
        if self.schema.field(field).symmetric {
            targets.extend(self.referrers(block, field));
        }
        targets
    }

    /// The blocks whose field refers to a block, in document order.
    pub fn referrers(&self, block: BlockId, field: FieldId) -> &[BlockId] {
        self.seen_from_behind(field).by_target.get(&block).map_or(&[], Vec::as_slice)
    }

    /// Whether a field holds a broken value in any block, so that [`Corpus::referrers`] may lack one.
    pub fn is_broken_anywhere(&self, field: FieldId) -> bool {
        self.incomplete || self.seen_from_behind(field).is_broken
    }

    /// Whether any block holds a field.
    pub fn is_used(&self, field: FieldId) -> bool {
        self.seen_from_behind(field).is_used
    }

    fn seen_from_behind(&self, field: FieldId) -> &Referrers {
        self.referrers[field.0 as usize].get_or_init(|| self.index_referrers(field))
    }

    /// Whether a field of a block holds a value that was reported as broken.
    pub fn is_broken(&self, block: BlockId, field: FieldId) -> bool {
        self.values(block, field).iter().any(|held| held.value == Value::Broken)
    }

    /// The name by which a reader knows a block: its id without the namespace, else its kind.
    pub fn name(&self, block: BlockId) -> &str {
        let data = self.block(block);
        match &data.id {
            Some(id) => local(id, &data.namespace),
            None => &self.schema.kind(data.kind).name,
        }
    }

    /// What tells a block from all others, free of places: its full id, or for an anonymous block
    /// the identity of the block around it and its own kind.
    pub fn identity(&self, block: BlockId) -> String {
        let data = self.block(block);
        if let Some(id) = &data.id {
            return id.clone();
        }
        let kind = &self.schema.kind(data.kind).name;
        let outer = data.outer.map(|outer| self.identity(outer)).unwrap_or_default();
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

    fn forward(&self, block: BlockId, field: FieldId) -> impl Iterator<Item = BlockId> {
        self.values(block, field).iter().filter_map(|held| match held.value {
            Value::Block(target) => Some(target),
            Value::Text(_) | Value::Term(_) | Value::Number(_) | Value::Days(_) | Value::Flag(_) | Value::Broken => {
                None
            }
        })
    }

    fn index_referrers(&self, field: FieldId) -> Referrers {
        let mut index = Referrers::default();
        for block in self.block_ids() {
            index.is_broken |= self.is_broken(block, field);
            index.is_used |= self.field(block, field).is_some();
            for target in self.forward(block, field) {
                let from = index.by_target.entry(target).or_default();
                if from.last() != Some(&block) {
                    from.push(block);
                }
            }
        }
        index
    }
}

impl Block {
    /// The texts and words that a block itself holds, as part of the identity of anonymous blocks: neither
    /// the order of its fields nor the breaks of its lines count.
    fn own_words(&self) -> String {
        let values = self.fields.iter().flat_map(|field| &field.values);
        let words = values.filter_map(|held| match &held.value {
            Value::Text(words) | Value::Term(words) => Some(words.as_str()),
            Value::Block(_) | Value::Number(_) | Value::Days(_) | Value::Flag(_) | Value::Broken => None,
        });
        let mut words: Vec<String> =
            words.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        words.sort_unstable();
        words.join(" ")
    }
}
