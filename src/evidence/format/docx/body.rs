//! The body and the notes of a Word document, read into paragraphs: fields by their results, tracked changes as accepted.

use std::collections::HashMap;

use super::numbering::Numbering;
use super::paragraph::{ParagraphWriter, WordParagraph};
use super::styles::{ParagraphSetting, WordStyles, is_on};
use crate::evidence::format::fault::DocumentFault;
use crate::evidence::format::xml::{XmlElement, XmlPiece, XmlReader};

/// Elements that hold no words: former properties, instructions, and what is shown only where something else cannot be.
const PASSED_OVER: &[&str] = &[
    "pPrChange",
    "rPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "sectPrChange",
    "tblGridChange",
    "numberingChange",
    "sectPr",
    "sdtPr",
    "tblPr",
    "tblGrid",
    "instrText",
    "delInstrText",
    "Fallback",
    "rt",
];

/// Elements that are one sign.
const SIGNS: &[(&str, &str)] = &[
    ("tab", "\t"),
    ("ptab", "\t"),
    ("br", "\n"),
    ("cr", "\n"),
    ("noBreakHyphen", "\u{2011}"),
    ("softHyphen", "\u{ad}"),
];

/// The two kinds of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    Foot,
    End,
}

/// What ends when an element ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WordElement {
    Other,
    Paragraph,
    ParagraphProperties,
    Run,
    RunProperties,
    Text,
    Row,
    RowProperties,
    Cell,
    Deleted,
    Note,
    /// A note that nothing refers to, or the line above notes.
    NoNote,
}

/// A paragraph that is open.
#[derive(Debug, Default)]
struct OpenParagraph {
    words: String,
    style: Option<String>,
    setting: ParagraphSetting,
    /// Whether its end was deleted, so that the next one goes on.
    goes_on: bool,
}

pub(super) struct BodyReader<'s> {
    styles: &'s WordStyles,
    numbering: Numbering,
    pub(super) writer: ParagraphWriter,
    opened: Vec<WordElement>,
    /// The paragraphs that are open: one, and those in text boxes within it.
    paragraphs: Vec<OpenParagraph>,
    /// Paragraphs of text boxes, which follow on the paragraph that they are within.
    boxes: Vec<WordParagraph>,
    /// Words of paragraphs whose ends were deleted.
    carried: String,
    is_hidden: bool,
    /// Of each field that is open, whether its result has begun; and of how many it has not.
    fields: Vec<bool>,
    codes: usize,
    /// How many elements are open whose words were deleted, and how many that nobody sees.
    deleted: usize,
    unseen: usize,
    /// The rows that are open, and whether each is deleted.
    rows: Vec<bool>,
    /// The numbers of the notes to which the body refers.
    notes: HashMap<(NoteKind, String), u32>,
    /// How many footnotes and endnotes these are.
    counted: [u32; 2],
}

