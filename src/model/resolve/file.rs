//! From the tree of a file, or of a piece of one, to its index: first which blocks there are, then what they hold.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::sync::Arc;

use super::declare::{EnclosingBlock, FileIndexBuilder, folded};
use super::fields;
use super::lexicon::Lexicon;
use crate::model::index::file::{FileContext, FileIndex};
use crate::syntax::tree;
use crate::text::Sources;

impl FileIndex {
    /// What a file, or a piece of one, says in its outermost blocks: everything but what its references lead to.
    pub fn read<B: Borrow<tree::BlockNode>>(
        head: tree::Head<'_>,
        blocks: impl Iterator<Item = B>,
        (sources, lexicon): (&Sources, &Lexicon<'_>),
    ) -> FileIndex {
        let source = sources.get(head.source);
        let text = source.text();
        let namespace = head.namespace.map(|path| folded(path, text)).unwrap_or_default();
        let home = FileContext {
            source: head.source,
            file: source.name().into(),
            text: source.shared(),
            namespace: Arc::from(&*namespace),
        };
        let mut draft = FileIndexBuilder {
            part: FileIndex::new(home),
            text,
            lexicon,
            inline: Vec::new(),
            lost: HashMap::new(),
            rows: Vec::new(),
            held: Vec::new(),
            values: Vec::new(),
        };
        for block in blocks {
            draft.block(block.borrow(), &EnclosingBlock { outer: None, path: &namespace });
            let mut rows = std::mem::take(&mut draft.rows);
            fields::fill(&mut draft, block.borrow(), &mut rows.drain(..));
            draft.rows = rows;
        }
        draft.finish()
    }
}
