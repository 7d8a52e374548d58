//! The bare words of a document: what is searched, before places that are found are compared letter by letter.

use std::ops::Range;

use super::letters::{Letters, Side};
use super::prose::Prose;
use super::quotation::skeletal;

/// All letters and digits of a document without what is between them, paragraph by paragraph.
#[derive(Debug, Default)]
pub(super) struct Skeleton {
    pub(super) letters: String,
    /// Where runs begin, in the letters and in the text of the document.
    runs: Vec<(u32, u32)>,
    /// Where the letters of each paragraph begin.
    starts: Vec<usize>,
}

/// What parts paragraphs; no quotation holds it.
const PART: char = '\n';

impl Skeleton {
    pub(super) fn of(prose: &Prose) -> Skeleton {
        let mut skeleton = Skeleton::default();
        for (number, paragraph) in prose.paragraphs.iter().enumerate() {
            skeleton.starts.push(skeleton.letters.len());
            let letters = Letters::new(prose.words(number), 0, Side::Source);
            skeletal(letters, |letter, at| skeleton.push(letter, paragraph.bytes.start + at));
            skeleton.push(PART, paragraph.bytes.end);
        }
        skeleton
    }

    fn push(&mut self, letter: char, origin: usize) {
        let at = self.letters.len();
        let goes_on = self.runs.last().is_some_and(|(start, from)| (*from as usize) + at - (*start as usize) == origin);
        if !goes_on {
            self.runs.push((at as u32, origin as u32));
        }
        self.letters.push(letter);
    }

    /// Where in the text the letter at a byte stands.
    pub(super) fn origin(&self, at: usize) -> usize {
        let run = self.runs.partition_point(|(start, _)| *start as usize <= at);
        let (start, from) = run.checked_sub(1).map_or((0, 0), |run| self.runs[run]);
        from as usize + at - start as usize
    }

    /// The paragraph in which the letter at a byte stands.
    pub(super) fn paragraph(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// The letters of a paragraph.
    pub(super) fn of_paragraph(&self, paragraph: usize) -> Range<usize> {
        let start = self.starts[paragraph];
        start..self.starts.get(paragraph + 1).map_or(self.letters.len(), |next| next - PART.len_utf8())
    }

    /// The byte so many letters before another, in the same paragraph.
    pub(super) fn back(&self, at: usize, letters: usize) -> Option<usize> {
        let mut before = self.letters[..at].char_indices().rev();
        match letters.checked_sub(1) {
            None => Some(at),
            Some(more) => {
                before.nth(more).map(|(start, _)| start).filter(|start| !self.letters[*start..at].contains(PART))
            }
        }
    }
}
