//! What was found in documents before, so that only what has changed is read and searched again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::documents::{CitedDocument, DocumentVerdict, UnsearchedDocument};
use crate::evidence::ProseSource;

/// What was found in documents, for as long as somebody keeps it; without a keeper, nothing is kept.
#[derive(Clone, Debug, Default)]
pub struct QuotationMatches(Option<Arc<Mutex<KeptMatches>>>);

/// By the name of a document and the language that it is said to be in, what was found in it last.
type KeptMatches = HashMap<(String, Option<String>), Arc<SearchedQuotations>>;

/// What came of looking for some quotations in a document. All of them share what may be compared at most, so that it holds for
/// exactly these.
#[derive(Debug)]
pub(crate) struct SearchedQuotations {
    text: Arc<String>,
    prose: ProseSource,
    quotations: Vec<String>,
    pub(crate) cited: Arc<CitedDocument>,
    /// How the quotations stand, in their order.
    pub(crate) found: Vec<DocumentVerdict>,
}

impl QuotationMatches {
    /// A keeper of what will be found.
    pub fn kept() -> QuotationMatches {
        QuotationMatches(Some(Arc::default()))
    }

    /// What was found of quotations in a document that is read in a language; else what looking for them finds.
    pub(crate) fn of(
        &self,
        (document, language): (&UnsearchedDocument, Option<&str>),
        quotations: &[&str],
        look: impl FnOnce() -> (CitedDocument, Vec<DocumentVerdict>),
    ) -> Arc<SearchedQuotations> {
        let key = || (document.name.clone(), language.map(str::to_owned));
        let before = self.0.as_ref().and_then(|known| {
            let known = known.lock().unwrap_or_else(PoisonError::into_inner);
            known.get(&key()).filter(|found| found.is_of(document, quotations)).cloned()
        });
        before.unwrap_or_else(|| {
            let (cited, found) = look();
            let quotations =
                if self.0.is_some() { quotations.iter().map(|&text| text.to_owned()).collect() } else { Vec::new() };
            let (text, prose) = (Arc::clone(&document.text), document.prose.clone());
            let cited = Arc::new(cited);
            let found = Arc::new(SearchedQuotations { text, prose, quotations, cited, found });
            if let Some(known) = &self.0 {
                known.lock().unwrap_or_else(PoisonError::into_inner).insert(key(), Arc::clone(&found));
            }
            found
        })
    }
}

impl SearchedQuotations {
    /// Whether it is what looking for the quotations in the document would find again.
    fn is_of(&self, document: &UnsearchedDocument, quotations: &[&str]) -> bool {
        let same_text = Arc::ptr_eq(&self.text, &document.text) || self.text == document.text;
        same_text && self.cited.file == document.file && self.quotations == quotations && self.prose == document.prose
    }
}
