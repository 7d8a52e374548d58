//! Cuts the lines around the labels of one file out of its text, small and safe to show.

use super::frame::{Frame, FramedLabel, LEAST, LineRoom, STEM};
use crate::diagnostic::Label;
use crate::text::{Sanitized, Source, floor_char_boundary, visible, wrapped};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The most columns of a line that are shown: nobody reads more.
const MOST: u32 = 1_000;

/// The columns of what is read on no terminal.
const UNMEASURED: u32 = 200;

/// The columns beside a line: what frames it, and two signs that it goes on.
const MARGIN: u32 = 7;

/// Stands where a line goes on beyond the window.
const CUT: char = '…';

/// Some lines of a file, with all that is to be marked in them.
#[derive(Debug)]
pub(crate) struct Window {
    /// The number of the first line, from 1.
    pub(crate) first_line: u32,
    /// The lines, ended by `\n`, every character of them visible.
    pub(crate) text: String,
    /// The marks, in the order of the labels: the first is the one that matters most.
    pub(crate) marks: Vec<Highlight>,
}

/// A piece of the text of a window that something is said of; never empty, never of line breaks alone.
#[derive(Debug)]
pub(crate) struct Highlight {
    /// The first byte in the text of the window.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// The line and the column in the file, from 1, the column in characters.
    pub(crate) at: (u32, u32),
    /// What is said of it, if anything.
    pub(crate) text: Option<String>,
}

/// The windows that show every one of the labels, which all belong to `source`.
///
/// Labels that are near to each other share a window, unless they would cover each other there.
pub(crate) fn windows(source: &Source, labels: &[&Label], columns: Option<usize>) -> Vec<Window> {
    let room = match columns {
        // A line needs room for its number, and for the signs that it goes on.
        Some(columns) => {
            let width = u32::try_from(columns).unwrap_or(u32::MAX).clamp(LEAST, MOST).saturating_sub(margin(source));
            LineRoom { width: width.max(LEAST), is_terminal: true }
        }
        None => LineRoom { width: UNMEASURED, is_terminal: false },
    };
    let mut groups: Vec<WindowLabels<'_>> = Vec::new();
    for label in labels {
        let place = FramedLabel::of(source, label.span);
        let frame = Frame::around(source, place, room);
        if !groups.iter_mut().any(|group| group.take(frame, place, label)) {
            groups.push(WindowLabels { frame, labels: vec![(place, label)] });
        }
    }
    groups.into_iter().map(|group| CutLines::new(source, group.frame).window(&group.labels)).collect()
}

/// The columns that a line needs besides its text, the digits of its number among them.
fn margin(source: &Source) -> u32 {
    MARGIN + source.line_count().max(1).ilog10()
}

/// Labels that are seen in one window.
struct WindowLabels<'a> {
    frame: Frame,
    labels: Vec<(FramedLabel, &'a Label)>,
}

impl<'a> WindowLabels<'a> {
    /// Takes in another label, and says so, if it can be seen in the same window.
    fn take(&mut self, frame: Frame, place: FramedLabel, label: &'a Label) -> bool {
        let free = self.labels.iter().all(|(other, _)| !place.collides(*other));
        let joined = self.frame.join(frame).filter(|_| free);
        if let Some(joined) = joined {
            self.frame = joined;
            self.labels.push((place, label));
        }
        joined.is_some()
    }
}

/// The shown parts of some lines, and what they have become.
struct CutLines<'a> {
    source: &'a Source,
    /// How much of each line is shown.
    room: LineRoom,
    first_line: u32,
    text: String,
    lines: Vec<WindowLine>,
}

/// The shown part of a line: its bytes in the source, and where it starts in the text of the window.
struct WindowLine {
    from: u32,
    to: u32,
    at: usize,
}

