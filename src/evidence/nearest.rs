//! The passage that is most like a quotation which does not stand in its source.
//!
//! The search is that of FASTA (Lipman and Pearson, 1985): words, and short runs of them, are looked up in an index and vote for
//! the place at which the passage would begin, and only the few places with most votes are aligned.

use std::collections::HashMap;
use std::ops::Range;

use super::align::{SimilarPassage, align};
use super::budget::StepBudget;
use super::prose::Prose;
use crate::text::{quoted_words, words};

/// How many places of words, and of words in a row, vote for the passage that a quotation comes from; rare ones first.
const MOST_VOTES: usize = 4096;

/// How many passages are compared with a quotation.
const MOST_PASSAGES: usize = 6;

/// How far (in words) the words of a quotation may be moved against each other to vote for the same passage.
const DRIFT: usize = 8;

/// How many words a gap is thought to leave out at most.
const GAP: usize = 60;

/// How many words in a row vote together: they tell a passage also where each of them is common.
const ROW: usize = 3;

/// The words of a document by which passages are found.
pub struct Nearby<'a> {
    prose: &'a Prose,
    /// Where the words stand in the text, and the number of each.
    places: Vec<(u32, u32)>,
    ids: Vec<u32>,
    by_word: HashMap<String, u32>,
    /// The words in the order of their numbers, those of each from a start on; and in the order of the rows that they begin.
    of_word: Vec<u32>,
    starts: Vec<usize>,
    of_row: Vec<u32>,
    /// With which words the stretches begin, and where they stand in the text.
    stretches: Vec<(usize, Range<usize>)>,
}

/// Places that vote, and the word of the quotation that they vote for.
type Votes<'a> = (usize, &'a [u32]);

