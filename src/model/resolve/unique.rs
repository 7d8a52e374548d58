//! Groups of fields whose values together may occur once.

use hashbrown::HashMap;

use super::problems;
use crate::diagnostic::Diagnostic;
use crate::model::{BlockId, Corpus, Value};
use crate::schema::FieldId;

/// Reports blocks of one kind that agree in all fields of a unique group.
///
/// Blocks that share their id were reported as duplicates already.
pub(super) fn report(corpus: &Corpus, problems: &mut Vec<Diagnostic>) {
    for kind in corpus.schema.kind_ids() {
        for group in &corpus.schema.kind(kind).unique {
            let keyed = corpus.of_kind(kind).iter().filter_map(|block| Some((key(corpus, *block, group)?, *block)));
            for mut twins in grouped(keyed) {
                let first = twins[0];
                twins.retain(|block| *block == first || corpus.block(*block).id() != corpus.block(first).id());
                if twins.len() > 1 {
                    problems.push(problems::not_unique(corpus, group, &twins));
                }
            }
        }
    }
}

/// The values of a group of fields; nothing when one of them is absent or broken.
fn key(corpus: &Corpus, block: BlockId, group: &[FieldId]) -> Option<String> {
    let mut words = String::new();
    for field in group {
        let values = corpus.values(block, *field);
        let broken = values.is_empty() || corpus.is_broken(block, *field);
        if broken {
            return None;
        }
        for held in values {
            words.push_str(&key_of(&held.value));
            words.push('\u{1f}');
        }
    }
    Some(words)
}

fn key_of(value: &Value) -> String {
    match value {
        Value::Block(block) => format!("#{}", block.0),
        Value::Text(words) | Value::Term(words) => (*words).to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Days(days) => days.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Broken => String::new(),
    }
}

/// The blocks by a key, in the order of their first occurrence.
fn grouped<K: std::hash::Hash + Eq + Clone>(keyed: impl Iterator<Item = (K, BlockId)>) -> Vec<Vec<BlockId>> {
    let mut order: Vec<Vec<BlockId>> = Vec::new();
    let mut at: HashMap<K, usize> = HashMap::new();
    for (key, block) in keyed {
        let index = *at.entry(key).or_insert_with(|| {
            order.push(Vec::new());
            order.len() - 1
        });
        order[index].push(block);
    }
    order
}
