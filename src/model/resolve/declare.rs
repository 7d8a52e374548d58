//! First pass: which blocks there are, and what they are called.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::names::Names;
use super::{Draft, is_inline, problems};
use crate::diagnostic::Diagnostic;
use crate::model::{Block, BlockId};
use crate::schema::{KindId, Schema};
use crate::syntax::{Brackets, decode, fold_name, tree};
use crate::text::{Sources, Span, Spanned};

/// Declares every block of every file.
pub(super) fn declare<'tree>(
    files: &'tree [tree::File],
    sources: &Sources,
    schema: &Schema,
    problems: &mut Vec<Diagnostic>,
) -> Draft<'tree> {
    let draft = Draft {
        blocks: Vec::new(),
        trees: Vec::new(),
        lost: HashMap::new(),
        incomplete: false,
        names: Names::default(),
    };
    let mut pass = Pass { sources, schema, problems, draft };
    for file in files {
        let name: Arc<str> = sources.get(file.source).name().into();
        let namespace: Arc<str> = file.namespace.as_ref().map(|path| pass.path(path)).unwrap_or_default().into();
        for block in &file.blocks {
            pass.block(
                block,
                &Around { outer: None, path: namespace.clone(), namespace: namespace.clone(), file: name.clone() },
            );
        }
    }
    pass.draft
}

/// What stands around a block.
struct Around {
    outer: Option<Outer>,
    /// The full id of the outer block, or the namespace.
    path: Arc<str>,
    namespace: Arc<str>,
    file: Arc<str>,
}

/// The block around another; its kind is unknown when it was not understood.
#[derive(Clone, Copy)]
struct Outer {
    kind: Option<KindId>,
    block: Option<BlockId>,
}

struct Pass<'tree, 'a> {
    sources: &'a Sources,
    schema: &'a Schema,
    problems: &'a mut Vec<Diagnostic>,
    draft: Draft<'tree>,
}

impl<'tree> Pass<'tree, '_> {
    /// Declares a block and those inside it; the reader bounds how deep they nest.
    fn block(&mut self, written: &'tree tree::Block, around: &Around) {
        let id = written.id.map(|id| self.full_id(id, around));
        let kind = if written.broken { None } else { self.kind(written, around) };
        if kind.is_none() {
            self.draft.incomplete = true;
            self.lose(written, around);
        }
        let block = match (kind, &id) {
            (Some(kind), id) => Some(self.add(written, (kind, id.as_ref()), around)),
            (None, Some(id)) => {
                self.draft.names.poison(id);
                None
            }
            (None, None) => None,
        };
        let inner = Around {
            outer: Some(Outer { kind, block }),
            path: id.unwrap_or_else(|| around.path.clone()),
            namespace: around.namespace.clone(),
            file: around.file.clone(),
        };
        for item in written.items() {
            if let tree::Item::Block(nested) = item {
                self.block(nested, &inner);
            }
        }
    }

    /// The kind of a block that may stand here; reports one that may not.
    fn kind(&mut self, written: &tree::Block, around: &Around) -> Option<KindId> {
        let word = fold_name(self.sources.slice(written.kind));
        let found = self.schema.kind_named(&word);
        let outer = around.outer.as_ref().and_then(|outer| outer.kind);
        let allowed = found.is_some_and(|kind| self.may_stand(kind, around));
        if !allowed && outer.is_some_and(|outer| self.schema.field_of(outer, &word).is_some()) {
            self.problems.push(problems::missing_colon(&word, written.kind));
            return None;
        }
        let Some(kind) = found else {
            self.problems.push(problems::unknown_kind(self.schema, &word, written.kind));
            return None;
        };
        if self.schema.kind(kind).is_abstract {
            self.problems.push(problems::abstract_kind(self.schema, kind, written.kind));
            return None;
        }
        if !allowed {
            self.problems.push(problems::misplaced(self.schema, kind, outer, written.kind));
        }
        if written.id.is_none() && !self.schema.kind(kind).anonymous && !is_inline(self.schema, kind) {
            self.draft.incomplete = true;
            self.problems.push(problems::missing_id(&word, written.kind));
        }
        Some(kind)
    }

    /// A block that was not understood may have been meant as a field of the block around it.
    fn lose(&mut self, written: &tree::Block, around: &Around) {
        let word = fold_name(self.sources.slice(written.kind));
        let Some(Outer { kind: Some(kind), block: Some(block) }) = around.outer else { return };
        if let Some(field) = self.schema.field_of(kind, &word) {
            self.draft.lost.entry(block).or_default().push(field);
        }
    }

    fn may_stand(&self, kind: KindId, around: &Around) -> bool {
        match &around.outer {
            None => !is_inline(self.schema, kind),
            Some(Outer { kind: None, .. }) => true,
            Some(Outer { kind: Some(outer), .. }) => {
                let inside = &self.schema.kind(kind).inside;
                !inside.is_empty() && self.schema.allows(inside, *outer)
            }
        }
    }

    fn add(
        &mut self,
        written: &'tree tree::Block,
        (kind, id): (KindId, Option<&Arc<str>>),
        around: &Around,
    ) -> BlockId {
        let block = BlockId(self.draft.blocks.len() as u32);
        if let Some(id) = id {
            self.draft.names.declare(id, block);
        }
        self.draft.trees.push(written);
        self.draft.blocks.push(Block {
            kind,
            id: id.cloned(),
            namespace: around.namespace.clone(),
            file: around.file.clone(),
            title: written.title.map(|title| Spanned::new(decode(title, self.sources, Brackets::AreText), title)),
            outer: around.outer.as_ref().and_then(|outer| outer.block),
            header: written.id.unwrap_or(written.kind),
            whole: written.span,
            fields: Vec::new(),
        });
        block
    }

    fn full_id(&self, id: Span, around: &Around) -> Arc<str> {
        let name = fold_name(self.sources.slice(id));
        if around.path.is_empty() { name.into() } else { [&around.path, "/", &*name].concat().into() }
    }

    fn path(&self, path: &tree::Path) -> String {
        path.names.iter().map(|name| fold_name(self.sources.slice(*name))).collect::<Vec<Cow<'_, str>>>().join("/")
    }
}
