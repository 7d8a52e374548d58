//! Files that a configuration names and that are not what it takes them for: of these nothing is shown, whatever they hold.

use toml::de::DeTable;

/// What a file is to be that a configuration names.
#[derive(Clone, Copy)]
pub(crate) struct ExpectedFile {
    /// What it is called.
    pub(crate) what: &'static str,
    /// The keys of which it has one at least.
    pub(crate) keys: &'static [&'static str],
}

/// A file with kinds, fields and words.
pub(crate) const SCHEMA: ExpectedFile = ExpectedFile { what: "a schema", keys: &["kind", "words", "unit"] };

/// A file with rules.
pub(crate) const PACK: ExpectedFile = ExpectedFile { what: "a file of rules", keys: &["rule", "define"] };

/// Why a file is not what it was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnexpectedFile {
    /// It is no TOML from this line and column on.
    NoToml(usize, usize),
    /// It is TOML, but has none of the keys.
    NoKey,
}

/// Whether a text is not what it was taken for: it holds something, and none of the keys begins a line of it.
pub(crate) fn foreign(text: &str, keys: &[&str]) -> Option<UnexpectedFile> {
    let parsed = DeTable::parse(text);
    let is_empty = parsed.as_ref().is_ok_and(|table| table.get_ref().is_empty());
    if is_empty || text.lines().any(|line| begins_with_key(line, keys)) {
        return None;
    }
    Some(parsed.err().map_or(UnexpectedFile::NoKey, |error| {
        let before = text.get(..error.span().map_or(0, |span| span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        UnexpectedFile::NoToml(line, column)
    }))
}

/// Whether a line is `key = ...`, `key.x = ...`, `[key]`, `[key.x]` or `[[key]]`, even where what follows is broken.
fn begins_with_key(line: &str, keys: &[&str]) -> bool {
    let line = line.trim_start_matches('\u{feff}').trim_start();
    let rest = line.trim_start_matches('[');
    let end = rest.find(|next: char| !next.is_alphanumeric() && next != '-' && next != '_').unwrap_or(rest.len());
    let follows = rest[end..].trim_start().chars().next();
    let is_table = rest.len() < line.len();
    keys.contains(&&rest[..end]) && (matches!(follows, Some('=' | '.')) || is_table)
}

#[cfg(test)]
mod tests {
    use super::{PACK, SCHEMA, UnexpectedFile, foreign};

    #[test]
    fn what_is_not_ours_is_told_apart() {
        let secrets = "TOKEN=abc\nPORT=80\n";
        assert_eq!(foreign(secrets, SCHEMA.keys), Some(UnexpectedFile::NoToml(1, 7)));
        assert_eq!(foreign("password = \"x\"\n", SCHEMA.keys), Some(UnexpectedFile::NoKey));
        assert_eq!(foreign("# nothing yet\n", SCHEMA.keys), None);
        assert_eq!(foreign("[kind.data\n", SCHEMA.keys), None);
        assert_eq!(foreign("[[rule]]\ncode = \"A\"\nfor = 'x\n", PACK.keys), None);
        assert_eq!(foreign("kindness = 1\n", SCHEMA.keys), Some(UnexpectedFile::NoKey));
    }
}
