//! Facts about blocks that no condition can work out: the program finds them.

pub(super) mod field;
pub(super) mod quotation_facts;
