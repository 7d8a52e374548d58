//! Paths inside the messages of a rule.

use super::compile::Query;
use crate::condition::ast::excerpt::all_relocated;
use crate::condition::ast::source::ExpressionSource;
use crate::condition::check::advice;
use crate::condition::check::checker::Checker;
use crate::condition::check::vocabulary::Vocabulary;
use crate::condition::eval::budget::{Budget, OutOfBudget};
use crate::condition::eval::evaluator::Evaluator;
use crate::condition::eval::memo::ReadState;
use crate::condition::parse::read::read_path;
use crate::condition::plan::Set;
use crate::condition::values::row::Row;
use crate::condition::values::scalar::ScalarValue;
use crate::diagnostic::Diagnostic;
use crate::model::{BlockId, Corpus};

/// A checked path of a template.
#[derive(Debug)]
pub struct CheckedPath {
    pub(crate) set: Set,
    /// The names that the slots of `set` stand for.
    names: Vec<String>,
    slots: usize,
}

/// What was checked, and what of it could be written better.
pub type Advised<T> = (T, Vec<Diagnostic>);

impl Query {
    /// Checks a path of a template: what stands between `{` and `|` or `}`.
    ///
    /// It may be any set made from [`Query::binders`], absent and many values included.
    ///
    /// # Errors
    /// Every problem found in it, with its places in the TOML file.
    pub fn path(
        &self,
        written: &ExpressionSource<'_>,
        vocabulary: Vocabulary<'_>,
    ) -> Result<Advised<CheckedPath>, Vec<Diagnostic>> {
        let relocate = |problems| all_relocated(problems, &[*written]);
        let tree = read_path(written).map_err(relocate)?;
        let mut checker = self.checker(written, vocabulary);
        match checker.set(&tree) {
            Some(typed) if checker.problems.iter().all(advice::is_advice) => {
                let path = CheckedPath {
                    set: typed.set,
                    names: self.binders().iter().map(|binder| binder.name.clone()).collect(),
                    slots: checker.binders.len(),
                };
                Ok((path, relocate(checker.problems)))
            }
            Some(_) | None => Err(relocate(checker.problems)),
        }
    }

    /// A checker of an expression that speaks of what templates and labels may name, by slots in the order of
    /// [`Query::binders`].
    pub(crate) fn checker<'v>(&self, written: &ExpressionSource<'v>, vocabulary: Vocabulary<'v>) -> Checker<'v> {
        let mut checker = Checker::new(vocabulary, vec![*written]);
        for (bound, holds) in &self.visible {
            checker.bind_free(&bound.name, Some(holds.clone()));
        }
        checker
    }
}

impl CheckedPath {
    /// What the path reaches from each of some blocks that a binder stands for; nothing where it reads a value that was
    /// reported as broken.
    ///
    /// # Errors
    /// If there are more steps to take than the budget allows.
    pub fn eval_each(
        &self,
        corpus: &Corpus,
        (binder, blocks): (&str, &[BlockId]),
        budget: &mut Budget,
    ) -> Result<Vec<Option<Vec<ScalarValue>>>, OutOfBudget> {
        let slot = self.names.iter().position(|name| name == binder);
        let mut evaluator = Evaluator::new(corpus, budget, self.slots);
        let each = blocks.iter().map(|block| {
            slot.into_iter().for_each(|slot| evaluator.bind(slot, ScalarValue::Block(*block)));
            evaluator.read = ReadState::Sound;
            let found = evaluator.set(&self.set)?;
            Ok(Some(found).filter(|_| evaluator.read == ReadState::Sound))
        });
        each.collect()
    }

    /// The values that the path reaches in a row, each once, in the order they are met.
    pub fn eval(&self, corpus: &Corpus, row: &Row) -> Vec<ScalarValue> {
        let mut budget = Budget::default();
        let mut evaluator = Evaluator::new(corpus, &mut budget, self.slots);
        for (slot, name) in self.names.iter().enumerate() {
            evaluator.bind_all(slot, row.element(name));
        }
        // What a text shows is not judged: whether quotations stand in their documents need not be looked for.
        evaluator.read = ReadState::Broken;
        // A message that would take so long to write is better without the values.
        evaluator.set(&self.set).unwrap_or_default()
    }
}
