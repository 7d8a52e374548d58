//! Floor 9: projects. The only place in the library that reads files, and only beneath the
//! roots that it is given.

mod check;
mod clear;
mod config;
mod declared;
mod discover;
mod documents;
mod door;
mod earlier;
mod examples;
mod foreign;
mod house;
mod ignoring;
mod ingest;
mod listing;
mod locate;
mod lock;
mod mend;
mod overlay;
mod problems;
mod renamed;
mod resident;
mod root;
mod size;
mod tree;
mod untested;

pub use check::{Checked, Excluded, Page, check, check_by, check_page, check_tree};
pub use clear::clearing;
pub use config::{CONFIG_NAME, Choice, Config, Named, json_schema};
pub use declared::namespace;
pub use discover::{CLAIMS, IGNORE_FILE, included};
pub use documents::{Document, EXAMPLE_DOCUMENT, documents};
pub use door::admit;
pub use examples::{Sort, Tested, test_examples};
pub use house::{House, Setup};
pub use ignoring::IGNORE_SIZE;
pub use ingest::{Ingested, Ingesting, NotIngested, Outcome, Reason, Verdict, ingest, proposals_schema};
pub use listing::belonging;
pub use locate::{Located, locate, locate_whole};
pub use lock::{Changed, Drift, LOCK_NAME, Lock, LockedQuote, LockedSource, Moved};
pub use mend::{Mended, Mending, mend};
pub use overlay::Overlay;
pub use resident::{Resident, Reuse};
pub use root::Root;
pub use tree::{Around, NotRead, Tree, decode, join};
pub use untested::Untested;
