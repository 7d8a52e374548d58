//! From prose to units: one pass over the paragraphs, with a stack of the units that are open.

use std::collections::HashSet;
use std::ops::Range;

use super::kinds::{ARTICLE_LEVEL, UnitKinds};
use super::label::{LabelStyle, UnitLabel};
use super::number::{LetterCase, NumberReading, NumberScript, UnitNumber};
use super::tree::{IrregularNumber, NumberOrder, Outline, Piece, Unit};
use crate::evidence::prose::{DeclaredUnit, Paragraph, Prose};

/// Units are not nested deeper than this; what is deeper belongs to the last.
const DEEPEST: usize = 60;

/// Numbers of items are not higher than this: `(2005)` is a year.
const HIGHEST: u32 = 999;

/// The units of a document, before they have their provisions.
pub(super) fn units(prose: &Prose, kinds: &UnitKinds) -> Outline {
    let document = Unit { kind: "document".to_owned(), bytes: 0..prose.text.len(), ..Unit::default() };
    let mut builder = Builder {
        prose,
        kinds,
        seen: all_labels(prose, kinds),
        outline: Outline { units: vec![document], ..Outline::default() },
        frames: vec![Frame { unit: 0, place: FramePlace::Document }],
        owner: 0,
        before: '\n',
    };
    let mut declared = prose.units.iter().filter(|unit| !unit.bytes.is_empty()).peekable();
    for paragraph in &prose.paragraphs {
        builder.leave(paragraph.bytes.start);
        while let Some(unit) = declared.next_if(|unit| unit.bytes.start <= paragraph.bytes.start) {
            builder.enter(unit);
        }
        match paragraph.heading {
            Some(level) => builder.heading(paragraph, level),
            None => builder.text(paragraph),
        }
    }
    builder.outline
}

/// A unit that is open.
#[derive(Debug)]
struct Frame {
    unit: usize,
    place: FramePlace,
}

/// What ends an open unit.
#[derive(Debug)]
enum FramePlace {
    /// Nothing.
    Document,
    /// What its format says.
    Declared { end: usize },
    /// A heading of this level or above.
    Heading(u8),
    /// A unit of the same kind, or of a higher level.
    Named { kind: usize },
    /// A heading without a level or a number.
    Titled,
    /// The next number of its list, or what ends the unit that the list is part of.
    Listed { style: LabelStyle, last: UnitNumber, is_heading: bool },
}

/// A label that stands at the beginning of some line: its style, the parts before the last, and how the last can be read.
type SeenLabel = (LabelStyle, String, NumberScript, u32);

struct Builder<'a> {
    prose: &'a Prose,
    kinds: &'a UnitKinds,
    seen: HashSet<SeenLabel>,
    outline: Outline,
    frames: Vec<Frame>,
    /// The unit to which the last piece of text belongs.
    owner: usize,
    /// The last sign before what is read.
    before: char,
}

/// Every label that a line may begin with.
fn all_labels(prose: &Prose, kinds: &UnitKinds) -> HashSet<SeenLabel> {
    let mut seen = HashSet::new();
    for paragraph in &prose.paragraphs {
        for line in prose.text[paragraph.bytes.clone()].lines() {
            if let Some(label) =
                UnitLabel::of(line.trim_start(), kinds, paragraph.is_heading()).filter(|it| it.kind.is_none())
            {
                let prefix = prefix(&label.number);
                let readings = label.number.readings();
                seen.extend(readings.into_iter().map(|it| (label.style, prefix.clone(), it.script, it.value)));
            }
        }
    }
    seen
}

/// The parts of a number before its last.
fn prefix(number: &UnitNumber) -> String {
    number.parts[..number.parts.len() - 1].join(".")
}

