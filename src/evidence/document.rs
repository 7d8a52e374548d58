//! A document whose words can be searched, and the search for one part of a quotation in it.

use std::ops::Range;
use std::sync::Arc;

use super::budget::StepBudget;
use super::compare::compare;
use super::prose::Prose;
use super::quotation::QuotationSegment;
use super::skeleton::Skeleton;

/// What is looked for of a quotation is no longer than this (in bytes of its bare words); the rest is compared.
pub(super) const LONGEST_SEED: usize = 32;

/// So many letters are passed over in the time in which one is compared.
const LETTERS_SKIPPED: usize = 16;

/// A document whose words can be searched.
#[derive(Debug, Default)]
pub struct Document {
    /// Its words.
    pub prose: Arc<Prose>,
    pub(super) skeleton: Skeleton,
}

/// Where a part of a quotation stands in the text, and whether it is set in another way there.
pub(super) type PartPlace = (Range<usize>, bool);

impl Document {
    /// Makes the words of a document ready to be searched.
    pub fn new(prose: impl Into<Arc<Prose>>) -> Document {
        let prose = prose.into();
        Document { skeleton: Skeleton::of(&prose), prose }
    }

    /// The places of a part whose seed stands in a range of letters, until there are so many or no steps are left.
    pub(super) fn all_of(
        &self,
        part: &QuotationSegment,
        (letters, most): (Range<usize>, usize),
        steps: &mut StepBudget,
    ) -> Vec<PartPlace> {
        let mut found: Vec<PartPlace> = Vec::new();
        let seed = part.seed.letters.as_str();
        let mut at = letters.start;
        steps.spend(letters.len() / LETTERS_SKIPPED);
        // Places may overlap: `ana` stands in `banana` twice.
        while let Some(offset) = self.skeleton.letters.get(at..letters.end).and_then(|rest| rest.find(seed)) {
            found.extend(self.stands(part, at + offset, steps));
            at += offset + seed.chars().next().map_or(1, char::len_utf8);
            if found.len() >= most || !steps.are_left() {
                break;
            }
        }
        found
    }

    /// The same of a part that is marks alone, or letters of which none is sure to be written so, by a range of the text.
    pub(super) fn everywhere(
        &self,
        part: &QuotationSegment,
        (bytes, stretch, most): (Range<usize>, &Range<usize>, usize),
        steps: &mut StepBudget,
    ) -> Vec<PartPlace> {
        let mut found: Vec<PartPlace> = Vec::new();
        for (offset, _) in self.prose.text[bytes.clone()].char_indices() {
            if found.len() >= most || !steps.are_left() {
                break;
            }
            let Some(place) = self.compare(part, (bytes.start + offset, stretch), steps) else { continue };
            // What is passed over before it belongs to no place.
            found.pop_if(|(before, _)| before.end == place.0.end);
            found.push(place);
        }
        found
    }

    /// Whether a part stands where its seed was found.
    pub(super) fn stands(&self, part: &QuotationSegment, seed: usize, steps: &mut StepBudget) -> Option<PartPlace> {
        steps.spend(part.seed.before);
        let first = self.skeleton.back(seed, part.seed.before)?;
        let stretch = self.skeleton.stretch(first);
        let origin = self.skeleton.origin(first);
        if part.seed.marks == 0 {
            return self.compare(part, (origin, &stretch), steps);
        }
        // The part begins with marks, which the bare words do not have: they stand behind the letter before.
        let before = self.skeleton.back(first, 1 + part.seed.unsure);
        let from = before.map_or(stretch.start, |before| self.skeleton.origin(before));
        let marks = self.prose.text[from..origin].char_indices().rev();
        let marks = marks.filter(|(_, letter)| !letter.is_whitespace()).map(|(offset, _)| from + offset);
        let mut places =
            marks.take(part.seed.marks + LONGEST_SEED).filter_map(|at| self.compare(part, (at, &stretch), steps));
        places.find(|(bytes, _)| bytes.end > origin)
    }

    /// Whether a part stands at a byte of a stretch; and if so, where in the text.
    fn compare(
        &self,
        part: &QuotationSegment,
        (at, stretch): (usize, &Range<usize>),
        steps: &mut StepBudget,
    ) -> Option<PartPlace> {
        let source = self.prose.text.get(stretch.clone()).filter(|_| stretch.contains(&at))?;
        let stands = compare(part, source, at - stretch.start, steps)?;
        Some((at..stretch.start + stands.end, stands.is_folded))
    }
}
