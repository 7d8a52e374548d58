//! Questions about claims apart from any rule: what a block has, and which blocks satisfy a condition.

use super::compile::Query;
use crate::condition::ast::excerpt::all_relocated;
use crate::condition::ast::source::{ExpressionSource, Judgement, OwnedExpression};
use crate::condition::ast::tree::{Expr, Truth};
use crate::condition::ast::trees::Trees;
use crate::condition::check::checker::{Checker, MOST_EXPANDED};
use crate::condition::check::computed::THIS;
use crate::condition::check::rule::check;
use crate::condition::check::vocabulary::Vocabulary;
use crate::condition::check::{advice, definition_problems, steps};
use crate::condition::eval::budget::{Budget, OutOfBudget};
use crate::condition::eval::evaluator::Evaluator;
use crate::condition::parse::read::{read_path, read_question};
use crate::condition::values::scalar::ScalarValue;
use crate::condition::values::types::Type;
use crate::diagnostic::Diagnostic;
use crate::model::{BlockId, Corpus};
use crate::text::{SourceId, Span, Spanned};

/// How a block comes by what it has under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PropertySource {
    /// Every block has it.
    Always,
    /// It is written, or stands for itself.
    Written,
    /// The schema computes it.
    Computed,
    /// Other blocks write it.
    FromElsewhere,
}

/// What a block has under one name: what `x.name` is in a condition.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedValues {
    /// The name of the step.
    pub name: String,
    /// How the block comes by it.
    pub has: PropertySource,
    /// What the step leads to.
    pub elements: Vec<ScalarValue>,
}

/// Everything that conditions can ask of a block and that is not empty, by how it comes by it.
///
/// `at` is a source of its own, for the steps that are made up here.
pub fn seen(corpus: &Corpus, block: BlockId, at: SourceId, vocabulary: Vocabulary<'_>) -> Vec<NamedValues> {
    let schema = vocabulary.schema;
    let kind = corpus.block(block).kind();
    let (fields, others) = steps::names(schema, &[kind]);
    let by_name = |name: &str| match schema.field_of(kind, name) {
        Some(field) if schema.field(field).is_virtual() => PropertySource::Computed,
        Some(_) => PropertySource::Written,
        None if steps::is_implicit(name) => PropertySource::Always,
        None => PropertySource::FromElsewhere,
    };
    let ask = |name: &&str| {
        let elements = step(corpus, block, (name, at), vocabulary)?;
        (!elements.is_empty()).then(|| NamedValues { name: (*name).to_owned(), has: by_name(name), elements })
    };
    let mut seen: Vec<NamedValues> = fields.iter().chain(&others).filter_map(ask).collect();
    seen.sort_by_key(|seen| seen.has);
    seen
}

/// What one step leads to from a block.
fn step(
    corpus: &Corpus,
    block: BlockId,
    (name, at): (&str, SourceId),
    vocabulary: Vocabulary<'_>,
) -> Option<Vec<ScalarValue>> {
    let text = format!("{THIS}.{name}");
    let written = ExpressionSource { text: &text, at: Span::new(at, 0, text.len() as u32), exact: true };
    let tree = read_path(&written).ok()?;
    let mut checker = Checker::new(vocabulary, vec![written]);
    let holds = Type::Blocks(vec![corpus.block(block).kind()]);
    let slot = checker.bind_free(&Spanned::new(THIS.to_owned(), written.at), Some(holds));
    let typed = checker.set(&tree)?;
    let mut budget = Budget::default();
    let mut evaluator = Evaluator::new(corpus, &mut budget, checker.binders.len());
    evaluator.bind(slot, ScalarValue::Block(block));
    evaluator.set(&typed.set).ok()
}

/// A checked question: `norm n, a in n.cites where some a.scope`.
#[derive(Debug)]
pub struct Question(Query);

impl Question {
    /// Checks a question: what `for` of a rule says, and after `where` what its `when` says.
    ///
    /// # Errors
    /// Every problem found in it.
    pub fn read(written: &ExpressionSource<'_>, vocabulary: Vocabulary<'_>) -> Result<Question, Vec<Diagnostic>> {
        let (bindings, when) = read_question(written)?;
        let always = Expr::truth(Truth::And(Vec::new()), written.at);
        let trees = Trees { bindings, when, judgement: Judgement::Forbid(always), cross: true };
        let mut checker = Checker::new(vocabulary, vec![*written]);
        let plan = check(&trees, &mut checker);
        let grown =
            checker.has_outgrown().then(|| definition_problems::too_many_definitions(written.at, MOST_EXPANDED));
        let mut wrong: Vec<Diagnostic> = std::mem::take(&mut checker.problems);
        wrong.extend(grown);
        wrong.retain(|problem| !advice::is_advice(problem));
        match plan {
            Some(plan) if wrong.is_empty() => {
                Ok(Question(Query::new(plan, &checker.binders, (trees, vec![OwnedExpression::of(written)]))))
            }
            Some(_) | None => Err(all_relocated(wrong, &[*written])),
        }
    }

    /// The names that it binds, in order.
    pub fn names(&self) -> Vec<&str> {
        self.0.binders().iter().map(|binder| binder.name.as_str()).collect()
    }

    /// Every answer: what each name stands for, in order.
    ///
    /// # Errors
    /// If there are more steps to take than the budget allows.
    pub fn answers(&self, corpus: &Corpus, budget: &mut Budget) -> Result<Vec<Vec<ScalarValue>>, OutOfBudget> {
        let rows = self.0.rows(corpus, budget)?.rows;
        let names = self.names();
        Ok(rows.iter().map(|row| names.iter().flat_map(|name| row.element(name).to_vec()).collect()).collect())
    }
}
