//! Reads columns out of the corpus; no other file of the set-at-a-time engine asks it for fields.

use std::sync::Arc;

use super::column::{Column, InverseColumns};
use super::columns::ColumnStore;
use super::dictionary::Symbol;
use crate::condition::eval::evaluator::implied;
use crate::condition::native::field::NativeField;
use crate::condition::plan::Implicit;
use crate::condition::values::scalar::ScalarValue;
use crate::model::BlockId;
use crate::schema::{FieldId, KindId};

impl ColumnStore<'_> {
    pub(super) fn forward(&self, field: FieldId, kind: KindId) -> Column {
        let corpus = self.corpus;
        let behind = corpus.schema.field(field).symmetric.then(|| self.backward(field));
        let mut column = Column::default();
        // Blocks are numbers already.
        let refers = corpus.schema.field(field).holds.kinds().is_some();
        let mut dictionary = (!refers).then(|| self.write());
        for (rank, block) in corpus.of_kind(kind).iter().enumerate() {
            match &mut dictionary {
                Some(dictionary) => {
                    let values = corpus.values(*block, field).into_iter();
                    column.values.extend(values.filter_map(|held| dictionary.value(held.value)));
                }
                None => corpus.add_targets(*block, field, &mut column.values),
            }
            if let Some(behind) = &behind {
                column.values.extend_from_slice(behind.of(kind).at(rank));
            }
            column.end();
        }
        column.closed()
    }

    pub(super) fn implicit(&self, implicit: Implicit, kind: KindId) -> Column {
        let corpus = self.corpus;
        let mut column = Column::default();
        let mut dictionary = self.write();
        for block in corpus.of_kind(kind) {
            column.values.extend(implied(corpus, *block, implicit).map(|text| dictionary.text(text)));
            column.end();
        }
        column.closed()
    }

    pub(super) fn native(&self, native_field: &NativeField, kind: KindId) -> Column {
        let blocks = self.corpus.of_kind(kind);
        // What takes long is done before anyone has to wait for the dictionary.
        if native_field.reads_words() {
            self.corpus.match_lexicon(blocks);
        }
        let found: Vec<Vec<ScalarValue>> = blocks.iter().map(|block| native_field.of(self.corpus, *block)).collect();
        let mut column = Column::default();
        let mut dictionary = self.write();
        for elements in found {
            column.values.extend(elements.into_iter().map(|element| dictionary.element(element)));
            column.end();
        }
        column.closed()
    }

    /// Turns a field around: for each block the blocks that refer to it, in document order, each once.
    pub(super) fn turn(&self, field: FieldId) -> InverseColumns {
        let corpus = self.corpus;
        let owners = corpus.schema.kind_ids().filter(|kind| corpus.schema.kind(*kind).fields.contains(&field));
        let mut pairs: Vec<Vec<(Symbol, Symbol)>> = vec![Vec::new(); corpus.schema.kinds.len()];
        let mut targets = Vec::new();
        for from in owners.flat_map(|kind| corpus.of_kind(kind)) {
            targets.clear();
            corpus.add_targets(*from, field, &mut targets);
            for to in &targets {
                pairs[usize::from(self.kind(*to).0)].push((*to, from.0));
            }
        }
        let by_kind = corpus.schema.kind_ids().zip(pairs);
        InverseColumns(by_kind.map(|(kind, pairs)| Arc::new(grouped(corpus.of_kind(kind), pairs))).collect())
    }
}

/// The column of the blocks that stand on the left of the pairs.
fn grouped(blocks: &[BlockId], mut pairs: Vec<(Symbol, Symbol)>) -> Column {
    let mut column = Column::default();
    if pairs.is_empty() {
        return column;
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut rest = pairs.into_iter().peekable();
    for block in blocks {
        while let Some((_, from)) = rest.next_if(|(to, _)| *to == block.0) {
            column.values.push(from);
        }
        column.end();
    }
    column.closed()
}