impl<'a> Nearby<'a> {
    /// Reads the words of a document.
    pub fn new(prose: &'a Prose) -> Nearby<'a> {
        let (mut places, mut ids, mut stretches) = (Vec::new(), Vec::new(), Vec::new());
        let mut by_word: HashMap<String, u32> = HashMap::new();
        for (_, bytes) in prose.stretches() {
            stretches.push((places.len(), bytes.clone()));
            for word in words(&prose.text[bytes.clone()]) {
                let start = bytes.start + word.bytes.start;
                places.push((start as u32, (start + word.bytes.len()) as u32));
                let next = by_word.len() as u32;
                ids.push(*by_word.entry(word.folded).or_insert(next));
            }
        }
        let all = 0..places.len() as u32;
        let mut of_word: Vec<u32> = all.clone().collect();
        of_word.sort_by_key(|place| ids[*place as usize]);
        let starts =
            (0..=by_word.len()).map(|id| of_word.partition_point(|place| (ids[*place as usize] as usize) < id));
        let starts = starts.collect();
        let mut of_row: Vec<u32> = all.collect();
        of_row.sort_by_key(|place| row(&ids, *place as usize));
        Nearby { prose, places, ids, by_word, of_word, starts, of_row, stretches }
    }

    /// The passage most like a quotation; none if less than half of its words stand together anywhere, or if no steps are
    /// left to tell.
    pub fn find(&self, quotation: &str, steps: &mut StepBudget) -> Option<SimilarPassage> {
        let wanted = quoted_words(quotation);
        let ids: Vec<Option<u32>> = wanted.iter().map(|word| self.by_word.get(&word.folded).copied()).collect();
        let gaps = wanted.iter().skip(1).filter(|word| !word.joined).count();
        let slack = DRIFT + wanted.len() / DRIFT + GAP * gaps.min(DRIFT);
        steps.spend(16 * MOST_VOTES.min(wanted.len() * DRIFT));
        let mut best: Option<SimilarPassage> = None;
        let elected = self.elect(&ids);
        for window in elected.iter().flat_map(|start| self.windows(*start, wanted.len(), slack)) {
            if !steps.are_left() {
                break;
            }
            if let Some(near) = align(quotation, (&self.prose.text, window), steps)
                && best
                    .as_ref()
                    .is_none_or(|best| (near.distance, near.bytes.start) < (best.distance, best.bytes.start))
            {
                best = Some(near);
            }
        }
        best
    }

    /// The words of the document with which the passages would begin for which most votes are given, weighed by how rare
    /// the words are.
    fn elect(&self, ids: &[Option<u32>]) -> Vec<usize> {
        let single = ids.iter().enumerate().filter_map(|(at, id)| Some((at, self.of_word((*id)?))));
        let rows = ids.windows(ROW).enumerate().filter_map(|(at, row)| Some((at, self.of_row(row)?)));
        let mut votes: Vec<Votes<'_>> = single.chain(rows).filter(|(_, places)| !places.is_empty()).collect();
        votes.sort_by_key(|(at, places)| (places.len(), *at));
        let mut begins: Vec<(usize, u64)> = Vec::new();
        for (at, places) in votes {
            let weight = u64::from((self.places.len() / places.len()).max(1).ilog2()) + 1;
            let left = MOST_VOTES - begins.len();
            begins.extend(places.iter().take(left).map(|place| ((*place as usize).saturating_sub(at) / DRIFT, weight)));
            if places.len() >= left {
                break;
            }
        }
        begins.sort_unstable();
        let mut sums: Vec<(usize, u64)> = Vec::new();
        for (begin, weight) in begins {
            match sums.last_mut() {
                Some((last, sum)) if *last == begin => *sum += weight,
                Some(_) | None => sums.push((begin, weight)),
            }
        }
        let with_next = |(number, (begin, sum)): (usize, &(usize, u64))| {
            let next = sums.get(number + 1).filter(|(next, _)| *next == begin + 1);
            (sum + next.map_or(0, |(_, sum)| *sum), *begin)
        };
        let mut passages: Vec<(u64, usize)> = sums.iter().enumerate().map(with_next).collect();
        passages.sort_by_key(|(sum, begin)| (u64::MAX - sum, *begin));
        let mut elected: Vec<usize> = Vec::new();
        for (_, begin) in passages {
            // What stands beside a passage is looked at with it.
            if elected.iter().all(|other| other.abs_diff(begin) > 1) {
                elected.push(begin);
            }
            if elected.len() == MOST_PASSAGES {
                break;
            }
        }
        elected.into_iter().map(|begin| begin * DRIFT).collect()
    }

    fn of_word(&self, id: u32) -> &[u32] {
        &self.of_word[self.starts[id as usize]..self.starts[id as usize + 1]]
    }

    /// Where these words stand in a row.
    fn of_row(&self, wanted: &[Option<u32>]) -> Option<&[u32]> {
        let wanted: Vec<u32> = wanted.iter().copied().collect::<Option<_>>()?;
        let wanted = row(&wanted, 0);
        let first = self.of_row.partition_point(|place| row(&self.ids, *place as usize) < wanted);
        let length = self.of_row[first..].partition_point(|place| row(&self.ids, *place as usize) == wanted);
        Some(&self.of_row[first..first + length])
    }

    /// What stands in the text about a word with which a passage of so many words may begin: in its stretch, and in those
    /// that begin so soon behind it that the passage may begin there.
    fn windows(&self, start: usize, length: usize, slack: usize) -> impl Iterator<Item = Range<usize>> {
        let latest = start + 2 * DRIFT;
        let (first, last) = (start.saturating_sub(slack), latest + length + slack);
        let until = |word: usize| self.stretches.partition_point(|(begin, _)| *begin <= word);
        (until(start).saturating_sub(1)..until(latest)).filter_map(move |number| {
            let (begin, bytes) = &self.stretches[number];
            let end = self.stretches.get(number + 1).map_or(self.places.len(), |(next, _)| *next);
            // With the marks about the words.
            let from = if first > *begin { self.places[first - 1].1 as usize } else { bytes.start };
            let to = if last < end { self.places[last].0 as usize } else { bytes.end };
            (from < to).then_some(from..to)
        })
    }
}

/// The words in a row from one on.
fn row(ids: &[u32], at: usize) -> [Option<u32>; ROW] {
    std::array::from_fn(|next| ids.get(at + next).copied())
}

#[cfg(test)]
mod tests {
    use super::Nearby;
    use crate::evidence::{DocumentFormat, StepBudget, UnitKinds};
    use crate::text::one_line;

    /// The passage that a quotation is likened to, and what is said of the differences.
    fn likened(quotation: &str, text: &str) -> Option<(String, Vec<String>)> {
        let prose = DocumentFormat::Text.read(text, &UnitKinds::default()).unwrap();
        let near = Nearby::new(&prose).find(quotation, &mut StepBudget::new(1_000_000))?;
        let passage = one_line(&prose.text[near.bytes]);
        Some((passage, near.changes.iter().map(ToString::to_string).collect()))
    }

