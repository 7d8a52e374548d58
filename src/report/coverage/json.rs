//! Coverage for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::project::ProjectCoverage;
use crate::model::{BlockId, Coverage, CoverageTally, CoveredSentence};
use crate::report::common::guard::disarm_json;
use crate::text::one_line;

/// The version of what is written; it grows when a field goes or changes what it means.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct CoverageDocument<'a> {
    version: u32,
    #[serde(flatten)]
    figures: Figures,
    sources: Vec<CoverageSource<'a>>,
}

#[derive(Serialize)]
struct Figures {
    sentences: usize,
    claimed: usize,
    waived: usize,
    open: usize,
    percent: f64,
}

#[derive(Serialize)]
struct CoverageSource<'a> {
    path: &'a str,
    #[serde(flatten)]
    figures: Figures,
    sections: Vec<Section>,
    left_out: Vec<OmittedRecord>,
    text: Vec<Sentence>,
}

#[derive(Serialize)]
struct Section {
    title: Option<String>,
    #[serde(flatten)]
    figures: Figures,
}

/// What is left out of the words of a document.
#[derive(Serialize)]
struct OmittedRecord {
    what: &'static str,
    bytes: usize,
    lines: Vec<usize>,
}

#[derive(Serialize)]
struct Sentence {
    state: &'static str,
    line: usize,
    words: usize,
    quoted: usize,
    claims: Vec<String>,
    waivers: Vec<String>,
    text: String,
}

pub(super) fn write(covering: &ProjectCoverage<'_>, output: &mut dyn Write) -> io::Result<()> {
    let sources = covering.documents.iter().map(|document| source(covering, document)).collect();
    let document = CoverageDocument { version: VERSION, figures: figures(covering.tally()), sources };
    writeln!(output, "{}", disarm_json(&serde_json::to_string_pretty(&document)?))
}

fn source<'a>(covering: &ProjectCoverage<'a>, document: &'a Coverage<'a>) -> CoverageSource<'a> {
    let sections = document.sections();
    CoverageSource {
        path: &document.cited.name,
        figures: figures(document.tally()),
        sections: sections
            .into_iter()
            .map(|(title, sentences)| Section {
                title: title.map(one_line),
                figures: figures(CoverageTally::of(sentences)),
            })
            .collect(),
        left_out: left_out(document),
        text: document.sentences().map(|one| sentence(covering, document, one)).collect(),
    }
}

fn left_out(document: &Coverage<'_>) -> Vec<OmittedRecord> {
    let omitted = document.omitted().into_iter();
    omitted.map(|one| OmittedRecord { what: one.what, bytes: one.bytes, lines: one.lines }).collect()
}

fn sentence(covering: &ProjectCoverage<'_>, document: &Coverage<'_>, one: &CoveredSentence) -> Sentence {
    let names = |blocks: &[BlockId]| blocks.iter().map(|block| covering.corpus.identity(*block)).collect();
    Sentence {
        state: one.state().as_str(),
        line: document.cited.line(document.cited.place(&one.bytes)),
        words: one.words,
        quoted: one.quoted,
        claims: names(&one.claims),
        waivers: names(&one.waivers),
        text: document.text(one),
    }
}

fn figures(tally: CoverageTally) -> Figures {
    let percent = (tally.percent() * 10.0).floor() / 10.0;
    Figures { sentences: tally.sentences(), claimed: tally.claimed, waived: tally.waived, open: tally.open, percent }
}
