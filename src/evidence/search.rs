//! Where quotations stand in their source: one pass over the document for all of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::compare::compare;
use super::letters::is_of_word;
use super::prose::Prose;
use super::quotation::{Part, Quotation, Unusable, readings};
use super::skeleton::Skeleton;

/// What is looked for of a quotation is no longer than this (in bytes of its bare words); the rest is compared.
const LONGEST_SEED: usize = 32;

/// Places beyond this number are not counted.
const MOST_PLACES: usize = 64;

/// What a gap may leave out at most, in bytes.
const LONGEST_GAP: usize = 4000;

/// How a quotation stands in its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It stands there, at one place or more.
    Found(Found),
    /// It does not stand there.
    Absent,
    /// It cannot be looked for.
    Unusable(Unusable),
    /// Too many places would have to be compared.
    GivenUp,
}

/// A quotation that stands in its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// How far it is from what is written there.
    pub manner: Manner,
    /// Every place, in order; with each, where its parts stand in the text of the document.
    pub places: Vec<Vec<Range<usize>>>,
    /// Where in the quotation its quoter put in words.
    pub insertions: Vec<Range<usize>>,
}

/// How far a quotation that was found is from what is written; the farthest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Manner {
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
    skeleton: Skeleton,
}

/// A reading of a quotation that is looked for by its longest seed.
struct Wanted {
    quotation: usize,
    reading: Quotation,
    /// The part that is looked for, and how many letters of it come before the seed.
    part: usize,
    before: usize,
    /// Where that part stands: paragraph, and bytes of the text.
    hits: Vec<(usize, Range<usize>, bool)>,
    /// Whether it may stand where it was not compared.
    is_given_up: bool,
}

impl Document {
    /// Makes the words of a document ready to be searched.
    pub fn new(prose: Prose) -> Document {
        Document { skeleton: Skeleton::of(&prose), prose }
    }

    /// How each quotation stands in the document, in their order; no more than `limit` places are compared.
    pub fn find(&self, quotations: &[&str], limit: u64) -> Vec<Standing> {
        let mut standings = vec![Standing::Absent; quotations.len()];
        let mut wanted = Vec::new();
        for (number, quotation) in quotations.iter().enumerate() {
            match readings(quotation) {
                Ok(readings) => wanted.extend(readings.into_iter().map(|reading| (number, reading))),
                Err(why) => standings[number] = Standing::Unusable(why),
            }
        }
        let mut search = Search::new(self, wanted, limit);
        search.run();
        for wanted in &search.wanted {
            let standing = &mut standings[wanted.quotation];
            if *standing != Standing::Absent {
                continue;
            }
            if wanted.is_given_up {
                *standing = Standing::GivenUp;
            } else if let Some(found) = self.complete(wanted) {
                *standing = Standing::Found(found);
            }
        }
        standings
    }

    /// What a reading comes to by the places of the part that was looked for.
    fn complete(&self, wanted: &Wanted) -> Option<Found> {
        let reading = &wanted.reading;
        let (mut places, mut is_folded) = (Vec::new(), false);
        if reading.parts.len() == 1 {
            is_folded = wanted.hits.iter().any(|(.., folded)| *folded);
            places.extend(wanted.hits.iter().map(|(_, bytes, _)| vec![bytes.clone()]));
        } else {
            let mut paragraphs: Vec<usize> = wanted.hits.iter().map(|(paragraph, ..)| *paragraph).collect();
            paragraphs.dedup();
            for paragraph in paragraphs {
                let (found, folded) = self.in_order(&reading.parts, paragraph);
                is_folded |= folded && !found.is_empty();
                places.extend(found);
            }
        }
        if places.is_empty() {
            return None;
        }
        let leaves_out = |place: &Vec<Range<usize>>| {
            place.windows(2).any(|two| self.prose.text[two[0].end..two[1].start].contains(is_of_word))
        };
        let manner = match () {
            () if places.iter().any(leaves_out) => Manner::Elided,
            () if !reading.insertions.is_empty() || reading.changes_case => Manner::Bracketed,
            () if is_folded => Manner::Normalised,
            () => Manner::Exact,
        };
        places.truncate(MOST_PLACES);
        Some(Found { manner, places, insertions: reading.insertions.clone() })
    }

