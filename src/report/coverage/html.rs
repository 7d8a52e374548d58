//! Coverage as a page: the documents themselves, each sentence with what is claimed of it. The page needs nothing else, and
//! no script: it can be read on a telephone, printed, and used by keyboard.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::project::{ProjectCoverage, omitted, percent, says};
use crate::diagnostic::Severity;
use crate::model::{BlockId, Coverage, CoverageTally, CoveredSentence, DocumentLine, SentenceState};
use crate::report::common::guard::harmless;
use crate::rule::Finding;

const STYLE: &str = include_str!("page.css");

/// The findings of each block.
type FindingsByBlock<'a> = BTreeMap<BlockId, Vec<&'a Finding>>;

pub(super) fn write(covering: &ProjectCoverage<'_>, output: &mut dyn Write) -> io::Result<()> {
    let found = findings(covering);
    let tally = covering.tally();
    writeln!(output, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(output, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(output, "<title>Coverage: {} %</title>\n<style>\n{STYLE}</style>\n</head>\n<body>", percent(tally))?;
    writeln!(output, "<header>\n<h1>Coverage by claims</h1>\n{}", bar(tally))?;
    writeln!(
        output,
        "<p class=\"key\"><span class=\"claimed\">claimed</span> <span class=\"waived\">waived, with a reason</span> \
         <span class=\"open\">open</span> <span class=\"faulty\">has findings</span></p>\n</header>\n<main>"
    )?;
    for (number, document) in covering.documents.iter().enumerate() {
        write_document(&DocumentPage { covering, document, number, found: &found }, output)?;
    }
    writeln!(output, "</main>\n</body>\n</html>")
}

/// One document of the page.
struct DocumentPage<'a> {
    covering: &'a ProjectCoverage<'a>,
    document: &'a Coverage<'a>,
    number: usize,
    found: &'a FindingsByBlock<'a>,
}

fn write_document(page: &DocumentPage<'_>, output: &mut dyn Write) -> io::Result<()> {
    let document = page.document;
    writeln!(output, "<article>\n<h2>{}</h2>\n{}", escaped(&document.cited.name), bar(document.tally()))?;
    let omitted: Vec<String> = document.omitted().iter().map(omitted).collect();
    if !omitted.is_empty() {
        writeln!(output, "<p class=\"left-out\">left out: {}</p>", escaped(&omitted.join("; ")))?;
    }
    let prose = &document.cited.document.prose;
    let (mut paragraph, mut is_open) = (None, false);
    let mut notes = Vec::new();
    for line in &document.lines {
        let (DocumentLine::Heading(bytes) | DocumentLine::Sentence(CoveredSentence { bytes, .. })) = line;
        let own = prose.paragraph_of(bytes.start);
        if is_open && own != paragraph {
            close(page, &mut notes, output)?;
            is_open = false;
        }
        match line {
            DocumentLine::Heading(bytes) => writeln!(output, "<h3>{}</h3>", escaped(prose.text[bytes.clone()].trim()))?,
            DocumentLine::Sentence(sentence) => {
                if !is_open {
                    write!(output, "<section>\n<p>")?;
                }
                is_open = true;
                let is_first = own != paragraph;
                write_sentence(page, (sentence, is_first), output)?;
                notes.push(sentence);
            }
        }
        paragraph = own;
    }
    if is_open {
        close(page, &mut notes, output)?;
    }
    writeln!(output, "</article>")
}

/// A sentence, which leads to what is said of it; an open one leads nowhere.
fn write_sentence(
    page: &DocumentPage<'_>,
    (sentence, is_first): (&CoveredSentence, bool),
    output: &mut dyn Write,
) -> io::Result<()> {
    let space = if is_first { "" } else { " " };
    let text = escaped(&page.document.text(sentence));
    let state = sentence.state();
    let faulty = if faults(page, sentence).is_empty() { "" } else { " faulty" };
    let (class, id) = (state.as_str(), id(page, sentence));
    match state {
        SentenceState::Open => write!(output, "{space}<mark class=\"{class}\" id=\"s{id}\">{text}</mark>"),
        SentenceState::Claimed | SentenceState::Waived => {
            write!(output, "{space}<a class=\"{class}{faulty}\" id=\"s{id}\" href=\"#n{id}\">{text}</a>")
        }
    }
}

/// Ends a paragraph with what is said of its sentences.
fn close(page: &DocumentPage<'_>, notes: &mut Vec<&CoveredSentence>, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "</p>")?;
    let said: Vec<&CoveredSentence> =
        notes.drain(..).filter(|sentence| sentence.state() != SentenceState::Open).collect();
    if !said.is_empty() {
        writeln!(output, "<ul>")?;
        said.into_iter().try_for_each(|sentence| write_note(page, sentence, output))?;
        writeln!(output, "</ul>")?;
    }
    writeln!(output, "</section>")
}

fn write_note(page: &DocumentPage<'_>, sentence: &CoveredSentence, output: &mut dyn Write) -> io::Result<()> {
    let id = id(page, sentence);
    let short = beginning(&page.document.text(sentence));
    write!(output, "<li id=\"n{id}\" tabindex=\"-1\"><a class=\"back\" href=\"#s{id}\">{}</a>", escaped(&short))?;
    for block in sentence.claims.iter().chain(&sentence.waivers) {
        let (name, file, line) = page.covering.block(*block);
        let title = says(page.covering.corpus, *block);
        write!(output, "<div><code>{}</code> {} ", escaped(&name), escaped(title))?;
        write!(output, "<small>{}:{line}</small>", escaped(file))?;
        for finding in page.found.get(block).into_iter().flatten() {
            let level = finding.severity.as_str();
            let message = escaped(&finding.diagnostic.message);
            write!(output, "<p class=\"finding\">{level} {}: {message}</p>", escaped(&finding.rule))?;
        }
        write!(output, "</div>")?;
    }
    writeln!(output, "</li>")
}

/// The first words of a sentence, with a mark if there are more.
fn beginning(text: &str) -> String {
    match text.match_indices(' ').nth(5) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The number of a sentence on the page.
fn id(page: &DocumentPage<'_>, sentence: &CoveredSentence) -> String {
    format!("{}-{}", page.number, sentence.bytes.start)
}

fn faults<'a>(page: &DocumentPage<'a>, sentence: &CoveredSentence) -> Vec<&'a Finding> {
    let blocks = sentence.claims.iter().chain(&sentence.waivers);
    blocks.filter_map(|block| page.found.get(block)).flatten().copied().collect()
}