impl<'s> BodyReader<'s> {
    pub(super) fn new(styles: &'s WordStyles, numbering: Numbering) -> BodyReader<'s> {
        BodyReader {
            styles,
            numbering,
            writer: ParagraphWriter::default(),
            opened: Vec::new(),
            paragraphs: Vec::new(),
            boxes: Vec::new(),
            carried: String::new(),
            is_hidden: false,
            fields: Vec::new(),
            codes: 0,
            deleted: 0,
            unseen: 0,
            rows: Vec::new(),
            notes: HashMap::new(),
            counted: [0; 2],
        }
    }

    /// Reads the body, or the notes of a kind to which the body refers.
    pub(super) fn read(&mut self, text: &str, notes: Option<NoteKind>) -> Result<(), DocumentFault> {
        let mut xml = XmlReader::new(text);
        self.fields.clear();
        self.codes = 0;
        while let Some(piece) = xml.next()? {
            match piece {
                XmlPiece::Start(element) if PASSED_OVER.contains(&element.name()) => {
                    xml.skip(&element)?;
                }
                XmlPiece::Start(element) => {
                    let opened = self.start(&element, notes);
                    self.opened.push(opened);
                }
                XmlPiece::End => self.end(),
                XmlPiece::Words(words, _) if self.opened.last() == Some(&WordElement::Text) => self.push(&words),
                XmlPiece::Entity(_) if self.opened.last() == Some(&WordElement::Text) => self.push("\u{fffd}"),
                XmlPiece::Words(..) | XmlPiece::Entity(_) | XmlPiece::Comment(_) => {}
            }
        }
        self.add_carried();
        self.writer.close_all();
        Ok(())
    }

    fn start(&mut self, element: &XmlElement<'_>, notes: Option<NoteKind>) -> WordElement {
        let name = element.name();
        let within = self.opened.last().copied().unwrap_or(WordElement::Other);
        match name {
            "p" => self.paragraphs.push(OpenParagraph::default()),
            "r" => self.is_hidden = false,
            "tr" => self.rows.push(false),
            "tc" if self.paragraphs.is_empty() && !self.rows.contains(&true) => {
                self.add_carried();
                self.writer.begin_cell();
                return WordElement::Cell;
            }
            "footnote" | "endnote" => return notes.map_or(WordElement::Other, |kind| self.note(element, kind)),
            "footnoteReference" | "endnoteReference" => self.refer(element),
            "fldChar" => self.field(element),
            "sym" if within == WordElement::Run => self.symbol(element),
            "altChunk" | "subDoc" => self.writer.leave_out("embedded documents", 0),
            _ if within == WordElement::Run && SIGNS.iter().any(|(sign, _)| *sign == name) => {
                let sign = SIGNS.iter().find(|(sign, _)| *sign == name).map_or("", |(_, meant)| meant);
                self.push(sign);
            }
            _ if self.opened.contains(&WordElement::ParagraphProperties) => self.property(element),
            _ if within == WordElement::RunProperties => self.run_property(element),
            _ => {}
        }
        self.opened(name, within)
    }

    /// What ends with an element, by its name and what it is within.
    fn opened(&mut self, name: &str, within: WordElement) -> WordElement {
        match name {
            "p" => WordElement::Paragraph,
            "pPr" => WordElement::ParagraphProperties,
            "r" => WordElement::Run,
            "rPr" if within == WordElement::Run => WordElement::RunProperties,
            "t" | "delText" => WordElement::Text,
            "tr" => WordElement::Row,
            "trPr" => WordElement::RowProperties,
            "del" if within == WordElement::RowProperties => {
                self.rows.last_mut().into_iter().for_each(|row| *row = true);
                WordElement::Other
            }
            "del" | "moveFrom" if !self.opened.contains(&WordElement::ParagraphProperties) => {
                self.deleted += 1;
                WordElement::Deleted
            }
            _ => WordElement::Other,
        }
    }

    fn end(&mut self) {
        match self.opened.pop() {
            Some(WordElement::Paragraph) => self.end_paragraph(),
            Some(WordElement::Run) => self.is_hidden = false,
            Some(WordElement::Deleted) => self.deleted = self.deleted.saturating_sub(1),
            Some(WordElement::Row) => drop(self.rows.pop()),
            Some(WordElement::Cell | WordElement::Note) => {
                self.add_carried();
                self.writer.disclose();
            }
            Some(WordElement::NoNote) => self.unseen = self.unseen.saturating_sub(1),
            Some(
                WordElement::Other
                | WordElement::ParagraphProperties
                | WordElement::RunProperties
                | WordElement::Text
                | WordElement::RowProperties,
            )
            | None => {}
        }
    }

    /// Adds words to the paragraph that is open, if they are shown.
    fn push(&mut self, words: &str) {
        let is_unseen = self.codes > 0 || self.unseen > 0;
        let Some(paragraph) = self.paragraphs.last_mut().filter(|_| !is_unseen) else { return };
        if self.deleted > 0 || self.rows.contains(&true) {
            self.writer.leave_out(DELETED, words.len());
            return;
        }
        let style_hides = || {
            let setting = paragraph.setting.clone().or(&self.styles.setting(paragraph.style.as_deref()));
            setting.is_hidden == Some(true)
        };
        if self.is_hidden || style_hides() {
            self.writer.leave_out("hidden text", words.len());
        } else {
            paragraph.words.push_str(words);
        }
    }

    /// Takes in a property of the paragraph that is open; those of its mark are none of its words.
    fn property(&mut self, element: &XmlElement<'_>) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match element.name() {
            "pStyle" => paragraph.style = element.attribute("val"),
            "del" | "moveFrom" => paragraph.goes_on = true,
            "vanish" => {}
            _ => paragraph.setting.take(element),
        }
    }

