//! Where labels stand in a file, and which of them can be seen in one window.

use crate::text::{Position, Source, Span};

/// The most lines of a file that a window shows.
const LINES: u32 = 20;

/// The lines that are shown before and after what matters.
const CONTEXT: u32 = 1;

/// The lines between two labels from which on each has a window of its own.
const FAR: u32 = 5;

/// The fewest columns of a line, or of what is said of it, that are shown: fewer say nothing.
pub(crate) const LEAST: u32 = 20;

/// The columns of what is drawn between a mark and what is said of it: `╰── `.
pub(crate) const STEM: u32 = 4;

/// The bytes that are shown before what matters where the start of a line is cut off.
const LEAD: u32 = 60;

/// Where a label stands, moved into the file if it strays outside.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FramedLabel {
    /// Where it starts, as it is told to people.
    pub(crate) start: Position,
    /// The line of its first character.
    pub(crate) first: u32,
    /// The line of its last character.
    pub(crate) last: u32,
    /// Where it ends, exclusive.
    pub(crate) end: u32,
}

impl FramedLabel {
    /// The place of a span in its source.
    pub(crate) fn of(source: &Source, span: Span) -> FramedLabel {
        let start = source.position(span.start);
        let end = source.position(span.end);
        let last = if end.byte > start.byte { source.position(end.byte - 1) } else { start };
        // What is missing at the end of a file is shown on its last line, not on the one after.
        let shown = |position: Position| position.line.min(source.line_count());
        FramedLabel { start, first: shown(start), last: shown(last), end: end.byte }
    }

    /// Whether two labels lie on the same words of a line, so that one would be drawn beside its place.
    pub(crate) fn collides(self, other: FramedLabel) -> bool {
        let single = |place: FramedLabel| place.first == place.last;
        let before = |one: FramedLabel, two: FramedLabel| one.start.byte < two.end.max(two.start.byte + 1);
        single(self) && single(other) && before(self, other) && before(other, self)
    }
}

/// How much of a line is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineRoom {
    /// The most columns. The labels of a window lie within so many bytes: no character takes more columns than bytes, and finding the
    /// 70,000th character would mean to count through the line.
    pub(crate) width: u32,
    /// Whether it is the width of a terminal, which must hold what is said of labels as well; elsewhere a line has so many bytes.
    pub(crate) is_terminal: bool,
}

impl LineRoom {
    /// The columns that labels may take together, so that there is room for what is said of the last.
    fn of_labels(self) -> u32 {
        if self.is_terminal { self.width.saturating_sub(STEM + LEAST).max(LEAST) } else { self.width }
    }
}

/// The part of a file that holds some labels: a range of lines, and a range of bytes in each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    first: u32,
    last: u32,
    left: u32,
    right: u32,
    /// How much of a line it shows.
    room: LineRoom,
}

impl Frame {
    /// The part that holds one label, or the beginning of one that is too large.
    pub(crate) fn around(source: &Source, place: FramedLabel, room: LineRoom) -> Frame {
        let start = place.start.byte - source.line(place.first).0;
        let end = place.end.saturating_sub(source.line(place.last).0);
        let wide = start.abs_diff(end) > room.width;
        Frame {
            first: place.first,
            last: place.last.min(place.first + LINES - 1 - 2 * CONTEXT),
            left: if wide { start } else { start.min(end) },
            right: if wide { start + 1 } else { start.max(end) },
            room,
        }
    }

    /// The part that holds what both hold, if the two are near enough to be seen together.
    pub(crate) fn join(self, other: Frame) -> Option<Frame> {
        let both = Frame {
            first: self.first.min(other.first),
            last: self.last.max(other.last),
            left: self.left.min(other.left),
            right: self.right.max(other.right),
            room: self.room,
        };
        let between = self.first.max(other.first).saturating_sub(self.last.min(other.last));
        let fits = both.last - both.first + 2 * CONTEXT < LINES && both.right - both.left <= self.room.of_labels();
        (fits && between < FAR).then_some(both)
    }

    /// The lines to show, with those around them.
    pub(crate) fn lines(self, source: &Source) -> std::ops::RangeInclusive<u32> {
        let first = self.first.saturating_sub(CONTEXT).max(1);
        first..=(self.last + CONTEXT).min(source.line_count())
    }

    /// The byte from which each line is shown, counted from its start: the first if all that matters fits.
    pub(crate) fn start(self) -> u32 {
        let (labels, most) = (self.right - self.left, self.room.of_labels());
        let lead = LEAD.min(most.saturating_sub(labels)).min(self.room.width / 3);
        if self.right <= most { 0 } else { self.left.saturating_sub(lead) }
    }

    /// How much of each line is shown.
    pub(crate) fn room(self) -> LineRoom {
        self.room
    }
}
