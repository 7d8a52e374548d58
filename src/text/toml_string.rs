//! A string of a TOML file, and where in the file its characters stand.

use std::ops::Range;

use super::{SourceId, Sources, Span};

/// A string value with its place.
#[derive(Clone, Debug)]
pub struct TomlString {
    /// What the string says.
    pub text: String,
    /// All of it, quotation marks included.
    pub whole: Span,
    /// The byte at which `text` begins in the file, when it stands there byte by byte.
    start: Option<u32>,
}

impl TomlString {
    /// Finds a string that was read from these bytes of `file`, quotation marks included.
    pub fn new(file: SourceId, sources: &Sources, bytes: Range<usize>, text: &str) -> TomlString {
        let whole = Span::new(file, bytes.start as u32, bytes.end as u32);
        let start = content(sources.slice(whole))
            .filter(|(_, content)| *content == text)
            .map(|(offset, _)| whole.start + offset as u32);
        TomlString { text: text.to_owned(), whole, start }
    }

    /// Whether each byte of the text is as far from its start as in the file.
    pub fn is_exact(&self) -> bool {
        self.start.is_some()
    }

    /// Where `range` of the text stands; all of the string when escapes stand between.
    pub fn span(&self, range: Range<usize>) -> Span {
        match self.start {
            Some(start) => Span::new(self.whole.source, start + range.start as u32, start + range.end as u32),
            None => self.whole,
        }
    }
}

/// What stands between the quotation marks, and after how many bytes it begins.
///
/// The line break right after three quotation marks is no part of a TOML string.
fn content(raw: &str) -> Option<(usize, &str)> {
    for mark in ["'''", "\"\"\""] {
        if let Some(rest) = raw.strip_prefix(mark) {
            let text = rest.strip_suffix(mark)?;
            let text = text.strip_prefix("\r\n").or(text.strip_prefix('\n')).unwrap_or(text);
            return Some((raw.len() - mark.len() - text.len(), text));
        }
    }
    let text = raw.get(1..raw.len().checked_sub(1)?)?;
    Some((1, text))
}

#[cfg(test)]
mod tests {
    use super::TomlString;
    use crate::text::Sources;

    /// The text that stands where the last word of the value of `key` is said to stand.
    fn last_word(toml: &str) -> String {
        let mut sources = Sources::new();
        let file = sources.add("rules.toml", toml);
        let table: std::collections::BTreeMap<String, toml::Spanned<String>> = toml::from_str(toml).unwrap();
        let value = &table["key"];
        let quoted = TomlString::new(file, &sources, value.span(), value.get_ref());
        let start = quoted.text.rfind(' ').unwrap() + 1;
        sources.slice(quoted.span(start..quoted.text.len())).to_owned()
    }

    #[test]
    fn literal_strings_map_byte_by_byte() {
        assert_eq!(last_word("key = 'some s.cites'"), "s.cites");
        assert_eq!(last_word("key = '''\nsome 条約'''"), "条約");
        assert_eq!(last_word("key = \"some s.cites\""), "s.cites");
    }

    #[test]
    fn a_string_with_escapes_is_underlined_whole() {
        assert_eq!(last_word("key = \"some \\\"s\\\"\""), "\"some \\\"s\\\"\"");
    }
}
