//! Coverage for people: the sentences that nobody has read yet, then the figures.

use std::io::{self, Write};

use super::project::{ProjectCoverage, omitted, percent};
use crate::model::{CoverageTally, SentenceState};
use crate::report::common::guard::harmless;
use crate::text::one_line;

pub(super) fn write(covering: &ProjectCoverage<'_>, output: &mut dyn Write) -> io::Result<()> {
    for document in covering.documents {
        let name = covering.name(document);
        for sentence in document.sentences().filter(|sentence| sentence.state() == SentenceState::Open) {
            let line = document.cited.line(document.cited.place(&sentence.bytes));
            writeln!(output, "{name}:{line}: open: {}", harmless(&document.text(sentence)))?;
        }
    }
    for document in covering.documents {
        let name = covering.name(document);
        writeln!(output, "{name}: {}", figures(document.tally()))?;
        let omitted: Vec<String> = document.omitted().iter().map(omitted).collect();
        if !omitted.is_empty() {
            writeln!(output, "{name}: left out: {}", omitted.join("; "))?;
        }
        let sections = document.sections();
        for (title, sentences) in sections.iter().filter(|_| sections.len() > 1) {
            let title = one_line(title.unwrap_or("(before the first heading)"));
            writeln!(output, "  {}: {}", harmless(&title), figures(CoverageTally::of(sentences.iter().copied())))?;
        }
    }
    if covering.documents.len() != 1 {
        writeln!(output, "{} documents: {}", covering.documents.len(), figures(covering.tally()))?;
    }
    Ok(())
}

fn figures(tally: CoverageTally) -> String {
    let sentences = if tally.sentences() == 1 { "sentence" } else { "sentences" };
    let CoverageTally { claimed, waived, open } = tally;
    format!(
        "{} % of {} {sentences} ({claimed} claimed, {waived} waived, {open} open)",
        percent(tally),
        tally.sentences()
    )
}
