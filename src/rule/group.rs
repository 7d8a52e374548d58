//! The group of a case: rows that belong together are one finding, however many they are.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::compile::{Checked, Context, keep};
use super::problems;
use super::quoted::written;
use super::written::WrittenGroup;
use crate::condition::{Budget, CheckedPath, Element, OutOfBudget, Query, Row, Touched};
use crate::diagnostic::{Identity, Member};
use crate::model::{BlockId, Corpus};
use crate::schema::FieldId;
use crate::text::Quoted;

/// How many blocks make a group.
pub(super) const LEAST: usize = 2;

/// How deep blocks without a name may stand in each other for their fields to be compared.
const DEEPEST: usize = 8;

/// `group = { of, by }` or `group = { of, with }`, checked.
pub(super) struct Group {
    /// The binder that stands for the members.
    pub(super) of: String,
    /// What it ranges over, as written.
    kinds: String,
    tie: Tie,
    /// As the rule file has it.
    written: String,
}

/// What ties the members of a group.
enum Tie {
    /// They agree in all of these.
    Shared(Vec<Shared>),
    /// Each row ties its block to what another binder stands for.
    Linked(String),
}

/// Something in which the members of a group agree.
struct Shared {
    /// What a path leads to; without one, all fields that say something of what the block is about.
    path: Option<CheckedPath>,
    /// As English says it.
    told: String,
}

/// What is compared of a block, one text for each of its values.
type Key = Vec<String>;

impl Group {
    pub(super) fn compile(
        group: &WrittenGroup,
        bindings: &Quoted,
        query: &Query,
        context: Context<'_>,
    ) -> Checked<Group> {
        let of = context.quote(&group.of);
        let mut wrong = Vec::new();
        let Some(kinds) = range_of(bindings, &of.text) else {
            let free = query.binders().iter().take(query.free()).map(|binder| binder.name.as_str());
            return Err(vec![problems::unknown_binder(&of, free)]);
        };
        let tie = match (&group.with, group.by.as_slice()) {
            (Some(with), []) => {
                let with = context.quote(with);
                let names = || query.binders().iter().take(query.free()).map(|binder| binder.name.as_str());
                if !names().any(|name| name == with.text && name != of.text) {
                    wrong.push(problems::unknown_binder(&with, names().filter(|name| *name != of.text)));
                }
                Tie::Linked(with.text)
            }
            (None, [_, ..]) => {
                let shared = group.by.iter().map(|by| Shared::compile(&context.quote(by), &of.text, query, context));
                Tie::Shared(shared.filter_map(|shared| keep(shared, &mut wrong)).collect())
            }
            (Some(_), [_, ..]) | (None, []) => {
                return Err(vec![problems::group_without_tie(of.span(0..of.text.len()))]);
            }
        };
        let written = group.text();
        if wrong.is_empty() { Ok(Group { of: of.text, kinds, tie, written }) } else { Err(wrong) }
    }

    /// Makes one row of those that belong together, in document order of their first members; those that belong to no
    /// other are left out. Of blocks that have one id, only the first counts: that there are two is another mistake.
    ///
    /// # Errors
    /// If there are more steps to take than the budget allows.
    pub(super) fn join(&self, rows: &[Row], corpus: &Corpus, budget: &mut Budget) -> Result<Vec<Row>, OutOfBudget> {
        let mut by_block: BTreeMap<BlockId, &Row> = BTreeMap::new();
        for row in rows {
            if let Some(block) = self.block(row) {
                by_block.entry(block).or_insert(row);
            }
        }
        let mut groups = match &self.tie {
            Tie::Shared(shared) => {
                let all: Vec<BlockId> = by_block.keys().copied().collect();
                shared.iter().try_fold(vec![all], |parts, shared| self.split(shared, parts, (corpus, budget)))?
            }
            Tie::Linked(with) => self.components(with, rows, budget)?,
        };
        groups.iter_mut().for_each(|group| {
            let mut ids = HashSet::new();
            group.retain(|block| ids.insert(corpus.identity(*block)));
        });
        groups.retain(|group| group.len() >= LEAST);
        groups.sort_unstable_by_key(|group| group[0]);
        let row = |group: &Vec<BlockId>| {
            let first = group.iter().find_map(|block| by_block.get(block))?;
            Some(first.among(&self.of, group))
        };
        Ok(groups.iter().filter_map(row).collect())
    }

