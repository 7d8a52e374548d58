//! What stands beside a header or a field on its line although it is no block: the rest of a name, or of a value.

use super::declare::FileIndexBuilder;
use super::problems;
use crate::syntax::{fold_name, is_name_part, is_name_start, tree};
use crate::text::{Span, floor_char_boundary};

const BLANK: [char; 2] = [' ', '\t'];

/// How many bytes of a line are looked at to see what was meant on it.
const LOOKED_AT: usize = 400;

impl FileIndexBuilder<'_> {
    /// Reports a word that is read as the kind of a block and is none.
    pub(super) fn unknown_kind(&mut self, written: &tree::BlockNode, word: &str) {
        let line = self.line_before(written.kind);
        let is_bare = written.title.is_none() && written.body.is_none();
        if line.ends_with(|last| is_name_part(last) || last == '"') && is_bare {
            if self.is_further_on(line) {
                return;
            }
            let text = self.word_behind(written.span).is_some();
            let words = self.slice(written.span);
            self.report(match text {
                true => problems::unquoted_text(words, written.span),
                false => problems::words_behind_value(words, written.span),
            });
        } else if is_bare || !self.is_header_without_end(line) {
            self.report(problems::unknown_kind(self.schema(), word, written.kind));
        }
    }

    /// The second word of what was meant as the name of a block: `obligation to notify "..."`.
    pub(super) fn second_word(&self, written: &tree::BlockNode) -> Option<Span> {
        let id = written.id.filter(|_| written.title.is_none() && written.body.is_none())?;
        let word = self.word_behind(id)?;
        self.behind(word).starts_with(['"', '{']).then_some(word)
    }

    /// Whether what stands behind a field on its line is neither a field nor a block, so that its last value is not whole.
    pub(super) fn goes_on(&self, field: Span) -> bool {
        // A field nearly always ends its line.
        self.text.as_bytes().get(field.end as usize).is_some_and(|next| *next != b'\n')
            && self.word_behind(field).is_some()
    }

    /// The word behind a place on its line, where that is no kind and begins no field.
    fn word_behind(&self, place: Span) -> Option<Span> {
        let rest = self.behind(place);
        let length = rest.find(|next| !is_name_part(next)).unwrap_or(rest.len());
        let word = &rest[..length];
        if !word.starts_with(is_name_start) || self.lexicon.kind(&fold_name(word)).is_some() {
            return None;
        }
        let start = (self.text.len() - rest.len()) as u32;
        let span = Span::new(place.source, start, start + length as u32);
        (!self.behind(span).starts_with(':')).then_some(span)
    }

    /// Whether words that are no block stand before those at the end of a line, where they were reported.
    fn is_further_on(&self, line: &str) -> bool {
        let Some((_, behind)) = line.rsplit_once([':', ',']) else { return false };
        let words: Vec<&str> = behind.split(BLANK).collect();
        let kind = words.len().checked_sub(2).filter(|at| *at > 0).map(|at| words[at]);
        kind.is_some_and(|kind| kind.starts_with(is_name_start) && self.lexicon.kind(&fold_name(kind)).is_none())
    }

    /// Whether a line so far is a kind and a name.
    fn is_header_without_end(&self, line: &str) -> bool {
        let header = line.rsplit(['{', '}']).next().unwrap_or_default();
        let mut words = header.split(BLANK).filter(|word| !word.is_empty());
        let kind = words.next().is_some_and(|word| self.lexicon.kind(&fold_name(word)).is_some());
        kind && words.next().is_some_and(|name| name.chars().all(is_name_part)) && words.next().is_none()
    }

    fn line_before(&self, place: Span) -> &str {
        let end = place.start as usize;
        // A header is short; a line may hold the whole file.
        let start = floor_char_boundary(self.text, end.saturating_sub(LOOKED_AT));
        let before = &self.text[start..end];
        before.rsplit(['\n', '\r']).next().unwrap_or_default().trim_end_matches(BLANK)
    }

    fn behind(&self, place: Span) -> &str {
        self.text[place.end as usize..].trim_start_matches(BLANK)
    }
}
