//! Where quotations stand in their source: one pass over the document for all of them, by the automaton of Aho and Corasick (1975).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::AhoCorasick;

use super::budget::StepBudget;
use super::document::{Document, LONGEST_SEED, PartPlace};
use super::gaps::in_order;
use super::letters::is_of_word;
use super::quotation::{Quotation, readings};
use super::verdict::{FoundQuotation, MOST_PLACES, MatchQuality, QuotationVerdict};

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