    /// The groups that are left when some members of one were taken out; nothing if that takes too long to tell.
    pub(super) fn rejoin(&self, row: &Row, left: &[BlockId], (query, corpus): (&Query, &Corpus)) -> Option<Vec<Row>> {
        let Tie::Linked(with) = &self.tie else {
            return Some([row.among(&self.of, left)].into_iter().filter(|_| left.len() >= LEAST).collect());
        };
        let mut budget = Budget::default();
        let mut rows = query.rows_of(left, corpus, &mut budget).ok().flatten()?;
        rows.retain(|row| row.element(with).iter().filter_map(Element::block).all(|block| left.contains(&block)));
        self.join(&rows, corpus, &mut budget).ok()
    }

    /// The members of a joined row.
    pub(super) fn blocks(&self, row: &Row) -> Vec<BlockId> {
        row.element(&self.of).iter().filter_map(Element::block).collect()
    }

    /// The same as data.
    pub(super) fn members(&self, corpus: &Corpus, row: &Row) -> Vec<Member> {
        let member = |block| Member { id: corpus.identity(block), at: corpus.block(block).header() };
        self.blocks(row).into_iter().map(member).collect()
    }

    /// The joined row with its first member alone, or with all others.
    pub(super) fn part(&self, row: &Row, first: bool) -> Row {
        let blocks = self.blocks(row);
        let (one, others) = blocks.split_at(blocks.len().min(1));
        row.among(&self.of, if first { one } else { others })
    }

    /// What the members of a joined row share, free of places. Blocks that are tied one by one share the first of their names.
    pub(super) fn identity(&self, corpus: &Corpus, row: &Row) -> Identity {
        let mut lines = vec![self.kinds.clone()];
        match (&self.tie, self.blocks(row).as_slice()) {
            (Tie::Shared(shared), [first, ..]) => {
                for shared in shared {
                    let key = shared.of(&self.of, &[*first], (corpus, &mut Budget::default()), &mut named);
                    lines.push(format!("{:?}", key.ok().into_iter().flatten().flatten().flatten().collect::<Vec<_>>()));
                }
            }
            (_, blocks) => lines.extend(blocks.iter().map(|block| corpus.identity(*block)).min()),
        }
        Identity { roles: Vec::new(), value: lines.join("\n") }
    }

    /// Adds the blocks at which an edit may have changed to which group they belong; nothing if that may be any.
    pub(super) fn touch(&self, touched: &mut Touched<'_>) {
        let Tie::Shared(shared) = &self.tie else { return };
        for shared in shared {
            match &shared.path {
                Some(path) => path.touch(touched),
                None => touched.content(),
            }
        }
    }

    /// The value of `group`, as the rule file has it.
    pub(super) fn written(&self) -> &str {
        &self.written
    }

    /// What makes one finding, in English.
    pub(super) fn reading(&self) -> String {
        let Tie::Shared(shared) = &self.tie else {
            return "Those that hang together by such pairs are one finding.".to_owned();
        };
        let told: Vec<&str> = shared.iter().map(|shared| shared.told.as_str()).collect();
        let told = match told.as_slice() {
            [several @ .., last] if !several.is_empty() => format!("{} and {last}", several.join(", ")),
            all => all.concat(),
        };
        format!("Two or more that have the same {told} are one finding; one alone is none.")
    }

    /// The block of a row that is not joined.
    pub(super) fn block(&self, row: &Row) -> Option<BlockId> {
        row.element(&self.of).iter().find_map(Element::block)
    }

    /// Parts each list of blocks by something in which they may agree; what is left alone is dropped.
    fn split(
        &self,
        shared: &Shared,
        parts: Vec<Vec<BlockId>>,
        (corpus, budget): (&Corpus, &mut Budget),
    ) -> Result<Vec<Vec<BlockId>>, OutOfBudget> {
        let mut all = Vec::new();
        for part in parts {
            let keys = shared.of(&self.of, &part, (corpus, budget), &mut numbered)?;
            let mut by_key: HashMap<Key, Vec<BlockId>> = HashMap::new();
            for (block, key) in part.into_iter().zip(keys) {
                key.into_iter().for_each(|key| by_key.entry(key).or_default().push(block));
            }
            all.extend(by_key.into_values().filter(|blocks| blocks.len() >= LEAST));
        }
        Ok(all)
    }

    /// The blocks that hang together by the ties of rows.
    fn components(&self, with: &str, rows: &[Row], budget: &mut Budget) -> Result<Vec<Vec<BlockId>>, OutOfBudget> {
        let mut beside: BTreeMap<BlockId, Vec<BlockId>> = BTreeMap::new();
        for row in rows {
            let Some(block) = self.block(row) else { continue };
            for other in row.element(with).iter().filter_map(Element::block) {
                budget.spend(1)?;
                beside.entry(block).or_default().push(other);
                beside.entry(other).or_default().push(block);
            }
        }
        let mut met: HashSet<BlockId> = HashSet::new();
        let mut groups = Vec::new();
        for start in beside.keys() {
            if !met.insert(*start) {
                continue;
            }
            let mut group = vec![*start];
            let mut next = 0;
            while let Some(block) = group.get(next) {
                let others: Vec<BlockId> = beside[block].iter().copied().filter(|other| met.insert(*other)).collect();
                group.extend(others);
                next += 1;
            }
            group.sort_unstable();
            groups.push(group);
        }
        Ok(groups)
    }
}

