//! What the checker knows while it walks a condition: names, guards, and the problems so far.

use std::collections::HashMap;
use std::sync::Arc;

use super::typed::Typed;
use super::vocabulary::{Definitions, Params, Vocabulary};
use super::{guard, problems};
use crate::condition::ast::source::ExpressionSource;
use crate::condition::ast::tree::{Expr, Name, NodeId};
use crate::condition::plan::{Computed, Set, SetNode, Slot, Truth};
use crate::condition::values::row::Binder;
use crate::condition::values::types::{SetSize, Type};
use crate::diagnostic::Diagnostic;
use crate::schema::{FieldId, KindId, Schema};
use crate::text::{Span, Spanned};

/// How many definitions one rule may put in place of their names: definitions that use each other twice grow fast.
pub(crate) const MOST_EXPANDED: usize = 1_000;

/// Resolves names, types and guards of the expressions of one rule.
///
/// Each of its methods returns `None` when a problem was reported; what depends on it stays silent.
pub(crate) struct Checker<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) params: &'a Params,
    pub(crate) definitions: &'a Definitions,
    /// The expressions, whose words messages repeat.
    written: Vec<ExpressionSource<'a>>,
    /// Every binder so far, by its slot.
    pub(crate) binders: Vec<BoundName>,
    /// The slots of the binders in scope, outermost first.
    scope: Vec<Slot>,
    /// Paths that are known to lead somewhere, without white space.
    present: Vec<String>,
    /// How many repeated steps there are so far.
    pub(crate) repeated: usize,
    /// The definitions that are being put in place of their names, outermost first.
    pub(crate) expanding: Vec<&'a str>,
    /// How many definitions were put in place so far.
    pub(crate) expanded: usize,
    /// The way on which the outermost of them led to itself.
    pub(crate) circle: Option<Vec<&'a str>>,
    /// What the computed fields that were met stand for; nothing while one is being read, or if it cannot be.
    pub(crate) computed: HashMap<FieldId, Option<Arc<Computed>>>,
    /// The computed fields that are being read, outermost first.
    pub(crate) computing: Vec<FieldId>,
    /// The computed fields of which the first led to itself through the others.
    pub(crate) computed_circle: Option<Vec<FieldId>>,
    /// Words that stand in the place of a kind before one that is: names, written in the wrong order, which was reported.
    pub(crate) swapped: Vec<String>,
    pub(crate) problems: Vec<Diagnostic>,
}

/// A binder; without a type if what it ranges over was reported.
#[derive(Clone, Debug)]
pub(crate) struct BoundName {
    pub(crate) name: Name,
    pub(crate) holds: Option<Type>,
    pub(crate) card: SetSize,
    /// The set that the name stands for, where it is no binder but a parameter of a definition.
    pub(crate) alias: Option<Set>,
}

impl BoundName {
    /// The name, and the kinds of the blocks that it can stand for.
    pub(crate) fn binder(&self) -> Binder {
        let kinds = self.holds.as_ref().map(|holds| holds.kinds().to_vec()).unwrap_or_default();
        Binder { name: self.name.value.clone(), kinds }
    }
}

/// How much was in scope and known at some point.
#[derive(Clone, Copy)]
pub(crate) struct Checkpoint {
    scope: usize,
    present: usize,
}

/// What was in scope and known around a definition, which sees none of it.
pub(crate) struct Outside {
    scope: Vec<Slot>,
    present: Vec<String>,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(vocabulary: Vocabulary<'a>, mut written: Vec<ExpressionSource<'a>>) -> Checker<'a> {
        written.extend(vocabulary.definitions.bodies());
        Checker {
            schema: vocabulary.schema,
            params: vocabulary.params,
            definitions: vocabulary.definitions,
            written,
            binders: Vec::new(),
            scope: Vec::new(),
            present: Vec::new(),
            repeated: 0,
            expanding: Vec::new(),
            expanded: 0,
            circle: None,
            computed: HashMap::new(),
            computing: Vec::new(),
            computed_circle: None,
            swapped: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Takes in one more expression, whose words messages repeat.
    pub(crate) fn also_reads(&mut self, written: ExpressionSource<'a>) {
        self.written.push(written);
    }

    /// Reports a problem; the caller has nothing to return.
    pub(crate) fn report<T>(&mut self, problem: Diagnostic) -> Option<T> {
        self.problems.push(problem);
        None
    }

    /// What stands at a place of one of the expressions.
    pub(crate) fn shown(&self, span: Span) -> Spanned<&'a str> {
        let text = self.written.iter().filter(|written| written.holds(span)).find_map(|home| home.slice(span));
        Spanned::new(text.unwrap_or_default(), span)
    }

