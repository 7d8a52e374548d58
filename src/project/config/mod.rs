//! `recte.toml`: what a project says of itself, and what it inherits.

mod broken;
mod configuration;
mod exclude;
mod extend;
mod json_schema;
mod keys;
mod problems;
mod read;
mod reader;

pub use configuration::{Config, ConfigChoice, NamedFiles};
pub use exclude::included;
pub(super) use exclude::{exclude, wanted};
pub(super) use extend::load;
pub use json_schema::json_schema;
