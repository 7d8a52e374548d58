//! The styles of a Word document: which paragraphs are headings, numbered, or hidden by their style.

use std::collections::HashMap;

use crate::evidence::format::fault::DocumentFault;
use crate::evidence::format::xml::{XmlElement, XmlPiece, XmlReader};

/// A style is based on others over no more steps than this.
const LONGEST_CHAIN: usize = 32;

/// The level of the outline at which a paragraph is no heading.
const BODY: u8 = 9;

/// What a style, or a paragraph by itself, says of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ParagraphSetting {
    /// Its level in the outline, from 0.
    pub(super) outline: Option<u8>,
    /// The number of its list; 0 for none.
    pub(super) list: Option<String>,
    /// Its level in the list, from 0.
    pub(super) level: Option<u8>,
    /// How far it is indented.
    pub(super) indent: Option<i64>,
    /// Whether its words are hidden.
    pub(super) is_hidden: Option<bool>,
}

#[derive(Debug, Default)]
struct WordStyle {
    name: String,
    based_on: Option<String>,
    setting: ParagraphSetting,
}

/// All styles of a document, by their identifiers.
#[derive(Debug, Default)]
pub(super) struct WordStyles {
    styles: HashMap<String, WordStyle>,
    /// The style of paragraphs that name none.
    by_default: Option<String>,
}

impl ParagraphSetting {
    /// Takes in what an element within the properties of a paragraph says.
    pub(super) fn take(&mut self, element: &XmlElement<'_>) {
        let value = || element.attribute("val");
        match element.name() {
            "outlineLvl" => self.outline = value().and_then(|level| level.parse().ok()),
            "numId" => self.list = value(),
            "ilvl" => self.level = value().and_then(|level| level.parse().ok()),
            "ind" => {
                let indent = element.attribute("left").or_else(|| element.attribute("start"));
                self.indent = indent.and_then(|indent| indent.parse().ok()).or(self.indent);
            }
            "vanish" => self.is_hidden = Some(is_on(element)),
            _ => {}
        }
    }

    /// What holds where another setting says nothing.
    pub(super) fn or(self, other: &ParagraphSetting) -> ParagraphSetting {
        ParagraphSetting {
            outline: self.outline.or(other.outline),
            list: self.list.or_else(|| other.list.clone()),
            level: self.level.or(other.level),
            indent: self.indent.or(other.indent),
            is_hidden: self.is_hidden.or(other.is_hidden),
        }
    }

    /// The level of the heading that the paragraph is, from 1.
    pub(super) fn heading(&self) -> Option<u8> {
        self.outline.filter(|level| *level < BODY).map(|level| level + 1)
    }
}

/// Whether a property that is on or off is on.
pub(super) fn is_on(element: &XmlElement<'_>) -> bool {
    !element.attribute("val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off"))
}

impl WordStyles {
    pub(super) fn read(text: &str) -> Result<WordStyles, DocumentFault> {
        let mut styles = WordStyles::default();
        let mut xml = XmlReader::new(text);
        let mut id = String::new();
        while let Some(piece) = xml.next()? {
            let XmlPiece::Start(element) = piece else { continue };
            let value = || element.attribute("val");
            match element.name() {
                "docDefaults" | "latentStyles" => {
                    xml.skip(&element)?;
                }
                "style" => {
                    id = element.attribute("styleId").unwrap_or_default();
                    let is_default = element.attribute("default").is_some_and(|value| value == "1");
                    if is_default && element.attribute("type").is_some_and(|kind| kind == "paragraph") {
                        styles.by_default = Some(id.clone());
                    }
                    styles.styles.insert(id.clone(), WordStyle::default());
                }
                "name" => styles.change(&id, |style| style.name = value().unwrap_or_default().to_lowercase()),
                "basedOn" => styles.change(&id, |style| style.based_on = value()),
                _ => styles.change(&id, |style| style.setting.take(&element)),
            }
        }
        Ok(styles)
    }

    fn change(&mut self, id: &str, change: impl FnOnce(&mut WordStyle)) {
        if let Some(style) = self.styles.get_mut(id) {
            change(style);
        }
    }

    /// What a style says of its paragraphs, and the styles on which it is based.
    pub(super) fn setting(&self, id: Option<&str>) -> ParagraphSetting {
        let mut setting = ParagraphSetting::default();
        let mut next = id.or(self.by_default.as_deref());
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.and_then(|id| self.styles.get(id)) else { break };
            let outline = style.setting.outline.or_else(|| outline_by_name(&style.name));
            setting = setting.or(&ParagraphSetting { outline, ..style.setting.clone() });
            next = style.based_on.as_deref();
        }
        setting
    }

    /// Whether a style hides its words.
    pub(super) fn hides(&self, id: &str) -> bool {
        self.setting(Some(id)).is_hidden == Some(true)
    }
}

/// The level in the outline of the styles that Word itself brings; their names are the same in all of its languages.
fn outline_by_name(name: &str) -> Option<u8> {
    match name {
        "title" => Some(0),
        _ => name.strip_prefix("heading ")?.parse::<u8>().ok()?.checked_sub(1),
    }
}
