//! The labels of a rule: a place, and what is said of it.

use super::context::{CheckedTable, CompileContext};
use super::template::Template;
use crate::condition::{DirtySet, ExpressionSource, LabelPlace, Query, Row};
use crate::diagnostic::Label;
use crate::model::Corpus;
use crate::rule::pack::toml_text::written;
use crate::rule::pack::written::WrittenLabel;
use crate::text::TomlString;

/// One element of `labels`, checked.
pub(crate) struct LabelTemplate {
    at: LabelPlace,
    text: Template,
    /// Whether it stands at the first member of a group.
    pub(crate) first: bool,
}

impl LabelTemplate {
    pub(crate) fn compile(
        label: &WrittenLabel,
        query: &Query,
        context: CompileContext<'_>,
    ) -> CheckedTable<LabelTemplate> {
        let at = context.place(query, &written(&context.quote(&label.at)));
        let text = Template::compile(&context.quote(&label.text), query, &context);
        match (at, text) {
            (Ok(at), Ok(text)) => Ok(LabelTemplate { at, text, first: label.first }),
            (at, text) => Err(at.err().into_iter().chain(text.err()).flatten().collect()),
        }
    }

    /// The label of a rule that names none: the first block of `for`.
    pub(crate) fn usual(
        bindings: &TomlString,
        query: &Query,
        context: CompileContext<'_>,
    ) -> CheckedTable<LabelTemplate> {
        let name = query.binders().first().map_or("", |binder| &binder.name);
        let at = ExpressionSource { text: name, at: bindings.whole, exact: false };
        let (at, _) = query.place(&at, context.vocabulary)?;
        Ok(LabelTemplate { at, text: Template::empty(), first: false })
    }

    /// Adds the blocks at which an edit may have changed where it is and what it says.
    pub(crate) fn touch(&self, dirty: &mut DirtySet<'_>) {
        self.at.touch(dirty);
        self.text.touch(dirty);
    }

    /// The label at each of its places, whose text speaks of the block that stands there.
    pub(crate) fn draw(&self, corpus: &Corpus, row: &Row) -> Vec<Label> {
        let draw = |(number, (span, block))| match block {
            Some(block) => Label { span, text: self.text.fill_at(corpus, &row.only(self.at.about(), block), number) },
            None => Label { span, text: self.text.fill_at(corpus, row, number) },
        };
        self.at.spans(corpus, row).into_iter().enumerate().map(draw).collect()
    }
}
