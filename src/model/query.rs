//! Small questions about a corpus, shared by conditions, checks and messages.

use super::{Block, BlockId, Corpus, FieldValues, Referrers, Value, Values, local};
use crate::schema::{FieldId, KindId};
use crate::text::Span;

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

    /// The blocks whose field refers to a block, in document order.
    pub fn referrers(&self, block: BlockId, field: FieldId) -> &[BlockId] {
        self.seen_from_behind(field).of(block)
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

    fn index_referrers(&self, field: FieldId) -> Referrers {
        let mut index = Referrers::default();
        let mut links: Vec<(BlockId, BlockId)> = Vec::new();
        for block in self.with_field(field) {
            let Some(held) = self.field(block, field) else { continue };
            index.is_used = true;
            index.is_broken |= held.values.iter().any(|held| held.value == Value::Broken);
            links.extend(held.values.into_iter().filter_map(|held| Some((held.value.block()?, block))));
        }
        index.sort(&links, self.places.len());
        index
    }
}

impl Referrers {
    /// The blocks that refer to one.
    fn of(&self, target: BlockId) -> &[BlockId] {
        let at = target.0 as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => &self.blocks[*from as usize..*to as usize],
            (Some(_) | None, _) => &[],
        }
    }

    /// Sorts pairs of a target and its referrer by targets, each pair once, keeping the order of referrers: by counting,
    /// since targets are numbers.
    fn sort(&mut self, links: &[(BlockId, BlockId)], blocks: usize) {
        if links.is_empty() {
            return;
        }
        // A block that refers to another twice does so in one run of its own.
        let mut last = vec![None; blocks];
        let mut is_new = |(target, from): &&(BlockId, BlockId)| last[target.0 as usize].replace(*from) != Some(*from);
        let links: Vec<&(BlockId, BlockId)> = links.iter().filter(&mut is_new).collect();
        let mut next = vec![0_u32; blocks + 1];
        for (target, _) in &links {
            next[target.0 as usize + 1] += 1;
        }
        for at in 0..blocks {
            next[at + 1] += next[at];
        }
        self.starts.clone_from(&next);
        self.blocks = vec![BlockId(0); links.len()];
        for (target, from) in links {
            let place = &mut next[target.0 as usize];
            self.blocks[*place as usize] = *from;
            *place += 1;
        }
    }
}

impl Block<'_> {
    /// The texts and words that a block itself holds, as part of the identity of anonymous blocks: neither
    /// the order of its fields nor the breaks of its lines count.
    fn own_words(self) -> String {
        let words = self.values().filter_map(|held| held.value.words());
        let mut words: Vec<String> =
            words.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        words.sort_unstable();
        words.join(" ")
    }
}
