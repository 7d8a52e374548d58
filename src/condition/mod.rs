//! Floor 6: the condition language of rules, from text to offending rows.
//!
//! ```text
//! Written -> read (parse, token) -> tree -> checker (types, guards, links) -> plan
//!         -> rows (eval, closure, join) -> Row -> template, place
//! ```
//!
//! [`compile`] checks a condition against a schema once; [`Query::rows`] asks it of a corpus. Every expression is a
//! set of elements of one type. The evaluator goes row by row and says what a condition means; beside it are an index
//! for linked binders (`join`), what closures have reached (`closure`), and the graph of a repeated step for asking
//! whether it leads to one block (`reach`). What asks all rows at once, and is asked first, is in `sets`.
//!
//! [`Query::reading`] says in English what was read (`reading`, `clause`, and the files that begin with `english`), so that
//! an author can compare it with what was meant.

mod advice;
mod again;
mod arithmetic;
mod ask;
mod behind;
mod budget;
mod call;
mod chain;
mod check;
mod check_path;
mod check_set;
mod checker;
mod clause;
mod closure;
mod compare;
mod computed;
mod defined;
mod definition;
mod element;
mod english;
mod english_path;
mod english_relation;
mod english_set;
mod eval;
mod function;
mod guard;
mod join;
mod links;
mod miss;
mod mutate;
mod native;
mod note;
mod param;
mod parse;
mod parse_set;
mod pattern;
mod place;
mod plan;
mod problems;
mod query;
mod quoted;
mod reach;
mod read;
mod reading;
mod relate;
mod rows;
mod sets;
mod sql;
mod steps;
mod template;
mod token;
mod touched;
mod trace;
mod tree;
mod types;
mod witness;
mod written;

pub use ask::{Has, Question, Seen, seen};
pub use budget::{Budget, OutOfBudget, Overrun};
pub use chain::{Chained, around, chain, circles};
pub use computed::{THIS, check_virtual};
pub use defined::Defined;
pub use definition::{Definitions, WrittenDefinition};
pub use element::{Binder, Element, Found, Row};
pub use miss::{End, Miss};
pub use mutate::Mutant;
pub use param::Param;
pub use place::{Place, Target};
pub use query::{Query, compile};
pub use reading::Reading;
pub use sets::Columns;
pub use sql::{Batch, Cell, Facts, Refused, cells};
pub use template::CheckedPath;
pub use touched::Touched;
pub use trace::{Bound, Clause, Fact, Trace};
pub use written::{Judgement, Params, Parts, Vocabulary, Written};
