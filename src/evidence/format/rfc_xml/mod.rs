//! RFCs as XML (xml2rfc, versions 2 and 3): their sections with the numbers that they are shown with, their lists and references.

mod anchors;

use std::ops::Range;

use super::fault::DocumentFault;
use super::xml::{XmlElement, XmlPiece, XmlReader};
use crate::evidence::prose::{Prose, Writer};
use anchors::{Anchors, SectionCounter};

/// The outermost element.
pub(super) const ROOT: &str = "rfc";

/// Elements that are paragraphs of their own.
const PARAGRAPHS: &[&str] = &[
    "area",
    "artwork",
    "aside",
    "blockquote",
    "dt",
    "postamble",
    "preamble",
    "refcontent",
    "sourcecode",
    "t",
    "workgroup",
];

/// Units whose numbers are not shown, with the titles that they have by themselves.
const UNITS: &[(&str, &str, Option<&str>)] = &[
    ("abstract", "abstract", Some("Abstract")),
    ("note", "note", None),
    ("dd", "item", None),
    ("td", "cell", None),
    ("th", "cell", None),
    ("c", "cell", None),
    ("ttcol", "cell", None),
    ("figure", "figure", None),
];

/// Elements that are not shown, and what is said of them.
const LEFT_OUT: &[(&str, &str)] = &[
    ("keyword", "keywords"),
    ("cref", "comments"),
    ("iref", "entries of the index"),
    ("address", "addresses of authors"),
    ("svg", "pictures"),
    ("link", "links to other documents"),
];

/// The entities that every document of this format may use.
const ENTITIES: &[(&str, &str)] =
    &[("&nbsp;", "\u{a0}"), ("&nbhy;", "\u{2011}"), ("&zwsp;", "\u{200b}"), ("&wj;", "\u{2060}")];

/// What ends when an element ends.
enum OpenElement {
    Inline,
    Paragraph,
    Unit,
    Section,
    List,
    /// A reference to an anchor, which is shown behind its words; whether it has any.
    CrossReference {
        shown: Option<String>,
        file: Range<usize>,
        from: usize,
    },
}

/// A list that is open.
struct List {
    next: Option<u32>,
    style: String,
}

struct RfcReader<'a> {
    document: &'a str,
    xml: XmlReader<'a>,
    anchors: Anchors,
    sections: SectionCounter,
    writer: Writer,
    opened: Vec<OpenElement>,
    lists: Vec<List>,
    /// How many letters were written.
    written: usize,
}

pub(super) fn read(document: &str) -> Result<Prose, DocumentFault> {
    let mut reader = RfcReader {
        document,
        xml: XmlReader::new(document),
        anchors: Anchors::read(document)?,
        sections: SectionCounter::default(),
        writer: Writer::default(),
        opened: Vec::new(),
        lists: Vec::new(),
        written: 0,
    };
    while let Some(piece) = reader.xml.next()? {
        match piece {
            XmlPiece::Start(element) => reader.start(&element)?,
            XmlPiece::End => reader.end(),
            XmlPiece::Words(words, file) => reader.words(&words, file),
            XmlPiece::Entity(file) => reader.entity(file),
            XmlPiece::Comment(file) => reader.writer.leave_out("comments", file),
        }
    }
    Ok(reader.writer.finish())
}

