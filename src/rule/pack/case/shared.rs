//! What the blocks of a group share: what a path leads to, or all that their fields say.

use super::context::{CheckedTable, CompileContext};
use crate::condition::{Budget, CheckedPath, OutOfBudget, Query, ScalarValue};
use crate::model::{BlockId, Corpus};
use crate::rule::pack::toml_text::written;
use crate::schema::FieldId;
use crate::text::TomlString;

/// How deep blocks without a name may stand in each other for their fields to be compared.
const DEEPEST: usize = 8;

/// Something in which the members of a group agree.
pub(crate) struct Shared {
    /// What a path leads to; without one, all fields that say something of what the block is about.
    pub(crate) path: Option<CheckedPath>,
    /// As English says it.
    pub(crate) told: String,
}

/// What is compared of a block, one text for each of its values.
pub(crate) type ComparisonKey = Vec<String>;

/// How a block is told from others.
pub(crate) type Naming = fn(&Corpus, BlockId) -> String;

impl Shared {
    pub(crate) fn compile(
        by: &TomlString,
        of: &str,
        query: &Query,
        context: CompileContext<'_>,
    ) -> CheckedTable<Shared> {
        if by.text.trim().strip_prefix(of).is_some_and(|rest| rest == ".*") {
            return Ok(Shared { path: None, told: "fields that are not `descriptive`".to_owned() });
        }
        let path = context.path(query, &written(by))?;
        Ok(Shared { path: Some(path), told: format!("`{}`", by.text.trim()) })
    }

    /// What is compared of each of some blocks; nothing where a value that was read is broken.
    pub(crate) fn of(
        &self,
        (of, blocks): (&str, &[BlockId]),
        (corpus, budget): (&Corpus, &mut Budget),
        name: Naming,
    ) -> Result<Vec<Option<ComparisonKey>>, OutOfBudget> {
        match &self.path {
            Some(path) => {
                let found = path.eval_each(corpus, (of, blocks), budget)?;
                let key = |elements: Vec<ScalarValue>| {
                    let mut key: ComparisonKey = elements.iter().map(|element| text(element, corpus, name)).collect();
                    key.sort_unstable();
                    key.dedup();
                    key
                };
                Ok(found.into_iter().map(|elements| elements.map(key)).collect())
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
fn content(block: BlockId, corpus: &Corpus, (name, depth): (Naming, usize)) -> Option<ComparisonKey> {
    let mut key = ComparisonKey::new();
    for held in corpus.block(block).fields() {
        let field = corpus.schema.field(held.field);
        if field.descriptive {
            continue;
        }
        for value in held.values {
            let is_own = |inner: &BlockId| corpus.block(*inner).id().is_none() && depth > 0;
            let text = match (value.value.block().filter(is_own), ScalarValue::of(&value.value)) {
                (Some(inner), _) => format!("{:?}", content(inner, corpus, (name, depth - 1))?),
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
fn add_other_end(key: &mut ComparisonKey, (block, field): (BlockId, FieldId), corpus: &Corpus, name: Naming) {
    let others = corpus.referrers(block, field).iter();
    key.extend(others.map(|other| format!("{}:{}", corpus.schema.field(field).name, name(corpus, *other))));
}

/// An element as it is compared: those of different sorts are never the same.
fn text(element: &ScalarValue, corpus: &Corpus, name: Naming) -> String {
    match element {
        ScalarValue::Block(block) => name(corpus, *block),
        ScalarValue::Text(text) => format!("'{text}"),
        // Adding zero makes the two zeros, which are equal, one.
        ScalarValue::Number(number) => format!("={}", number + 0.0),
        ScalarValue::Days(days) => format!("@{days}"),
        ScalarValue::Flag(flag) => format!("?{flag}"),
    }
}

/// A block by its number, which is shorter than its id.
pub(crate) fn numbered(_: &Corpus, block: BlockId) -> String {
    format!("#{}", block.0)
}

/// A block by its id, which is the same in every run.
pub(crate) fn named(corpus: &Corpus, block: BlockId) -> String {
    format!("#{}", corpus.identity(block))
}