impl Shared {
    fn compile(by: &Quoted, of: &str, query: &Query, context: Context<'_>) -> Checked<Shared> {
        if by.text.trim().strip_prefix(of).is_some_and(|rest| rest == ".*") {
            return Ok(Shared { path: None, told: "fields that are not `descriptive`".to_owned() });
        }
        let path = query.path(&written(by), context.vocabulary)?;
        Ok(Shared { path: Some(path), told: format!("`{}`", by.text.trim()) })
    }

    /// What is compared of each of some blocks; nothing where a value that was read is broken.
    fn of(
        &self,
        of: &str,
        blocks: &[BlockId],
        (corpus, budget): (&Corpus, &mut Budget),
        name: &mut dyn FnMut(&Corpus, BlockId) -> String,
    ) -> Result<Vec<Option<Key>>, OutOfBudget> {
        match &self.path {
            Some(path) => {
                let found = path.eval_each(corpus, (of, blocks), budget)?;
                let mut key = |elements: Vec<Element>| {
                    let mut key: Key = elements.iter().map(|element| text(element, corpus, name)).collect();
                    key.sort_unstable();
                    key.dedup();
                    key
                };
                Ok(found.into_iter().map(|elements| elements.map(&mut key)).collect())
            }
            None => {
                let mut all = Vec::with_capacity(blocks.len());
                for block in blocks {
                    let key = content(*block, corpus, (name, DEEPEST));
                    budget.spend(1 + key.as_ref().map_or(0, Vec::len))?;
                    all.push(key);
                }
                Ok(all)
            }
        }
    }
}

/// The values of the fields of a block that are not descriptive, each with the name of its field; nothing if one is broken.
fn content(
    block: BlockId,
    corpus: &Corpus,
    (name, depth): (&mut dyn FnMut(&Corpus, BlockId) -> String, usize),
) -> Option<Key> {
    let mut key = Key::new();
    for held in corpus.block(block).fields() {
        let field = corpus.schema.field(held.field);
        if field.descriptive {
            continue;
        }
        for value in held.values {
            let is_own = |inner: &BlockId| corpus.block(*inner).id().is_none() && depth > 0;
            let text = match (value.value.block().filter(is_own), Element::of(&value.value)) {
                (Some(inner), _) => format!("{:?}", content(inner, corpus, (&mut *name, depth - 1))?),
                (None, Some(element)) => text(&element, corpus, name),
                (None, None) => return None,
            };
            key.push(format!("{}:{text}", field.name));
        }
        if field.symmetric {
            add_other_end(&mut key, (block, held.field), corpus, name);
        }
    }
    key.sort_unstable();
    key.dedup();
    Some(key)
}

/// Adds what refers to a block by a field that is seen from both ends.
fn add_other_end(
    key: &mut Key,
    (block, field): (BlockId, FieldId),
    corpus: &Corpus,
    name: &mut dyn FnMut(&Corpus, BlockId) -> String,
) {
    let others = corpus.referrers(block, field).iter();
    key.extend(others.map(|other| format!("{}:{}", corpus.schema.field(field).name, name(corpus, *other))));
}

/// An element as it is compared: those of different sorts are never the same.
fn text(element: &Element, corpus: &Corpus, name: &mut dyn FnMut(&Corpus, BlockId) -> String) -> String {
    match element {
        Element::Block(block) => name(corpus, *block),
        Element::Text(text) => format!("'{text}"),
        // Adding zero makes the two zeros, which are equal, one.
        Element::Number(number) => format!("={}", number + 0.0),
        Element::Days(days) => format!("@{days}"),
        Element::Flag(flag) => format!("?{flag}"),
    }
}

/// A block by its number, which is shorter than its id.
fn numbered(_: &Corpus, block: BlockId) -> String {
    format!("#{}", block.0)
}

/// A block by its id, which is the same in every run.
fn named(corpus: &Corpus, block: BlockId) -> String {
    format!("#{}", corpus.identity(block))
}

/// What a binder of `for` ranges over, as written: `actor | scope` of `actor | scope x`.
fn range_of(bindings: &Quoted, binder: &str) -> Option<String> {
    bindings.text.split(',').find_map(|binding| {
        let (range, name) = binding.trim().rsplit_once(char::is_whitespace)?;
        (name == binder).then(|| range.split_whitespace().collect::<Vec<_>>().join(" "))
    })
}
