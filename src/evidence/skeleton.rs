//! The bare words of a document: what is searched, before places that are found are compared letter by letter.

use std::ops::Range;

use super::letters::{Letters, TextSide};
use super::prose::Prose;
use super::quotation::skeletal;

/// All letters and digits of a document without what is between them, one stretch after the other.
#[derive(Debug, Default)]
pub(super) struct Skeleton {
    pub(super) letters: String,
    /// Where runs begin, in the letters and in the text of the document.
    runs: Vec<(u32, u32)>,
    /// Where the letters of each stretch begin.
    starts: Vec<usize>,
    /// Where each stretch stands in the text.
    stretches: Vec<Range<usize>>,
}

/// What parts stretches; no quotation holds it.
const PART: char = '\n';

impl Skeleton {
    pub(super) fn of(prose: &Prose) -> Skeleton {
        let mut skeleton = Skeleton::default();
        for (_, bytes) in prose.stretches() {
            skeleton.starts.push(skeleton.letters.len());
            let letters = Letters::new(&prose.text[bytes.clone()], 0, TextSide::Source);
            skeletal(letters, |letter, at| skeleton.push(letter, bytes.start + at));
            skeleton.push(PART, bytes.end);
            skeleton.stretches.push(bytes);
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

    /// The first letter that stands at a byte of the text, or behind it.
    pub(super) fn letter(&self, byte: usize) -> usize {
        let next = self.runs.partition_point(|(_, from)| (*from as usize) < byte);
        let limit = self.runs.get(next).map_or(self.letters.len(), |(start, _)| *start as usize);
        let before = next.checked_sub(1).map(|run| self.runs[run]);
        before.map_or(0, |(start, from)| start as usize + byte - from as usize).min(limit)
    }

    /// Where in the text the stretch stands to which a letter belongs.
    pub(super) fn stretch(&self, at: usize) -> Range<usize> {
        let number = self.starts.partition_point(|start| *start <= at);
        number.checked_sub(1).map_or(0..0, |number| self.stretches[number].clone())
    }

    /// Every stretch.
    pub(super) fn stretches(&self) -> &[Range<usize>] {
        &self.stretches
    }

    /// The letter so many before another, in the same stretch.
    pub(super) fn back(&self, at: usize, letters: usize) -> Option<usize> {
        let mut before = self.letters[..at].char_indices().rev().take_while(|(_, letter)| *letter != PART);
        match letters.checked_sub(1) {
            None => Some(at),
            Some(more) => before.nth(more).map(|(start, _)| start),
        }
    }
}
