//! What is proposed, and to which project.

use crate::model::DateRange;
use crate::project::analysis::context::ProjectContext;
use crate::project::analysis::output::CheckOutput;
use crate::project::files::tree::Tree;

/// What is proposed, to which project.
pub struct IngestRequest<'a> {
    /// By what the claims are judged.
    pub context: &'a ProjectContext,
    /// The files.
    pub tree: &'a dyn Tree,
    /// The project as it is.
    pub base: &'a CheckOutput,
    /// The day by which exceptions expire.
    pub today: DateRange,
    /// The claims file that is written into, by its path beneath the tree.
    pub into: &'a str,
}
