//! Paragraphs of a Word document, written down one after another as their text and as what they say.

use super::numbering::ListPlace;
use crate::evidence::prose::{Prose, Writer};

/// A paragraph in the style of a heading that has more words than this and ends as sentences do is none.
const LONGEST_HEADING: usize = 12;

/// Lists stand in one another no deeper than this.
const DEEPEST_LIST: usize = 18;

/// A paragraph that was read.
#[derive(Debug, Default)]
pub(super) struct WordParagraph {
    pub(super) words: String,
    /// The level of its style in the outline, from 1.
    pub(super) level: Option<u8>,
    pub(super) place: Option<ListPlace>,
    pub(super) indent: i64,
}

/// A unit that is open.
#[derive(Debug, PartialEq, Eq)]
enum Open {
    /// What stands beneath a heading of a level.
    Section(u8),
    /// An item of a list, at a level, and how far it is indented.
    Item(String, usize, i64),
    /// A cell of a table, a note.
    Enclosed,
}

/// Writes paragraphs down: one to a line of the text that findings show, behind their numbers.
#[derive(Debug, Default)]
pub(super) struct ParagraphWriter {
    text: String,
    writer: Writer,
    open: Vec<Open>,
}

impl ParagraphWriter {
    /// Begins a cell of a table, which is no part of the list before it.
    pub(super) fn begin_cell(&mut self) {
        self.close_while(|open| matches!(open, Open::Item(..)));
        self.enclose("cell", None);
    }

    /// Begins a cell or a note, whose units end with it.
    pub(super) fn enclose(&mut self, kind: &str, number: Option<String>) {
        self.writer.open_unit(kind, number);
        self.open.push(Open::Enclosed);
    }

    /// Ends the cell or the note that was begun last.
    pub(super) fn disclose(&mut self) {
        self.close_while(|open| *open != Open::Enclosed);
        if self.open.pop().is_some() {
            self.writer.close_unit();
        }
    }

    /// Ends what the body of the document has opened.
    pub(super) fn close_all(&mut self) {
        self.close_while(|_| true);
    }

    fn close_while(&mut self, closes: impl Fn(&Open) -> bool) {
        while self.open.last().is_some_and(&closes) {
            self.open.pop();
            self.writer.close_unit();
        }
    }

    /// Records something of a size that is not shown.
    pub(super) fn leave_out(&mut self, what: &'static str, size: usize) {
        self.writer.leave_out_at(what, (self.text.len(), size));
    }

    /// Adds a paragraph behind the others.
    pub(super) fn add(&mut self, paragraph: &WordParagraph) {
        let number = paragraph.place.as_ref().and_then(|place| place.number.clone());
        if paragraph.words.trim().is_empty() {
            return;
        }
        let heading = paragraph.level.filter(|_| is_title(&paragraph.words));
        match (paragraph.level, &paragraph.place) {
            (Some(level), _) => {
                self.close_while(|open| match open {
                    Open::Section(other) => *other >= level,
                    Open::Item(..) => true,
                    Open::Enclosed => false,
                });
                if number.is_some() {
                    self.open_unit("section", number.clone(), Open::Section(level));
                }
            }
            (None, Some(place)) => {
                let indent = paragraph.indent;
                self.close_while(|open| match open {
                    Open::Item(list, level, _) if *list == place.list => *level >= place.level,
                    Open::Item(_, _, other) => *other >= indent,
                    Open::Section(_) | Open::Enclosed => false,
                });
                let items = self.open.iter().rev().take_while(|open| matches!(open, Open::Item(..))).take(DEEPEST_LIST);
                if items.count() == DEEPEST_LIST {
                    self.close_while(|open| matches!(open, Open::Item(..)));
                }
                self.open_unit("item", number.clone(), Open::Item(place.list.clone(), place.level, indent));
            }
            (None, None) => {
                let indent = paragraph.indent;
                self.close_while(|open| matches!(open, Open::Item(_, _, other) if indent == 0 || indent < *other));
            }
        }
        self.write(&paragraph.words, number.as_deref(), heading);
    }

    fn open_unit(&mut self, kind: &str, number: Option<String>, open: Open) {
        self.writer.open_unit(kind, number);
        self.open.push(open);
    }

    fn write(&mut self, words: &str, number: Option<&str>, heading: Option<u8>) {
        if let Some(number) = number {
            self.text.push_str(number);
            self.text.push(' ');
        }
        self.writer.paragraph(heading);
        self.writer.push(words, self.text.len());
        self.writer.paragraph(None);
        // A line of the text is a paragraph, whatever breaks its lines.
        self.text.extend(words.chars().map(|letter| if letter == '\n' { ' ' } else { letter }));
        self.text.push('\n');
    }

    pub(super) fn finish(self) -> (String, Prose) {
        (self.text, self.writer.finish())
    }
}

/// Whether a paragraph in the style of a heading is one: many contracts number whole clauses by such styles.
fn is_title(words: &str) -> bool {
    let is_long = words.split_whitespace().nth(LONGEST_HEADING).is_some();
    !(is_long && words.trim_end().ends_with(['.', ';', ':', ',', '。']))
}
