//! What is to be checked, whatever it is judged by.

use super::accepted::lock::Lock;
use crate::model::DateRange;
use crate::project::files::tree::Tree;

/// The files that are checked, and as of when.
#[derive(Clone, Copy)]
pub struct CheckRequest<'a> {
    /// The files.
    pub tree: &'a dyn Tree,
    /// Files that are read even where the project leaves them out.
    pub explicit: &'a [String],
    /// What was accepted of the documents before the change that is asked about.
    pub earlier: Option<&'a Lock>,
    /// A document that is known to be there and whose words are not, so that nothing is said of what is quoted from it.
    pub wordless: Option<&'a str>,
    /// The day by which exceptions expire.
    pub today: DateRange,
}

impl<'a> CheckRequest<'a> {
    /// All files that belong to a project, on a day.
    pub fn new(tree: &'a dyn Tree, today: DateRange) -> CheckRequest<'a> {
        CheckRequest { tree, explicit: &[], earlier: None, wordless: None, today }
    }
}
