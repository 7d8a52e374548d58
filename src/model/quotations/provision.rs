//! Where quotations stand in the units of their documents, and what provisions blocks are: both as paths of numbers.

use std::ops::Range;

use crate::evidence::provision_readings;
use crate::model::well_known::{NUMBER, PART_OF};
use crate::model::{BlockId, CitedDocument, Corpus};

/// A number that can be read in more ways, with those of the provisions around it, places nothing.
const MOST_READINGS: usize = 16;

/// Provisions within provisions are not followed further than this.
const DEEPEST: usize = 16;

impl CitedDocument {
    /// The provisions in which a piece of the document stands, in order: more than one if it runs on into another, and each
    /// only as deep as all of the text there is known to be.
    pub fn provisions(&self, bytes: &Range<usize>) -> Vec<&[String]> {
        let pieces = self.outline.pieces_in(bytes);
        let units = pieces.iter().map(|piece| piece.unit);
        let alone = pieces.is_empty().then(|| self.outline.unit_at(bytes.start));
        let mut found: Vec<&[String]> = Vec::new();
        for unit in units.chain(alone) {
            let Some(provision) = self.outline.units.get(unit).and_then(|unit| unit.provision.as_deref()) else {
                return Vec::new();
            };
            if !found.contains(&provision) {
                found.push(provision);
            }
        }
        found
    }
}

impl Corpus {
    /// The provisions that a block may be, by its `number` and by what it is part of: several where a number can be read in
    /// two ways, none where it cannot be read.
    pub(crate) fn provisions(&self, block: BlockId) -> Vec<Vec<String>> {
        self.provisions_within(block, DEEPEST)
    }

    fn provisions_within(&self, block: BlockId, depth: usize) -> Vec<Vec<String>> {
        let own: Vec<Vec<String>> = self.texts(block, NUMBER).flat_map(provision_readings).collect();
        let field = self.schema.field_of(self.kind(block), PART_OF);
        let around = field.and_then(|field| self.targets(block, field).first().copied());
        let Some(around) = around else { return own };
        if depth == 0 {
            return Vec::new();
        }
        let mut found = Vec::new();
        for above in self.provisions_within(around, depth - 1) {
            for number in &own {
                let is_whole = number.len() > above.len() && number.starts_with(&above);
                let path = if is_whole { number.clone() } else { above.iter().chain(number).cloned().collect() };
                if !found.contains(&path) {
                    found.push(path);
                }
            }
        }
        if found.len() > MOST_READINGS { Vec::new() } else { found }
    }
}