    /// Brings a name into scope; the same name twice would make labels and messages ambiguous.
    pub(crate) fn bind(&mut self, name: &Name, holds: Option<Type>) -> Slot {
        self.only_once(name);
        self.bind_free(name, holds)
    }

    /// Sets slots aside for names that come into scope later; the first of them.
    pub(crate) fn reserve<'n>(&mut self, names: impl Iterator<Item = &'n Name>) -> Slot {
        let first = self.binders.len();
        self.binders.extend(names.map(|name| BoundName {
            name: name.clone(),
            holds: None,
            card: SetSize::ONE,
            alias: None,
        }));
        first
    }

    /// Brings a name into scope for which a slot was set aside.
    pub(crate) fn bind_reserved(&mut self, slot: Slot, holds: Option<Type>) {
        let name = self.binders[slot].name.clone();
        self.only_once(&name);
        self.binders[slot].holds = holds;
        self.scope.push(slot);
    }

    fn only_once(&mut self, name: &Name) {
        if let Some(before) = self.in_scope(&name.value).map(|slot| self.binders[slot].name.span) {
            self.problems.push(problems::bound_twice(name, before));
        }
    }

    /// Brings a name into scope that is known to be free.
    pub(crate) fn bind_free(&mut self, name: &Name, holds: Option<Type>) -> Slot {
        self.bind_name(BoundName { name: name.clone(), holds, card: SetSize::ONE, alias: None })
    }

    /// Brings a name into scope that stands for what it is said to.
    pub(crate) fn bind_name(&mut self, bound: BoundName) -> Slot {
        let slot = self.binders.len();
        self.binders.push(bound);
        self.scope.push(slot);
        slot
    }

    /// What a name stands for; nothing, and reported, if it is not bound.
    pub(crate) fn lookup(&mut self, name: &Name) -> Option<Typed> {
        if let Some(slot) = self.in_scope(&name.value) {
            let bound = &self.binders[slot];
            let set =
                bound.alias.clone().unwrap_or_else(|| Set { id: NodeId::at(name.span), node: SetNode::Bound(slot) });
            return bound.holds.clone().map(|holds| Typed { set, holds, card: bound.card });
        }
        if self.swapped.contains(&name.value) {
            return None;
        }
        let known: Vec<&str> = self.scope.iter().map(|slot| self.binders[*slot].name.value.as_str()).collect();
        let problem = problems::unknown_binder(name, &known, self.schema);
        self.report(problem)
    }

    fn in_scope(&self, name: &str) -> Option<Slot> {
        self.scope.iter().rev().copied().find(|slot| self.binders[*slot].name.value == name)
    }

    pub(crate) fn mark(&self) -> Checkpoint {
        Checkpoint { scope: self.scope.len(), present: self.present.len() }
    }

    /// Forgets the names and guards since a mark.
    pub(crate) fn forget(&mut self, mark: Checkpoint) {
        self.scope.truncate(mark.scope);
        self.present.truncate(mark.present);
    }

    /// Whether more definitions were to be put in place than may be.
    pub(crate) fn has_outgrown(&self) -> bool {
        self.expanded > MOST_EXPANDED
    }

    /// Leaves all names and guards outside.
    pub(crate) fn step_inside(&mut self) -> Outside {
        Outside { scope: std::mem::take(&mut self.scope), present: std::mem::take(&mut self.present) }
    }

    /// Returns to the names and guards outside.
    pub(crate) fn step_out(&mut self, outside: Outside) {
        (self.scope, self.present) = (outside.scope, outside.present);
    }

    /// Takes in what a formula says of paths if it holds, or if it fails.
    pub(crate) fn assume(&mut self, formula: &Expr, truth: Truth) {
        let mut spans = Vec::new();
        guard::present(formula, truth, &mut spans);
        for span in spans {
            self.present.push(self.key(span));
        }
    }

    /// Takes in that a set is not empty.
    pub(crate) fn assume_some(&mut self, set: &Expr) {
        let mut spans = Vec::new();
        guard::prefixes(set, &mut spans);
        for span in spans {
            self.present.push(self.key(span));
        }
    }

    pub(crate) fn is_present(&self, span: Span) -> bool {
        !self.present.is_empty() && self.present.contains(&self.key(span))
    }

    /// A path as guards compare it: its words, whatever white space stands between them.
    fn key(&self, span: Span) -> String {
        self.shown(span).value.split_whitespace().collect()
    }

    /// The concrete kinds that the names stand for.
    pub(crate) fn kinds(&mut self, names: &[Name]) -> Option<Vec<KindId>> {
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
