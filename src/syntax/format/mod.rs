//! The canonical layout of a file: which line everything stands on, and how far to the right.

mod line_end;
mod meaning;
mod page;
mod words;

use super::input::Input;
use super::lexeme::{byte_order_mark, trivia};
use super::parse::Parse;
use super::tree::{BlockNode, BodyItem, BodyNode, FieldNode, File};
use crate::text::Sources;
use page::{Blank, OutputText};
use words::NodeWords;

pub use meaning::same_meaning;

/// How many characters a line may hold where it can be broken.
const WIDTH: usize = 100;

/// How much further right stands what belongs to something.
const STEP: usize = 2;

/// The text of a file in its canonical layout; nothing for a file with problems, which is better left alone.
///
/// What the file says stays as it is, every text to the byte, and every comment is kept: see [`same_meaning`].
pub fn format(parse: &Parse, sources: &Sources) -> Option<String> {
    if !parse.problems.is_empty() {
        return None;
    }
    let text = sources.get(parse.file.source).text();
    let mut layout =
        LayoutInProgress { words: NodeWords { sources }, page: OutputText::new(text, &parse.file.comments) };
    layout.file(&parse.file, text);
    Some(layout.page.finish())
}

/// The layout of one file while it grows.
struct LayoutInProgress<'a> {
    words: NodeWords<'a>,
    page: OutputText<'a>,
}

/// What stands above an outermost block.
struct Above {
    /// The byte of the source at which it ends.
    end: u32,
    /// Whether it takes one line, as the author wrote it.
    short: bool,
}

impl LayoutInProgress<'_> {
    fn file(&mut self, file: &File, text: &str) {
        let mut above = None;
        if let Some(path) = &file.namespace {
            let start = trivia(byte_order_mark(Input::new(file.source, 0, text))).offset;
            self.page.begin(start, 0);
            self.page.write("namespace ");
            self.page.write(&self.words.path(path));
            above = Some(Above { end: path.span().end, short: false });
        }
        for block in &file.blocks {
            let short = self.words.short(block, WIDTH).is_some();
            if let Some(above) = &above {
                self.separate(above, &Above { end: block.kind.start, short });
            }
            self.block(block, 0);
            above = Some(Above { end: block.span.end, short });
        }
        self.page.comments(u32::MAX, 0);
    }

    /// Sees to it that a blank line stands between outermost blocks, unless both are short and stood together.
    fn separate(&mut self, above: &Above, below: &Above) {
        let together = above.short && below.short;
        if !together && !self.page.blank_between(above.end, below.end) {
            self.page.blank = Blank::Due;
        }
    }

    /// `kind id "title" { ... }`: on one line if the author wrote it so and it fits.
    fn block(&mut self, block: &BlockNode, indent: usize) {
        self.page.begin(block.kind.start, indent);
        if let Some(line) = self.words.short(block, WIDTH - indent) {
            return self.page.write(&line);
        }
        self.page.write(&self.words.header(block));
        if let Some(body) = &block.body {
            self.body(body, indent);
        }
    }

    /// Comments within the header wait until its brace, and stand behind it or on the first lines of the body.
    fn body(&mut self, body: &BodyNode, indent: usize) {
        let Some(close) = body.close else { return };
        self.page.write(" {");
        if body.items.is_empty() && !self.page.has_comment_before(close.start) {
            return self.page.write("}");
        }
        self.page.blank = Blank::NotHere;
        for item in &body.items {
            match item {
                BodyItem::Field(field) => self.field(field, indent + STEP),
                BodyItem::Block(block) => self.block(block, indent + STEP),
            }
        }
        self.page.comments(close.start, indent + STEP);
        self.page.blank = Blank::NotHere;
        self.page.line(close.start, indent);
        self.page.write("}");
    }

    /// `name: value, value`, broken after commas where it does not fit, and after comments.
    fn field(&mut self, field: &FieldNode, indent: usize) {
        self.page.begin(field.name.start, indent);
        self.page.write(self.words.slice(field.name));
        self.page.write(":");
        self.page.blank = Blank::Nowhere;
        for (at, value) in field.values().enumerate() {
            let comma = if at < field.more.len() { "," } else { "" };
            let words = format!("{}{comma}", self.words.value(value));
            let start = value.span().start;
            self.page.comments(start, indent + STEP);
            if self.page.is_at_line_start() || at > 0 && !self.page.has_room(&words, WIDTH) {
                self.page.line(start, indent + STEP);
            } else {
                self.page.write(" ");
            }
            self.page.write(&words);
        }
        self.page.blank = Blank::AsWritten;
    }
}
