//! Facts that no condition can work out: the program finds them, a field of the schema names them, rules judge them.

use std::collections::BTreeMap;

use strsim::osa_distance;

use crate::model::{BlockId, Corpus};

/// What the program can find out about a block, by the name under which a schema asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Provider {
    /// The blocks of the same kind whose names differ from its own by a letter, or by hyphens only.
    LooksLike,
}

/// The blocks that a provider leads to from each block.
pub(super) type Links = BTreeMap<BlockId, Vec<BlockId>>;

/// Every provider by name.
const NAMES: [(&str, Provider); 1] = [("looks-like", Provider::LooksLike)];

/// Shorter names are near to too many others (in characters).
const SHORTEST: usize = 4;

/// So many names that are alike were not misspelt (and would cost too much to compare).
const CROWD: usize = 50;

impl Provider {
    /// The provider of that name.
    pub(super) fn named(name: &str) -> Option<Provider> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, provider)| *provider)
    }

    /// The names of all providers.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }

    /// What it finds in all claims.
    pub(super) fn find(self, corpus: &Corpus) -> Links {
        match self {
            Provider::LooksLike => look_alikes(corpus),
        }
    }
}

/// Names that are alike have a variant in common: themselves, or themselves without one letter. Names with other digits
/// are never meant alike: `art5` is not `art6` misspelt.
fn look_alikes(corpus: &Corpus) -> Links {
    let mut by_variant: BTreeMap<String, Vec<(BlockId, String)>> = BTreeMap::new();
    for block in corpus.block_ids().filter(|block| corpus.block(*block).id.is_some()) {
        let name = folded(corpus.name(block));
        if name.chars().count() < SHORTEST {
            continue;
        }
        let kind = &corpus.schema.kind(corpus.block(block).kind).name;
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
