//! The coverage of a project, and the figures and names that every format takes from it.

use crate::model::{BlockId, Corpus, Coverage, CoverageTally, OmittedContent, Value};
use crate::rule::Finding;
use crate::text::Sources;

/// The coverage of a project, ready to be written.
#[derive(Clone, Copy)]
pub struct ProjectCoverage<'a> {
    /// The documents, in order.
    pub documents: &'a [Coverage<'a>],
    /// What the claims say.
    pub corpus: &'a Corpus,
    /// The texts of claims and documents.
    pub sources: &'a Sources,
    /// What the rules find in the claims, and is not excepted.
    pub findings: &'a [Finding],
}

impl ProjectCoverage<'_> {
    /// The sentences of all documents, counted.
    pub fn tally(&self) -> CoverageTally {
        self.documents.iter().map(Coverage::tally).fold(CoverageTally::default(), CoverageTally::with)
    }

    /// How many of a hundred sentences are claimed or waived, with one place, as every format shows it.
    pub fn percent(&self) -> String {
        percent(self.tally())
    }

    /// What a block is called, and where it stands: `fact peace`, `1-japan.claims`, 12.
    pub(super) fn block(&self, block: BlockId) -> (String, &str, u32) {
        let data = self.corpus.block(block);
        let kind = &self.corpus.schema.kind(data.kind()).name;
        let name = data.id().as_ref().map_or_else(|| kind.clone(), |id| format!("{kind} {id}"));
        let source = self.sources.get(data.header().source);
        (name, source.name(), source.position(data.header().start).line)
    }
}

/// What a block says for itself: its title, or the first text that it holds, such as the reason of a waiver.
pub(super) fn says(corpus: &Corpus, block: BlockId) -> &str {
    let data = corpus.block(block);
    let texts = data.values();
    let first = texts.filter_map(|held| if let Value::Text(text) = held.value { Some(text) } else { None }).next();
    data.title().map(|title| title.value).or(first).unwrap_or_default()
}

/// What is left out of a document: "front matter (120 bytes, line 1)".
pub(super) fn omitted(it: &OmittedContent) -> String {
    let bytes = if it.bytes == 1 { "1 byte".to_owned() } else { format!("{} bytes", it.bytes) };
    match it.lines.as_slice() {
        [line] => format!("{} ({bytes}, line {line})", it.what),
        [first, ..] => format!("{} ({bytes} at {} places, the first on line {first})", it.what, it.lines.len()),
        [] => format!("{} ({bytes})", it.what),
    }
}

/// How many of a hundred, with one place; never rounded up to a hundred.
pub(super) fn percent(tally: CoverageTally) -> String {
    format!("{:.1}", (tally.percent() * 10.0).floor() / 10.0)
}
