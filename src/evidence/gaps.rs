//! Where the parts of a quotation that leaves words out stand one behind the other.

use std::ops::Range;

use super::budget::StepBudget;
use super::document::{Document, PartPlace};
use super::quotation::{Quotation, QuotationSegment};
use super::verdict::MOST_PLACES;
use crate::text::floor_char_boundary;

/// What a gap may leave out at most, in bytes.
const LONGEST_GAP: usize = 4000;

/// More places of the parts of one quotation are not kept.
const MOST_KEPT: usize = 500_000;

/// The places of a quotation with the ranges of its parts, and whether any of them is set in another way.
type Chains = (Vec<Vec<Range<usize>>>, bool);

/// Where the parts of a reading stand in their order, each time as near to each other as can be, by the places of one of
/// them. A part may run on from one paragraph to the next; what a gap leaves out stands within one. Nothing where that
/// would take too much.
pub(super) fn in_order(
    document: &Document,
    reading: &Quotation,
    (known, hits): (usize, &[PartPlace]),
    steps: &mut StepBudget,
) -> Option<Chains> {
    let parts = &reading.parts;
    let mut found: Vec<Vec<PartPlace>> = vec![Vec::new(); parts.len()];
    found[known] = hits.to_vec();
    let mut kept = hits.len();
    let mut look = |found: &mut Vec<Vec<PartPlace>>, part: usize, windows: Vec<Range<usize>>, follows: bool| {
        let mut places = Vec::new();
        for window in windows {
            places.extend(within(document, &parts[part], (window, follows), steps));
            if kept + places.len() > MOST_KEPT || !steps.are_left() {
                return None;
            }
        }
        places.sort_by_key(|(bytes, _)| (bytes.start, bytes.end));
        places.dedup();
        kept += places.len();
        found[part] = places;
        Some(())
    };
    for part in known + 1..parts.len() {
        let windows = merged(found[part - 1].iter().map(|(bytes, _)| after(document, bytes.end)).collect());
        look(&mut found, part, windows, true)?;
    }
    for part in (0..known).rev() {
        let windows = merged(found[part + 1].iter().map(|(bytes, _)| before(document, bytes.start)).collect());
        look(&mut found, part, windows, false)?;
    }
    Some(chains(document, found))
}

/// Where the words may begin that follow on a gap which begins at a byte.
fn after(document: &Document, byte: usize) -> Range<usize> {
    let paragraph = paragraph(document, byte.saturating_sub(1));
    byte..(byte + LONGEST_GAP + 1).min(paragraph.end)
}

/// Where the words may end that come before a gap which ends at a byte; behind the start of the range.
fn before(document: &Document, byte: usize) -> Range<usize> {
    let paragraph = paragraph(document, byte);
    byte.saturating_sub(LONGEST_GAP).max(paragraph.start + 1)..byte + 1
}

/// The paragraph in which a byte of the text stands.
fn paragraph(document: &Document, byte: usize) -> Range<usize> {
    let prose = &document.prose;
    prose.paragraph_of(byte).map_or(byte..byte, |number| prose.paragraphs[number].bytes.clone())
}

/// The same windows in order, those that overlap as one.
fn merged(mut windows: Vec<Range<usize>>) -> Vec<Range<usize>> {
    windows.retain(|window| !window.is_empty());
    windows.sort_by_key(|window| window.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for window in windows {
        match merged.last_mut() {
            Some(last) if window.start <= last.end => last.end = last.end.max(window.end),
            Some(_) | None => merged.push(window),
        }
    }
    merged
}

/// The places of a part that begin in a window, or else end in it.
fn within(
    document: &Document,
    part: &QuotationSegment,
    (window, begins): (Range<usize>, bool),
    steps: &mut StepBudget,
) -> Vec<PartPlace> {
    let (seed, skeleton) = (&part.seed, &document.skeleton);
    // A letter that may be of either case may be longer in the other.
    let slack = 3 * (1 + part.either_case.len());
    let stretch = skeleton.stretch(skeleton.letter(window.start));
    let mut places = if seed.letters.is_empty() {
        let from = if begins { 0 } else { part.text.len() + 2 * LONGEST_GAP };
        let from = floor_char_boundary(&document.prose.text, window.start.saturating_sub(from).max(stretch.start));
        let to = floor_char_boundary(&document.prose.text, window.end.min(stretch.end));
        document.everywhere(part, (from..to, &stretch, usize::MAX), steps)
    } else {
        let (lead, tail) = if begins { (seed.lead + slack + seed.letters.len(), 0) } else { (0, seed.tail + slack) };
        let from = skeleton.letter(window.start).saturating_sub(tail).max(skeleton.letter(stretch.start));
        let to = (skeleton.letter(window.end) + lead).min(skeleton.letter(stretch.end));
        let letters = floor_char_boundary(&skeleton.letters, from)..floor_char_boundary(&skeleton.letters, to);
        document.all_of(part, (letters, usize::MAX), steps)
    };
    places.retain(|(bytes, _)| window.contains(&if begins { bytes.start } else { bytes.end }));
    places
}

/// The ways from a place of the first part to one of the last.
fn chains(document: &Document, mut found: Vec<Vec<PartPlace>>) -> Chains {
    // From the last part to the first: which places lead on, and to which of the next.
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); found.len()];
    for part in (0..found.len().saturating_sub(1)).rev() {
        let (here, there) = found.split_at_mut(part + 1);
        let (here, there) = (&mut here[part], &there[0]);
        here.retain(|(bytes, _)| {
            let nearest = there.partition_point(|(next, _)| next.start < bytes.end);
            let leads = there.get(nearest).is_some_and(|(it, _)| after(document, bytes.end).contains(&it.start));
            if leads {
                next[part].push(nearest);
            }
            leads
        });
    }
    let mut places: Vec<Vec<Range<usize>>> = Vec::new();
    let mut is_folded = false;
    for start in 0..found[0].len() {
        let (mut place, mut at) = (Vec::new(), start);
        for part in 0..found.len() {
            let (bytes, folded) = &found[part][at];
            is_folded |= folded;
            place.push(bytes.clone());
            at = next[part].get(at).copied().unwrap_or_default();
        }
        // Of places that end alike, the last to begin says the same with less between.
        let end = |place: &Vec<Range<usize>>| place.last().map(|bytes| bytes.end);
        if places.last().is_some_and(|before| end(before) == end(&place)) {
            places.pop();
        }
        places.push(place);
        if places.len() > MOST_PLACES {
            break;
        }
    }
    (places, is_folded)
}
