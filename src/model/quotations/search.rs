//! Quotations looked for in their documents: all of them when it is first asked how one stands, and after an edit those of the
//! documents of which some say another thing.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use crate::model::index::documents::UnsearchedDocument;
use crate::model::index::matches::SearchedQuotations;
use crate::model::index::quotations::QuotationSearchResults;
use crate::model::well_known::LANGUAGE;
use crate::model::{BlockId, CitedDocument, Corpus, CorpusDelta};
use crate::text::{all_threads, parallel_map};

impl Corpus {
    pub(crate) fn search_results(&self) -> &QuotationSearchResults {
        self.quoted.searched.get_or_init(|| {
            let by_document = self.quotations_by_document();
            let numbered: Vec<(usize, &UnsearchedDocument)> = self.quoted.documents.iter().enumerate().collect();
            let read = parallel_map(&numbered, all_threads(), |(number, document)| {
                self.looked_for(document, by_document.get(number).map_or(&[][..], Vec::as_slice))
            });
            let mut searched =
                QuotationSearchResults { by_source: self.quoted.by_source(), ..QuotationSearchResults::default() };
            for (number, found) in read.into_iter().enumerate() {
                searched.documents.push(Arc::clone(&found.cited));
                searched.quotations.push(by_document.get(&number).cloned().unwrap_or_default());
                let found = Arc::try_unwrap(found).map_or_else(|shared| shared.found.clone(), |own| own.found);
                searched.take(number, found);
            }
            searched
        })
    }

    /// Looks again for the quotations of those documents of which some say another thing, if any were looked for.
    pub(crate) fn invalidate_searches(&mut self, changes: &CorpusDelta) {
        let Some(mut searched) = self.quoted.searched.take() else { return };
        let mut stale = BTreeSet::new();
        for block in changes.reworded() {
            let before = searched.matches.remove(block).map(|reading| reading.cited);
            before.iter().for_each(|number| searched.quotations[*number].retain(|known| known != block));
            let linked = || self.linked(*block).find_map(|block| searched.by_source.get(&block).copied());
            let now = self.quotation(*block).and_then(|_| linked());
            if let Some(quotations) = now.map(|number| &mut searched.quotations[number]) {
                let at = quotations.partition_point(|known| known < block);
                quotations.insert(at, *block);
            }
            stale.extend(before.into_iter().chain(now));
        }
        for number in stale {
            let quotations = &searched.quotations[number];
            let texts: Vec<&str> = quotations.iter().map(|block| self.quotation(*block).unwrap_or_default()).collect();
            let found = searched.documents[number].find(&texts, self.quoted.limits());
            searched.take(number, found);
        }
        self.quoted.searched = OnceLock::from(searched);
    }

    /// The quotations of each document, known by its number.
    fn quotations_by_document(&self) -> HashMap<usize, Vec<BlockId>> {
        let by_source = self.quoted.by_source();
        let mut by_document: HashMap<usize, Vec<BlockId>> = HashMap::new();
        if by_source.is_empty() {
            return by_document;
        }
        for quotation in self.block_ids().filter(|block| self.quotation(*block).is_some()) {
            let linked = self.linked(quotation).find_map(|block| by_source.get(&block));
            if let Some(document) = linked {
                by_document.entry(*document).or_default().push(quotation);
            }
        }
        by_document
    }

    /// What came of looking for quotations in a document, now or before.
    fn looked_for(&self, unsearched: &UnsearchedDocument, quotations: &[BlockId]) -> Arc<SearchedQuotations> {
        let texts: Vec<&str> = quotations.iter().map(|block| self.quotation(*block).unwrap_or_default()).collect();
        let first = unsearched.named_by.iter().min();
        let language = first.and_then(|block| self.texts(*block, LANGUAGE).next());
        self.quoted.before.of((unsearched, language), &texts, || {
            let cited = CitedDocument::of(unsearched, &self.schema, language);
            let found = cited.find(&texts, self.quoted.limits());
            (cited, found)
        })
    }
}
