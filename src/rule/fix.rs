//! What the table of a rule says of mending what it finds.

use serde::{Deserialize, Serialize};

use super::compile::{Checked, Context, keep};
use super::edits::Desk;
use super::problems;
use super::quoted::written;
use super::template::Template;
use super::written::WrittenEdit;
use crate::condition::{Place, Query, Row, Touched};
use crate::diagnostic::{Edit, Safety};

/// What to call a fix, and how far to trust it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// What it does, as an order.
    pub title: String,
    /// Who must look at it first.
    pub safety: Safety,
}

/// One edit of a rule, checked.
pub(super) struct EditTemplate {
    verb: Verb,
    at: Place,
    with: Option<Template>,
}

/// What an edit does at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Replace,
    Set,
    Add,
    Remove,
    InsertBlock,
}

impl EditTemplate {
    pub(super) fn compile(edit: &WrittenEdit, query: &Query, context: Context<'_>) -> Checked<EditTemplate> {
        let (verb, at) = match edit.verbs().as_slice() {
            [(verb, at)] => (*verb, context.quote(at)),
            _ => return Err(vec![problems::edit_without_verb(context.span(edit.span()))]),
        };
        if (verb == Verb::Remove) != edit.with.is_none() {
            return Err(vec![problems::edit_with(verb == Verb::Remove, at.whole)]);
        }
        let mut wrong = Vec::new();
        let place = keep(query.place(&written(&at), context.vocabulary), &mut wrong);
        let with = edit.with.as_ref().map(|with| Template::compile(&context.quote(with), query, &context));
        let with = with.and_then(|with| keep(with, &mut wrong));
        match place {
            Some(place) if !place.can_be(verb != Verb::Remove && verb != Verb::InsertBlock) => {
                Err(vec![problems::no_place_to_edit(at.whole)])
            }
            Some(at) if wrong.is_empty() => Ok(EditTemplate { verb, at, with }),
            Some(_) | None => Err(wrong),
        }
    }

    /// Adds the blocks at which an edit may have changed what it comes to.
    pub(super) fn touch(&self, touched: &mut Touched<'_>) {
        self.at.touch(touched);
        self.with.iter().for_each(|with| with.touch(touched));
    }

    /// What it comes to in the text, for one row; nothing if what is to be written is not certain.
    pub(super) fn draw(&self, desk: Desk<'_>, row: &Row) -> Option<Vec<Edit>> {
        let text = match &self.with {
            Some(with) => with.certain(desk.corpus, row)?,
            None => String::new(),
        };
        let edits = self.at.targets(desk.corpus, row).into_iter().flat_map(|target| match self.verb {
            Verb::Replace => desk.replace(&target, &text),
            Verb::Set => desk.set(&target, &text),
            Verb::Add => desk.add(&target, &text),
            Verb::Remove => desk.remove(&target),
            Verb::InsertBlock => desk.insert_block(&target, &text),
        });
        Some(edits.collect())
    }
}
