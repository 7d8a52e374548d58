//! The namespaces that settings name.

use std::collections::BTreeSet;

use super::problems;
use crate::diagnostic::Diagnostic;
use crate::model::Corpus;
use crate::project::config::Config;
use crate::text::{Nearest, Spanned};

/// A problem for each namespace that an override names and in which no block stands.
pub(super) fn empty(config: &Config, corpus: &Corpus) -> Vec<Diagnostic> {
    let named: Vec<&Spanned<String>> = config.settings.overrides.iter().flat_map(|by| &by.namespaces).collect();
    if named.is_empty() {
        return Vec::new();
    }
    let known: BTreeSet<&str> = corpus.block_ids().map(|block| corpus.block(block).namespace()).collect();
    let beneath = |known: &str, outer: &str| {
        known.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let empty = named
        .into_iter()
        .filter(|outer| config.is_own(outer.span) && !known.iter().any(|namespace| beneath(namespace, &outer.value)));
    empty
        .map(|outer| problems::no_namespace(outer, &Nearest::default().find(&outer.value, known.iter().copied(), 1)))
        .collect()
}