    #[test]
    fn the_words_that_differ_are_named() {
        let text = "Nothing of it.\n\nHowever, Japan and the United States will take bilateral action in the event of an \
            armed attack against Japan.\n\nIt would not necessarily contribute to stability.\n\n日本国は武力攻撃に対処する。";
        for (quotation, passage, change) in [
            (
                "the United States shall take bilateral action",
                "the United States will take bilateral action",
                "the quotation says “shall”, the source says “will”",
            ),
            (
                "It would contribute to stability.",
                "It would not necessarily contribute to stability.",
                "the source says “not necessarily” here, which the quotation omits",
            ),
            (
                "in the event of an unprovoked armed attack",
                "in the event of an armed attack",
                "the quotation adds “unprovoked”",
            ),
            (
                "japan and the United States",
                "Japan and the United States",
                "the quotation says “japan”, the source says “Japan”",
            ),
            ("will TAKE bilateral", "will take bilateral", "the quotation says “TAKE”, the source says “take”"),
            (
                "contribute to peace.",
                "contribute to stability.",
                "the quotation says “peace”, the source says “stability”",
            ),
            (
                "[j]apan and […] shall take [some] bilateral action",
                "Japan and the United States will take bilateral action",
                "the quotation says “shall”, the source says “will”",
            ),
            (
                "日本国が武力攻撃に対処する",
                "日本国は武力攻撃に対処する",
                "the quotation says “が”, the source says “は”",
            ),
        ] {
            let (found, changes) = likened(quotation, text).unwrap();
            assert_eq!((found.as_str(), changes), (passage, vec![change.to_owned()]), "{quotation}");
        }
        assert_eq!(likened("nobody knows what he is to do about the cats", text), None);
    }

    #[test]
    fn the_passage_is_the_one_that_differs_least() {
        let clause = |modal: &str, party: &str| {
            format!(
                "Subject to the provisions of this Agreement and to any law that applies to the {party} or to the goods, the \
                 {party} {modal}, within thirty days after the date on which a notice in writing has been received by the other \
                 party, deliver to that party a statement of all amounts that are due under this Agreement, together with \
                 copies of the records on which the statement rests."
            )
        };
        let (one, two) = (clause("MUST", "Seller"), clause("MAY", "Buyer"));
        for text in [format!("{one}\n\n{two}"), format!("{two}\n\n{one}")] {
            for (quotation, passage) in [(clause("SHOULD", "Seller"), &one), (clause("SHOULD", "Buyer"), &two)] {
                let (found, changes) = likened(&quotation, &text).unwrap();
                assert_eq!((&found, changes.len()), (passage, 1), "{changes:?}");
                assert!(changes[0].starts_with("the quotation says “SHOULD”"), "{changes:?}");
            }
        }
        let modals = ["shall", "may", "must", "will", "can", "should", "might", "could", "would", "need"];
        let sections: Vec<String> = modals.iter().map(|modal| clause(modal, "Tenant")).collect();
        for (number, modal) in modals.iter().enumerate() {
            let text = sections.join("\n\n");
            let quotation = sections[number].replace("a notice in writing", "a written notice");
            let (found, changes) = likened(&quotation, &text).unwrap();
            assert_eq!((&found, changes.len()), (&sections[number], 2), "{modal}: {changes:?}");
        }
    }

    #[test]
    fn a_word_left_out_anywhere_is_told_wherever_the_headings_stand() {
        let paragraphs = [
            "The processor shall not engage another processor without prior specific or general written authorisation of the controller.",
            "Every State possesses capacity to conclude treaties, but no treaty creates rights for a third State without its consent.",
            "A party may not invoke the provisions of its internal law as justification for its failure to perform a treaty.",
        ];
        let headings = ["Processor", "Capacity of States", "Internal law and observance"];
        let text: Vec<String> =
            headings.iter().zip(paragraphs).map(|(heading, paragraph)| format!("{heading}\n\n{paragraph}")).collect();
        let text = text.join("\n\n");
        for paragraph in paragraphs {
            let words: Vec<&str> = paragraph.split(' ').collect();
            for left_out in 0..words.len() {
                let quotation = [&words[..left_out], &words[left_out + 1..]].concat().join(" ");
                let is_inside = left_out > 0 && left_out + 1 < words.len();
                let found = likened(&quotation, &text).map(|(_, changes)| changes.len());
                assert!(!is_inside || found == Some(1), "without `{}`: {found:?} in {quotation}", words[left_out]);
            }
        }
    }
}
