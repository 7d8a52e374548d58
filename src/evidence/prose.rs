//! What a document says to its readers: its words, in paragraphs and headings, and where each stands in the file.

use std::ops::Range;

/// The words of a document as readers see them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// The words; nothing else than words and what is between them.
    pub text: String,
    /// Its paragraphs and headings, in order.
    pub paragraphs: Vec<Paragraph>,
    /// Where runs of the text begin, in the text and in the file, if they are not the same.
    runs: Option<Vec<(usize, usize)>>,
    /// How long the file is, in bytes.
    length: usize,
}

/// A paragraph of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands in the text of its [`Prose`].
    pub bytes: Range<usize>,
    /// Whether it is the heading of those after it.
    pub is_heading: bool,
}

impl Prose {
    /// A file that says what stands in it.
    pub(super) fn of_whole(text: &str, paragraphs: Vec<Paragraph>) -> Prose {
        Prose { text: text.to_owned(), paragraphs, runs: None, length: text.len() }
    }

    /// The words of a paragraph.
    pub fn words(&self, paragraph: usize) -> &str {
        &self.text[self.paragraphs[paragraph].bytes.clone()]
    }

    /// The text up to the end of a paragraph.
    pub(super) fn until(&self, paragraph: usize) -> &str {
        &self.text[..self.paragraphs[paragraph].bytes.end]
    }

    /// The paragraph in which a byte of the text stands.
    pub fn paragraph_of(&self, byte: usize) -> Option<usize> {
        let after = self.paragraphs.partition_point(|paragraph| paragraph.bytes.start <= byte);
        after.checked_sub(1).filter(|number| self.paragraphs[*number].bytes.contains(&byte))
    }

    /// Where in the file a piece of the text stands.
    pub fn in_file(&self, bytes: &Range<usize>) -> Range<usize> {
        let Some(runs) = &self.runs else { return bytes.clone() };
        // The last byte says where the piece ends: what follows on it may stand far behind.
        let start = place(runs, bytes.start).unwrap_or_default();
        let end = bytes.end.checked_sub(1).and_then(|last| place(runs, last)).map_or(start, |last| last + 1);
        start.min(self.length)..end.clamp(start, self.length)
    }
}

/// Where a byte of the text stands in the file.
fn place(runs: &[(usize, usize)], byte: usize) -> Option<usize> {
    let run = runs.partition_point(|(start, _)| *start <= byte).checked_sub(1)?;
    let (start, origin) = runs[run];
    // A run that is set in other bytes (`&amp;`) is no longer than the file says.
    let next = runs.get(run + 1).map_or(usize::MAX, |(_, origin)| origin.saturating_sub(1).max(runs[run].1));
    Some((origin + (byte - start)).min(next))
}

/// Writes prose piece by piece, as a reader of a format comes by it.
#[derive(Debug, Default)]
pub(super) struct Writer {
    prose: Prose,
    runs: Vec<(usize, usize)>,
    opened: usize,
    is_heading: bool,
}

impl Writer {
    pub(super) fn new(length: usize) -> Writer {
        Writer { prose: Prose { length, ..Prose::default() }, ..Writer::default() }
    }

    /// Adds words that stand at a byte of the file.
    pub(super) fn push(&mut self, words: &str, origin: usize) {
        let at = self.prose.text.len();
        let goes_on = self.runs.last().is_some_and(|(start, before)| at - start + before == origin);
        if !words.is_empty() && !goes_on {
            self.runs.push((at, origin));
        }
        self.prose.text.push_str(words);
    }

    /// Adds words that are written in other bytes in the file.
    pub(super) fn push_set(&mut self, words: &str, origin: Range<usize>) {
        for (at, letter) in words.char_indices() {
            let mut bytes = [0; 4];
            self.push(letter.encode_utf8(&mut bytes), (origin.start + at).min(origin.end));
        }
    }

    /// Ends the paragraph, and begins another.
    pub(super) fn paragraph(&mut self, is_heading: bool) {
        let text = &self.prose.text[self.opened..];
        let (start, kept) = (text.len() - text.trim_start().len(), text.trim_end().len());
        if start < kept {
            let bytes = self.opened + start..self.opened + kept;
            self.prose.paragraphs.push(Paragraph { bytes, is_heading: self.is_heading });
        }
        self.prose.text.push('\n');
        self.runs.push((self.prose.text.len() - 1, self.prose.length));
        self.opened = self.prose.text.len();
        self.is_heading = is_heading;
    }

    pub(super) fn finish(mut self) -> Prose {
        self.paragraph(false);
        Prose { runs: Some(self.runs), ..self.prose }
    }
}
