//! Where quotations stand in their source: one pass over the document for all of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::AhoCorasick;

use super::budget::StepBudget;
use super::compare::compare;
use super::gaps::in_order;
use super::letters::is_of_word;
use super::prose::Prose;
use super::quotation::{Quotation, QuotationSegment, UnusableQuotation, readings};
use super::skeleton::Skeleton;

/// What is looked for of a quotation is no longer than this (in bytes of its bare words); the rest is compared.
const LONGEST_SEED: usize = 32;

/// Places beyond this number are not counted.
pub(super) const MOST_PLACES: usize = 64;

/// So many letters are passed over in the time in which one is compared.
const LETTERS_SKIPPED: usize = 16;

/// How a quotation stands in its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuotationVerdict {
    /// It stands there, at one place or more.
    Found(Arc<FoundQuotation>),
    /// It does not stand there.
    Absent,
    /// It cannot be looked for.
    Unusable(UnusableQuotation),
    /// Too many places would have to be compared.
    GivenUp,
}

/// A quotation that stands in its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundQuotation {
    /// How far it is from what is written there.
    pub manner: MatchQuality,
    /// Every place, in order; with each, where its parts stand in the text of the document.
    pub places: Vec<Vec<Range<usize>>>,
    /// Where in the quotation its quoter put in words.
    pub insertions: Vec<Range<usize>>,
}

/// How far a quotation that was found is from what is written; the farthest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchQuality {
    /// As it is written, but for white space.
    Exact,
    /// Set otherwise.
    Normalised,
    /// With words put in, or with another capital, as its brackets say.
    Bracketed,
    /// With words left out, as its marks say.
    Elided,
}

/// A document whose words can be searched.
#[derive(Debug, Default)]
pub struct Document {
    /// Its words.
    pub prose: Prose,
    pub(super) skeleton: Skeleton,
}

/// Where a part of a quotation stands in the text, and whether it is set in another way there.
pub(super) type PartPlace = (Range<usize>, bool);

/// A reading of a quotation that is looked for by its longest seed.
struct WantedReading {
    quotation: usize,
    reading: Quotation,
    /// The part that is looked for.
    part: usize,
    /// Where that part stands.
    hits: Vec<PartPlace>,
    /// Whether it may stand where it was not compared.
    is_given_up: bool,
}

impl Document {
    /// Makes the words of a document ready to be searched.
    pub fn new(prose: Prose) -> Document {
        Document { skeleton: Skeleton::of(&prose), prose }
    }

    /// How each quotation stands in the document, in their order; it takes no more than so many steps.
    pub fn find(&self, quotations: &[&str], limit: u64) -> Vec<QuotationVerdict> {
        let mut numbers = HashMap::new();
        let mut standings = Vec::new();
        let mut wanted = Vec::new();
        for quotation in quotations {
            numbers.entry(*quotation).or_insert_with(|| {
                let number = standings.len();
                standings.push(QuotationVerdict::Absent);
                match readings(quotation) {
                    Ok(readings) => wanted.extend(readings.into_iter().map(|reading| (number, reading))),
                    Err(why) => standings[number] = QuotationVerdict::Unusable(why),
                }
                number
            });
        }
        let mut search = AutomatonSearch::new(self, wanted, StepBudget::new(limit));
        search.run();
        let AutomatonSearch { wanted, mut steps, .. } = search;
        for wanted in wanted {
            if standings[wanted.quotation] == QuotationVerdict::Absent
                && let Some(standing) = self.complete(&wanted, &mut steps)
            {
                standings[wanted.quotation] = standing;
            }
        }
        quotations.iter().map(|quotation| standings[numbers[quotation]].clone()).collect()
    }

