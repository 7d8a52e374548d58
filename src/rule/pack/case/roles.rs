//! What makes two rows of a rule the same finding: who plays which part, free of places.

use std::collections::BTreeSet;

use super::template::print;
use crate::condition::{Binder, JudgedExpressions, Judgement, Row, ScalarValue};
use crate::diagnostic::Identity;
use crate::model::{BlockId, Corpus};

/// The role of the blocks that a chain runs through.
const CHAIN: &str = "chain";

/// The binders of `for`, by role. Those that only the order of documents tells apart share a role.
pub(crate) struct Roles {
    groups: Vec<Vec<String>>,
}

impl Roles {
    /// Reads the binders of `for` and how they are ordered.
    pub(crate) fn new(parts: &JudgedExpressions<'_>, binders: &[Binder]) -> Roles {
        let free: Vec<&str> = parts.bindings.text.split(',').map(bound_name).collect();
        let mut groups: Vec<Vec<String>> = Vec::new();
        for binder in binders.iter().filter(|binder| free.contains(&binder.name.as_str())) {
            let swaps =
                |group: &&mut Vec<String>| group.iter().any(|other| interchangeable(other, &binder.name, parts));
            match groups.iter_mut().find(swaps) {
                Some(group) => group.push(binder.name.clone()),
                None => groups.push(vec![binder.name.clone()]),
            }
        }
        Roles { groups }
    }

    /// What a row is about. The blocks of a chain play one part together, wherever it was entered.
    pub(crate) fn identity(&self, corpus: &Corpus, row: &Row, chain: Option<&BTreeSet<BlockId>>) -> Identity {
        let mut identity = Identity::default();
        if let Some(blocks) = chain {
            let ids = blocks.iter().map(|block| corpus.identity(*block)).collect();
            identity.roles.push((CHAIN.to_owned(), ids));
        }
        for group in &self.groups {
            let mut ids = Vec::new();
            for element in group.iter().flat_map(|binder| row.element(binder)) {
                match element {
                    ScalarValue::Block(block) if chain.is_some_and(|blocks| blocks.contains(block)) => {}
                    ScalarValue::Block(block) => ids.push(corpus.identity(*block)),
                    value @ (ScalarValue::Text(_)
                    | ScalarValue::Number(_)
                    | ScalarValue::Days(_)
                    | ScalarValue::Flag(_)) => {
                        identity.value.push_str(&print(value, corpus));
                        identity.value.push('\n');
                    }
                }
            }
            if !ids.is_empty() {
                identity.roles.push((group.join(" "), ids));
            }
        }
        identity
    }

    /// The first block of a row, in the order of `for`.
    pub(crate) fn first_block(&self, row: &Row) -> Option<BlockId> {
        self.groups.iter().flatten().find_map(|binder| super::chain::block(row, binder))
    }
}

/// The name that `kinds name` or `name in set` binds.
fn bound_name(binding: &str) -> &str {
    let mut words = binding.split_whitespace();
    match (words.next(), words.next()) {
        (Some(name), Some("in")) => name,
        _ => binding.split_whitespace().next_back().unwrap_or_default(),
    }
}

/// Whether the condition puts two binders in document order, which says that they could as well be swapped.
fn interchangeable(a: &str, b: &str, parts: &JudgedExpressions<'_>) -> bool {
    let judged = match parts.judgement {
        Judgement::Require(formula) | Judgement::Forbid(formula) => formula.text,
    };
    let orders = |formula: &str| puts_before(formula, a, b) || puts_before(formula, b, a);
    parts.when.is_some_and(|when| orders(when.text)) || orders(judged)
}

/// Whether a formula says `first before second` of two binders.
fn puts_before(formula: &str, first: &str, second: &str) -> bool {
    let words: Vec<&str> = formula.split_whitespace().map(|word| word.trim_matches(['(', ')'])).collect();
    words.windows(3).any(|three| three == [first, "before", second])
}
