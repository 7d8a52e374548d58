//! From the text of a document to its units and sentences.

use memchr::memchr_iter;

use super::sentences::sentence_words;
use crate::evidence::{Document, Outline};
use crate::model::index::documents::{CitedDocument, UnsearchedDocument};
use crate::schema::Schema;

impl CitedDocument {
    /// What a document says: its units, by the words for them, and its sentences, by those of its language.
    pub fn of(unsearched: &UnsearchedDocument, schema: &Schema, language: Option<&str>) -> CitedDocument {
        let UnsearchedDocument { file, name, text, prose, .. } = unsearched;
        let document = Document::new(prose.prose(text, &schema.units));
        let outline = Outline::of(&document.prose, &schema.units);
        let known = sentence_words(&schema.words, language);
        let pieces = outline.pieces.iter().map(|piece| piece.bytes.clone());
        let sentences = pieces.flat_map(|bytes| {
            let within = known.sentences(&document.prose.text[bytes.clone()]);
            within.into_iter().map(move |sentence| bytes.start + sentence.start..bytes.start + sentence.end)
        });
        let sentences = sentences.collect();
        let lines = memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1).collect();
        CitedDocument { file: *file, name: name.clone(), lines, document, outline, sentences }
    }
}
