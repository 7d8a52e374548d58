//! Floor 9: projects. The only place in the library that reads files, and only beneath the
//! roots that it is given.

mod analysis;
mod author;
mod config;
mod declared;
mod files;
mod ingest;
mod problems;
mod repair;
mod size;

pub use analysis::check::{CheckOutput, Excluded, LooseClaims, check, check_by, check_page, check_tree};
pub use analysis::documents::{ProjectDocument, EXAMPLE_DOCUMENT, documents};
pub use analysis::house::{ProjectContext, SettingsSource};
pub use analysis::lock::{ChangedQuotation, Drift, LOCK_NAME, Lock, LockedQuote, LockedSource, MovedQuotation};
pub use analysis::resident::{AnalysisHost, IncrementalStats};
pub use author::examples::{ExampleKind, Tested, test_examples};
pub use author::untested::Untested;
pub use config::{CONFIG_NAME, ConfigChoice, Config, NamedFiles, json_schema};
pub use declared::namespace;
pub use files::discover::{CLAIMS, IGNORE_FILE, included};
pub use files::door::admit;
pub use files::ignoring::IGNORE_SIZE;
pub use files::listing::belonging;
pub use files::locate::{Located, locate, locate_whole};
pub use files::overlay::Overlay;
pub use files::root::Root;
pub use files::tree::{RepositoryTree, NotRead, Tree, decode, join};
pub use ingest::{IngestOutput, IngestRequest, NotIngested, ClaimOutcome, Reason, ClaimVerdict, ingest, proposals_schema};
pub use repair::clear::clearing;
pub use repair::mend::{RepairOutput, RepairRequest, repair};
