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
pub use analysis::context::{ProjectContext, SettingsSource};
pub use analysis::documents::{EXAMPLE_DOCUMENT, ProjectDocument, documents};
pub use analysis::host::{AnalysisHost, IncrementalStats};
pub use analysis::lock::{ChangedQuotation, Drift, LOCK_NAME, Lock, LockedQuote, LockedSource, MovedQuotation};
pub use author::examples::{ExampleKind, Tested, test_examples};
pub use author::untested::Untested;
pub use config::{CONFIG_NAME, Config, ConfigChoice, NamedFiles, json_schema};
pub use declared::namespace;
pub use files::discover::{CLAIMS, IGNORE_FILE, included};
pub use files::door::admit;
pub use files::ignoring::IGNORE_SIZE;
pub use files::listing::belonging;
pub use files::locate::{Located, locate, locate_whole};
pub use files::overlay::Overlay;
pub use files::root::Root;
pub use files::tree::{NotRead, RepositoryTree, Tree, decode, join};
pub use ingest::{
    ClaimOutcome, ClaimVerdict, IngestOutput, IngestRequest, NotIngested, Reason, ingest, proposals_schema,
};
pub use repair::apply::{RepairOutput, RepairRequest, repair};
pub use repair::candidates::clearing;