impl Builder<'_> {
    /// Closes the units that end before a byte by what their format says.
    fn leave(&mut self, byte: usize) {
        let ended = |frame: &Frame| matches!(frame.place, FramePlace::Declared { end } if end <= byte);
        if let Some(first) = self.frames.iter().position(ended) {
            self.frames.truncate(first);
            self.owner = self.frames.last().map_or(0, |frame| frame.unit);
        }
    }

    fn enter(&mut self, declared: &DeclaredUnit) {
        let number = declared.number.as_deref().map(|number| number.trim().to_owned());
        let at = declared.bytes.start;
        let unit = Unit {
            kind: declared.kind.clone(),
            number,
            label: at..at,
            bytes: declared.bytes.clone(),
            ..Unit::default()
        };
        self.push(unit, FramePlace::Declared { end: declared.bytes.end });
    }

    /// Adds a unit within the innermost that is open.
    fn push(&mut self, unit: Unit, place: FramePlace) {
        if self.frames.len() > DEEPEST {
            return;
        }
        let parent = self.frames.last().map(|frame| frame.unit);
        let number = self.outline.units.len();
        self.outline.units.push(Unit { parent, ..unit });
        self.frames.push(Frame { unit: number, place });
        self.owner = number;
    }

    /// Makes a unit, and those that it is part of, reach as far as a byte.
    fn extend(&mut self, unit: usize, end: usize) {
        let mut next = Some(unit);
        while let Some(unit) = next {
            let unit = &mut self.outline.units[unit];
            unit.bytes.end = unit.bytes.end.max(end);
            next = unit.parent;
        }
    }

    /// Whether a unit has neither a title nor text yet.
    fn is_fresh(&self, unit: usize) -> bool {
        self.outline.units[unit].title.is_none() && self.outline.pieces.last().is_none_or(|piece| piece.unit != unit)
    }

    fn heading(&mut self, paragraph: &Paragraph, level: u8) {
        let bytes = paragraph.bytes.clone();
        let words = &self.prose.text[bytes.clone()];
        let label = UnitLabel::of(words, self.kinds, true);
        let innermost = &self.frames[self.frames.len() - 1];
        let (unit, is_declared) = (innermost.unit, matches!(innermost.place, FramePlace::Declared { .. }));
        let is_first = self.outline.units.len() == 1 && self.outline.pieces.is_empty();
        let is_fresh = self.is_fresh(unit);
        self.before = '\n';
        let title = match (&label, is_declared, level) {
            (_, true, _) => Some(bytes.clone()).filter(|_| is_fresh),
            (None, _, 0 | 1) if is_first && is_fresh => Some(bytes.clone()),
            (None, _, 0) if is_fresh && unit != 0 => Some(bytes.clone()),
            _ => None,
        };
        if is_declared || title.is_some() {
            if title.is_some() {
                self.outline.units[unit].title = title;
            }
            self.extend(unit, bytes.end);
            return;
        }
        match label {
            label if level > 0 => {
                let opens = |frame: &Frame| match frame.place {
                    FramePlace::Document | FramePlace::Declared { .. } => true,
                    FramePlace::Heading(outer) => outer < level,
                    FramePlace::Named { .. } | FramePlace::Titled | FramePlace::Listed { .. } => false,
                };
                let kept = self.frames.iter().rposition(opens).map_or(1, |last| last + 1);
                self.frames.truncate(kept);
                self.open(label.as_ref(), &bytes, FramePlace::Heading(level));
            }
            Some(label) if label.kind.is_some() => self.named(&label, &bytes),
            Some(label) => self.listed(&label, &bytes, true),
            None => {
                let holds = |frame: &Frame| match frame.place {
                    FramePlace::Document | FramePlace::Declared { .. } | FramePlace::Heading(_) => true,
                    FramePlace::Named { kind } => self.kinds.kind(kind).level < ARTICLE_LEVEL,
                    FramePlace::Titled | FramePlace::Listed { .. } => false,
                };
                let kept = self.frames.iter().take_while(|frame| holds(frame)).count();
                self.frames.truncate(kept.max(1));
                self.open(None, &bytes, FramePlace::Titled);
            }
        }
    }

    /// Opens a unit whose heading or label stands somewhere; what stands there behind the label is its title.
    fn open(&mut self, label: Option<&UnitLabel>, bytes: &Range<usize>, place: FramePlace) {
        let labelled = bytes.start..bytes.start + label.map_or(0, |label| label.length.min(bytes.len()));
        let is_heading = !matches!(place, FramePlace::Listed { is_heading: false, .. });
        let title = (is_heading && labelled.end < bytes.end).then_some(labelled.end..bytes.end);
        let kind = match label {
            Some(UnitLabel { kind: Some(kind), .. }) => &self.kinds.kind(*kind).name,
            Some(_) if is_heading => "section",
            Some(label) if label.style.case == LetterCase::Figures => "paragraph",
            Some(_) => "point",
            None => "heading",
        };
        let number = label.map(|label| self.written(label, &labelled));
        let end = if is_heading { bytes.end } else { labelled.end };
        let is_by_form = label.is_none_or(|label| label.kind.is_none());
        let unit = Unit {
            kind: kind.to_owned(),
            number,
            is_by_form,
            label: labelled,
            title,
            bytes: bytes.start..end,
            ..Unit::default()
        };
        self.push(unit, place);
        self.extend(self.owner, end);
    }

    /// The number in a label as it is written.
    fn written(&self, label: &UnitLabel, bytes: &Range<usize>) -> String {
        let number = label.number.parts.join(".");
        let written = &self.prose.text[bytes.clone()];
        if label.number.case == LetterCase::Han {
            return written.chars().filter(|letter| letter.is_alphanumeric()).collect();
        }
        let at = written.to_ascii_lowercase().rfind(&number);
        at.map_or(number.clone(), |at| written[at..at + number.len()].to_owned())
    }

    /// Opens a unit of a kind: beside the open one of its kind, and in no unit of a deeper level.
    fn named(&mut self, label: &UnitLabel, bytes: &Range<usize>) {
        let Some(kind) = label.kind else { return };
        let own = &self.kinds.kind(kind);
        let is_beside = |frame: &Frame| matches!(frame.place, FramePlace::Named { kind: open } if self.kinds.kind(open).name == own.name);
        let floor = self.frames.iter().rposition(|frame| {
            matches!(frame.place, FramePlace::Document | FramePlace::Declared { .. } | FramePlace::Heading(_))
        });
        let floor = floor.map_or(1, |last| last + 1);
        let beside = self.frames[floor..].iter().position(is_beside).map(|at| floor + at);
        let ends = |frame: &Frame| match frame.place {
            FramePlace::Named { kind } => self.kinds.kind(kind).level > own.level,
            FramePlace::Titled => own.level < ARTICLE_LEVEL,
            FramePlace::Listed { is_heading, .. } => !is_heading,
            FramePlace::Document | FramePlace::Declared { .. } | FramePlace::Heading(_) => false,
        };
        let ended = self.frames[floor..].iter().position(ends).map(|at| floor + at);
        self.frames.truncate(beside.or(ended).unwrap_or(self.frames.len()));
        self.open(Some(label), bytes, FramePlace::Named { kind });
    }

    /// Opens a unit that has only a number: the next of an open list, or the first of a list within the innermost unit.
    fn listed(&mut self, label: &UnitLabel, bytes: &Range<usize>, is_heading: bool) {
        let begins = label.number.readings().iter().any(|it| it.value == 1 && it.suffix.is_empty());
        let is_led_in = self.before == ':' && begins && !is_heading;
        let within = self
            .frames
            .iter()
            .rposition(|frame| !matches!(frame.place, FramePlace::Listed { .. }))
            .map_or(1, |at| at + 1);
        let lists = || self.frames.iter().enumerate().skip(within).rev();
        let of_style = |frame: &Frame| match &frame.place {
            FramePlace::Listed { style, last, is_heading: heads } if *style == label.style && *heads == is_heading => {
                Some(last.clone())
            }
            _ => None,
        };
        let next = lists().find(|(_, frame)| of_style(frame).is_some_and(|last| follows(&last, &label.number)));
        let same = lists().find(|(_, frame)| of_style(frame).is_some());
        let above = prefix(&label.number);
        let is_part =
            |frame: &Frame| matches!(&frame.place, FramePlace::Listed { last, .. } if last.parts.join(".") == above);
        let whole = lists().find(|(_, frame)| is_part(frame)).filter(|_| !above.is_empty());
        let (kept, before) = match (next, whole, same) {
            _ if is_led_in => (
                self.frames.iter().position(|frame| frame.unit == self.owner).map_or(self.frames.len(), |at| at + 1),
                None,
            ),
            (Some((at, _)), _, _) => (at, None),
            (None, Some((at, _)), _) => (at + 1, None),
            (None, None, Some((at, frame))) => (at, of_style(frame)),
            // What does not begin with the first is no list within an item.
            (None, None, None) => (if begins { self.frames.len() } else { within }, None),
        };
        self.frames.truncate(kept.max(1));
        let unit = self.outline.units.len();
        let place = FramePlace::Listed { style: label.style, last: label.number.clone(), is_heading };
        self.open(Some(label), bytes, place);
        if let Some(before) = before.filter(|_| self.outline.units.len() > unit) {
            let order = order(&before, &label.number);
            self.outline.irregular.push(IrregularNumber { unit, before: before.parts.join("."), order });
        }
    }

    fn text(&mut self, paragraph: &Paragraph) {
        let text = &self.prose.text;
        let mut opened = paragraph.bytes.start;
        let mut line_start = paragraph.bytes.start;
        let mut is_fresh = true;
        for line in text[paragraph.bytes.clone()].split_inclusive('\n') {
            let line_end = line_start + line.len();
            let mut at = line_start + line.len() - line.trim_start().len();
            while let Some(label) = self.label_at(at, paragraph.bytes.end, is_fresh) {
                self.piece(opened..at);
                let bytes = at..at + label.length;
                match label.kind {
                    Some(_) => self.named(&label, &bytes),
                    None => self.listed(&label, &bytes, false),
                }
                at = bytes.end;
                opened = at;
                is_fresh = true;
                self.before = '\n';
                if at >= line_end {
                    break;
                }
            }
            // A line that is a label alone does not begin the paragraph of the next.
            is_fresh = opened >= line_end;
            self.before = last_mark(&text[opened.min(line_end)..line_end]).unwrap_or(self.before);
            line_start = line_end;
        }
        self.piece(opened..paragraph.bytes.end);
    }

    /// The label at a byte, if a unit begins there.
    fn label_at(&self, at: usize, end: usize, is_fresh: bool) -> Option<UnitLabel> {
        let line = self.prose.text.get(at..end).filter(|line| !line.is_empty())?;
        // What is before a label at the beginning of a line has ended.
        let has_ended = is_fresh || matches!(self.before, '.' | ';' | ':' | ',' | '。' | '；' | '：' | '—');
        if !has_ended && line.starts_with(|letter: char| letter.is_ascii()) {
            return None;
        }
        let label = UnitLabel::of(line, self.kinds, false)?;
        if !has_ended && label.style.closed != Some('\u{3000}') {
            return None;
        }
        if label.kind.is_some() {
            return Some(label);
        }
        let readings = label.number.readings();
        if readings.iter().all(|it| it.value > HIGHEST) {
            return None;
        }
        // In Japanese statutes, the first paragraph has no number.
        let first = if label.style.closed == Some('\u{3000}') { 2 } else { 1 };
        let begins = readings.iter().any(|it| it.value <= first && it.suffix.is_empty());
        let goes_on = self.frames.iter().any(|frame| {
            matches!(&frame.place, FramePlace::Listed { style, last, .. } if *style == label.style && follows(last, &label.number))
        });
        let above = prefix(&label.number);
        let has_neighbour = |reading: &NumberReading| {
            let seen = |value| self.seen.contains(&(label.style, above.clone(), reading.script, value));
            seen(reading.value + 1) || reading.value > 1 && seen(reading.value - 1)
        };
        let is_one_of_many = readings.iter().any(has_neighbour);
        let counts = match (is_fresh, label.is_weak) {
            (true, true) => goes_on || is_one_of_many,
            (true, false) => true,
            (false, true) => goes_on || begins && is_one_of_many,
            (false, false) => goes_on || begins,
        };
        counts.then_some(label)
    }

    /// Adds a piece of text: to the innermost open unit, or, after the items of a list that something leads in, to what does.
    fn piece(&mut self, bytes: Range<usize>) {
        let words = &self.prose.text[bytes.clone()];
        let start = bytes.start + words.len() - words.trim_start().len();
        let bytes = start..start + words.trim().len();
        if bytes.is_empty() {
            return;
        }
        let innermost = &self.frames[self.frames.len() - 1];
        let mut owner = innermost.unit;
        let is_new_paragraph = self.outline.pieces.last().is_some_and(|piece| piece.unit == owner);
        if is_new_paragraph {
            let is_item = |frame: &&Frame| matches!(frame.place, FramePlace::Listed { style, .. } if style.case != LetterCase::Figures);
            let above = self.frames.iter().rev().find(|frame| !is_item(frame));
            owner = above.map_or(owner, |frame| frame.unit);
        }
        self.owner = owner;
        self.before = self.prose.text[bytes.clone()].chars().next_back().unwrap_or('\n');
        self.extend(owner, bytes.end);
        self.outline.pieces.push(Piece { bytes, unit: owner });
    }
}

