//! What a document says to its readers: its words, in paragraphs and headings, and where each stands in the file.

use std::ops::Range;

/// The words of a document as readers see them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// The words; nothing else than words and what is between them.
    pub text: String,
    /// Its paragraphs and headings, in order; between two of them is white space alone, with an empty line unless the first
    /// is a heading.
    pub paragraphs: Vec<Paragraph>,
    /// The units that the format itself declares, in the order in which they begin, each before those within it.
    pub units: Vec<DeclaredUnit>,
    /// What a reader of the document is not shown, and is therefore not part of its words, in order.
    pub left_out: Vec<LeftOut>,
    /// What the text is made of, if it is not the file itself.
    runs: Option<Vec<ProseRun>>,
}

/// A run of the text that stands in one piece in the file: as it is, or one character set otherwise (`&amp;`).
#[derive(Clone, Debug, PartialEq, Eq)]
struct ProseRun {
    text: Range<usize>,
    file: Range<usize>,
}

/// A paragraph of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands in the text of its [`Prose`].
    pub bytes: Range<usize>,
    /// The level of a heading, from 1 for the highest, and 0 where the format does not say; nothing for other paragraphs.
    pub heading: Option<u8>,
}

/// A unit of a document that its format declares: an item of a list, a footnote, a cell of a table, a provision of a statute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredUnit {
    /// What the format calls it, for example `item`, `footnote`, `article`.
    pub kind: String,
    /// The number that the format gives it and that does not stand among its words: `2`, `(a)`.
    pub number: Option<String>,
    /// Where it stands in the text of its [`Prose`], with all that is within it.
    pub bytes: Range<usize>,
}

/// What a reader of the document is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What it is, as one says it of several: `comments`, `front matter`, `scripts and styles`.
    pub what: &'static str,
    /// Where it stands in the file; where it would stand, if the text of the file is what was taken from it.
    pub file: Range<usize>,
    /// How many bytes it has.
    pub size: usize,
}

impl Paragraph {
    /// Whether it is the heading of the paragraphs after it.
    pub fn is_heading(&self) -> bool {
        self.heading.is_some()
    }
}

impl Prose {
    /// A file that says what stands in it.
    pub(super) fn of_whole(text: &str, paragraphs: Vec<Paragraph>) -> Prose {
        Prose { text: text.to_owned(), paragraphs, ..Prose::default() }
    }

    /// The words of a paragraph.
    pub fn words(&self, paragraph: usize) -> &str {
        &self.text[self.paragraphs[paragraph].bytes.clone()]
    }

    /// The paragraph in which a byte of the text stands.
    pub fn paragraph_of(&self, byte: usize) -> Option<usize> {
        let after = self.paragraphs.partition_point(|paragraph| paragraph.bytes.start <= byte);
        after.checked_sub(1).filter(|number| self.paragraphs[*number].bytes.contains(&byte))
    }

    /// The paragraphs that a reader reads on from one to the next, each with where they stand in the text: those between two
    /// headings, and each heading by itself.
    pub(super) fn stretches(&self) -> impl Iterator<Item = (&[Paragraph], Range<usize>)> {
        let stretches = self.paragraphs.chunk_by(|one, next| !one.is_heading() && !next.is_heading());
        stretches.filter_map(|all| Some((all, all.first()?.bytes.start..all.last()?.bytes.end)))
    }

    /// Where in the file a piece of the text stands.
    pub fn in_file(&self, bytes: &Range<usize>) -> Range<usize> {
        let Some(runs) = &self.runs else { return bytes.clone() };
        let first = run(runs, bytes.start);
        let last = run(runs, bytes.end.saturating_sub(1).max(bytes.start));
        let start = first.map_or(0, |run| run.start(bytes.start));
        start..last.map_or(start, |run| run.end(bytes.end)).max(start)
    }
}

/// The run in which a byte of the text stands, or the one before it.
fn run(runs: &[ProseRun], byte: usize) -> Option<&ProseRun> {
    runs.get(runs.partition_point(|run| run.text.start <= byte).checked_sub(1)?)
}

impl ProseRun {
    fn is_verbatim(&self) -> bool {
        self.text.len() == self.file.len()
    }

    fn start(&self, byte: usize) -> usize {
        if self.is_verbatim() { (self.file.start + byte - self.text.start).min(self.file.end) } else { self.file.start }
    }

    fn end(&self, byte: usize) -> usize {
        if self.is_verbatim() { self.start(byte) } else { self.file.end }
    }
}

/// What stands between paragraphs.
const PARTS: &str = "\n\n";