/// The findings by the outermost block in which their primary place lies.
fn findings<'a>(covering: &ProjectCoverage<'a>) -> FindingsByBlock<'a> {
    let corpus = covering.corpus;
    let place = |block: BlockId| corpus.block(block).whole();
    let mut outermost: Vec<BlockId> =
        corpus.block_ids().filter(|block| corpus.block(*block).outer().is_none()).collect();
    outermost.sort_by_key(|block| (place(*block).source, place(*block).start));
    let mut found = FindingsByBlock::new();
    for finding in covering.findings.iter().filter(|finding| finding.severity >= Severity::Info) {
        let at = finding.diagnostic.primary.span;
        let next =
            outermost.partition_point(|block| (place(*block).source, place(*block).start) <= (at.source, at.start));
        let before = next.checked_sub(1).map(|number| outermost[number]);
        if let Some(block) = before.filter(|block| place(*block).source == at.source && at.start < place(*block).end) {
            found.entry(block).or_default().push(finding);
        }
    }
    found
}

/// How much is covered, as a bar and in words.
fn bar(tally: CoverageTally) -> String {
    let part = |count: usize| 100.0 * count as f64 / tally.sentences().max(1) as f64;
    let CoverageTally { claimed, waived, open } = tally;
    format!(
        "<div class=\"bar\" aria-hidden=\"true\"><i class=\"claimed\" style=\"width:{:.2}%\"></i><i class=\"waived\" \
         style=\"width:{:.2}%\"></i></div>\n<p><strong>{} %</strong> of {} sentences: {claimed} claimed, {waived} waived, \
         {open} open</p>",
        part(claimed),
        part(waived),
        percent(tally),
        tally.sentences()
    )
}

/// Text that is text on the page, whatever stands in it.
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for letter in harmless(text).chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
