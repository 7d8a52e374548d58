//! Looks up the blocks that go with rows by what they have in common: a hash join on all equalities at once.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::arrange::{BinderPlan, JoinKeySource, JoinPair, JoinSide};
use super::dictionary::Symbol;
use super::lists::Lists;
use super::runner::Runner;
use super::table::RowTable;
use crate::condition::eval::budget::EvalResult;
use crate::condition::plan::Slot;

/// An index with more keys than this, and more than so many for each block, is not worth having.
const MOST_KEYS: usize = 65_536;
const MOST_KEYS_OF_ONE: usize = 8;

/// The blocks of a binder by what they must have in common with the binders before it.
#[derive(Debug)]
pub(super) struct JoinIndex<'p> {
    blocks: Vec<Symbol>,
    ways: Vec<KeyPath<'p>>,
}

/// One way in which a block can have all of it in common.
#[derive(Debug)]
struct KeyPath<'p> {
    /// What makes up the key, part by part.
    parts: Vec<JoinPair<'p>>,
    keys: Keys,
    /// The first and the last of the keys that are equal, by their hash.
    equal: HashTable<(u32, u32)>,
    /// By key, the next one that is equal to it.
    next: Vec<u32>,
    hasher: DefaultHashBuilder,
}

/// Stands behind the last of the keys that are equal.
const END: u32 = u32::MAX;

/// The keys of rows, all in one run of memory.
#[derive(Debug, Default)]
struct Keys {
    /// The row of each key.
    rows: Vec<u32>,
    /// Where each key ends.
    ends: Vec<u32>,
    symbols: Vec<Symbol>,
}

impl Keys {
    fn get(&self, number: usize) -> &[Symbol] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.symbols[start..self.ends[number] as usize]
    }

    fn end(&mut self, row: u32) {
        self.rows.push(row);
        self.ends.push(self.symbols.len() as u32);
    }
}

impl<'p> KeyPath<'p> {
    fn new(parts: Vec<JoinPair<'p>>, keys: Keys) -> KeyPath<'p> {
        let (hasher, count) = (DefaultHashBuilder::default(), keys.rows.len());
        let mut way = KeyPath { parts, keys, equal: HashTable::with_capacity(count), next: vec![END; count], hasher };
        for number in 0..count {
            let key = way.keys.get(number);
            let hash = way.hasher.hash_one(key);
            match way.equal.find_mut(hash, |(first, _)| way.keys.get(*first as usize) == key) {
                Some((_, last)) => {
                    way.next[*last as usize] = number as u32;
                    *last = number as u32;
                }
                None => {
                    let hash_of = |(first, _): &(u32, u32)| way.hasher.hash_one(way.keys.get(*first as usize));
                    way.equal.insert_unique(hash, (number as u32, number as u32), hash_of);
                }
            }
        }
        way
    }

    /// The rows that have a key, in their order.
    fn rows(&self, key: &[Symbol]) -> impl Iterator<Item = usize> {
        let hash = self.hasher.hash_one(key);
        let found = self.equal.find(hash, |(first, _)| self.keys.get(*first as usize) == key);
        let after = |number: &u32| Some(self.next[*number as usize]).filter(|next| *next != END);
        let numbers = std::iter::successors(found.map(|(first, _)| *first), after);
        numbers.map(|number| self.keys.rows[number as usize] as usize)
    }
}

/// Which side of the pairs a key is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KeySide {
    Before,
    Own,
}