    /// Where parts stand one behind the other in a paragraph, each time as near to each other as can be.
    fn in_order(&self, parts: &[Part], paragraph: usize) -> (Vec<Vec<Range<usize>>>, bool) {
        let found: Vec<Vec<(Range<usize>, bool)>> = parts.iter().map(|part| self.all_of(part, paragraph)).collect();
        // From the last part to the first: from which places the rest can be reached, and over which next place.
        let mut next: Vec<Vec<Option<usize>>> = vec![Vec::new(); parts.len()];
        for part in (0..parts.len()).rev() {
            next[part] = found[part]
                .iter()
                .map(|(here, _)| match found.get(part + 1) {
                    None => Some(0),
                    Some(after) => {
                        let first = after.partition_point(|(there, _)| there.start < here.end);
                        let near = after[first..].iter().take_while(|(there, _)| there.start - here.end <= LONGEST_GAP);
                        let reaches = |(offset, _): &(usize, _)| next[part + 1][first + offset].is_some();
                        near.enumerate().find(reaches).map(|(offset, _)| first + offset)
                    }
                })
                .collect();
        }
        let mut places: Vec<Vec<Range<usize>>> = Vec::new();
        let mut is_folded = false;
        for start in (0..found[0].len()).filter(|start| next[0][*start].is_some()) {
            let mut place = Vec::new();
            let mut at = start;
            for part in 0..parts.len() {
                let (bytes, folded) = &found[part][at];
                is_folded |= folded;
                place.push(bytes.clone());
                at = next[part][at].unwrap_or_default();
            }
            // Of places that end alike, the last to begin says the same with less between.
            if places
                .last()
                .is_some_and(|before| before.last().map(|bytes| bytes.end) == place.last().map(|bytes| bytes.end))
            {
                places.pop();
            }
            places.push(place);
        }
        (places, is_folded)
    }

    /// Every place of a part in a paragraph.
    fn all_of(&self, part: &Part, paragraph: usize) -> Vec<(Range<usize>, bool)> {
        let letters = self.skeleton.of_paragraph(paragraph);
        let (seed, before) = part.seed();
        let mut found: Vec<(Range<usize>, bool)> = Vec::new();
        if seed.is_empty() {
            return self.everywhere(part, paragraph);
        }
        let mut at = letters.start;
        // Places may overlap: `ana` stands in `banana` twice.
        while let Some(offset) = self.skeleton.letters[at..letters.end].find(&*seed) {
            found.extend(self.stands(part, (at + offset, before), paragraph));
            at += offset + seed.chars().next().map_or(1, char::len_utf8);
            if found.len() >= MOST_PLACES * MOST_PLACES {
                break;
            }
        }
        found
    }

    /// Every place of a part that is marks alone, or letters of which none is sure to be written so.
    fn everywhere(&self, part: &Part, paragraph: usize) -> Vec<(Range<usize>, bool)> {
        let mut found: Vec<(Range<usize>, bool)> = Vec::new();
        for (start, _) in self.prose.words(paragraph).char_indices() {
            let Some(place) = self.compare(part, start, paragraph) else { continue };
            // What is passed over before it belongs to no place.
            found.pop_if(|(before, _)| before.end == place.0.end);
            found.push(place);
        }
        found
    }

    /// Whether a part stands where its seed was found, so many letters before which it begins.
    fn stands(&self, part: &Part, (seed, before): (usize, usize), paragraph: usize) -> Option<(Range<usize>, bool)> {
        let within = self.prose.paragraphs[paragraph].bytes.start;
        let first = self.skeleton.back(seed, before)?;
        let origin = self.skeleton.origin(first) - within;
        if part.text.starts_with(is_of_word) {
            return self.compare(part, origin, paragraph);
        }
        // The part begins with marks, which the bare words do not have: they stand behind the letter before.
        let before = self.skeleton.back(first, 1).map_or(0, |before| self.skeleton.origin(before) - within);
        let marks = self.prose.words(paragraph)[before..origin].char_indices().rev().map(|(offset, _)| before + offset);
        [origin].into_iter().chain(marks).take(LONGEST_SEED).find_map(|at| self.compare(part, at, paragraph))
    }

