//! From what is written to a checked condition, and from a corpus to its offending rows.

use crate::condition::ast::excerpt::all_relocated;
use crate::condition::ast::source::{ExpressionSource, JudgedExpressions, Judgement, OwnedExpression, shown};
use crate::condition::ast::tree;
use crate::condition::ast::tree::{Expr, Name, Node};
use crate::condition::ast::trees::Trees;
use crate::condition::check::checker::{BoundName, Checker, MOST_EXPANDED};
use crate::condition::check::rule::check;
use crate::condition::check::vocabulary::Vocabulary;
use crate::condition::check::{advice, definition_problems};
use crate::condition::eval::budget::{ActiveClause, Budget, OutOfBudget, Overrun};
use crate::condition::eval::evaluator::Evaluator;
use crate::condition::eval::rows::RowScan;
use crate::condition::eval::witness::Witnesses;
use crate::condition::parse::read::{read_bindings, read_formula};
use crate::condition::plan::Plan;
use crate::condition::sets::ColumnStore;
use crate::condition::values::row::{Binder, QueryResult};
use crate::condition::values::types::Type;
use crate::condition::{plan, sets};
use crate::diagnostic::Diagnostic;
use crate::model::Corpus;
use crate::text::Span;

/// A checked condition, ready to be asked of a corpus that has the schema it was checked against.
#[derive(Debug)]
pub struct Query {
    pub(crate) plan: Plan,
    pub(crate) witnesses: Witnesses,
    /// What the plan was made from.
    pub(crate) trees: Trees,
    /// The texts of the trees.
    pub(crate) texts: Vec<OwnedExpression>,
    /// What templates and labels may name: as `binders`, with types.
    pub(crate) visible: Vec<(BoundName, Type)>,
}

/// Checks a condition.
///
/// Returns every problem that was found, each with an RL code and its places in the TOML file. There is a query unless
/// one of them is more than advice.
pub fn compile(parts: &JudgedExpressions<'_>, vocabulary: Vocabulary<'_>) -> (Option<Query>, Vec<Diagnostic>) {
    let (trees, mut found) = read(parts);
    let Some(trees) = trees else { return (None, parts.relocated(found)) };
    let mut checker = Checker::new(vocabulary, parts.written());
    let plan = check(&trees, &mut checker);
    found.append(&mut checker.problems);
    found.extend(
        checker
            .has_outgrown()
            .then(|| definition_problems::too_many_definitions(parts.judgement.formula().at, MOST_EXPANDED)),
    );
    let is_sound = found.iter().all(advice::is_advice);
    let query = plan.filter(|_| is_sound).map(|plan| Query::new(plan, &checker.binders, (trees, kept(parts))));
    (query, parts.relocated(found))
}

impl Query {
    pub(crate) fn new(plan: Plan, all: &[BoundName], (trees, texts): (Trees, Vec<OwnedExpression>)) -> Query {
        let binders: Vec<Binder> = all.iter().map(BoundName::binder).collect();
        let witnesses = Witnesses::new(plan.ranges.len(), plan.offence(), &binders);
        let typed = |slot: &plan::Slot| all[*slot].holds.clone().map(|holds| (all[*slot].clone(), holds));
        let visible = witnesses.slots.iter().filter_map(typed).collect();
        Query { plan, witnesses, trees, texts, visible }
    }

    /// Advice on each name that is bound and never used, neither by a condition nor by what `speaks_of` answers for.
    ///
    /// A name that begins with `_` says that it is meant so.
    pub fn unused(&self, speaks_of: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let is_used = |name: &str| name.starts_with('_') || speaks_of(name);
        let exprs: Vec<&Expr> = self.trees.exprs().collect();
        let mut unused = Vec::new();
        for binding in &self.trees.bindings {
            if !is_used(&binding.name.value) && !exprs.iter().any(|expr| expr.names(&binding.name.value)) {
                unused.push(advice::unused_binder(&binding.name, None));
            }
        }
        for expr in exprs.iter().flat_map(|expr| expr.all()) {
            unused.extend(unused_inside(expr).filter(|(name, _)| !is_used(&name.value)).map(|(name, instead)| {
                advice::unused_binder(name, instead.map(|(word, set)| format!("write `{word} {}`", self.shown(set))))
            }));
        }
        all_relocated(unused, &self.texts.iter().map(OwnedExpression::written).collect::<Vec<_>>())
    }

    /// What is written at a place of the condition.
    pub(crate) fn shown(&self, span: Span) -> &str {
        shown(&self.texts, span)
    }

    /// The names that messages and labels may use: the binders of `for`, then those of witnesses.
    ///
    /// A name can occur twice among the witnesses, if two parts of the judgement use it.
    pub fn binders(&self) -> &[Binder] {
        &self.witnesses.binders
    }

    /// How many of the binders are those of `for`.
    pub fn free(&self) -> usize {
        self.plan.ranges.len()
    }

