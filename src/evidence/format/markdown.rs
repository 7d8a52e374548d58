//! Markdown: what a browser would show of it.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use super::elements::Attributes;
use super::html;
use super::rendering::{FOOTNOTE, IMAGES, Rendering, StartTag};
use crate::evidence::prose::Prose;

const FRONT_MATTER: &str = "front matter";
const UNUSED_FOOTNOTES: &str = "footnotes that nothing refers to";

const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_STRIKETHROUGH);

pub(super) fn read(document: &str) -> Prose {
    let mark = if document.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let front = mark + front_matter(&document[mark..]);
    let mut reader = MarkdownReader {
        document,
        page: Rendering::new(true, false),
        footnotes: footnotes(&document[front..]),
        html: Vec::new(),
        hidden: 0,
    };
    if front > mark {
        reader.page.leave_out(FRONT_MATTER, mark..front);
    }
    for (event, at) in Parser::new_ext(&document[front..], OPTIONS).into_offset_iter() {
        reader.read(event, at.start + front..at.end + front);
    }
    reader.page.finish(document.len())
}

/// How long the front matter is: a document may begin with settings in YAML between a line `---` and a line `---` or `...`.
/// What begins with something else than `name:` or a comment is text below a rule.
fn front_matter(document: &str) -> usize {
    let mut lines = document.split_inclusive('\n');
    let Some(mut length) = lines.next().filter(|line| line.trim_end() == "---").map(str::len) else { return 0 };
    let mut is_first = true;
    for line in lines {
        length += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return length;
        }
        if is_first && !line.starts_with('#') && !is_setting(line) {
            return 0;
        }
        is_first = false;
    }
    0
}

/// Whether a line is the beginning of a setting: `name:`, with white space or nothing behind it.
fn is_setting(line: &str) -> bool {
    let Some((name, rest)) = line.split_once(':') else { return false };
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '"' | '\'');
    !name.is_empty() && name.chars().all(is_name) && (rest.trim().is_empty() || rest.starts_with([' ', '\t']))
}

/// The numbers of the footnotes to which the text refers, by their labels.
fn footnotes(document: &str) -> BTreeMap<String, usize> {
    let mut numbers = BTreeMap::new();
    if document.contains("[^") {
        for event in Parser::new_ext(document, OPTIONS) {
            if let Event::FootnoteReference(label) = event {
                let next = numbers.len() + 1;
                numbers.entry(label.to_string()).or_insert(next);
            }
        }
    }
    numbers
}

struct MarkdownReader<'a> {
    document: &'a str,
    page: Rendering,
    footnotes: BTreeMap<String, usize>,
    /// The lines of the block of HTML that is open, each with where it stands in the file.
    html: Vec<(CowStr<'a>, Range<usize>)>,
    /// How deep the reader is in what is not shown.
    hidden: usize,
}

