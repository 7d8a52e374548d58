//! The only owner of file text, and the only place that counts lines and columns.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use memchr::{memchr, memchr_iter, memchr2_iter};

use super::parallel::{all_threads, parallel_map};
use super::span::{SourceId, Span};

/// What some editors put before the first character; no reader sees it.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The bytes after which characters are counted anew, so that no column costs more than this many.
const STRIDE: usize = 4096;

/// The bytes after which lines are counted anew: where each line begins is not kept, since few are ever asked for.
const LINES: usize = 1024;

/// The bytes in which lines are counted by one thread: a multiple of [`LINES`].
const PIECE: usize = 4 << 20;

/// The last boundary between characters at or before a byte. As `str::floor_char_boundary`, which Rust has from 1.91 on.
pub fn floor_char_boundary(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// A text with the name that people know it by: its path relative to the project root, with `/`.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: Arc<String>,
    is_absent: bool,
    /// How many lines end before every [`LINES`]th byte.
    line_ends: OnceLock<Vec<u32>>,
    /// How many characters begin before every [`STRIDE`]th byte; only counted for lines that are longer.
    characters: OnceLock<Vec<u32>>,
    /// How its lines end; only looked for where a line is to be added.
    line_break: OnceLock<&'static str>,
}

/// Every text that a run has read, in the order in which it was read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    all: Vec<Source>,
}

/// A place as people count it: line and column from 1, columns in characters; the byte from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The byte in the source, from 0.
    pub byte: u32,
}

impl Sources {
    /// No sources yet.
    pub fn new() -> Sources {
        Sources::default()
    }

    /// Takes in a text of at most 4 GiB under the name it is shown by.
    ///
    /// # Panics
    /// When there are 2^32 sources.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let id = SourceId(u32::try_from(self.all.len()).expect("fewer than 2^32 sources"));
        self.all.push(Source::new(name.into(), text.into()));
        id
    }

    /// Takes in the name of a file that is not there, for what is to be said of that.
    pub fn add_absent(&mut self, name: impl Into<String>) -> SourceId {
        let id = self.add(name, "");
        self.all[id.0 as usize].is_absent = true;
        id
    }

    /// Puts another text in the place of the one of a source, which keeps its name.
    pub fn replace(&mut self, id: SourceId, text: impl Into<String>) {
        let source = &mut self.all[id.0 as usize];
        *source = Source::new(std::mem::take(&mut source.name), text.into());
    }

    /// The first source of that name.
    pub fn named(&self, name: &str) -> Option<SourceId> {
        self.ids().find(|id| self.get(*id).name == name)
    }

    /// The source that `id` names.
    ///
    /// # Panics
    /// For an id of other sources.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.all[id.0 as usize]
    }

    /// The text that `span` covers.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).slice(span)
    }

    /// The ids of all sources, in order.
    pub fn ids(&self) -> impl Iterator<Item = SourceId> + use<> {
        (0..self.all.len() as u32).map(SourceId)
    }
}

impl Source {
    fn new(name: String, text: String) -> Source {
        Source {
            name,
            text: Arc::new(text),
            is_absent: false,
            line_ends: OnceLock::new(),
            characters: OnceLock::new(),
            line_break: OnceLock::new(),
        }
    }

    /// The path by which people know this source.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether there is no such file.
    pub fn is_absent(&self) -> bool {
        self.is_absent
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole text, shared.
    pub fn shared(&self) -> Arc<String> {
        Arc::clone(&self.text)
    }

    /// The text that `span` covers; a span that strays outside is clamped to whole characters.
    pub fn slice(&self, span: Span) -> &str {
        &self.text
            [floor_char_boundary(&self.text, span.start as usize)..floor_char_boundary(&self.text, span.end as usize)]
    }

    /// The position of a byte; a byte order mark takes no column, and a byte inside a character or past the end is moved back to a boundary.
    pub fn position(&self, byte: u32) -> Position {
        let byte = floor_char_boundary(&self.text, byte as usize);
        let line = self.lines_before(byte) + 1;
        let start = self.line_start(line);
        let unseen = usize::from(line == 1 && byte > 0 && self.text.starts_with(BYTE_ORDER_MARK));
        let column = self.characters_between(start, byte) + 1 - unseen;
        Position { line: line as u32, column: column as u32, byte: byte as u32 }
    }

    /// The number of lines; a text that ends in a line break does not begin another.
    pub fn line_count(&self) -> u32 {
        let ended = self.lines_before(self.text.len());
        let is_open = ended == 0 || self.line_start(ended + 1) < self.text.len();
        (ended + usize::from(is_open)) as u32
    }

    /// The bytes of a line (from 1), without its line break.
    pub fn line(&self, line: u32) -> (u32, &str) {
        let line = line as usize;
        let start = self.line_start(line);
        let is_ended = line <= self.lines_before(self.text.len());
        let end = if is_ended { self.line_start(line + 1) } else { self.text.len() };
        (start as u32, self.text[start..end].trim_end_matches(['\n', '\r']))
    }

    /// What ends a line of it: `\r\n` where any line ends so, else `\n`.
    pub fn line_break(&self) -> &'static str {
        self.line_break.get_or_init(|| if self.text.contains("\r\n") { "\r\n" } else { "\n" })
    }

