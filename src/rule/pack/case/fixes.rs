//! The fixes of a rule: what each does at which place.

use super::context::{CheckedTable, CompileContext, keep};
use super::template::Template;
use crate::condition::{DirtySet, LabelPlace, Query, Row};
use crate::diagnostic::{Fix, Safety, TextEdit};
use crate::model::BlockId;
use crate::rule::pack::problems;
use crate::rule::pack::toml_text::written;
use crate::rule::pack::written::{EditAction, WrittenEdit, WrittenFix};
use crate::rule::repair::edits::EditBuilder;

/// One fix of a case, checked.
pub(crate) struct FixTemplate {
    title: Template,
    safety: Safety,
    edits: Vec<EditTemplate>,
}

/// One edit of a fix, checked.
struct EditTemplate {
    verb: EditAction,
    at: LabelPlace,
    with: Option<Template>,
}

impl FixTemplate {
    pub(crate) fn compile(fix: &WrittenFix, query: &Query, context: CompileContext<'_>) -> CheckedTable<FixTemplate> {
        let mut wrong = Vec::new();
        let title = keep(Template::compile(&context.quote(&fix.title), query, &context), &mut wrong);
        let edits = fix.edits.iter().map(|edit| EditTemplate::compile(edit, query, context));
        let edits = edits.filter_map(|edit| keep(edit, &mut wrong)).collect();
        match title {
            Some(title) if wrong.is_empty() => Ok(FixTemplate { title, safety: fix.safety, edits }),
            Some(_) | None => Err(wrong),
        }
    }

    /// Adds the blocks at which an edit may have changed what it comes to.
    pub(crate) fn touch(&self, dirty: &mut DirtySet<'_>) {
        self.title.touch(dirty);
        self.edits.iter().for_each(|edit| edit.touch(dirty));
    }

    /// What it comes to in the text, for one row: all of its edits, or nothing.
    pub(crate) fn draw(&self, builder: EditBuilder<'_>, row: &Row) -> Option<Fix> {
        let drawn: Option<Vec<Vec<TextEdit>>> = self.edits.iter().map(|edit| edit.draw(builder, row)).collect();
        let edits = drawn?.concat();
        if edits.is_empty() {
            return None;
        }
        Some(Fix { title: self.title.fill(builder.corpus, row), safety: self.safety, edits })
    }
}

impl EditTemplate {
    fn compile(edit: &WrittenEdit, query: &Query, context: CompileContext<'_>) -> CheckedTable<EditTemplate> {
        let (verb, at) = match edit.verbs().as_slice() {
            [(verb, at)] => (*verb, context.quote(at)),
            _ => return Err(vec![problems::edit_without_verb(context.span(edit.span()))]),
        };
        if (verb == EditAction::Remove) != edit.with.is_none() {
            return Err(vec![problems::edit_with(verb == EditAction::Remove, at.whole)]);
        }
        let mut wrong = Vec::new();
        let place = keep(context.place(query, &written(&at)), &mut wrong);
        let with = edit.with.as_ref().map(|with| Template::compile(&context.quote(with), query, &context));
        let with = with.and_then(|with| keep(with, &mut wrong));
        match place {
            Some(place) if !place.can_be(verb != EditAction::Remove && verb != EditAction::InsertBlock) => {
                Err(vec![problems::no_place_to_edit(at.whole)])
            }
            Some(at) if wrong.is_empty() => Ok(EditTemplate { verb, at, with }),
            Some(_) | None => Err(wrong),
        }
    }

    fn touch(&self, dirty: &mut DirtySet<'_>) {
        self.at.touch(dirty);
        self.with.iter().for_each(|with| with.touch(dirty));
    }

    /// What it comes to in the text, for one row; nothing if what is to be written is not certain.
    fn draw(&self, builder: EditBuilder<'_>, row: &Row) -> Option<Vec<TextEdit>> {
        let mut edits = Vec::new();
        for target in self.at.targets(builder.corpus, row) {
            let text = self.text(builder, row, target.block)?;
            edits.extend(match self.verb {
                EditAction::Replace => builder.replace(&target, &text),
                EditAction::Set => builder.set(&target, &text),
                EditAction::Add => builder.add(&target, &text),
                EditAction::Remove => builder.remove(&target),
                EditAction::Rename => builder.rename_to(&target, &text),
                EditAction::InsertBlock => builder.insert_block(&target, &text),
            });
        }
        Some(edits)
    }

    /// What is to be written in a block.
    fn text(&self, builder: EditBuilder<'_>, row: &Row, block: BlockId) -> Option<String> {
        match &self.with {
            Some(with) => with.certain(builder.corpus, row, builder.corpus.block(block).namespace()),
            None => Some(String::new()),
        }
    }
}
