//! Coverage as LCOV, for the viewers of test coverage: a line counts the claims of the sentences that begin on it, and each
//! of these sentences is a branch.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::project::ProjectCoverage;
use crate::model::{CoveredSentence, SentenceState};

pub(super) fn write(covering: &ProjectCoverage<'_>, output: &mut dyn Write) -> io::Result<()> {
    for document in covering.documents {
        let mut lines: BTreeMap<usize, Vec<&CoveredSentence>> = BTreeMap::new();
        for sentence in document.sentences() {
            lines.entry(document.cited.line(document.cited.place(&sentence.bytes))).or_default().push(sentence);
        }
        // A record is a line: no name of a file begins another.
        writeln!(output, "TN:\nSF:{}", document.cited.name.replace(char::is_control, "?"))?;
        for (line, sentences) in &lines {
            for (number, sentence) in sentences.iter().enumerate() {
                writeln!(output, "BRDA:{line},0,{number},{}", times(sentence))?;
            }
        }
        let tally = document.tally();
        writeln!(output, "BRF:{}\nBRH:{}", tally.sentences(), tally.claimed + tally.waived)?;
        let counted =
            lines.iter().map(|(line, sentences)| (line, sentences.iter().map(|one| times(one)).sum::<usize>()));
        for (line, count) in counted.clone() {
            writeln!(output, "DA:{line},{count}")?;
        }
        writeln!(output, "LF:{}\nLH:{}\nend_of_record", lines.len(), counted.filter(|(_, count)| *count > 0).count())?;
    }
    Ok(())
}

/// How many claims speak of a sentence; a waiver counts as one.
fn times(sentence: &CoveredSentence) -> usize {
    match sentence.state() {
        SentenceState::Claimed => sentence.claims.len(),
        SentenceState::Waived => 1,
        SentenceState::Open => 0,
    }
}
