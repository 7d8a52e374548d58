//! Changes of files, and how much of an analysis was used again after them.

/// A file that is another than when it was last looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Its path, joined and beneath the tree.
    pub path: String,
    /// A text that nobody has saved; nothing for what stands in the tree, be that changed, new or gone.
    pub text: Option<String>,
}

/// How much was used again so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IncrementalStats {
    /// The changes after which everything was read again.
    pub opened: usize,
    /// The changes after which all claims were linked again, and all rules evaluated.
    pub linked: usize,
    /// The changes after which no more was followed than the references of the edited file.
    pub followed: usize,
    /// How often a rule was evaluated for all claims, since everything was read.
    pub evaluated: usize,
    /// How often a rule was evaluated for some blocks alone, and kept what it had found of others.
    pub evaluated_in_part: usize,
    /// How often a rule was not evaluated, and kept what it had found.
    pub kept: usize,
}
