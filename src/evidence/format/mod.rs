//! The formats of documents, by name and by the endings of files.

mod akoma_ntoso;
mod docx;
mod elements;
mod fault;
mod formatting;
mod html;
mod markdown;
mod numbering;
mod open;
mod plain;
mod rendering;
mod rfc_text;
mod rfc_xml;
mod source;
mod xml;

use std::sync::Arc;

pub use fault::DocumentFault;
pub use source::ProseSource;
use source::TextFormat;

use super::outline::UnitKinds;
use super::prose::Prose;

/// How a document is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DocumentFormat {
    /// Paragraphs parted by empty lines.
    #[default]
    Text,
    /// Markdown (CommonMark).
    Markdown,
    /// HTML.
    Html,
    /// XML: Akoma Ntoso or an RFC, by its outermost element; plain text if that is unknown.
    Xml,
    /// Word (Office Open XML), which is no text.
    Docx,
    /// An RFC as plain text, with pages.
    Rfc,
}

/// Each format with its name and the endings of its files.
const FORMATS: [(DocumentFormat, &str, &[&str]); 6] = [
    (DocumentFormat::Text, "txt", &["txt"]),
    (DocumentFormat::Markdown, "md", &["md", "markdown"]),
    (DocumentFormat::Html, "html", &["html", "htm", "xhtml"]),
    (DocumentFormat::Xml, "xml", &["xml", "akn"]),
    (DocumentFormat::Docx, "docx", &["docx", "docm", "dotx"]),
    (DocumentFormat::Rfc, "rfc", &[]),
];

impl DocumentFormat {
    /// The format of that name.
    pub fn named(name: &str) -> Option<DocumentFormat> {
        FORMATS.iter().find(|(_, known, _)| *known == name).map(|(format, ..)| *format)
    }

    /// The names of all formats.
    pub fn names() -> [&'static str; FORMATS.len()] {
        FORMATS.map(|(_, name, _)| name)
    }

    /// The format that the ending of a path tells; text for all others.
    pub fn of_path(path: &str) -> DocumentFormat {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        let known = FORMATS.iter().find(|(_, _, endings)| endings.contains(&ending.as_str()));
        known.map_or(DocumentFormat::Text, |(format, ..)| *format)
    }

    /// The encoding that a document in this format says of itself that it is in.
    pub fn declared_encoding(self, document: &[u8]) -> Option<String> {
        if self == DocumentFormat::Xml { xml::declared_encoding(document) } else { None }
    }

    /// The text of a document in a format that is no text itself, and what it says to its readers; nothing in other formats.
    ///
    /// # Errors
    /// As [`DocumentFormat::open`].
    pub fn unpack(self, document: &[u8]) -> Result<Option<(String, Prose)>, DocumentFault> {
        let is_packed = self == DocumentFormat::Docx || docx::is_compound(document);
        if is_packed { docx::read(document).map(Some) } else { Ok(None) }
    }

    /// What a document in this format says to its readers. A text in a format that allows for no mistake is only read when its
    /// prose is asked for.
    ///
    /// # Errors
    /// When that is not known, since the document is not what it must be in its format.
    pub fn open(self, document: &str) -> Result<ProseSource, DocumentFault> {
        match self {
            DocumentFormat::Text => Ok(TextFormat::Plain.into()),
            DocumentFormat::Rfc => Ok(TextFormat::Rfc.into()),
            DocumentFormat::Markdown => Ok(TextFormat::Markdown.into()),
            DocumentFormat::Html => Ok(TextFormat::Html.into()),
            DocumentFormat::Xml => match xml::root(document).as_deref() {
                Some(akoma_ntoso::ROOT) => akoma_ntoso::read(document).map(ProseSource::from),
                Some(rfc_xml::ROOT) => rfc_xml::read(document).map(ProseSource::from),
                Some(_) | None => Ok(TextFormat::Plain.into()),
            },
            DocumentFormat::Docx => Err(DocumentFault::NotWord),
        }
    }

    /// The same, read at once. In plain text, `kinds` has the words for units, which tell headings.
    ///
    /// # Errors
    /// As [`DocumentFormat::open`].
    pub fn read(self, document: &str, kinds: &UnitKinds) -> Result<Prose, DocumentFault> {
        self.open(document).map(|source| Arc::unwrap_or_clone(source.prose(document, kinds)))
    }
}