    fn run_property(&mut self, element: &XmlElement<'_>) {
        match element.name() {
            "vanish" => self.is_hidden = is_on(element),
            "rStyle" => self.is_hidden |= element.attribute("val").is_some_and(|style| self.styles.hides(&style)),
            _ => {}
        }
    }

    /// A sign of a font; those that only the font knows are not words.
    fn symbol(&mut self, element: &XmlElement<'_>) {
        let code = element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        let letter = code.filter(|code| !(0xe000..0xf900).contains(code)).and_then(char::from_u32);
        if let Some(letter) = letter {
            self.push(letter.encode_utf8(&mut [0; 4]));
        }
    }

    fn field(&mut self, element: &XmlElement<'_>) {
        match element.attribute("fldCharType").as_deref() {
            Some("begin") => {
                self.fields.push(false);
                self.codes += 1;
            }
            Some("separate") => {
                let begins = self.fields.last_mut().is_some_and(|has_result| !std::mem::replace(has_result, true));
                self.codes -= usize::from(begins);
            }
            Some("end") => self.codes -= usize::from(self.fields.pop() == Some(false)),
            _ => {}
        }
    }

    fn refer(&mut self, element: &XmlElement<'_>) {
        let kind = if element.name() == "footnoteReference" { NoteKind::Foot } else { NoteKind::End };
        if self.deleted == 0
            && let Some(id) = element.attribute("id")
        {
            let count = &mut self.counted[kind as usize];
            self.notes.entry((kind, id)).or_insert_with(|| {
                *count += 1;
                *count
            });
        }
    }

    fn note(&mut self, element: &XmlElement<'_>, kind: NoteKind) -> WordElement {
        let id = element.attribute("id").unwrap_or_default();
        let Some(number) = self.notes.get(&(kind, id)).copied() else {
            self.unseen += 1;
            return WordElement::NoNote;
        };
        match kind {
            NoteKind::Foot => self.writer.enclose("footnote", Some(number.to_string())),
            NoteKind::End => self.writer.enclose("endnote", Some(super::numbering::written(number, "lowerRoman"))),
        }
        WordElement::Note
    }

    fn end_paragraph(&mut self) {
        let Some(open) = self.paragraphs.pop() else { return };
        let is_deleted = self.rows.contains(&true) || self.deleted > 0 || self.unseen > 0;
        let is_in_box = !self.paragraphs.is_empty();
        if is_deleted {
            return;
        }
        if open.goes_on && !is_in_box {
            self.carried.push_str(&open.words);
            return;
        }
        let setting = open.setting.or(&self.styles.setting(open.style.as_deref()));
        let place = self.numbering.next(&setting, open.style.as_deref());
        let indent = setting.indent.or(place.as_ref().and_then(|place| place.indent)).unwrap_or_default();
        let paragraph = WordParagraph { words: open.words, level: setting.heading(), place, indent };
        if is_in_box {
            self.boxes.push(paragraph);
            return;
        }
        let words = std::mem::take(&mut self.carried) + &paragraph.words;
        self.writer.add(&WordParagraph { words, ..paragraph });
        for paragraph in std::mem::take(&mut self.boxes) {
            self.writer.add(&paragraph);
        }
    }

    /// Adds words that no paragraph follows whose end was not deleted.
    fn add_carried(&mut self) {
        let words = std::mem::take(&mut self.carried);
        self.writer.add(&WordParagraph { words, ..WordParagraph::default() });
    }
}

const DELETED: &str = "words deleted by tracked changes";