impl<'p> JoinIndex<'p> {
    /// An index of these blocks by as many links as keep it small; none if nothing joins the binder to those before.
    pub(super) fn of(
        binder: &BinderPlan<'p>,
        (slot, blocks): (Slot, &[Symbol]),
        runner: &mut Runner<'_, '_>,
    ) -> EvalResult<Option<JoinIndex<'p>>> {
        let table = RowTable::of_one(runner.slots, slot, blocks);
        for links in (0..=binder.links.len()).rev() {
            let ways = ways(&binder.equal, &binder.links[..links]);
            if ways.iter().any(Vec::is_empty) {
                break;
            }
            let most = MOST_KEYS + blocks.len() * MOST_KEYS_OF_ONE;
            let mut index = JoinIndex { blocks: blocks.to_vec(), ways: Vec::new() };
            for parts in ways {
                let Some(keys) = runner.keys(&parts, KeySide::Own, (&table, most))? else { break };
                index.ways.push(KeyPath::new(parts, keys));
            }
            if index.ways.len() == binder.links[..links].iter().map(Vec::len).product::<usize>() {
                return Ok(Some(index));
            }
        }
        Ok(None)
    }

    /// The blocks that go with each row, in document order.
    pub(super) fn find(&self, table: &RowTable, runner: &mut Runner<'_, '_>) -> EvalResult<Lists> {
        let mut sought = Vec::new();
        for way in &self.ways {
            sought.push((runner.keys(&way.parts, KeySide::Before, (table, usize::MAX))?.unwrap_or_default(), 0));
        }
        let mut lists = Lists::default();
        for row in 0..table.rows() as u32 {
            for (way, (keys, next)) in self.ways.iter().zip(&mut sought) {
                while keys.rows.get(*next) == Some(&row) {
                    let before = lists.values().len();
                    way.rows(keys.get(*next)).for_each(|row| lists.push(self.blocks[row]));
                    runner.spend(lists.values().len() - before)?;
                    *next += 1;
                }
            }
            lists.end_sorted();
        }
        Ok(lists)
    }
}

/// Every choice of one pair of each link, after what must be equal.
fn ways<'p>(equal: &[JoinPair<'p>], links: &[Vec<JoinPair<'p>>]) -> Vec<Vec<JoinPair<'p>>> {
    let mut ways = vec![equal.to_vec()];
    for link in links {
        let longer = |way: &Vec<JoinPair<'p>>| {
            let way = way.clone();
            link.iter().map(move |pair| way.iter().copied().chain([*pair]).collect())
        };
        ways = ways.iter().flat_map(longer).collect();
    }
    ways
}

impl Runner<'_, '_> {
    /// The keys of each row; `None` if there are more than `most`.
    fn keys(
        &mut self,
        parts: &[JoinPair<'_>],
        from: KeySide,
        (table, most): (&RowTable, usize),
    ) -> EvalResult<Option<Keys>> {
        let mut lists: Vec<(JoinKeySource, Lists)> = Vec::new();
        for pair in parts {
            let side: JoinSide<'_> = if from == KeySide::Own { pair.own } else { pair.before };
            lists.push((side.take, self.set(side.set, table)?));
        }
        let mut keys = Keys::default();
        let mut chosen = vec![0; parts.len()];
        for row in 0..table.rows() {
            let mut count = 1;
            for (take, lists) in &lists {
                count *= choices(*take, lists.row(row));
                if keys.rows.len() + count > most {
                    return Ok(None);
                }
                self.spend(count)?;
            }
            chosen.fill(0);
            for _ in 0..count {
                for ((take, lists), chosen) in lists.iter().zip(&chosen) {
                    choose((*take, lists.row(row)), *chosen, &mut keys.symbols);
                }
                keys.end(row as u32);
                advance(&mut chosen, |part| choices(lists[part].0, lists[part].1.row(row)));
            }
        }
        Ok(Some(keys))
    }
}

/// In how many ways a list makes a part of a key.
fn choices(take: JoinKeySource, list: &[Symbol]) -> usize {
    match take {
        JoinKeySource::First => list.len().min(1),
        JoinKeySource::Each => list.len(),
        JoinKeySource::Whole => 1,
    }
}

/// Writes one of these ways down.
fn choose((take, list): (JoinKeySource, &[Symbol]), number: usize, into: &mut Vec<Symbol>) {
    match take {
        JoinKeySource::First | JoinKeySource::Each => into.push(list[number]),
        JoinKeySource::Whole => {
            let start = into.len();
            into.extend_from_slice(list);
            into[start..].sort_unstable();
            into.push(list.len() as Symbol);
        }
    }
}

/// Goes on to the next of all choices, the last part first.
fn advance(chosen: &mut [usize], choices: impl Fn(usize) -> usize) {
    for part in (0..chosen.len()).rev() {
        chosen[part] += 1;
        if chosen[part] < choices(part) {
            return;
        }
        chosen[part] = 0;
    }
}
