//! Reports: each format is a file or folder in `people` or `machines`, and a row of [`ALL`].

mod common;
pub mod coverage;
mod formats;
mod machines;
pub mod outline;
mod people;

pub use common::closing::write_withheld;
pub use common::facts::count;
pub use common::guard::{disarm_json, harmless};
pub use common::run::Report;
pub use common::several::{ProjectReport, RunReport};
pub use common::style::{Color, FrameCharacters, Style, Tone};
pub use common::summary::{Hidden, Summary, Withheld, WithheldKind};
pub use formats::{ALL, Audience, ReportFormat};
pub use people::terminal::draw;
