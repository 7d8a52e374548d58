//! Rules as data, and their findings.
//!
//! ```text
//! rules/*.toml -> written -> load, compile -> RuleSet
//! RuleSet + Corpus -> judge -> diagnostics + native ones -> lint (levels, exceptions, order) -> findings
//! ```

mod author;
mod context;
mod exceptions;
mod finding;
mod gate;
mod incremental;
mod judge;
mod level;
mod lint;
mod meta;
mod pack;
mod repair;
mod settings;

pub use author::examples::{EXAMPLE_NAME, ExampleOutcome, MarkedFinding, compare, marks};
pub use author::mutate::{Variant, VariantTerms};
pub use author::problems::{
    fixed_otherwise, misplaced_example, missing_example, missing_finding, noisy_finding, untested_clause,
};
pub use author::why::NotFound;
pub use context::{Clock, LintContext};
pub use exceptions::baseline::{BASELINE_NAME, Baseline, BaselineEntry, UnusableBaseline};
pub use exceptions::problems::without_reason;
pub use exceptions::record::{Exception, ExceptionSource, ExceptionState};
pub use finding::{Finding, Fingerprint, SuppressedBy, Suppression};
pub use gate::{Gate, Gravity};
pub use incremental::delta::RuleInvalidation;
pub use incremental::linter::{IncrementalLinter, LintTally};
pub use incremental::store::Producer;
pub use judge::one_rule::findings;
pub use judge::outcome::RuleCost;
pub use level::Level;
pub use lint::{LintOutput, assign_severities};
pub use meta::{Engine, Example, ExampleSite, Examples, Remedy, RuleMeta};
pub use pack::builtin::BUILTIN_PACKS;
pub use pack::keys::{DEFINE as DEFINE_KEYS, RULE as RULE_KEYS};
pub use pack::load::load;
pub use pack::set::{Rule, RuleSet};
pub use repair::changes::{RepairCandidate, changes, unguessed};
pub(crate) use repair::edits::EditBuilder;
pub use settings::{ALL_RULES, Override, RuleSetting, Settings, SubjectMatch};
