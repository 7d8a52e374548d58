//! Akoma Ntoso, the XML of laws (OASIS LegalDocML): what a reader of the document is shown, with the units that it numbers.

use super::fault::DocumentFault;
use super::xml::{XmlElement, XmlPiece, XmlReader};
use crate::evidence::prose::{Prose, Writer};
use crate::text::one_line;

/// The outermost element, in all of its namespaces.
pub(super) const ROOT: &str = "akomaNtoso";

/// Elements that stand in one another, each with a number and a heading.
const HIERARCHY: &[&str] = &[
    "alinea",
    "annex",
    "article",
    "attachment",
    "book",
    "chapter",
    "clause",
    "component",
    "division",
    "hcontainer",
    "indent",
    "level",
    "list",
    "paragraph",
    "part",
    "point",
    "proviso",
    "recital",
    "rule",
    "section",
    "subchapter",
    "subclause",
    "subdivision",
    "sublist",
    "subparagraph",
    "subpart",
    "subrule",
    "subsection",
    "subtitle",
    "title",
    "tome",
    "transitional",
];

/// Other units of a document.
const UNITS: &[&str] = &[
    "citation",
    "conclusions",
    "intro",
    "item",
    "listIntroduction",
    "listWrapUp",
    "preamble",
    "preface",
    "recitals",
    "wrapUp",
];

/// Elements that are paragraphs of their own.
const PARAGRAPHS: &[&str] = &[
    "block",
    "caption",
    "dd",
    "dt",
    "from",
    "li",
    "longTitle",
    "narrative",
    "p",
    "scene",
    "summary",
    "tblock",
    "tocItem",
];

const HEADINGS: &[&str] = &["heading", "crossHeading", "subheading"];

/// Titles in the preface, where they are paragraphs of their own.
const TITLES: &[&str] = &["docTitle", "shortTitle"];

/// Elements that quote the text of another document: what they number is not numbered here.
const QUOTED: &[&str] = &["quotedStructure", "embeddedStructure"];

/// Elements that are not shown, and what is said of them.
const LEFT_OUT: &[(&str, &str)] = &[("meta", "metadata"), ("del", "deleted words")];

/// What ends when an element ends.
enum Opened {
    /// Nothing: its words are those of what is around it.
    Inline,
    Paragraph,
    Unit {
        is_level: bool,
    },
    Number(String),
    Note,
    Quoted,
    List,
}

struct AknReader<'a> {
    xml: XmlReader<'a>,
    /// The document, and the notes in one another that are open.
    writers: Vec<Writer>,
    /// Notes that are read, which stand behind the document.
    notes: Writer,
    opened: Vec<Opened>,
    levels: u8,
    quoted: usize,
    /// The numbers of the next items of lists that are numbered by counting.
    lists: Vec<Option<u64>>,
}

pub(super) fn read(document: &str) -> Result<Prose, DocumentFault> {
    let mut reader = AknReader {
        xml: XmlReader::new(document),
        writers: vec![Writer::default()],
        notes: Writer::default(),
        opened: Vec::new(),
        levels: 0,
        quoted: 0,
        lists: Vec::new(),
    };
    while let Some(piece) = reader.xml.next()? {
        match piece {
            XmlPiece::Start(element) => reader.start(&element)?,
            XmlPiece::End => reader.end(),
            XmlPiece::Words(words, file) => reader.words(&words, file),
            XmlPiece::Entity(file) => {
                reader.writer().push_set("\u{fffd}", file.clone());
                reader.writer().leave_out("unknown entities", file);
            }
            XmlPiece::Comment(file) => reader.writer().leave_out("comments", file),
        }
    }
    let mut document = reader.writers.swap_remove(0);
    document.append(reader.notes);
    Ok(document.finish())
}

