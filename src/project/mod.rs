//! Projects: their files, their settings, and their analysis. Only this layer of the library reads files, and only beneath the
//! roots that it is given.

mod analysis;
mod author;
mod config;
mod declared;
mod files;
mod ingest;
mod names;
mod repair;

pub use analysis::accepted::difference::{ChangedQuotation, Drift, MovedQuotation};
pub use analysis::accepted::lock::{Lock, LockedQuote, LockedSource};
pub use analysis::change::{FileChange, IncrementalStats};
pub use analysis::check::{LooseClaims, check, check_by, check_page, check_request, check_tree};
pub use analysis::claims::Excluded;
pub use analysis::context::{ProjectContext, SettingsSource};
pub use analysis::documents::{
    DocumentUnread, EXAMPLE_DOCUMENT, ProjectDocument, ReadDocument, documents, read_document,
};
pub use analysis::host::AnalysisHost;
pub use analysis::output::CheckOutput;
pub use analysis::request::CheckRequest;
pub use author::examples::{ExampleKind, Tested, test_examples};
pub use author::untested::Untested;
pub use config::{Config, ConfigChoice, NamedFiles, included, json_schema};
pub use declared::namespace;
pub use files::door::admit;
pub use files::ignoring::IGNORE_SIZE;
pub use files::listing::belonging;
pub use files::locate::{Located, LocatedProjects, left_out, locate, locate_whole};
pub use files::overlay::{NoFiles, Overlay};
pub use files::root::Root;
pub use files::tree::{NotRead, RepositoryTree, Tree, decode, join};
pub use files::workspace::{NoMembers, Workspace};
pub use ingest::{
    ClaimOutcome, ClaimVerdict, IngestOutput, IngestRequest, NotIngested, Reason, ingest, proposals_schema,
};
pub use names::{CLAIMS, CONFIG_NAME, IGNORE_FILE, LOCK_NAME};
pub use repair::allow::{AllowRequest, allow};
pub use repair::apply::{RepairOutput, RepairRequest, repair};
pub use repair::candidates::clearing;