    /// How a quotation stands, by the places of the part of it that was looked for; nothing if this reading of it does not.
    fn complete(&self, wanted: &WantedReading, steps: &mut StepBudget) -> Option<QuotationVerdict> {
        let reading = &wanted.reading;
        if wanted.is_given_up {
            return Some(QuotationVerdict::GivenUp);
        }
        let (mut places, is_folded) = if reading.parts.len() == 1 {
            let is_folded = wanted.hits.iter().any(|(_, folded)| *folded);
            (wanted.hits.iter().map(|(bytes, _)| vec![bytes.clone()]).collect(), is_folded)
        } else {
            match in_order(self, reading, (wanted.part, &wanted.hits), steps) {
                Some(found) => found,
                None => return Some(QuotationVerdict::GivenUp),
            }
        };
        if places.is_empty() {
            return (reading.parts.len() > 1 && wanted.is_full()).then_some(QuotationVerdict::GivenUp);
        }
        let leaves_out = |place: &Vec<Range<usize>>| {
            place.windows(2).any(|two| self.prose.text[two[0].end..two[1].start].contains(is_of_word))
        };
        let manner = match () {
            () if places.iter().any(leaves_out) => MatchQuality::Elided,
            () if !reading.insertions.is_empty() || reading.changes_case => MatchQuality::Bracketed,
            () if is_folded => MatchQuality::Normalised,
            () => MatchQuality::Exact,
        };
        places.truncate(MOST_PLACES);
        Some(QuotationVerdict::Found(Arc::new(FoundQuotation {
            manner,
            places,
            insertions: reading.insertions.clone(),
        })))
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
    fn stands(&self, part: &QuotationSegment, seed: usize, steps: &mut StepBudget) -> Option<PartPlace> {
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

/// The readings whose seeds begin alike, by the whole of their seeds. Quotations of one text often begin with the same words.
#[derive(Default)]
struct Readers {
    by_whole: HashMap<String, Vec<usize>>,
    /// How long the whole seeds are, in bytes.
    lengths: BTreeSet<usize>,
}

/// A search for many quotations at once.
struct AutomatonSearch<'a> {
    document: &'a Document,
    wanted: Vec<WantedReading>,
    /// Which readings are looked for by each seed.
    by_seed: BTreeMap<String, Readers>,
    /// Which have none: every byte is compared with them.
    seedless: Vec<usize>,
    steps: StepBudget,
}

impl<'a> AutomatonSearch<'a> {
    fn new(document: &'a Document, readings: Vec<(usize, Quotation)>, steps: StepBudget) -> AutomatonSearch<'a> {
        let mut by_seed: BTreeMap<String, Readers> = BTreeMap::new();
        let (mut wanted, mut seedless) = (Vec::new(), Vec::new());
        for (quotation, reading) in readings {
            let seeds = reading.parts.iter().map(|part| part.seed.letters.as_str()).enumerate();
            let Some((part, whole)) = seeds.max_by_key(|(_, seed)| seed.len()) else { continue };
            let end = whole.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST_SEED).last();
            let seed = &whole[..end.filter(|_| whole.len() > LONGEST_SEED).unwrap_or(whole.len())];
            if seed.is_empty() {
                seedless.push(wanted.len());
            } else {
                by_seed.entry(seed.to_owned()).or_default().add(whole, wanted.len());
            }
            wanted.push(WantedReading { quotation, reading, part, hits: Vec::new(), is_given_up: false });
        }
        AutomatonSearch { document, wanted, by_seed, seedless, steps }
    }

    fn run(&mut self) {
        for number in std::mem::take(&mut self.seedless) {
            let wanted = &mut self.wanted[number];
            let part = &wanted.reading.parts[wanted.part];
            for stretch in self.document.skeleton.stretches() {
                let most = wanted.reading.most_hits().saturating_sub(wanted.hits.len());
                wanted.hits.extend(self.document.everywhere(part, (stretch.clone(), stretch, most), &mut self.steps));
            }
            wanted.is_given_up = !self.steps.are_left();
        }
        let Ok(seeds) = AhoCorasick::new(self.by_seed.keys()) else {
            self.wanted.iter_mut().for_each(|wanted| wanted.is_given_up = true);
            return;
        };
        let mut readers: Vec<Readers> = std::mem::take(&mut self.by_seed).into_values().collect();
        let letters = self.document.skeleton.letters.as_str();
        for hit in seeds.find_overlapping_iter(letters) {
            let Readers { by_whole, lengths } = &mut readers[hit.pattern().as_usize()];
            for length in lengths.iter() {
                self.steps.spend(*length);
                let whole = letters.get(hit.start()..hit.start() + length);
                if let Some(looked_for) = whole.and_then(|whole| by_whole.get_mut(whole)) {
                    looked_for.retain(|number| self.meets(*number, hit.start()));
                }
            }
            if !self.steps.are_left() {
                let rest = by_whole.drain().flat_map(|(_, looked_for)| looked_for);
                rest.for_each(|number| self.wanted[number].is_given_up = true);
                lengths.clear();
            }
        }
    }

    /// Compares a reading with the place where its seed stands; whether more places of it are wanted.
    fn meets(&mut self, number: usize, seed: usize) -> bool {
        let wanted = &mut self.wanted[number];
        let stands = self.document.stands(&wanted.reading.parts[wanted.part], seed, &mut self.steps);
        wanted.hits.extend(stands);
        !wanted.is_full()
    }
}

impl Readers {
    fn add(&mut self, whole: &str, reading: usize) {
        self.lengths.insert(whole.len());
        self.by_whole.entry(whole.to_owned()).or_default().push(reading);
    }
}

impl WantedReading {
    /// Whether enough places are known.
    fn is_full(&self) -> bool {
        self.hits.len() >= self.reading.most_hits()
    }
}

impl Quotation {
    /// How many places of the part that is looked for are of use.
    fn most_hits(&self) -> usize {
        // A part of several may have to be met often before the others follow on it.
        if self.parts.len() == 1 { MOST_PLACES } else { MOST_PLACES * MOST_PLACES }
    }
}