    /// Whether a part stands at a byte of a paragraph; and if so, where in the text.
    fn compare(&self, part: &Part, at: usize, paragraph: usize) -> Option<(Range<usize>, bool)> {
        let within = self.prose.paragraphs[paragraph].bytes.start;
        let stands = compare(part, self.prose.words(paragraph), at)?;
        Some((within + at..within + stands.end, stands.is_folded))
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
struct Search<'a> {
    document: &'a Document,
    wanted: Vec<Wanted>,
    /// Which readings are looked for by each seed.
    by_seed: BTreeMap<String, Readers>,
    /// Which have none: every byte is compared with them.
    seedless: Vec<usize>,
    /// How many places may still be compared.
    left: u64,
}

impl<'a> Search<'a> {
    fn new(document: &'a Document, readings: Vec<(usize, Quotation)>, left: u64) -> Search<'a> {
        let mut by_seed: BTreeMap<String, Readers> = BTreeMap::new();
        let (mut wanted, mut seedless) = (Vec::new(), Vec::new());
        for (quotation, reading) in readings {
            let seeds = reading.parts.iter().map(Part::seed).enumerate();
            let Some((part, (whole, before))) = seeds.max_by_key(|(_, (seed, _))| seed.len()) else { continue };
            let end = whole.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST_SEED).last();
            let seed = &whole[..end.filter(|_| whole.len() > LONGEST_SEED).unwrap_or(whole.len())];
            if seed.is_empty() {
                seedless.push(wanted.len());
            } else {
                by_seed.entry(seed.to_owned()).or_default().add(whole, wanted.len());
            }
            wanted.push(Wanted { quotation, reading, part, before, hits: Vec::new(), is_given_up: false });
        }
        Search { document, wanted, by_seed, seedless, left }
    }

    fn run(&mut self) {
        let length = self.document.prose.text.len() as u64;
        for number in std::mem::take(&mut self.seedless) {
            let wanted = &mut self.wanted[number];
            match self.left.checked_sub(length) {
                Some(left) => self.left = left,
                None => wanted.is_given_up = true,
            }
            let part = &wanted.reading.parts[wanted.part];
            for paragraph in 0..self.document.prose.paragraphs.len() {
                let found = self.document.all_of(part, paragraph);
                wanted.hits.extend(found.into_iter().map(|(bytes, folded)| (paragraph, bytes, folded)));
                if wanted.is_given_up || wanted.hits.len() > MOST_PLACES {
                    break;
                }
            }
        }
        let Ok(seeds) = AhoCorasick::new(self.by_seed.keys()) else {
            self.wanted.iter_mut().for_each(|wanted| wanted.is_given_up = true);
            return;
        };
        let readers: Vec<&Readers> = self.by_seed.values().collect();
        let skeleton = &self.document.skeleton;
        for hit in seeds.find_overlapping_iter(&skeleton.letters) {
            let paragraph = skeleton.paragraph(hit.start());
            let from_here = &skeleton.letters[hit.start()..];
            for number in readers[hit.pattern().as_usize()].of(from_here) {
                let wanted = &mut self.wanted[*number];
                if wanted.is_full() {
                    continue;
                }
                let Some(left) = self.left.checked_sub(1) else {
                    wanted.is_given_up = true;
                    continue;
                };
                self.left = left;
                let part = &wanted.reading.parts[wanted.part];
                let stands = self.document.stands(part, (hit.start(), wanted.before), paragraph);
                wanted.hits.extend(stands.map(|(bytes, folded)| (paragraph, bytes, folded)));
            }
        }
    }
}

impl Readers {
    fn add(&mut self, whole: String, reading: usize) {
        self.lengths.insert(whole.len());
        self.by_whole.entry(whole).or_default().push(reading);
    }

    /// The readings whose whole seed stands at the start of these letters.
    fn of(&self, letters: &str) -> impl Iterator<Item = &usize> {
        let whole = self.lengths.iter().filter_map(|length| self.by_whole.get(letters.get(..*length)?));
        whole.flatten()
    }
}

impl Wanted {
    /// Whether enough places are known.
    fn is_full(&self) -> bool {
        // A part of several may have to be met often before the others follow on it.
        let most = if self.reading.parts.len() == 1 { MOST_PLACES } else { MOST_PLACES * MOST_PLACES };
        self.hits.len() >= most
    }
}