/// Writes prose piece by piece, as a reader of a format comes by it.
#[derive(Debug, Default)]
pub(super) struct Writer {
    prose: Prose,
    runs: Vec<ProseRun>,
    opened: usize,
    heading: Option<u8>,
    /// The declared units that are open, by number.
    open_units: Vec<usize>,
}

impl Writer {
    /// Adds words that stand so at a byte of the file.
    pub(super) fn push(&mut self, words: &str, origin: usize) {
        self.push_set(words, origin..origin + words.len());
    }

    /// Adds words for which something else may stand in the file.
    pub(super) fn push_set(&mut self, words: &str, file: Range<usize>) {
        let start = self.prose.text.len();
        self.prose.text.push_str(words);
        let new = ProseRun { text: start..self.prose.text.len(), file };
        match self.runs.last_mut() {
            _ if words.is_empty() => {}
            Some(last)
                if last.is_verbatim()
                    && new.is_verbatim()
                    && last.file.end == new.file.start
                    && last.text.end == start =>
            {
                last.text.end = new.text.end;
                last.file.end = new.file.end;
            }
            Some(_) | None => self.runs.push(new),
        }
    }

    /// Ends the paragraph, and begins another, which is a heading if it has a level.
    pub(super) fn paragraph(&mut self, heading: Option<u8>) {
        let text = &self.prose.text[self.opened..];
        let (start, kept) = (text.len() - text.trim_start().len(), text.trim_end().len());
        if start < kept {
            let bytes = self.opened + start..self.opened + kept;
            self.prose.paragraphs.push(Paragraph { bytes, heading: self.heading });
        }
        self.prose.text.push_str(PARTS);
        self.opened = self.prose.text.len();
        self.heading = heading;
    }

    /// Ends the paragraph, and begins a unit that the format declares.
    pub(super) fn open_unit(&mut self, kind: &str, number: Option<String>) {
        self.paragraph(None);
        self.open_units.push(self.prose.units.len());
        self.prose.units.push(DeclaredUnit { kind: kind.to_owned(), number, bytes: self.opened..self.opened });
    }

    /// Numbers the innermost unit that is open.
    pub(super) fn number_unit(&mut self, number: String) {
        if let Some(unit) = self.open_units.last() {
            self.prose.units[*unit].number = Some(number);
        }
    }

    /// Ends the paragraph, and the unit that was opened last.
    pub(super) fn close_unit(&mut self) {
        self.paragraph(None);
        if let Some(unit) = self.open_units.pop() {
            let end = self.prose.paragraphs.last().map_or(0, |paragraph| paragraph.bytes.end);
            let bytes = &mut self.prose.units[unit].bytes;
            bytes.end = end.max(bytes.start);
        }
    }

    /// Records that something in the file is not shown.
    pub(super) fn leave_out(&mut self, what: &'static str, file: Range<usize>) {
        let size = file.len();
        self.prose.left_out.push(LeftOut { what, file, size });
    }

    /// Records that something of a size is not shown, which does not stand in the text of the file but belongs to a byte of it.
    pub(super) fn leave_out_at(&mut self, what: &'static str, (at, size): (usize, usize)) {
        match self.prose.left_out.last_mut() {
            Some(last) if last.what == what && last.file == (at..at) => last.size += size,
            Some(_) | None => self.prose.left_out.push(LeftOut { what, file: at..at, size }),
        }
    }

    /// Whether nothing but white space stands in the paragraph yet.
    pub(super) fn is_at_start(&self) -> bool {
        self.prose.text[self.opened..].trim().is_empty()
    }

    /// Adds all that another writer has written, as paragraphs of their own.
    pub(super) fn append(&mut self, other: Writer) {
        self.paragraph(None);
        let Prose { text, paragraphs, units, left_out, runs } = other.finish();
        let by = self.prose.text.len();
        let moved = |bytes: Range<usize>| bytes.start + by..bytes.end + by;
        self.prose.text.push_str(&text);
        self.prose.paragraphs.extend(paragraphs.into_iter().map(|it| Paragraph { bytes: moved(it.bytes), ..it }));
        self.prose.units.extend(units.into_iter().map(|it| DeclaredUnit { bytes: moved(it.bytes), ..it }));
        self.prose.left_out.extend(left_out);
        self.runs.extend(runs.into_iter().flatten().map(|run| ProseRun { text: moved(run.text), ..run }));
        self.opened = self.prose.text.len();
    }

    pub(super) fn finish(mut self) -> Prose {
        while !self.open_units.is_empty() {
            self.close_unit();
        }
        self.paragraph(None);
        Prose { runs: Some(self.runs), ..self.prose }
    }
}
