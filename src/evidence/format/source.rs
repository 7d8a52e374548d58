//! What a document says, read when that is first asked, unless its format allows for documents that cannot be read.

use std::sync::Arc;

use super::{html, markdown, plain, rfc_text};
use crate::evidence::outline::UnitKinds;
use crate::evidence::prose::Prose;

/// What a document says: known, or to be read from its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProseSource(ProseOrigin);

#[derive(Clone, Debug, PartialEq, Eq)]
enum ProseOrigin {
    Read(Arc<Prose>),
    Text(TextFormat),
}

/// A format that every text can be read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextFormat {
    Plain,
    Rfc,
    Markdown,
    Html,
}

impl From<Prose> for ProseSource {
    fn from(prose: Prose) -> ProseSource {
        ProseSource(ProseOrigin::Read(Arc::new(prose)))
    }
}

impl From<TextFormat> for ProseSource {
    fn from(format: TextFormat) -> ProseSource {
        ProseSource(ProseOrigin::Text(format))
    }
}

impl ProseSource {
    /// What the document with this text says. In plain text, the words for units tell headings.
    pub fn prose(&self, text: &str, kinds: &UnitKinds) -> Arc<Prose> {
        match &self.0 {
            ProseOrigin::Read(prose) => Arc::clone(prose),
            ProseOrigin::Text(format) => Arc::new(format.read(text, kinds)),
        }
    }
}

impl TextFormat {
    fn read(self, text: &str, kinds: &UnitKinds) -> Prose {
        match self {
            TextFormat::Plain if rfc_text::has_pages(text) => rfc_text::read(text, kinds),
            TextFormat::Plain => plain::read(text, kinds),
            TextFormat::Rfc => rfc_text::read(text, kinds),
            TextFormat::Markdown => markdown::read(text),
            TextFormat::Html => html::read(text),
        }
    }
}
