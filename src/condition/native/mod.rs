//! Facts about blocks that no condition can work out: the program finds them, a field of the schema names them, rules judge them.

mod claims;
mod fact;
pub(super) mod field;
mod provisions;
mod quotations;
mod table;
