//! What the checker knows while it walks a condition: names, guards, and the problems so far.

use super::tree::{Expr, Name};
use super::types::Type;
use super::{Params, Written, guard, problems};
use crate::diagnostic::Diagnostic;
use crate::schema::{KindId, Schema};
use crate::text::{Span, Spanned};

use super::plan::{Slot, Truth};

/// Resolves names, types and guards of the expressions of one rule.
///
/// Each of its methods returns `None` when a problem was reported; what depends on it stays silent.
pub(super) struct Checker<'a> {
    pub(super) schema: &'a Schema,
    pub(super) params: &'a Params,
    /// The expressions, whose words messages repeat.
    written: Vec<Written<'a>>,
    /// Every binder so far, by its slot.
    pub(super) binders: Vec<Bound>,
    /// The slots of the binders in scope, outermost first.
    scope: Vec<Slot>,
    /// Paths that are known to lead somewhere, without white space.
    present: Vec<String>,
    /// How many repeated steps there are so far.
    pub(super) repeated: usize,
    pub(super) problems: Vec<Diagnostic>,
}

/// A binder; without a type if what it ranges over was reported.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) name: Name,
    pub(super) holds: Option<Type>,
}

/// How much was in scope and known at some point.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    scope: usize,
    present: usize,
}

impl<'a> Checker<'a> {
    pub(super) fn new(schema: &'a Schema, params: &'a Params, written: Vec<Written<'a>>) -> Checker<'a> {
        Checker {
            schema,
            params,
            written,
            binders: Vec::new(),
            scope: Vec::new(),
            present: Vec::new(),
            repeated: 0,
            problems: Vec::new(),
        }
    }

    /// Reports a problem; the caller has nothing to return.
    pub(super) fn report<T>(&mut self, problem: Diagnostic) -> Option<T> {
        self.problems.push(problem);
        None
    }

    /// What stands at a place of one of the expressions.
    pub(super) fn shown(&self, span: Span) -> Spanned<&'a str> {
        let home = self.written.iter().find(|written| written.at.source == span.source && written.holds(span));
        let text = home.and_then(|home| {
            let start = (span.start - home.at.start) as usize;
            home.text.get(start..start + span.len())
        });
        Spanned::new(text.unwrap_or_default(), span)
    }

    /// Brings a name into scope; the same name twice would make labels and messages ambiguous.
    pub(super) fn bind(&mut self, name: &Name, holds: Option<Type>) -> Slot {
        if let Some(before) = self.in_scope(&name.value).map(|slot| self.binders[slot].name.span) {
            self.problems.push(problems::bound_twice(name, before));
        }
        self.bind_free(name, holds)
    }

    /// Brings a name into scope that is known to be free.
    pub(super) fn bind_free(&mut self, name: &Name, holds: Option<Type>) -> Slot {
        let slot = self.binders.len();
        self.binders.push(Bound { name: name.clone(), holds });
        self.scope.push(slot);
        slot
    }

    /// The slot and the type of a name; both `None` and reported if it is not bound.
    pub(super) fn lookup(&mut self, name: &Name) -> Option<(Slot, Type)> {
        if let Some(slot) = self.in_scope(&name.value) {
            return self.binders[slot].holds.clone().map(|holds| (slot, holds));
        }
        let known: Vec<&str> = self.scope.iter().map(|slot| self.binders[*slot].name.value.as_str()).collect();
        let problem = problems::unknown_binder(name, &known, self.schema);
        self.report(problem)
    }

    fn in_scope(&self, name: &str) -> Option<Slot> {
        self.scope.iter().rev().copied().find(|slot| self.binders[*slot].name.value == name)
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { scope: self.scope.len(), present: self.present.len() }
    }

    /// Forgets the names and guards since a mark.
    pub(super) fn forget(&mut self, mark: Mark) {
        self.scope.truncate(mark.scope);
        self.present.truncate(mark.present);
    }

    /// Takes in what a formula says of paths if it holds, or if it fails.
    pub(super) fn assume(&mut self, formula: &Expr, truth: Truth) {
        let mut spans = Vec::new();
        guard::present(formula, truth, &mut spans);
        for span in spans {
            self.present.push(self.key(span));
        }
    }

    /// Takes in that a set is not empty.
    pub(super) fn assume_some(&mut self, set: &Expr) {
        let mut spans = Vec::new();
        guard::prefixes(set, &mut spans);
        for span in spans {
            self.present.push(self.key(span));
        }
    }

    pub(super) fn is_present(&self, span: Span) -> bool {
        let key = self.key(span);
        self.present.contains(&key)
    }

    /// A path as guards compare it: its words, whatever white space stands between them.
    fn key(&self, span: Span) -> String {
        self.shown(span).value.split_whitespace().collect()
    }

    /// The concrete kinds that the names stand for.
    pub(super) fn kinds(&mut self, names: &[Name]) -> Option<Vec<KindId>> {
        let mut kinds = Vec::new();
        for name in names {
            match (name.value.as_str(), self.schema.kind_named(&name.value)) {
                ("any", _) => return Some(self.schema.concrete(&[])),
                (_, Some(kind)) => kinds.push(kind),
                (_, None) => return self.report(problems::unknown_kind(name, self.schema)),
            }
        }
        Some(self.schema.concrete(&kinds))
    }
}
