//! The condition language of rules, from text to offending rows.
//!
//! ```text
//! ExpressionSource -> parse -> ast -> check (names, types, guards, links) -> plan
//!                  -> sets (all rows at once), or eval (row by row) -> Row
//! ```
//!
//! | folder | what it is |
//! | --- | --- |
//! | `ast` | texts of conditions, and their trees: names are not resolved yet |
//! | `values` | what expressions yield: values, their types, functions and comparisons of them |
//! | `native` | facts about blocks that the program itself finds |
//! | `parse` | nom; from text to tree |
//! | `plan` | what a condition means, ready to be evaluated |
//! | `check` | from tree to plan: names, types, guards |
//! | `eval` | the reference evaluator: one row at a time, as directly as the meaning of a plan reads |
//! | `sets` | the evaluator that is asked first: all rows at once |
//! | `query` | a checked condition with its templates, places and answers |
//! | `incremental` | what of an answer an edit can change |
//! | `sql` | a condition as a statement of SQL |
//! | `author` | a condition in English, its mutants, how a row came out, and why a rule says nothing |
//!
//! Each folder uses only those above it. [`compile`] checks a condition against a schema once; [`Query::rows`] asks it of a
//! corpus. Every expression is a set of elements of one type. [`Query::reading`] says in English what was read, so that an
//! author can compare it with what was meant.

mod ast;
mod author;
mod check;
mod eval;
mod incremental;
mod native;
mod parse;
mod plan;
mod query;
mod sets;
mod sql;
mod values;

pub use ast::source::{ExpressionSource, JudgedExpressions, Judgement};
pub use author::defined::Defined;
pub use author::mutate::Mutant;
pub use author::near_miss::{NearMiss, StopPoint};
pub use author::trace::{Trace, TracedBinding, TracedClause, TracedSet};
pub use author::verbalization::Verbalization;
pub(crate) use check::advice::former_field;
pub use check::computed::{THIS, check_virtual};
pub use check::definition::WrittenDefinition;
pub use check::vocabulary::{Definitions, Params, Vocabulary};
pub use eval::budget::{Budget, OutOfBudget, Overrun};
pub use eval::chain::{ChainSearch, chain, chain_around, circles};
pub use incremental::invalidation::DirtySet;
pub use query::compile::{Query, compile};
pub use query::place::{LabelPlace, PlaceTarget};
pub use query::question::{NamedValues, PropertySource, Question, seen};
pub use query::template::{Advised, CheckedPath};
pub use sets::ColumnStore;
pub use sql::{Batch, FactExport, OutputColumn, Untranslatable, cells};
pub use values::param::Param;
pub use values::row::{Binder, QueryResult, Row};
pub use values::scalar::ScalarValue;
