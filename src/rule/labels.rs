//! The labels of a rule: a place, and what is said of it.

use super::compile::{Checked, Context};
use super::quoted::written;
use super::template::Template;
use super::written::WrittenLabel;
use crate::condition::{Place, Query, Reads, Row};
use crate::diagnostic::Label;
use crate::model::Corpus;
use crate::schema::Schema;

/// One element of `labels`, checked.
pub(super) struct LabelTemplate {
    at: Place,
    text: Template,
}

impl LabelTemplate {
    pub(super) fn compile(label: &WrittenLabel, query: &Query, context: Context<'_>) -> Checked<LabelTemplate> {
        let at = query.place(&written(&context.quote(&label.at)), context.vocabulary);
        let text = Template::compile(&context.quote(&label.text), query, &context);
        match (at, text) {
            (Ok(at), Ok(text)) => Ok(LabelTemplate { at, text }),
            (at, text) => Err(at.err().into_iter().chain(text.err()).flatten().collect()),
        }
    }

    /// Notes what drawing it reads.
    pub(super) fn note_reads(&self, reads: &mut Reads, schema: &Schema) {
        self.at.note_reads(reads, schema);
        self.text.note_reads(reads, schema);
    }

    /// The label at each of its places, whose text speaks of the block that stands there.
    pub(super) fn draw(&self, corpus: &Corpus, row: &Row) -> Vec<Label> {
        let draw = |(span, block)| match block {
            Some(block) => Label { span, text: self.text.fill(corpus, &row.only(self.at.about(), block)) },
            None => Label { span, text: self.text.fill(corpus, row) },
        };
        self.at.spans(corpus, row).into_iter().map(draw).collect()
    }
}
