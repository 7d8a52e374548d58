//! Patterns of paths, as `.gitignore` has them.

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// A pattern such as `drafts/**` or `*.claims`. A folder that it matches stands for all beneath it.
#[derive(Clone, Debug)]
pub struct Pattern(Gitignore);

impl Pattern {
    /// Reads a pattern; `None` when it matches no path at all or cannot be understood.
    pub fn read(written: &str) -> Option<Pattern> {
        let mut builder = GitignoreBuilder::new("");
        builder.add_line(None, written).ok()?;
        let built = builder.build().ok()?;
        (built.num_ignores() == 1).then_some(Pattern(built))
    }

    /// Whether the path, written with `/` and without a leading one, or a folder above it matches.
    pub fn matches(&self, path: &str) -> bool {
        !path.starts_with("..") && self.0.matched_path_or_any_parents(path, false).is_ignore()
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn folders_stand_for_what_is_beneath_them() {
        let matches = |pattern, path| Pattern::read(pattern).expect("a pattern").matches(path);
        assert!(matches("archive/**", "archive/1960/a.claims"));
        assert!(matches("archive", "archive/1960/a.claims"));
        assert!(matches("*.claims", "deep/a.claims"));
        assert!(!matches("/a.claims", "deep/a.claims"));
    }

    #[test]
    fn what_matches_nothing_is_no_pattern() {
        for written in ["", "# a comment", "!kept", "a{b"] {
            assert!(Pattern::read(written).is_none(), "{written}");
        }
    }
}
