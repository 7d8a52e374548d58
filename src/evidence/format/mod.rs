//! The formats of documents, by name and by the endings of files.

mod elements;
mod formatting;
mod html;
mod markdown;
mod numbering;
mod open;
mod plain;
mod rendering;

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
}

/// Each format with its name and the endings of its files.
const FORMATS: [(DocumentFormat, &str, &[&str]); 3] = [
    (DocumentFormat::Text, "txt", &["txt"]),
    (DocumentFormat::Markdown, "md", &["md", "markdown"]),
    (DocumentFormat::Html, "html", &["html", "htm", "xhtml"]),
];

impl DocumentFormat {
    /// The format of that name.
    pub fn named(name: &str) -> Option<DocumentFormat> {
        FORMATS.iter().find(|(_, known, _)| *known == name).map(|(format, ..)| *format)
    }

    /// The format that the ending of a path tells; text for all others.
    pub fn of_path(path: &str) -> DocumentFormat {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        let known = FORMATS.iter().find(|(_, _, endings)| endings.contains(&ending.as_str()));
        known.map_or(DocumentFormat::Text, |(format, ..)| *format)
    }

    /// What a document in this format says to its readers.
    pub fn read(self, document: &str) -> Prose {
        match self {
            DocumentFormat::Text => plain::read(document),
            DocumentFormat::Markdown => markdown::read(document),
            DocumentFormat::Html => html::read(document),
        }
    }
}
