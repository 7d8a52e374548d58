//! The findings under a heading for each file, aligned, for people who work file by file.

use std::io::{self, Write};

use super::several;
use crate::report::common::group::by_file;
use crate::report::common::guard::disarm;
use crate::report::common::style::{Style, Tone};
use crate::report::common::{closing, headline};
use crate::report::{Report, RunReport};
use crate::rule::Finding;
use crate::text::Source;

/// Writes the report.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let style = &style.bounded();
    findings(report, style, out)?;
    closing::write(report, style, out)
}

/// Writes the report on several projects.
pub(crate) fn write_several(run: &RunReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    several::write(run, &style.bounded(), findings, out)
}

fn findings(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let (shown, _) = report.shown(style);
    for (id, findings) in by_file(shown) {
        let source = report.sources.get(id);
        let rows: Vec<FindingRow> = findings.into_iter().map(|finding| FindingRow::new(source, finding)).collect();
        writeln!(out, "{}", style.opening(source.name()))?;
        ColumnWidths::new(&rows).write(&rows, style, out)?;
        writeln!(out)?;
    }
    Ok(())
}

/// A finding under the heading of its file.
struct FindingRow<'a> {
    finding: &'a Finding,
    place: String,
    code: String,
}

/// How wide the columns of a file are.
struct ColumnWidths {
    place: usize,
    severity: usize,
    code: usize,
}

impl<'a> FindingRow<'a> {
    fn new(source: &Source, finding: &'a Finding) -> FindingRow<'a> {
        let at = source.position(finding.diagnostic.primary.span.start);
        FindingRow { finding, place: format!("{}:{}", at.line, at.column), code: headline::code(finding).to_string() }
    }
}

impl ColumnWidths {
    fn new(rows: &[FindingRow<'_>]) -> ColumnWidths {
        let widest = |width: fn(&FindingRow<'_>) -> usize| rows.iter().map(width).max().unwrap_or_default();
        ColumnWidths {
            place: widest(|row| row.place.len()),
            severity: widest(|row| row.finding.severity.as_str().len()),
            code: widest(|row| row.code.chars().count()),
        }
    }

    fn write(&self, rows: &[FindingRow<'_>], style: &Style, out: &mut dyn Write) -> io::Result<()> {
        rows.iter().try_for_each(|row| writeln!(out, "{}", disarm(&self.line(row, style))))
    }

    /// Where it is, how much it weighs, which rule; then what is wrong, and beneath it what to do.
    fn line(&self, row: &FindingRow<'_>, style: &Style) -> String {
        let severity = row.finding.severity;
        let indent = 2 + self.place + 2 + self.severity + 2 + self.code + 2;
        let word = style.paint(Tone::Severity(severity), &format!("{:1$}", severity.as_str(), self.severity));
        let opening = format!("  {}  {word}  {}", right(&row.place, self.place), left(&row.code, self.code));
        let mut lines = vec![format!("{opening}  {}", style.wrap(&headline::message(row.finding), indent, indent))];
        for (word, text) in headline::advice(row.finding) {
            let start = indent + word.len() + 2;
            let advice = style.wrap(&text, start, start);
            lines.push(format!("{}{} {advice}", blank(indent), style.paint(Tone::Advice, &format!("{word}:"))));
        }
        lines.join("\n")
    }
}

fn right(text: &str, width: usize) -> String {
    format!("{}{text}", blank(width.saturating_sub(text.chars().count())))
}

fn left(text: &str, width: usize) -> String {
    format!("{text}{}", blank(width.saturating_sub(text.chars().count())))
}

/// Blanks, made without a width in a format string: those may not be wider than 65,535.
fn blank(width: usize) -> String {
    " ".repeat(width)
}
