//! The set-at-a-time engine: the same conditions as the direct evaluator, for all rows at once.
//!
//! ```text
//! Plan -> arrange (what joins which binder) -> walk -> tables of symbols -> rows that offend
//! Corpus -> column -> columns (shared by all rules of a run) -> lists for each row
//! ```
//!
//! Each formula maps the rows of a table to those that satisfy it (`runner`), each set to a list for each row (`set`,
//! `path`). Everything is a number: a block its own, any other value that of a dictionary. Conjuncts that ask two
//! binders for something equal or in common become one hash join (`arrange`, `keys`); whether a repeated step leads from
//! one block to another is told by the numbers of a forest, or by a search where there is none (`graph`).
//!
//! The engine knows nothing of broken values and of witnesses. It finds the rows whose truth says that they offend, and
//! the direct evaluator judges each of them again. So what is found costs as much as before, and what is not, little.

mod arrange;
mod column;
mod columns;
mod dictionary;
mod edges;
mod fill;
mod graph;
mod keys;
mod lists;
mod path;
mod relation;
mod runner;
mod scan;
mod set;
mod table;
mod weight;

use crate::condition::eval::budget::{Budget, EvalResult};
use crate::condition::eval::evaluator::Evaluator;
use crate::condition::eval::rows::RowScan;
use crate::condition::eval::witness::Witnesses;
use crate::condition::plan::Plan;
use crate::condition::values::row::QueryResult;

pub use columns::ColumnStore;

/// Every offending row in document order, and how many were judged.
pub(super) fn rows(
    plan: &Plan,
    witnesses: &Witnesses,
    columns: &ColumnStore<'_>,
    budget: &mut Budget,
) -> EvalResult<QueryResult> {
    let found = scan::candidates(plan, columns, budget)?;
    if found.symbols.is_empty() {
        return Ok(QueryResult { rows: Vec::new(), judged: found.judged });
    }
    let evaluator = Evaluator::new(columns.corpus, budget, plan.slots);
    let mut walk = RowScan::new(plan, witnesses, evaluator);
    for (number, row) in found.symbols.chunks(plan.ranges.len()).enumerate() {
        walk.only(&columns.elements(row), number >= columns.blocks())?;
    }
    Ok(QueryResult { judged: found.judged, ..walk.found() })
}
