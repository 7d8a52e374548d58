//! The numbers that sections, figures and tables of an RFC are shown with, and how its references to them are shown.

use std::collections::HashMap;

use crate::evidence::format::fault::DocumentFault;
use crate::evidence::format::xml::{XmlElement, XmlPiece, XmlReader};

/// Counts sections as they begin and end.
#[derive(Debug, Default)]
pub(super) struct SectionCounter {
    open: Vec<OpenSection>,
    /// How many sections of the first level have a number, and how many appendices.
    main: u32,
    appendices: u32,
}

#[derive(Debug)]
struct OpenSection {
    kind: SectionKind,
    number: Option<String>,
    /// How many sections in it have a number.
    numbered: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SectionKind {
    Middle,
    Back,
    Section,
}

impl SectionCounter {
    /// Begins a section with its number, if it has one; nothing for the parts of the document that are no sections.
    pub(super) fn open(&mut self, element: &XmlElement<'_>) -> Option<Option<String>> {
        let kind = match element.name() {
            "middle" => SectionKind::Middle,
            "back" => SectionKind::Back,
            _ => SectionKind::Section,
        };
        let is_numbered = element.attribute("numbered").is_none_or(|value| value != "false");
        let number = (kind == SectionKind::Section && is_numbered).then(|| self.next(element.name())).flatten();
        self.open.push(OpenSection { kind, number: number.clone(), numbered: 0 });
        (kind == SectionKind::Section).then_some(number)
    }

    fn next(&mut self, name: &str) -> Option<String> {
        let around = self.open.last_mut()?;
        match around.kind {
            SectionKind::Back if name == "section" => {
                self.appendices += 1;
                Some(super::super::docx::written(self.appendices, "upperLetter"))
            }
            SectionKind::Middle | SectionKind::Back => {
                self.main += 1;
                Some(self.main.to_string())
            }
            SectionKind::Section => {
                around.numbered += 1;
                around.number.as_ref().map(|number| format!("{number}.{}", around.numbered))
            }
        }
    }

    /// Ends what was begun last; whether that was a section.
    pub(super) fn close(&mut self) -> bool {
        self.open.pop().is_some_and(|open| open.kind == SectionKind::Section)
    }

    /// The level of the section that is open, from 1.
    pub(super) fn level(&self) -> u8 {
        let sections = self.open.iter().filter(|open| open.kind == SectionKind::Section).count();
        u8::try_from(sections.max(1)).unwrap_or(u8::MAX)
    }
}

/// How references to the anchors of a document are shown.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// The word and the number of each: `Section`, `3.1`.
    shown: HashMap<String, (&'static str, String)>,
}

impl Anchors {
    pub(super) fn read(document: &str) -> Result<Anchors, DocumentFault> {
        let mut anchors = Anchors::default();
        let mut sections = SectionCounter::default();
        let (mut figures, mut tables) = (0, 0);
        let mut is_section = Vec::new();
        let mut xml = XmlReader::new(document);
        while let Some(piece) = xml.next()? {
            let element = match piece {
                XmlPiece::Start(element) => element,
                XmlPiece::End => {
                    if is_section.pop() == Some(true) {
                        sections.close();
                    }
                    continue;
                }
                XmlPiece::Words(..) | XmlPiece::Entity(_) | XmlPiece::Comment(_) => continue,
            };
            is_section.push(matches!(element.name(), "section" | "references" | "middle" | "back"));
            let shown = match element.name() {
                "section" | "references" | "middle" | "back" => {
                    let number = sections.open(&element).flatten();
                    number.map(|number| {
                        (if number.starts_with(char::is_alphabetic) { "Appendix" } else { "Section" }, number)
                    })
                }
                "figure" => {
                    figures += 1;
                    Some(("Figure", figures.to_string()))
                }
                "table" | "texttable" => {
                    tables += 1;
                    Some(("Table", tables.to_string()))
                }
                _ => None,
            };
            if let (Some(shown), Some(anchor)) = (shown, element.attribute("anchor")) {
                anchors.shown.insert(anchor, shown);
            }
        }
        Ok(anchors)
    }

    /// What is shown of a reference: `Section 3.1`, `[RFC2119]`, `Section 2 of [RFC2119]`.
    pub(super) fn shown(&self, element: &XmlElement<'_>) -> Option<String> {
        let target = element.attribute("target")?;
        let format = element.attribute("format").unwrap_or_default();
        if matches!(format.as_str(), "none" | "title") {
            return None;
        }
        let Some((word, number)) = self.shown.get(&target) else {
            let document = format!("[{target}]");
            let Some(section) = element.attribute("section") else { return Some(document) };
            return Some(match element.attribute("sectionFormat").as_deref() {
                Some("comma") => format!("{document}, Section {section}"),
                Some("parens") => format!("{document} (Section {section})"),
                Some("bare") => section,
                Some(_) | None => format!("Section {section} of {document}"),
            });
        };
        Some(if format == "counter" { number.clone() } else { format!("{word} {number}") })
    }
}
