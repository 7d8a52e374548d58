//! Conditions as SQL: from the plan that is evaluated to one statement over tables of facts.
//!
//! ```text
//! Plan -> query (the binders of `for`, `when`, the judgement) -> formula, relation, set, path, function -> sheet -> text
//! Corpus -> facts -> text
//! ```
//!
//! A formula makes a step with those rows of another for which it holds; a set makes one with each row and each of its
//! elements. So negation is EXCEPT, a quantifier is a join or a GROUP BY, and nothing is asked row by row. No column is
//! ever NULL: what a block lacks is a row that is not there.

mod facts;
mod formula;
mod function;
mod literal;
mod names;
mod path;
mod query;
mod relation;
mod set;
mod sheet;
mod table;

pub use facts::{Batch, FactExport};
pub use query::{OutputColumn, cells};

/// Why a condition cannot be said in SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untranslatable {
    /// What it uses that SQL does not know.
    pub what: String,
}

impl Untranslatable {
    fn new(what: impl Into<String>) -> Untranslatable {
        Untranslatable { what: what.into() }
    }
}