/// The mark with which a line ends, as far as items of a list are concerned: a conjunction behind a mark does not count.
fn last_mark(line: &str) -> Option<char> {
    let line = line.trim_end();
    let (before, word) = line.rsplit_once(' ').unwrap_or(("", line));
    let is_conjunction = word.len() <= 4 && word.chars().all(char::is_lowercase);
    let mark = before.chars().next_back().filter(|mark| is_conjunction && matches!(mark, ';' | ','));
    mark.or(line.chars().next_back())
}

/// Whether a number is the next after another: `b` after `a`, `12a` and `13` after `12`, `5.2` after `5.1`.
fn follows(last: &UnitNumber, number: &UnitNumber) -> bool {
    let same_above = prefix(last) == prefix(number);
    same_above
        && last.readings().iter().any(|before| {
            number.readings().iter().any(|it| {
                it.script == before.script
                    && (it.value == before.value + 1 || it.value == before.value && it.suffix > before.suffix)
            })
        })
}

/// How a number that does not follow on another stands to it.
fn order(last: &UnitNumber, number: &UnitNumber) -> NumberOrder {
    let first = |number: &UnitNumber| number.readings().first().map_or(0, |it| it.value);
    match first(number).cmp(&first(last)) {
        std::cmp::Ordering::Greater => NumberOrder::Jumps,
        std::cmp::Ordering::Equal => NumberOrder::Repeats,
        std::cmp::Ordering::Less => NumberOrder::RunsBack,
    }
}
