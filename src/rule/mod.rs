//! Floor 8: rules as data, and what they find.
//!
//! ```text
//! rules/*.toml -> written -> load, compile -> RuleSet
//! RuleSet + Corpus -> judge -> diagnostics + native ones -> run (levels, allow, order) -> findings
//! ```

mod again;
mod allow;
mod baseline;
mod board;
mod builtin;
mod chain;
mod changes;
mod compile;
mod edits;
mod examples;
mod exception;
mod finding;
mod fix;
mod gate;
mod group;
mod judge;
mod labels;
mod load;
mod members;
mod memory;
mod meta;
mod mutate;
mod overrides;
mod problems;
mod quoted;
mod ration;
mod read;
mod roles;
mod run;
mod set;
mod settings;
mod shape;
mod shared;
mod template;
mod why;
mod written;

pub use again::Edit;
pub use baseline::{BASELINE_NAME, Baseline, Entry, Unusable};
pub use board::Owner;
pub use builtin::BUILTIN_PACKS;
pub use changes::{Change, changes};
pub use examples::{EXAMPLE_NAME, Marked, Outcome, compare, marks};
pub use exception::{Exception, Sort, State};
pub use finding::{Finding, Fingerprint, SuppressedBy, Suppression};
pub use fix::Remedy;
pub use gate::{Gate, Gravity};
pub use judge::{Effort, findings};
pub use load::load;
pub use memory::{Memory, Tally};
pub use meta::{Engine, Examples, RuleMeta, Shown};
pub use mutate::{Variant, VariantTerms};
pub use overrides::Override;
pub use problems::{
    mended_otherwise, misplaced_example, missing_finding, noisy_finding, untested_clause, without_reason,
};
pub use run::{Clock, Judged, World, run, weigh};
pub use set::{Rule, RuleSet};
pub use settings::{ALL_RULES, Level, Reach, Setting, Settings};
pub use why::NotFound;
