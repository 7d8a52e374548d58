//! What is called what: all ids of a project, found from the innermost namespace outward.

use std::hash::BuildHasher;
use std::num::NonZeroUsize;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::problems;
use crate::diagnostic::Diagnostic;
use crate::model::index::block::RowLocation;
use crate::model::index::file::{FileIndex, WordsRef};
use crate::model::index::names::NameTable;
use crate::model::{BlockId, Corpus, local};
use crate::schema::{KindId, Schema};
use crate::text::parallel_map;

/// Into how many tables ids are sorted by their hashes, so that several threads can fill them.
const SHARDS: usize = 16;

/// What a reference led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameResolution {
    /// A block of an allowed kind.
    Block(BlockId),
    /// A block that was reported already.
    Poisoned,
    /// Only a block of another kind.
    WrongKind(BlockId),
    /// Nothing of that name.
    Nothing,
}

/// An id that several blocks have: the first of them, and another.
pub(super) type DuplicateId = (BlockId, BlockId);

impl Corpus {
    /// The block with this full id.
    pub fn named(&self, full_id: &str) -> Option<BlockId> {
        self.names.get(self, full_id)
    }
}

impl NameTable {
    /// The ids of all blocks of a corpus that have headers; and those that several have, in document order.
    pub(super) fn of(corpus: &Corpus, threads: NonZeroUsize) -> (NameTable, Vec<DuplicateId>) {
        let hasher = DefaultHashBuilder::default();
        let parts: Vec<usize> = (0..corpus.parts.len()).collect();
        let hashes = parallel_map(&parts, threads, |number| {
            let part = &corpus.parts[*number];
            let declared = part.blocks[..part.declared as usize].iter();
            declared.map(|row| part.words(row.id).map_or(0, |id| hasher.hash_one(id))).collect::<Vec<u64>>()
        });
        let shards: Vec<usize> = (0..SHARDS).collect();
        let filled = parallel_map(&shards, threads, |shard| fill(corpus, &hashes, *shard));
        let mut names = NameTable { hasher, ..NameTable::default() };
        let mut twins = Vec::new();
        for (shard, found) in filled {
            names.shards.push(shard);
            twins.extend(found);
        }
        twins.sort_unstable();
        names.poisoned = corpus.parts.iter().flat_map(|part| part.poisoned.iter().cloned()).collect();
        (names, twins)
    }

    /// The block that a full id names.
    fn get(&self, corpus: &Corpus, id: &str) -> Option<BlockId> {
        let hash = self.hasher.hash_one(id);
        let shard = self.shards.get(shard_of(hash))?;
        shard.find(hash, |(known, block)| *known == hash && has_id(corpus, *block, id)).map(|(_, block)| *block)
    }

    /// The blocks that full ids name, as [`NameTable::get`] tells of each.
    ///
    /// Each look-up takes several steps, and each step has to wait for memory. So all ids take one step after the other
    /// together: the waits of one step do not depend on each other, and the machine waits for many at once.
    pub(super) fn get_all(&self, corpus: &Corpus, ids: &[&str]) -> Vec<Option<BlockId>> {
        let hashes: Vec<u64> = ids.iter().map(|id| self.hasher.hash_one(id)).collect();
        let with_hash = |hash: &u64| {
            let shard = self.shards.get(shard_of(*hash))?;
            shard.find(*hash, |(known, _)| known == hash).map(|(_, block)| *block)
        };
        let guesses: Vec<Option<BlockId>> = hashes.iter().map(with_hash).collect();
        let place = |guess: &Option<BlockId>| guess.map(|block| corpus.places[block.0 as usize]);
        let places: Vec<Option<RowLocation>> = guesses.iter().map(place).collect();
        let words = |place: &Option<RowLocation>| {
            let part = &*corpus.parts[(*place)?.part as usize];
            Some((part, part.blocks[(*place)?.row as usize].id))
        };
        let named: Vec<Option<(&FileIndex, WordsRef)>> = places.iter().map(words).collect();
        let said: Vec<Option<&str>> =
            named.into_iter().map(|named| named.and_then(|(part, it)| part.words(it))).collect();
        // What has the same hash and is no match is one chance in very many.
        let check = |(number, id): (usize, &&str)| match said[number] {
            Some(said) if said == *id => guesses[number],
            Some(_) => self.get(corpus, id),
            None => None,
        };
        ids.iter().enumerate().map(check).collect()
    }

    /// Takes in a block whose id names no other.
    pub(super) fn insert(&mut self, id: &str, block: BlockId) {
        let hash = self.hasher.hash_one(id);
        self.shards[shard_of(hash)].insert_unique(hash, (hash, block), |(hash, _)| *hash);
    }