impl<'a> MarkdownReader<'a> {
    fn read(&mut self, event: Event<'a>, at: Range<usize>) {
        match event {
            Event::Start(_) if self.hidden > 0 => self.hidden += 1,
            Event::End(_) if self.hidden > 0 => self.hidden -= 1,
            _ if self.hidden > 0 => {}
            Event::Start(tag) => self.start(&tag, at),
            Event::End(tag) => self.end(tag, &at),
            Event::Html(line) => self.html.push((line, at)),
            Event::InlineHtml(piece) => {
                self.html.push((piece, at));
                self.read_html();
            }
            Event::Text(words) | Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
                self.words(&words, at);
            }
            Event::SoftBreak | Event::HardBreak => self.page.set("\n", at),
            Event::Rule => self.open("hr", &[], &at),
            Event::FootnoteReference(label) => {
                let number = self.footnotes.get(&*label).map(usize::to_string).unwrap_or_default();
                self.open("sup", &[], &(at.start..at.start));
                self.page.set(&number, at.clone());
                self.page.end("sup", &(at.end..at.end));
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, at: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.open(HEADINGS[*level as usize - 1], &[], &at),
            Tag::List(Some(first)) => self.open("ol", &[("start", first.to_string())], &at),
            Tag::FootnoteDefinition(label) => match self.footnotes.get(&**label) {
                Some(number) => self.open(FOOTNOTE, &[("value", number.to_string())], &at),
                None => self.hide(UNUSED_FOOTNOTES, at),
            },
            Tag::Image { .. } => self.hide(IMAGES, at),
            _ => {
                if let Some(name) = element(tag.to_end()) {
                    self.open(name, &[], &at);
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd, at: &Range<usize>) {
        match tag {
            TagEnd::HtmlBlock => self.read_html(),
            TagEnd::Heading(level) => self.page.end(HEADINGS[level as usize - 1], &(at.end..at.end)),
            _ => {
                if let Some(name) = element(tag) {
                    self.page.end(name, &(at.end..at.end));
                }
            }
        }
    }

    fn open(&mut self, name: &str, attributes: &[(&str, String)], at: &Range<usize>) {
        let mut known = Attributes::default();
        for (name, value) in attributes {
            known.add(name, value.as_bytes());
        }
        self.page.start(&StartTag::new(name, &known, at.start..at.start));
    }

    /// Passes over what is not shown.
    fn hide(&mut self, what: &'static str, at: Range<usize>) {
        if !self.document[at.clone()].starts_with("![](") {
            self.page.leave_out(what, at);
        }
        self.hidden = 1;
    }

    /// Words, which stand in the file as they are, or set otherwise.
    fn words(&mut self, words: &str, at: Range<usize>) {
        match self.document[at.clone()].find(words) {
            Some(offset) => self.page.verbatim(words, at.start + offset),
            None => self.page.set(words, at),
        }
    }

    /// Reads the HTML whose lines have come, from which the marks of what it stands in are taken away.
    fn read_html(&mut self) {
        let lines = std::mem::take(&mut self.html);
        let piece: String = lines.iter().map(|(line, _)| &**line).collect();
        let mut starts = Vec::with_capacity(lines.len());
        let mut start = 0;
        for (line, at) in &lines {
            starts.push((start, at.clone()));
            start += line.len();
        }
        let byte = |of: usize| {
            let number = starts.partition_point(|(start, _)| *start <= of).saturating_sub(1);
            starts.get(number).map_or(0, |(start, at)| (at.start + of - start).min(at.end))
        };
        let place = |bytes: Range<usize>| {
            let start = byte(bytes.start);
            start..if bytes.is_empty() { start } else { (byte(bytes.end - 1) + 1).max(start) }
        };
        html::read_into(&mut self.page, &piece, &place);
    }
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// The element of HTML as which something is shown.
fn element(tag: TagEnd) -> Option<&'static str> {
    match tag {
        TagEnd::Paragraph => Some("p"),
        TagEnd::BlockQuote(_) => Some("blockquote"),
        TagEnd::CodeBlock => Some("pre"),
        TagEnd::List(true) => Some("ol"),
        TagEnd::List(false) => Some("ul"),
        TagEnd::Item => Some("li"),
        TagEnd::Table => Some("table"),
        TagEnd::TableHead | TagEnd::TableRow => Some("tr"),
        TagEnd::TableCell => Some("td"),
        TagEnd::FootnoteDefinition => Some(FOOTNOTE),
        TagEnd::Emphasis => Some("em"),
        TagEnd::Strong => Some("strong"),
        TagEnd::Strikethrough => Some("del"),
        TagEnd::Link => Some("a"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    fn shown(document: &str) -> Vec<String> {
        let prose = read(document);
        (0..prose.paragraphs.len()).map(|number| prose.words(number).to_owned()).collect()
    }

    #[test]
    fn marks_are_not_words() {
        let document = "# The *title*\n\nJapan **will** [act](x.md)&amp;\nmore.<!-- not -->\n\n- `one`\n- two\n";
        let prose = read(document);
        assert_eq!(shown(document), ["The title", "Japan will act&\nmore.", "one", "two"]);
        assert!(prose.paragraphs[0].is_heading() && !prose.paragraphs[1].is_heading());
        let at = prose.text.find("act&").unwrap();
        assert_eq!(&document[prose.in_file(&(at..at + 3))], "act");
    }

    #[test]
    fn only_front_matter_is_passed_over() {
        for (document, expected) in [
            ("---\ntitle: no\n---\nA.", vec!["A."]),
            ("\u{feff}---\r\n# no\r\n...\r\nA.", vec!["A."]),
            ("---\n---\nA.", vec!["A."]),
            ("---\nThe title\n---\nA.", vec!["The title", "A."]),
            ("---\n\nThe text\n\n---\nA.", vec!["The text", "A."]),
            ("A.\n\n---\nkey: shown\n---\n\nB.", vec!["A.", "key: shown", "B."]),
            ("---\nkey: shown\n\nA.", vec!["key: shown", "A."]),
            ("+++\nkey = 1\n+++\n\nA.", vec!["+++\nkey = 1\n+++", "A."]),
        ] {
            assert_eq!(shown(document), expected, "{document:?}");
        }
    }

    #[test]
    fn all_that_is_shown_is_read() {
        for (document, expected) in [
            ("It is ~~not~~ so.", vec!["It is not so."]),
            ("A.<br>B  \nC\\\nD", vec!["A.\nB\nC\nD"]),
            ("<div>\n<p>One</p>\n\n*two*\n\n</div>", vec!["One", "two"]),
            ("<div hidden>\n\n*two*\n\n</div>\n\nA <span hidden>*b*</span>c", vec!["A c"]),
            ("> <p\n> hidden>no</p>\n> <p>y&amp;es</p>", vec!["y&es"]),
            ("![no](x.png)A", vec!["A"]),
            ("|a|b|\n|-|-|\n|c|<b>d</b>|", vec!["a", "b", "c", "d"]),
            ("A[^x].\n\n[^x]: Note.\n\n[^y]: No.\n\nB", vec!["A¹.", "Note.", "B"]),
            ("\\*a\\* &auml; <https://a.b/c>\n\n    code", vec!["*a* ä https://a.b/c", "code"]),
        ] {
            assert_eq!(shown(document), expected, "{document:?}");
        }
    }

    #[test]
    fn what_is_left_out_is_told() {
        let document = "---\na: b\n---\n![x](y)\n<!-- c -->\n\n> <div hidden>\n> d\n> </div>\n\n[^y]: No.\n";
        let prose = read(document);
        let left_out: Vec<(&str, &str)> =
            prose.left_out.iter().map(|one| (one.what, &document[one.file.clone()])).collect();
        assert_eq!(
            left_out,
            [
                ("front matter", "---\na: b\n---\n"),
                ("descriptions of images", "![x](y)"),
                ("comments", "<!-- c -->"),
                ("hidden elements", "<div hidden>\n> d\n> </div>"),
                ("footnotes that nothing refers to", "[^y]: No.\n"),
            ]
        );
    }

    #[test]
    fn items_footnotes_and_cells_are_units() {
        let prose = read("3. x\n4. y[^n]\n   - z\n\n[^n]: Note\n\n|a|b|\n|-|-|\n");
        let units: Vec<(&str, Option<&str>)> =
            prose.units.iter().map(|unit| (unit.kind.as_str(), unit.number.as_deref())).collect();
        assert_eq!(
            units,
            [
                ("item", Some("3")),
                ("item", Some("4")),
                ("item", None),
                ("footnote", Some("1")),
                ("table", None),
                ("row", None),
                ("cell", None),
                ("cell", None)
            ]
        );
    }

    #[test]
    fn brackets_by_the_thousand_take_little_time() {
        for piece in ["[", "![", "[^a]", "> ", "<b>", "*_", "`", "- ", "<!--", "&", "|", "~~", "<p\n"] {
            read(&piece.repeat(100_000 / piece.len()));
        }
    }
}
