//! The chain of a rule: the steps that lead from one block to another, shown one by one.

use std::collections::BTreeSet;

use super::compile::{Checked, Context};
use super::problems;
use super::written::WrittenChain;
use crate::condition::{Binder, Element, Query, Row, Touched, chain};
use crate::diagnostic::Label;
use crate::model::{BlockId, Corpus};
use crate::schema::{FieldId, Schema};
use crate::text::Quoted;

/// `chain = { from, along, to, step }`, checked.
pub(super) struct Chain {
    from: String,
    along: Vec<FieldId>,
    to: String,
    step: String,
}

/// A chain as it was found in the claims.
pub(super) struct Steps {
    /// Every block on it, both ends included.
    pub(super) blocks: BTreeSet<BlockId>,
    /// The value by which each step is made.
    pub(super) labels: Vec<Label>,
}

impl Chain {
    pub(super) fn compile(written: &WrittenChain, query: &Query, context: Context<'_>) -> Checked<Chain> {
        let from = binder(&context.quote(&written.from), query.binders());
        let to = binder(&context.quote(&written.to), query.binders());
        let along = from
            .as_ref()
            .map_or(Ok(Vec::new()), |from| fields(&context.quote(&written.along), from, context.vocabulary.schema));
        match (from, along, to) {
            (Ok(from), Ok(along), Ok(to)) => {
                Ok(Chain { from: from.name.clone(), along, to: to.name.clone(), step: written.step.clone() })
            }
            (from, along, to) => Err([from.err(), along.err(), to.err()].into_iter().flatten().flatten().collect()),
        }
    }

    /// Adds the blocks from which an edit may have changed where it leads.
    pub(super) fn touch(&self, touched: &mut Touched<'_>) {
        touched.chain(&self.along);
    }

    /// The shortest chain between the two blocks of a row.
    pub(super) fn walk(&self, corpus: &Corpus, row: &Row) -> Option<Steps> {
        let (from, to) = (block(row, &self.from)?, block(row, &self.to)?);
        let steps = chain(corpus, from, &self.along, to)?;
        let label = |(_, span): &(BlockId, _)| Label { span: *span, text: self.step.clone() };
        Some(Steps {
            labels: steps.iter().map(label).collect(),
            blocks: steps.iter().map(|(block, _)| *block).chain([to]).collect(),
        })
    }
}

impl Steps {
    /// The steps after the one that the primary label speaks of, which closes in on the value that makes it.
    pub(super) fn after(mut self, primary: &mut Label) -> Vec<Label> {
        let told = self.labels.iter().position(|step| primary.span.contains(step.span));
        if let Some(told) = told {
            primary.span = self.labels.remove(told).span;
        }
        self.labels
    }
}

fn binder<'a>(written: &Quoted, binders: &'a [Binder]) -> Checked<&'a Binder> {
    let names = binders.iter().map(|binder| binder.name.as_str());
    binders
        .iter()
        .find(|binder| binder.name == written.text)
        .ok_or_else(|| vec![problems::unknown_binder(written, names)])
}

/// The fields of these names on whatever kinds the chain starts from: `because`, or `because | elaborates`.
fn fields(written: &Quoted, from: &Binder, schema: &Schema) -> Checked<Vec<FieldId>> {
    let kinds = schema.concrete(&from.kinds);
    let mut found = BTreeSet::new();
    for name in written.text.split('|').map(str::trim) {
        let before = found.len();
        found.extend(kinds.iter().filter_map(|kind| schema.field_of(*kind, name)));
        if found.len() == before {
            let all = kinds.iter().flat_map(|kind| &schema.kind(*kind).fields);
            let names: BTreeSet<&str> = all.map(|field| schema.field(*field).name.as_str()).collect();
            return Err(vec![problems::unknown_chain_field(written, name, names)]);
        }
    }
    Ok(found.into_iter().collect())
}

/// The block that a binder stands for in a row.
pub(super) fn block(row: &Row, binder: &str) -> Option<BlockId> {
    row.element(binder).iter().find_map(|element| match element {
        Element::Block(block) => Some(*block),
        Element::Text(_) | Element::Number(_) | Element::Days(_) | Element::Flag(_) => None,
    })
}
