//! A document as a tree of units, and what is asked of it.

use std::ops::Range;

/// A document as a tree of units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// All units in the order in which they begin, each before those within it; the first is the document itself.
    pub units: Vec<Unit>,
    /// The pieces of text without headings and labels, in order, none beyond a unit or a paragraph.
    pub pieces: Vec<Piece>,
    /// Numbers that do not follow on the number before, at most one for each unit.
    pub irregular: Vec<IrregularNumber>,
}

/// A unit of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// What it is: `document`, a kind that texts number in words (`article`), what its format calls it (`item`, `footnote`), or
    /// `section`, `paragraph` and `point` by the form of its number; `heading` if it has none.
    pub kind: String,
    /// Its number as it is written, without the signs around it: `IV`, `5.1`, `a`.
    pub number: Option<String>,
    /// Where its label stands in the text; empty if it has none there.
    pub label: Range<usize>,
    /// Its title.
    pub title: Option<Range<usize>>,
    /// Where it stands, with its label, its title, and all that is within it.
    pub bytes: Range<usize>,
    /// The unit that it is part of.
    pub parent: Option<usize>,
    /// Its provision: the numbers that lead to it, in figures where they are Roman; nothing if it is within no numbered unit, or
    /// if one of the numbers can be read in two ways.
    pub provision: Option<Vec<String>>,
    /// Whether its kind is known by the form of its number alone.
    pub(super) is_by_form: bool,
}

/// A piece of the text of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands.
    pub bytes: Range<usize>,
    /// The unit whose text it is.
    pub unit: usize,
}

/// A number that does not follow on the number before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IrregularNumber {
    /// The unit that has it.
    pub unit: usize,
    /// The number before.
    pub before: String,
    /// How it stands to that.
    pub order: NumberOrder,
}

/// How a number stands to the number before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberOrder {
    /// It leaves out numbers between.
    Jumps,
    /// It is the same number.
    Repeats,
    /// It is a lower number.
    RunsBack,
}

impl Outline {
    /// The innermost unit in which a byte of the text stands.
    pub fn unit_at(&self, byte: usize) -> usize {
        let mut unit = self.units.partition_point(|unit| unit.bytes.start <= byte).saturating_sub(1);
        while let Some(parent) = self.units.get(unit).filter(|it| !it.bytes.contains(&byte)).and_then(|it| it.parent) {
            unit = parent;
        }
        unit
    }

    /// A unit and those that contain it, from the inside to the document.
    pub fn around(&self, unit: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(unit), |unit| self.units.get(*unit).and_then(|it| it.parent))
    }

    /// The provision in which a byte of the text stands: `["7", "1", "b"]`.
    pub fn provision_at(&self, byte: usize) -> Option<&[String]> {
        self.units.get(self.unit_at(byte))?.provision.as_deref()
    }

    /// The pieces that reach into a range of the text.
    pub fn pieces_in(&self, bytes: &Range<usize>) -> &[Piece] {
        let first = self.pieces.partition_point(|piece| piece.bytes.end <= bytes.start);
        let last = self.pieces.partition_point(|piece| piece.bytes.start < bytes.end);
        &self.pieces[first..last.max(first)]
    }

    /// The piece with which the items of a list are read, for a unit that is one of them: the last of the unit that they
    /// are part of before the first of them, if it does not end as a sentence does.
    pub fn lead_in(&self, unit: usize, text: &str) -> Option<Range<usize>> {
        let parent = self.units.get(unit)?.parent?;
        let first = self.units.iter().skip(parent + 1).find(|it| it.parent == Some(parent))?;
        let before = self.pieces.partition_point(|piece| piece.bytes.start < first.bytes.start);
        let piece = self.pieces[..before].last().filter(|piece| piece.unit == parent)?;
        let ends = text[piece.bytes.clone()].trim_end().ends_with(['.', '。', '!', '?', ';']);
        (!ends).then(|| piece.bytes.clone())
    }
}