impl RfcReader<'_> {
    fn start(&mut self, element: &XmlElement<'_>) -> Result<(), DocumentFault> {
        if let Some((_, what)) = LEFT_OUT.iter().find(|(name, _)| *name == element.name()) {
            let file = self.xml.skip(element)?;
            self.writer.leave_out(what, file);
            return Ok(());
        }
        let opened = self.open(element);
        self.opened.push(opened);
        Ok(())
    }

    fn open(&mut self, element: &XmlElement<'_>) -> OpenElement {
        let name = element.name();
        let file = element.file.clone();
        match name {
            "section" | "references" | "middle" | "back" => return self.section(element),
            "ol" | "ul" | "dl" | "list" => {
                let list = List::of(element);
                self.lists.push(list);
                self.writer.paragraph(None);
                return OpenElement::List;
            }
            "li" => return self.item(element),
            "t" if self.is_in_old_list() => return self.item(element),
            "br" | "vspace" => self.words("\n", file.clone()),
            "title" | "name" => {
                let is_title = name == "title" && self.opened.len() == 2;
                let is_heading = matches!(self.opened.last(), Some(OpenElement::Section));
                let level = if is_title { Some(1) } else { is_heading.then(|| self.sections.level()) };
                self.writer.paragraph(level);
                return if name == "title" && !is_title { OpenElement::Inline } else { OpenElement::Paragraph };
            }
            "xref" | "relref" => {
                return OpenElement::CrossReference { shown: self.anchors.shown(element), file, from: self.written };
            }
            "eref" => {
                let shown = element.attribute("target").map(|target| format!("<{target}>"));
                return OpenElement::CrossReference { shown, file, from: self.written };
            }
            "reference" => {
                self.writer.open_unit("reference", element.attribute("anchor").map(|anchor| format!("[{anchor}]")));
                return OpenElement::Unit;
            }
            "author" | "date" | "seriesInfo" => {
                self.attributes(element);
                return OpenElement::Inline;
            }
            _ => {}
        }
        if let Some((_, kind, title)) = UNITS.iter().find(|(unit, ..)| *unit == name) {
            self.writer.open_unit(kind, None);
            let title = element.attribute("title").or_else(|| title.map(str::to_owned));
            // The title of a figure is that of no section.
            let level = (name != "figure").then_some(1);
            self.titled(title.as_deref(), (level, file));
            return OpenElement::Unit;
        }
        if PARAGRAPHS.contains(&name) {
            self.writer.paragraph(None);
            return OpenElement::Paragraph;
        }
        OpenElement::Inline
    }

    /// A section, or the references, with the number that it is shown with.
    fn section(&mut self, element: &XmlElement<'_>) -> OpenElement {
        let Some(number) = self.sections.open(element) else { return OpenElement::Section };
        let kind = if element.name() == "references" { "references" } else { "section" };
        self.writer.open_unit(kind, number);
        let level = Some(self.sections.level());
        self.titled(element.attribute("title").as_deref(), (level, element.file.clone()));
        OpenElement::Section
    }

    fn titled(&mut self, title: Option<&str>, (level, file): (Option<u8>, Range<usize>)) {
        if let Some(title) = title {
            self.writer.paragraph(level);
            self.writer.push_set(title, file);
            self.writer.paragraph(None);
        }
    }

    fn is_in_old_list(&self) -> bool {
        matches!(self.opened.last(), Some(OpenElement::List))
    }

    fn item(&mut self, element: &XmlElement<'_>) -> OpenElement {
        let number = self.lists.last_mut().and_then(List::number);
        self.writer.open_unit("item", number);
        if let Some(words) = element.attribute("hangText") {
            self.words(&format!("{words} "), element.file.clone());
        }
        OpenElement::Unit
    }

    /// What elements say in their attributes and is shown: the names of authors, dates, the numbers of documents.
    fn attributes(&mut self, element: &XmlElement<'_>) {
        let shown: &[&str] = match element.name() {
            "author" => &["fullname"],
            "date" => &["day", "month", "year"],
            _ => &["name", "value"],
        };
        let words: Vec<String> = shown.iter().filter_map(|name| element.attribute(name)).collect();
        self.writer.paragraph(None);
        self.writer.push_set(&words.join(" "), element.file.clone());
        self.writer.paragraph(None);
    }

    fn end(&mut self) {
        match self.opened.pop() {
            Some(OpenElement::Paragraph) => self.writer.paragraph(None),
            Some(OpenElement::Unit) => self.writer.close_unit(),
            Some(OpenElement::Section) => {
                if self.sections.close() {
                    self.writer.close_unit();
                }
            }
            Some(OpenElement::List) => {
                self.lists.pop();
                self.writer.paragraph(None);
            }
            Some(OpenElement::CrossReference { shown: Some(shown), file, from }) => {
                let words = if from == self.written { shown } else { format!(" ({})", shown.trim_matches(['<', '>'])) };
                self.words(&words, file);
            }
            Some(OpenElement::CrossReference { shown: None, .. } | OpenElement::Inline) | None => {}
        }
    }

    fn words(&mut self, words: &str, file: Range<usize>) {
        if !words.trim().is_empty() || !self.writer.is_at_start() {
            self.written += words.len();
            self.writer.push_set(words, file);
        }
    }

    fn entity(&mut self, file: Range<usize>) {
        let written = &self.document[file.clone()];
        match ENTITIES.iter().find(|(entity, _)| *entity == written) {
            Some((_, meant)) => self.words(meant, file),
            None => {
                // A reference that is kept in another file is no part of a sentence.
                if !self.writer.is_at_start() {
                    self.words("\u{fffd}", file.clone());
                }
                self.writer.leave_out("unknown entities", file);
            }
        }
    }
}

impl List {
    fn of(element: &XmlElement<'_>) -> List {
        let attribute = |name| element.attribute(name);
        let start = attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
        let style = match (element.name(), attribute("style")) {
            ("ol", _) => attribute("type").unwrap_or_else(|| "1".to_owned()),
            ("list", Some(style)) => match style.as_str() {
                "numbers" => "1".to_owned(),
                "letters" => "a".to_owned(),
                other => other.strip_prefix("format ").unwrap_or_default().to_owned(),
            },
            _ => String::new(),
        };
        List { next: (!style.is_empty()).then_some(start), style }
    }

    /// The number of the next item.
    fn number(&mut self) -> Option<String> {
        let next = self.next.as_mut()?;
        let number = std::mem::replace(next, next.saturating_add(1));
        let written = |style: &str| super::docx::written(number, style);
        Some(match self.style.as_str() {
            "a" => format!("{}.", written("lowerLetter")),
            "A" => format!("{}.", written("upperLetter")),
            "i" => format!("{}.", written("lowerRoman")),
            "I" => format!("{}.", written("upperRoman")),
            "1" => format!("{number}."),
            other => other
                .replace("%d", &number.to_string())
                .replace("%c", &written("lowerLetter"))
                .replace("%C", &written("upperLetter"))
                .replace("%i", &written("lowerRoman"))
                .replace("%I", &written("upperRoman")),
        })
    }
}
