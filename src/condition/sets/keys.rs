//! Looks up the blocks that go with rows by what they have in common: a hash join on all equalities at once.

use std::collections::HashMap;

use super::arrange::{Binder, Pair, Side, Take};
use super::dictionary::Symbol;
use super::lists::Lists;
use super::runner::Runner;
use super::table::Table;
use crate::condition::budget::Costly;
use crate::condition::plan::Slot;

/// An index with more keys than this, and more than so many for each block, is not worth having.
const MOST_KEYS: usize = 65_536;
const MOST_KEYS_OF_ONE: usize = 8;

/// The blocks of a binder by what they must have in common with the binders before it.
#[derive(Debug)]
pub(super) struct Index<'p>(Vec<Way<'p>>);

/// One way in which a block can have all of it in common.
#[derive(Debug)]
struct Way<'p> {
    /// What makes up the key, part by part.
    parts: Vec<Pair<'p>>,
    blocks: HashMap<Box<[Symbol]>, Vec<Symbol>>,
}

/// The number of a row, and one of its keys.
type Keyed = (u32, Box<[Symbol]>);

/// Which side of the pairs a key is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    Before,
    Own,
}

impl<'p> Index<'p> {
    /// An index of these blocks by as many links as keep it small; none if nothing joins the binder to those before.
    pub(super) fn of(
        binder: &Binder<'p>,
        (slot, blocks): (Slot, &[Symbol]),
        runner: &mut Runner<'_, '_>,
    ) -> Costly<Option<Index<'p>>> {
        let table = Table::of_one(runner.slots, slot, blocks);
        for links in (0..=binder.links.len()).rev() {
            let ways = ways(&binder.equal, &binder.links[..links]);
            if ways.iter().any(Vec::is_empty) {
                break;
            }
            let most = MOST_KEYS + blocks.len() * MOST_KEYS_OF_ONE;
            let mut index = Index(Vec::new());
            for parts in ways {
                let Some(keys) = runner.keys(&parts, From::Own, (&table, most))? else { break };
                let mut way = Way { parts, blocks: HashMap::new() };
                for (row, key) in keys {
                    way.blocks.entry(key).or_default().push(blocks[row as usize]);
                }
                index.0.push(way);
            }
            if index.0.len() == binder.links[..links].iter().map(Vec::len).product::<usize>() {
                return Ok(Some(index));
            }
        }
        Ok(None)
    }

    /// The blocks that go with each row, in document order.
    pub(super) fn find(&self, table: &Table, runner: &mut Runner<'_, '_>) -> Costly<Lists> {
        let mut found: Vec<Vec<Symbol>> = vec![Vec::new(); table.rows()];
        for way in &self.0 {
            let keys = runner.keys(&way.parts, From::Before, (table, usize::MAX))?.unwrap_or_default();
            for (row, key) in keys {
                let blocks = way.blocks.get(&key).map_or(&[][..], Vec::as_slice);
                runner.spend(blocks.len())?;
                found[row as usize].extend_from_slice(blocks);
            }
        }
        let mut lists = Lists::default();
        for mut blocks in found {
            blocks.sort_unstable();
            blocks.dedup();
            lists.extend(&blocks);
            lists.end();
        }
        Ok(lists)
    }
}

/// Every choice of one pair of each link, after what must be equal.
fn ways<'p>(equal: &[Pair<'p>], links: &[Vec<Pair<'p>>]) -> Vec<Vec<Pair<'p>>> {
    let mut ways = vec![equal.to_vec()];
    for link in links {
        let longer = |way: &Vec<Pair<'p>>| {
            let way = way.clone();
            link.iter().map(move |pair| way.iter().copied().chain([*pair]).collect())
        };
        ways = ways.iter().flat_map(longer).collect();
    }
    ways
}

impl Runner<'_, '_> {
    /// The keys of each row; `None` if there are more than `most`.
    fn keys(&mut self, parts: &[Pair<'_>], from: From, (table, most): (&Table, usize)) -> Costly<Option<Vec<Keyed>>> {
        let mut lists: Vec<(Take, Lists)> = Vec::new();
        for pair in parts {
            let side: Side<'_> = if from == From::Own { pair.own } else { pair.before };
            lists.push((side.take, self.set(side.set, table)?));
        }
        let mut keys = Vec::new();
        for row in 0..table.rows() {
            let start = keys.len();
            keys.push((row as u32, Vec::new()));
            for (take, lists) in &lists {
                let longer = extended(&keys[start..], *take, lists.row(row));
                keys.truncate(start);
                if keys.len() + longer.len() > most {
                    return Ok(None);
                }
                self.spend(longer.len())?;
                keys.extend(longer);
            }
        }
        Ok(Some(keys.into_iter().map(|(row, key)| (row, key.into_boxed_slice())).collect()))
    }
}

/// Keys with one part more.
fn extended(keys: &[(u32, Vec<Symbol>)], take: Take, list: &[Symbol]) -> Vec<(u32, Vec<Symbol>)> {
    let parts: Vec<Vec<Symbol>> = match take {
        Take::First => list.first().map(|symbol| vec![*symbol]).into_iter().collect(),
        Take::Each => list.iter().map(|symbol| vec![*symbol]).collect(),
        Take::Whole => {
            let mut whole = list.to_vec();
            whole.sort_unstable();
            whole.push(list.len() as Symbol);
            vec![whole]
        }
    };
    let longer = |(row, key): &(u32, Vec<Symbol>)| {
        let (row, key) = (*row, key.clone());
        parts.iter().map(move |part| (row, [key.as_slice(), part].concat())).collect::<Vec<_>>()
    };
    keys.iter().flat_map(longer).collect()
}
