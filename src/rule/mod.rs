//! Floor 8: rules as data, and what they find.
//!
//! ```text
//! rules/*.toml -> written -> load, compile -> RuleSet
//! RuleSet + Corpus -> judge -> diagnostics + native ones -> run (levels, allow, order) -> findings
//! ```

mod author;
mod exceptions;
mod finding;
mod gate;
mod incremental;
mod judge;
mod pack;
mod problems;
mod repair;
mod set;
mod settings;

pub use author::examples::{EXAMPLE_NAME, ExampleOutcome, MarkedFinding, compare, marks};
pub use author::mutate::{Variant, VariantTerms};
pub use author::why::NotFound;
pub use exceptions::baseline::{BASELINE_NAME, Baseline, BaselineEntry, UnusableBaseline};
pub use exceptions::exception::{Exception, ExceptionSource, ExceptionState};
pub use exceptions::overrides::Override;
pub use finding::{Finding, Fingerprint, SuppressedBy, Suppression};
pub use gate::{Gate, Gravity};
pub use incremental::delta::RuleInvalidation;
pub use incremental::linter::{IncrementalLinter, LintTally};
pub use incremental::store::Producer;
pub use judge::lint::{Clock, LintContext, LintOutput, assign_severities, run};
pub use judge::one_rule::{RuleCost, findings};
pub use pack::builtin::BUILTIN_PACKS;
pub use pack::load::load;
pub use pack::meta::{Engine, ExampleSite, Examples, RuleMeta};
pub use problems::{
    fixed_otherwise, misplaced_example, missing_finding, noisy_finding, untested_clause, without_reason,
};
pub use repair::changes::{RepairCandidate, changes};
pub use repair::fix::Remedy;
pub use set::{Rule, RuleSet};
pub use settings::{ALL_RULES, Level, RuleSetting, Settings, SubjectMatch};