    /// How many characters stand between two boundaries.
    fn characters_between(&self, start: usize, end: usize) -> usize {
        if end - start <= STRIDE {
            return self.text[start..end].chars().count();
        }
        self.characters_before(end) - self.characters_before(start)
    }

    /// How many characters stand before a boundary.
    fn characters_before(&self, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        let begins = |bytes: &[u8]| bytes.iter().filter(|byte| !is_continuation(**byte)).count();
        let counted = self.characters.get_or_init(|| {
            let mut sums = vec![0];
            for stride in bytes.chunks(STRIDE) {
                sums.push(sums[sums.len() - 1] + begins(stride) as u32);
            }
            sums
        });
        let stride = end / STRIDE;
        counted[stride] as usize + begins(&bytes[stride * STRIDE..end])
    }

    /// How many lines end before a byte.
    fn lines_before(&self, byte: usize) -> usize {
        let stride = byte / LINES;
        self.line_ends()[stride] as usize + self.count_line_ends(stride * LINES..byte)
    }

    /// Where a line (from 1) starts.
    fn line_start(&self, line: usize) -> usize {
        let Some(ended) = line.checked_sub(2) else { return 0 };
        let stride = self.line_ends().partition_point(|before| *before as usize <= ended) - 1;
        let more = ended - self.line_ends()[stride] as usize;
        let last = self.ends(stride * LINES..self.text.len()).nth(more).expect("so many lines have ended");
        last + 1
    }

    fn line_ends(&self) -> &[u32] {
        self.line_ends.get_or_init(|| {
            let pieces: Vec<usize> = (0..self.text.len()).step_by(PIECE).collect();
            let counted = parallel_map(&pieces, all_threads(), |piece| {
                let end = self.text.len().min(piece + PIECE);
                let counts = (*piece..end).step_by(LINES).map(|at| self.count_line_ends(at..end.min(at + LINES)));
                counts.collect::<Vec<usize>>()
            });
            let mut sums = vec![0];
            for ended in counted.into_iter().flatten() {
                sums.push(sums[sums.len() - 1] + ended as u32);
            }
            sums
        })
    }

    fn count_line_ends(&self, within: Range<usize>) -> usize {
        let bytes = &self.text.as_bytes()[within.clone()];
        match memchr(b'\r', bytes) {
            None => memchr_iter(b'\n', bytes).count(),
            Some(_) => self.ends(within).count(),
        }
    }

    /// The last byte of each line that ends within some bytes: LF, also behind a CR, or a lone CR.
    fn ends(&self, within: Range<usize>) -> impl Iterator<Item = usize> {
        let bytes = self.text.as_bytes();
        let all = memchr2_iter(b'\n', b'\r', &bytes[within.clone()]).map(move |at| within.start + at);
        all.filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
    }
}

/// Whether a byte of UTF-8 goes on with a character rather than beginning one.
fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::{LINES, STRIDE, Sources};

    /// Where each line starts, found byte by byte.
    fn starts(text: &str) -> Vec<usize> {
        let bytes = text.as_bytes();
        let ends = |at: &usize| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
        std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect()
    }

    #[test]
    fn lines_are_counted_rightly_across_steps() {
        for end in ["\n", "\r\n", "\r", "\n\r", "\r\r\n"] {
            for length in [0, 5, LINES - 2, LINES - 1, LINES, 3 * LINES] {
                let text = format!("{}{end}{}{end}{end}", "x".repeat(length), "yz".repeat(length)).repeat(3);
                let mut sources = Sources::new();
                let file = sources.add("lines.claims", text.as_str());
                let (source, starts) = (sources.get(file), starts(&text));
                for byte in 0..=text.len() {
                    let line = starts.partition_point(|start| *start <= byte);
                    assert_eq!(source.position(byte as u32).line as usize, line, "{text:?}");
                    assert_eq!(source.line(line as u32).0 as usize, starts[line - 1], "{text:?}");
                }
                let is_open = starts.len() == 1 || starts.last() != Some(&text.len());
                assert_eq!(source.line_count() as usize, starts.len() - usize::from(!is_open), "{text:?}");
            }
        }
    }

    #[test]
    fn columns_of_long_lines_are_counted_rightly() {
        let text = format!("日本\n{}", "aé日𝄞".repeat(STRIDE));
        let mut sources = Sources::new();
        let file = sources.add("long.claims", text.as_str());
        let source = sources.get(file);
        let line = "日本\n".len();
        for (column, (byte, _)) in text[line..].char_indices().enumerate().step_by(97) {
            assert_eq!(source.position((line + byte) as u32).column as usize, column + 1);
        }
        assert_eq!(source.position(u32::MAX).column as usize, 4 * STRIDE + 1);
    }
}
