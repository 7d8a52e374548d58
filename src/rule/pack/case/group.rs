//! The group of a case: rows that belong together are one finding, however many they are.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::context::{CheckedTable, CompileContext, keep};
use super::shared::{ComparisonKey, Shared, named, numbered};
use crate::condition::{Budget, DirtySet, OutOfBudget, Query, Row, ScalarValue};
use crate::diagnostic::{GroupMember, Identity};
use crate::model::{BlockId, Corpus};
use crate::rule::pack::problems;
use crate::rule::pack::written::WrittenGroup;
use crate::schema::KindId;
use crate::text::{TomlString, one_line};

/// How many blocks make a group.
pub(crate) const LEAST: usize = 2;

/// `group = { of, by }` or `group = { of, with }`, checked.
pub(crate) struct GroupTemplate {
    /// The binder that stands for the members.
    pub(crate) of: String,
    /// What it ranges over, as written.
    kinds: String,
    /// The kinds that this means.
    of_kinds: Vec<KindId>,
    tie: GroupTie,
    /// As the rule file has it.
    written: String,
}

/// What ties the members of a group.
enum GroupTie {
    /// They agree in all of these.
    Shared(Vec<Shared>),
    /// Each row ties its block to what another binder stands for.
    Linked(String),
}

impl GroupTemplate {
    pub(crate) fn compile(
        group: &WrittenGroup,
        bindings: &TomlString,
        query: &Query,
        context: CompileContext<'_>,
    ) -> CheckedTable<GroupTemplate> {
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
                GroupTie::Linked(with.text)
            }
            (None, [_, ..]) => {
                let shared = group.by.iter().map(|by| Shared::compile(&context.quote(by), &of.text, query, context));
                GroupTie::Shared(shared.filter_map(|shared| keep(shared, &mut wrong)).collect())
            }
            (Some(_), [_, ..]) | (None, []) => {
                return Err(vec![problems::group_without_tie(of.span(0..of.text.len()))]);
            }
        };
        let written = group.text();
        let of_kinds = query.binders().iter().find(|binder| binder.name == of.text);
        let of_kinds = of_kinds.map(|binder| binder.kinds.clone()).unwrap_or_default();
        if wrong.is_empty() { Ok(GroupTemplate { of: of.text, kinds, of_kinds, tie, written }) } else { Err(wrong) }
    }

    /// Makes one row of those that belong together, in document order of their first members; those that belong to no
    /// other are left out. Of blocks that have one id, only the first counts: that there are two is another mistake.
    ///
    /// # Errors
    /// If there are more steps to take than the budget allows.
    pub(crate) fn join(&self, rows: &[Row], corpus: &Corpus, budget: &mut Budget) -> Result<Vec<Row>, OutOfBudget> {
        let mut by_block: BTreeMap<BlockId, &Row> = BTreeMap::new();
        for row in rows {
            if let Some(block) = self.block(row) {
                by_block.entry(block).or_insert(row);
            }
        }
        let mut groups = match &self.tie {
            GroupTie::Shared(shared) => {
                let all: Vec<BlockId> = by_block.keys().copied().collect();
                shared.iter().try_fold(vec![all], |parts, shared| self.split(shared, parts, (corpus, budget)))?
            }
            GroupTie::Linked(with) => self.components(with, rows, budget)?,
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
    pub(crate) fn rejoin(&self, row: &Row, left: &[BlockId], (query, corpus): (&Query, &Corpus)) -> Option<Vec<Row>> {
        let GroupTie::Linked(with) = &self.tie else {
            return Some([row.among(&self.of, left)].into_iter().filter(|_| left.len() >= LEAST).collect());
        };
        let mut budget = Budget::default();
        let mut rows = query.rows_of(left, corpus, &mut budget).ok().flatten()?;
        rows.retain(|row| row.element(with).iter().filter_map(ScalarValue::block).all(|block| left.contains(&block)));
        self.join(&rows, corpus, &mut budget).ok()
    }

    /// The members of a joined row.
    pub(crate) fn blocks(&self, row: &Row) -> Vec<BlockId> {
        row.element(&self.of).iter().filter_map(ScalarValue::block).collect()
    }

    /// The same as data.
    pub(crate) fn members(&self, corpus: &Corpus, row: &Row) -> Vec<GroupMember> {
        let member = |block| GroupMember { id: corpus.identity(block), at: corpus.block(block).header() };
        self.blocks(row).into_iter().map(member).collect()
    }

    /// The joined row with its first member alone, or with all others.
    pub(crate) fn part(&self, row: &Row, first: bool) -> Row {
        let blocks = self.blocks(row);
        let (one, others) = blocks.split_at(blocks.len().min(1));
        row.among(&self.of, if first { one } else { others })
    }

    /// What the members of a joined row share, free of places. Blocks that are tied one by one share the first of their names.
    pub(crate) fn identity(&self, corpus: &Corpus, row: &Row) -> Identity {
        let mut lines = vec![self.kinds.clone()];
        match (&self.tie, self.blocks(row).as_slice()) {
            (GroupTie::Shared(shared), [first, ..]) => {
                for shared in shared {
                    let key = shared.of((&self.of, &[*first]), (corpus, &mut Budget::default()), named);
                    lines.push(format!("{:?}", key.ok().into_iter().flatten().flatten().flatten().collect::<Vec<_>>()));
                }
            }
            (_, blocks) => lines.extend(blocks.iter().map(|block| corpus.identity(*block)).min()),
        }
        Identity { roles: Vec::new(), value: lines.join("\n") }
    }

    /// Adds the blocks at which an edit may have changed to which group they belong; nothing if that may be any.
    pub(crate) fn touch(&self, dirty: &mut DirtySet<'_>) {
        let GroupTie::Shared(shared) = &self.tie else { return };
        for shared in shared {
            match &shared.path {
                Some(path) => path.touch(dirty),
                None => dirty.content(&self.of_kinds),
            }
        }
    }

    /// The value of `group`, as the rule file has it.
    pub(crate) fn written(&self) -> &str {
        &self.written
    }

    /// What makes one finding, in English.
    pub(crate) fn reading(&self) -> String {
        let GroupTie::Shared(shared) = &self.tie else {
            return "All blocks that such pairs connect are one finding.".to_owned();
        };
        let told: Vec<&str> = shared.iter().map(|shared| shared.told.as_str()).collect();
        let told = match told.as_slice() {
            [several @ .., last] if !several.is_empty() => format!("{} and {last}", several.join(", ")),
            all => all.concat(),
        };
        format!(
            "Two or more blocks that violate this and have the same {told} are one finding; a single block is not reported."
        )
    }

    /// The block of a row that is not joined.
    pub(crate) fn block(&self, row: &Row) -> Option<BlockId> {
        row.element(&self.of).iter().find_map(ScalarValue::block)
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
            let keys = shared.of((&self.of, &part), (corpus, budget), numbered)?;
            let mut by_key: HashMap<ComparisonKey, Vec<BlockId>> = HashMap::new();
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
            for other in row.element(with).iter().filter_map(ScalarValue::block) {
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

/// What a binder of `for` ranges over, as written: `actor | scope` of `actor | scope x`.
fn range_of(bindings: &TomlString, binder: &str) -> Option<String> {
    bindings.text.split(',').find_map(|binding| {
        let (range, name) = binding.trim().rsplit_once(char::is_whitespace)?;
        (name == binder).then(|| one_line(range))
    })
}