    /// Every offending row, in document order of the binders of `for`, each once; and how many were judged.
    ///
    /// A row that read a broken value is left out: what is broken has been reported already.
    ///
    /// # Errors
    /// If there are more steps to take than the budget allows.
    pub fn rows(&self, corpus: &Corpus, budget: &mut Budget) -> Result<QueryResult, OutOfBudget> {
        self.rows_with(&ColumnStore::new(corpus), budget)
    }

    /// As [`Query::rows`], with what other queries have read of the corpus already.
    ///
    /// # Errors
    /// If there are more steps to take than the budget allows.
    pub fn rows_with(&self, columns: &ColumnStore<'_>, budget: &mut Budget) -> Result<QueryResult, OutOfBudget> {
        sets::rows(&self.plan, &self.witnesses, columns, budget)
    }

    /// Where the steps of a budget ran out while this was asked, if that is known.
    pub fn overrun(&self, budget: &Budget) -> Option<Overrun> {
        let name = |slot: plan::Slot| &self.trees.bindings[slot].name;
        let (at, unlinked) = match budget.spot()? {
            ActiveClause::Product(slot) => {
                let before = slot.checked_sub(1).map(|before| (name(before).value.clone(), name(slot).value.clone()));
                (name(slot).span, before)
            }
            ActiveClause::Range(slot) => match &self.trees.bindings[slot].range {
                tree::Range::In(set) => (set.span, None),
                tree::Range::Kinds(_) => (name(slot).span, None),
            },
            ActiveClause::When(nth) => (self.conjunct(nth)?, None),
            ActiveClause::Judgement => (self.trees.judgement.formula().span, None),
        };
        let is_home = |written: &ExpressionSource<'_>| !written.exact && written.holds(at);
        let home = self.texts.iter().map(OwnedExpression::written).find(is_home);
        Some(Overrun { at: home.map_or(at, |home| home.at), unlinked })
    }

    /// Where a conjunct of the plan is written; the whole of `when` if it comes from a definition.
    fn conjunct(&self, nth: usize) -> Option<Span> {
        let (when, part) = (self.trees.when.as_ref()?.span, self.plan.when.get(nth)?.id.span());
        Some(if when.contains(part) { part } else { when })
    }

    /// As [`Query::rows`], row by row, as directly as the meaning of conditions reads. It is slow: others are compared
    /// with it.
    ///
    /// # Errors
    /// If there are more steps to take than the budget allows.
    pub fn rows_one_by_one(&self, corpus: &Corpus, budget: &mut Budget) -> Result<QueryResult, OutOfBudget> {
        let evaluator = Evaluator::new(corpus, budget, self.plan.slots);
        RowScan::new(&self.plan, &self.witnesses, evaluator).rows()
    }
}

/// The name that a quantifier binds and never uses; with the quantifier that does without, and its set.
fn unused_inside(expr: &Expr) -> impl Iterator<Item = (&Name, Option<(&'static str, Span)>)> {
    let found = match &expr.node {
        Node::Truth(tree::Truth::Each(quantifier, domain))
            if !domain.filter.iter().any(|it| it.names(&domain.binder.value)) =>
        {
            let instead = domain.filter.is_none().then(|| (quantifier.as_str(), domain.set.span));
            Some((&domain.binder, instead))
        }
        Node::Truth(tree::Truth::All(domain, body))
            if ![&**body].into_iter().chain(&domain.filter).any(|it| it.names(&domain.binder.value)) =>
        {
            Some((&domain.binder, None))
        }
        Node::Truth(_) | Node::Set(_) | Node::Call(_) => None,
    };
    found.into_iter()
}

fn kept(parts: &JudgedExpressions<'_>) -> Vec<OwnedExpression> {
    parts.written().iter().map(OwnedExpression::of).collect()
}

/// Reads all expressions, so that the syntax errors of each are reported; trees only if there are none.
fn read(parts: &JudgedExpressions<'_>) -> (Option<Trees>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let bindings = read_bindings(&parts.bindings).map_err(|found| problems.extend(found)).ok();
    let when = parts.when.as_ref().map(|when| read_formula(when).map_err(|found| problems.extend(found)).ok());
    let judgement = match &parts.judgement {
        Judgement::Require(written) => read_formula(written).map(Judgement::Require),
        Judgement::Forbid(written) => read_formula(written).map(Judgement::Forbid),
    };
    let judgement = judgement.map_err(|found| problems.extend(found)).ok();
    let cross = parts.cross;
    let trees = match (bindings, when, judgement) {
        (Some(bindings), None, Some(judgement)) => Some(Trees { bindings, when: None, judgement, cross }),
        (Some(bindings), Some(Some(when)), Some(judgement)) => {
            Some(Trees { bindings, when: Some(when), judgement, cross })
        }
        (None, _, _) | (_, Some(None), _) | (_, _, None) => None,
    };
    (trees, problems)
}

impl<'a> JudgedExpressions<'a> {
    fn written(&self) -> Vec<ExpressionSource<'a>> {
        let judgement = match self.judgement {
            Judgement::Require(written) | Judgement::Forbid(written) => written,
        };
        [self.bindings].into_iter().chain(self.when).chain([judgement]).collect()
    }

    fn relocated(&self, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
        all_relocated(problems, &self.written())
    }
}