impl<'a> CutLines<'a> {
    fn new(source: &'a Source, frame: Frame) -> CutLines<'a> {
        let lines = frame.lines(source);
        let mut cut =
            CutLines { source, room: frame.room(), first_line: *lines.start(), text: String::new(), lines: Vec::new() };
        for number in lines {
            cut.push(number, frame);
        }
        cut
    }

    /// Adds the shown part of a line.
    fn push(&mut self, number: u32, frame: Frame) {
        let (start, line) = self.source.line(number);
        let from = floor_char_boundary(line, frame.start() as usize);
        let to = match frame.room() {
            LineRoom { width, is_terminal: true } => from + fitting(&line[from..], width as usize),
            LineRoom { width, is_terminal: false } => floor_char_boundary(line, (frame.start() + width) as usize),
        };
        self.text.extend((from > 0).then_some(CUT));
        let at = self.text.len();
        self.text.extend(line[from..to].chars().map(visible));
        self.text.extend((to < line.len()).then_some(CUT));
        // An empty line gets a blank, so that there is something to mark.
        self.text.push_str(if line.is_empty() { " \n" } else { "\n" });
        self.lines.push(WindowLine { from: start + from as u32, to: start + to as u32, at });
    }

    fn window(self, labels: &[(FramedLabel, &Label)]) -> Window {
        let marks = labels.iter().map(|(place, label)| self.mark(*place, label)).collect();
        Window { first_line: self.first_line, marks, text: self.text }
    }

    fn mark(&self, place: FramedLabel, label: &Label) -> Highlight {
        let last_line = self.first_line + self.lines.len() as u32 - 1;
        let start = self.offset(place.first, place.start.byte);
        let end = self.offset(place.last.min(last_line), place.end);
        let (start, end) = widen(&self.text, start, end.max(start));
        let beyond = (place.last > last_line).then(|| format!("(to line {})", place.last));
        let said = (!label.text.is_empty()).then(|| Sanitized::line(&label.text).to_string());
        let words: Vec<String> = said.into_iter().chain(beyond).collect();
        let words = words.join(" ");
        let words = match self.room.is_terminal {
            true => {
                let columns = (self.room.width as usize).saturating_sub(self.stem(start, end));
                // Never on fewer columns than it takes to read.
                wrapped(&words, columns.max(LEAST as usize), (0, 0), |_| false)
            }
            false => words,
        };
        Highlight { start, end, at: (place.start.line, place.start.column), text: (!words.is_empty()).then_some(words) }
    }

    /// The columns before what is said of a mark: up to its middle, where the stem is drawn, and the stem.
    fn stem(&self, start: usize, end: usize) -> usize {
        let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let marked = self.text[start..end].lines().next().unwrap_or_default();
        self.text[line..start].width() + marked.width() / 2 + STEM as usize
    }

    /// Where a byte of the source stands in the text, or the nearest that is shown of its line.
    fn offset(&self, number: u32, byte: u32) -> usize {
        let line = &self.lines[(number - self.first_line) as usize];
        let (start, text) = self.source.line(number);
        let shown = &text[(line.from - start) as usize..(byte.clamp(line.from, line.to) - start) as usize];
        line.at + shown.chars().map(|character| visible(character).len_utf8()).sum::<usize>()
    }
}

/// How many bytes of a text fit into so many columns.
fn fitting(text: &str, columns: usize) -> usize {
    let mut taken = 0;
    let mut characters =
        text.char_indices().map(|(at, character)| (at, visible(character).width().unwrap_or(0).max(1)));
    let beyond = characters.find(|(_, width)| {
        taken += width;
        taken > columns
    });
    beyond.map_or(text.len(), |(at, _)| at)
}

/// A range that marks something: an empty one takes the character after it, or at the end of a
/// line the last one that can be seen.
fn widen(text: &str, start: usize, end: usize) -> (usize, usize) {
    let end = text[..end].trim_end_matches('\n').len();
    if start < end {
        return (start, end);
    }
    let after = text[start..].chars().next().filter(|character| *character != '\n');
    if let Some(character) = after {
        return (start, start + character.len_utf8());
    }
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let seen = match text[line..start].trim_end() {
        "" => &text[line..start],
        seen => seen,
    };
    let last = seen.chars().next_back().map_or(0, char::len_utf8);
    (line + seen.len() - last, line + seen.len())
}
