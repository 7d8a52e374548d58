//! recte checks structured claims: who is obliged to do what, under which article, for which purpose, in which scope, and
//! according to whom.
//!
//! ```text
//! files     -> project -> Sources -> syntax, model::resolve -> Corpus
//! documents -> evidence, model::quotations -> how each quotation stands in its document
//! rules     -> rule, condition -> RuleSet
//! RuleSet + Corpus -> rule -> findings -> report -> bytes
//! ```
//!
//! [`project::check`] checks a project once. [`project::AnalysisHost`] keeps a project in memory: it applies changes of files and
//! returns immutable snapshots of what was found. [`report::ALL`] lists the formats in which findings are written.
//!
//! Each stage is a function from data to data plus problems, and every problem is a [`diagnostic::Diagnostic`]. No stage stops the
//! next, and none reports again what an earlier one has reported. The library never prints, never ends the process, and reads
//! neither the environment nor the clock. `ARCHITECTURE.md` describes the stages, the layers and the decisions.

pub mod condition;
pub mod diagnostic;
pub mod evidence;
pub mod model;
pub mod project;
pub mod report;
pub mod rule;
pub mod schema;
pub mod syntax;
pub mod text;
