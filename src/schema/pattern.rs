//! The pattern that the texts of a field must match.

use regex::Regex;

use super::problems;
use crate::diagnostic::Diagnostic;
use crate::text::{TomlString, portable_regex};

/// A regular expression that a whole text must match; its cost grows only with the length of the text.
#[derive(Clone, Debug)]
pub struct FieldPattern {
    /// The pattern as written.
    pub written: String,
    whole: Regex,
}

impl FieldPattern {
    /// Reads the pattern of a field.
    pub(super) fn read(written: &TomlString) -> Result<FieldPattern, Diagnostic> {
        let unportable = |what: &str, at| problems::unportable_pattern(what, written.span(at));
        // Compiled alone first, so that the place of a problem is one in the pattern as written.
        portable_regex(&written.text).map_err(|wrong| unportable(&wrong.what, wrong.at))?;
        let whole = portable_regex(&format!("^(?:{})$", written.text));
        let whole = whole.map_err(|wrong| unportable(&wrong.what, 0..written.text.len()))?;
        Ok(FieldPattern { written: written.text.clone(), whole })
    }

    /// Whether a whole text matches it.
    pub fn matches(&self, text: &str) -> bool {
        self.whole.is_match(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{FieldPattern, TomlString};
    use crate::text::Sources;

    fn read(pattern: &str) -> Result<FieldPattern, String> {
        let mut sources = Sources::new();
        let file = sources.add("schema.toml", format!("'{pattern}'"));
        let written = TomlString::new(file, &sources, 0..pattern.len() + 2, pattern);
        FieldPattern::read(&written).map_err(|problem| problem.message)
    }

    #[test]
    fn a_pattern_is_matched_by_the_whole_text() {
        let pattern = read("a|b[0-9]+").unwrap();
        assert!(pattern.matches("a") && pattern.matches("b12"));
        assert!(!pattern.matches("ab12") && !pattern.matches("b") && !pattern.matches("a\nb1"));
    }

    #[test]
    fn a_pattern_that_not_every_engine_reads_is_refused() {
        assert!(read("(?=a)").unwrap_err().contains("look-around"));
        assert!(read("(a{1000}){1000}").unwrap_err().contains("too large"));
    }
}
