//! What some texts declare, apart from the project that they belong to.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::resolve;
use crate::schema::Schema;
use crate::syntax;
use crate::text::Sources;

/// The namespace that a claims file declares; empty for none.
pub fn namespace(path: &str, text: &str) -> String {
    let mut sources = Sources::new();
    let file = sources.add(path, text);
    let tree = syntax::parse(file, &sources).file;
    tree.namespace.map(|name| sources.slice(name.span()).to_owned()).unwrap_or_default()
}

/// The full ids of the blocks that claims files declare, given by path. Faults in them do not matter here.
pub fn declared(texts: &BTreeMap<String, String>, schema: &Schema) -> BTreeSet<String> {
    let mut sources = Sources::new();
    let files: Vec<_> = texts.iter().map(|(path, text)| sources.add(path, text)).collect();
    let trees: Vec<_> = files.iter().map(|file| syntax::parse(*file, &sources).file).collect();
    let corpus = resolve(&trees, &sources, schema.clone()).corpus;
    corpus.block_ids().filter_map(|block| corpus.block(block).id().map(str::to_owned)).collect()
}
