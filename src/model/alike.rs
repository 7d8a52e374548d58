//! Blocks of one kind whose names are so alike that one may be another misspelt.

use std::collections::BTreeMap;

use strsim::osa_distance;

use super::{BlockId, Corpus};

/// The name under which a schema asks for them.
pub const LOOKS_LIKE: &str = "looks-like";

/// The blocks that look like each block.
pub(super) type Links = BTreeMap<BlockId, Vec<BlockId>>;

/// Shorter names are near to too many others (in characters).
const SHORTEST: usize = 4;

/// So many names that are alike were not misspelt (and would cost too much to compare).
const CROWD: usize = 50;

impl Corpus {
    /// The blocks of the same kind whose names differ from that of a block by a letter, or by hyphens only; none if no
    /// field of the kind asks for them.
    pub fn look_alikes(&self, block: BlockId) -> &[BlockId] {
        self.alike.get_or_init(|| look_alikes(self)).get(&block).map_or(&[], Vec::as_slice)
    }
}

/// The blocks of the kinds whose fields ask for what looks like them.
fn asked(corpus: &Corpus) -> Vec<BlockId> {
    let schema = &corpus.schema;
    let asks = |field| schema.field(field).native.as_ref().is_some_and(|native| native.text == LOOKS_LIKE);
    corpus.of_kinds(schema.kind_ids().filter(|kind| schema.kind(*kind).fields.iter().copied().any(asks)))
}

/// Names that are alike have a variant in common: themselves, or themselves without one letter. Names with other digits
/// are never meant alike: `art5` is not `art6` misspelt.
fn look_alikes(corpus: &Corpus) -> Links {
    let mut by_variant: BTreeMap<String, Vec<(BlockId, String)>> = BTreeMap::new();
    for block in asked(corpus).into_iter().filter(|block| corpus.block(*block).id().is_some()) {
        let name = folded(corpus.name(block));
        if name.chars().count() < SHORTEST {
            continue;
        }
        let kind = &corpus.schema.kind(corpus.block(block).kind()).name;
        let digits: String = name.chars().filter(char::is_ascii_digit).collect();
        for variant in variants(&name) {
            by_variant.entry(format!("{kind} {digits} {variant}")).or_default().push((block, name.clone()));
        }
    }
    let mut links = Links::new();
    let groups = by_variant.values().filter(|group| group.len() <= CROWD);
    for (a, b) in groups.flat_map(|group| pairs(group)) {
        if a.0 != b.0 && osa_distance(&a.1, &b.1) <= 1 {
            links.entry(a.0).or_default().push(b.0);
        }
    }
    for found in links.values_mut() {
        found.sort_unstable();
        found.dedup();
    }
    links
}

/// The last part of a name in small letters, without what joins its words.
fn folded(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.chars().filter(|letter| !matches!(letter, '-' | '_')).flat_map(char::to_lowercase).collect()
}

fn variants(name: &str) -> Vec<String> {
    let without = |(at, letter): (usize, char)| format!("{}{}", &name[..at], &name[at + letter.len_utf8()..]);
    let mut variants: Vec<String> = name.char_indices().map(without).chain([name.to_owned()]).collect();
    variants.sort_unstable();
    variants.dedup();
    variants
}

fn pairs<T>(group: &[T]) -> impl Iterator<Item = (&T, &T)> {
    group.iter().flat_map(move |a| group.iter().map(move |b| (a, b)))
}
