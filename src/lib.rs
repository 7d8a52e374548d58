//! recte checks structured claims: who is obliged to do what, under which article, for which
//! purpose, in which scope, on whose word.
//!
//! ```text
//! bytes -> project::read -> Sources -> syntax::parse -> tree -> model::resolve -> Corpus
//!       -> rule::run -> findings -> report::write -> bytes
//! ```
//!
//! Every stage is a function from data to data plus problems; every problem of every stage is a
//! [`diagnostic::Diagnostic`]. No stage stops the next, and what one stage reported the later ones
//! leave alone. The library never prints, never exits, and reads neither environment nor clock.

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
