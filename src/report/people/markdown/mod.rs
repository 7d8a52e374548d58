//! The report for a review comment or the summary of a job: a verdict, then the findings by file.

mod escape;
mod several;

use std::io::{self, Write};

use crate::report::Report;
use crate::report::common::facts::{RunFact, count, extent, facts, heaviest, outcome};
use crate::report::common::group::by_file;
use crate::report::common::location::Location;
use crate::report::common::style::Style;
use crate::report::common::{headline, select};
use crate::rule::Finding;
use escape::escape;
pub(crate) use several::write_several;

/// The most bytes that the findings take: GitHub takes 65,536 characters for a comment.
const FINDINGS: usize = 44_000;

/// The most bytes that all facts together take.
const FACTS: usize = 18_000;

/// The most bytes that one text of a finding takes.
const TEXT: usize = 2_000;

/// From how many findings on they are folded.
const MANY: usize = 10;

/// Writes the report.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### recte: {}\n", outcome(&report.summary))?;
    writeln!(out, "Checked {}.", extent(&report.summary))?;
    if !report.is_complete() {
        writeln!(out, "**A part of the input could not be checked.**")?;
    }
    write_facts(report, style, &mut FACTS.clone(), out)?;
    let (shown, _) = report.shown(style);
    let kept = select::heaviest(&shown, FINDINGS, |finding| FindingItem { report, style, finding }.cost());
    write_findings(report, style, &kept, out)?;
    if let Some(code) = heaviest(report) {
        writeln!(out, "\nNext: recte explain {}", text(code.as_str()))?;
    }
    Ok(())
}

/// The facts, one to a line: they come first, for what is withheld must not be overlooked.
fn write_facts(report: &Report<'_>, style: &Style, room: &mut usize, out: &mut dyn Write) -> io::Result<()> {
    for RunFact { word, text } in facts(report, style) {
        let text = escape(text.as_str(), *room);
        *room = room.saturating_sub(text.len());
        writeln!(out, "\n**{word}:** {text}")?;
    }
    Ok(())
}

fn write_findings(report: &Report<'_>, style: &Style, kept: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
    let folded = kept.len() > MANY;
    if folded {
        writeln!(out, "\n<details><summary>{} by file</summary>", count(kept.len(), "finding"))?;
    }
    for (source, findings) in by_file(kept.iter().copied()) {
        writeln!(out, "\n**{}**\n", name(style, report.sources.get(source).name()))?;
        for finding in findings {
            writeln!(out, "{}", FindingItem { report, style, finding }.text())?;
        }
    }
    if folded {
        writeln!(out, "\n</details>")?;
    }
    let rest = report.findings.len() - kept.len();
    if rest > 0 { writeln!(out, "\nand {}", count(rest, "more finding")) } else { Ok(()) }
}

/// A finding as an item of a list.
struct FindingItem<'a> {
    report: &'a Report<'a>,
    style: &'a Style,
    finding: &'a Finding,
}

impl FindingItem<'_> {
    /// One line, so that no text stands where a line begins.
    fn text(&self) -> String {
        let at = Location::primary(self.report, self.finding).start;
        let rule = text(headline::rule(self.finding).as_str());
        let lines: String = headline::lines(self.finding).map(|line| format!("<br>{}", text(&line))).collect();
        format!("- {}:{} **{}** {rule}{lines}", at.line, at.column, self.finding.severity)
    }

    /// The most that the item and the name of its file take.
    fn cost(&self) -> usize {
        let source = self.report.sources.get(self.finding.diagnostic.primary.span.source);
        self.text().len() + name(self.style, source.name()).len() + "\n****\n\n\n".len()
    }
}

fn name(style: &Style, name: &str) -> String {
    text(style.path(name).as_str())
}

fn text(line: &str) -> String {
    escape(line, TEXT)
}