impl AknReader<'_> {
    fn writer(&mut self) -> &mut Writer {
        self.writers.last_mut().expect("the first writer is that of the document")
    }

    fn start(&mut self, element: &XmlElement<'_>) -> Result<(), DocumentFault> {
        let name = element.name();
        if let Some((_, what)) = LEFT_OUT.iter().find(|(left_out, _)| *left_out == name) {
            let file = self.xml.skip(element)?;
            self.writer().leave_out(what, file);
            return Ok(());
        }
        let opened = self.open(name, element);
        self.opened.push(opened);
        Ok(())
    }

    fn open(&mut self, name: &str, element: &XmlElement<'_>) -> Opened {
        let is_level = HIERARCHY.contains(&name);
        match name {
            "num" => return self.number(),
            "authorialNote" => return self.note(element),
            "eol" | "br" => self.writer().push_set("\n", element.file.clone()),
            "td" | "th" if self.quoted == 0 => return self.unit("cell", None),
            "ol" | "ul" => {
                let first = element.attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.lists.push((name == "ol").then_some(first));
                return Opened::List;
            }
            "li" if self.quoted == 0 => {
                let next = self.lists.last_mut().and_then(Option::as_mut);
                let counted = next.map(|next| std::mem::replace(next, next.saturating_add(1)).to_string());
                return self.unit("item", element.attribute("value").or(counted));
            }
            _ if QUOTED.contains(&name) => {
                self.writer().open_unit(name, None);
                self.quoted += 1;
                return Opened::Quoted;
            }
            _ if HEADINGS.contains(&name) => {
                let level = (self.quoted == 0).then_some(self.levels.max(1));
                self.writer().paragraph(level);
                return Opened::Paragraph;
            }
            _ if TITLES.contains(&name) && self.writer().is_at_start() && self.levels == 0 => {
                self.writer().paragraph(Some(1));
                return Opened::Paragraph;
            }
            _ if (is_level || UNITS.contains(&name)) && self.quoted == 0 => {
                // A container of the hierarchy tells by another name what it is.
                let kind = element.attribute("name").filter(|_| name == "hcontainer");
                let is_numbered = is_level || name == "item";
                let id = element.attribute("eId").filter(|_| is_numbered);
                let number = id.and_then(|id| number_of_id(&id));
                self.writer().open_unit(kind.as_deref().unwrap_or(name), number);
                self.levels += u8::from(is_level);
                return Opened::Unit { is_level };
            }
            _ if is_level || UNITS.contains(&name) || PARAGRAPHS.contains(&name) || matches!(name, "td" | "th") => {
                self.writer().paragraph(None);
                return Opened::Paragraph;
            }
            _ => {}
        }
        Opened::Inline
    }

    fn unit(&mut self, kind: &str, number: Option<String>) -> Opened {
        self.writer().open_unit(kind, number);
        Opened::Unit { is_level: false }
    }

    /// A number belongs to the unit that begins with it, and is a word where there is none.
    fn number(&mut self) -> Opened {
        let is_in_unit = matches!(self.opened.last(), Some(Opened::Unit { .. }));
        if is_in_unit && self.writer().is_at_start() { Opened::Number(String::new()) } else { Opened::Inline }
    }

    /// A note stands behind the document, as on the foot of a page, so that it does not part the sentence that it is about.
    fn note(&mut self, element: &XmlElement<'_>) -> Opened {
        let mut writer = Writer::default();
        writer.open_unit("footnote", element.attribute("marker").map(|marker| one_line(&marker)));
        self.writers.push(writer);
        Opened::Note
    }

    fn end(&mut self) {
        match self.opened.pop() {
            Some(Opened::Paragraph) => self.writer().paragraph(None),
            Some(Opened::Unit { is_level }) => {
                self.writer().close_unit();
                self.levels -= u8::from(is_level);
            }
            Some(Opened::Number(number)) => {
                let number = one_line(&number);
                if !number.is_empty() {
                    self.writer().number_unit(number);
                }
            }
            Some(Opened::Note) => {
                if let Some(note) = self.writers.pop() {
                    self.notes.append(note);
                }
            }
            Some(Opened::Quoted) => {
                self.quoted -= 1;
                self.writer().close_unit();
            }
            Some(Opened::List) => {
                self.lists.pop();
                self.writer().paragraph(None);
            }
            Some(Opened::Inline) | None => {}
        }
    }

    fn words(&mut self, words: &str, file: std::ops::Range<usize>) {
        let number = self.opened.iter_mut().rev().map_while(|opened| match opened {
            Opened::Number(number) => Some(Some(number)),
            Opened::Inline => Some(None),
            _ => None,
        });
        if let Some(number) = number.flatten().next() {
            number.push_str(words);
        } else if !words.trim().is_empty() || !self.writer().is_at_start() {
            self.writer().push_set(words, file);
        }
    }
}

/// The number of a unit by its identifier, where the last part of that tells one: `art_5__para_2`, `section-1-1`.
fn number_of_id(id: &str) -> Option<String> {
    let last = id.rsplit("__").next().unwrap_or(id);
    let number = last.rsplit_once(['_', '-'])?.1;
    let is_letter = number.len() == 1 && number.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let is_roman = !number.is_empty() && number.chars().all(|letter| "ivxlcIVXLC".contains(letter));
    let is_number = number.starts_with(|letter: char| letter.is_ascii_digit()) || is_letter || is_roman;
    is_number.then(|| number.to_owned())
}
