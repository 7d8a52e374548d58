//! Floor 6: the condition language of rules, from text to offending rows.
//!
//! ```text
//! Written -> parse -> tree -> check (names, types, guards, links) -> plan
//!         -> sets (all rows at once), or eval (row by row) -> Row -> template, place
//! ```
//!
//! [`compile`] checks a condition against a schema once; [`Query::rows`] asks it of a corpus. Every expression is a
//! set of elements of one type. `eval` goes row by row and says what a condition means; in it are an index for linked
//! binders (`join`), what closures have reached (`closure`), and the graph of a repeated step for asking whether it leads
//! to one block (`reach`). What asks all rows at once, and is asked first, is in `sets`. `incremental` tells what of an
//! answer an edit can change, `sql` says a condition in SQL.
//!
//! [`Query::reading`] says in English what was read (`author/reading`, `author/english`), so that an author can compare it
//! with what was meant.

mod author;
mod budget;
mod check;
mod defined;
mod definition;
mod definition_problems;
mod eval;
mod function;
mod incremental;
mod param;
mod parse;
mod pattern;
mod place;
mod plan;
mod problems;
mod query;
mod sets;
mod source;
mod sql;
mod template;
mod tree;
mod value;
mod witness;

pub use author::mutate::Mutant;
pub use author::near_miss::{NearMiss, StopPoint};
pub use author::reading::Verbalization;
pub use author::trace::{Trace, TracedBinding, TracedClause, TracedSet};
pub use budget::{Budget, OutOfBudget, Overrun};
pub use check::computed::{THIS, check_virtual};
pub use defined::Defined;
pub use definition::{Definitions, WrittenDefinition};
pub use eval::ask::{NamedValues, PropertySource, Question, seen};
pub use eval::chain::{ChainSearch, chain, chain_around, circles};
pub use incremental::invalidation::DirtySet;
pub use param::Param;
pub use place::{LabelPlace, PlaceTarget};
pub use query::{Query, compile};
pub use sets::ColumnStore;
pub use source::{ExpressionSource, JudgedExpressions, Judgement, Params, Vocabulary};
pub use sql::{Batch, FactExport, OutputColumn, Untranslatable, cells};
pub use template::CheckedPath;
pub use value::{Binder, QueryResult, Row, ScalarValue};