    /// Looks a path up in a namespace, then in each one around it; `reading` is room in which ids are put together.
    pub(super) fn find(
        &self,
        (corpus, reading): (&Corpus, &mut String),
        (path, namespace): (&str, &str),
        allowed: impl Fn(KindId) -> bool,
    ) -> NameResolution {
        let mut wrong = None;
        let mut around = Some(namespace);
        while let Some(inside) = around {
            let id = joined(reading, inside, path);
            match self.get(corpus, id) {
                Some(block) if allowed(corpus.kind(block)) => return NameResolution::Block(block),
                Some(block) => wrong = wrong.or(Some(block)),
                None if self.poisoned.contains(id) => return NameResolution::Poisoned,
                None => {}
            }
            around = outer_namespace(inside);
        }
        wrong.map_or(NameResolution::Nothing, NameResolution::WrongKind)
    }

    /// Reports ids that hide one of an outer namespace.
    pub(super) fn hidden(&self, corpus: &Corpus) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let mut reading = String::new();
        for (number, part) in corpus.parts.iter().enumerate().filter(|(_, part)| !part.home.namespace.is_empty()) {
            let namespace = &part.home.namespace;
            for (row, block) in part.blocks[..part.declared as usize].iter().enumerate() {
                let Some(id) = part.words(block.id) else { continue };
                let mut around = std::iter::successors(outer_namespace(namespace), |inside| outer_namespace(inside));
                let outer =
                    around.find_map(|inside| self.get(corpus, joined(&mut reading, inside, local(id, namespace))));
                if let Some(outer) = outer {
                    let inner = corpus.ranked(number).block(row as u32);
                    problems.push(problems::hides_outer(corpus, inner, outer));
                }
            }
        }
        problems
    }
}

/// Reports ids that are declared twice.
pub(super) fn duplicates(corpus: &Corpus, twins: &[DuplicateId]) -> Vec<Diagnostic> {
    let groups = twins.chunk_by(|(a, _), (b, _)| a == b);
    let all = |group: &[DuplicateId]| -> Vec<BlockId> {
        [group[0].0].into_iter().chain(group.iter().map(|(_, other)| *other)).collect()
    };
    groups.map(|group| problems::duplicate_id(corpus, &all(group))).collect()
}

/// The ids whose hashes belong into one table, and those among them that several blocks have.
fn fill(corpus: &Corpus, hashes: &[Vec<u64>], shard: usize) -> (HashTable<(u64, BlockId)>, Vec<DuplicateId>) {
    let expected: usize = hashes.iter().map(Vec::len).sum::<usize>() / SHARDS;
    let mut table = HashTable::with_capacity(expected + expected / 8);
    let mut twins = Vec::new();
    for (part, hashes) in hashes.iter().enumerate() {
        for (row, hash) in hashes.iter().enumerate().filter(|(_, hash)| shard_of(**hash) == shard) {
            let ranked = corpus.ranked(part);
            let Some(id) = ranked.part.words(ranked.part.blocks[row].id) else { continue };
            let block = ranked.block(row as u32);
            let equal = |(known, other): &(u64, BlockId)| known == hash && has_id(corpus, *other, id);
            match table.find(*hash, equal) {
                Some((_, first)) => twins.push((*first, block)),
                None => drop(table.insert_unique(*hash, (*hash, block), |(hash, _)| *hash)),
            }
        }
    }
    (table, twins)
}

/// The table of a hash, by bits that the tables themselves make little use of.
fn shard_of(hash: u64) -> usize {
    (hash >> 40) as usize % SHARDS
}

fn has_id(corpus: &Corpus, block: BlockId, id: &str) -> bool {
    corpus.block(block).id() == Some(id)
}

/// A path in a namespace as one id, put together in the room given for it.
fn joined<'a>(reading: &'a mut String, namespace: &str, path: &'a str) -> &'a str {
    if namespace.is_empty() {
        return path;
    }
    reading.clear();
    reading.extend([namespace, "/", path]);
    reading
}

/// The namespace around another; around the outermost there is none.
fn outer_namespace(namespace: &str) -> Option<&str> {
    match namespace.rfind('/') {
        Some(slash) => Some(&namespace[..slash]),
        None if namespace.is_empty() => None,
        None => Some(""),
    }
}

/// The kind among some that is declared by its first use.
pub(super) fn open_kind(schema: &Schema, kinds: &[KindId]) -> Option<KindId> {
    kinds.iter().copied().find(|kind| schema.kind(*kind).open)
}
