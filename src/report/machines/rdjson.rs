//! The diagnostic format of reviewdog, whose columns count bytes of UTF-8.

use std::io::{self, Write};

use serde::Serialize;

use super::guard::disarm_json;
use super::location::Location;
use crate::diagnostic::{Fix, Label, Safety, Severity};
use crate::report::Report;
use crate::report::people::headline;
use crate::report::people::style::Style;
use crate::rule::Finding;
use crate::text::{self, Sanitized, Source, Sources, Span};

/// Writes the report, and all of it.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let diagnostics = report.findings.iter().map(|finding| Entry::new(report.sources, style, finding)).collect();
    let document = Document { source: Tool { name: env!("CARGO_PKG_NAME") }, severity: worst(report), diagnostics };
    writeln!(out, "{}", disarm_json(&serde_json::to_string_pretty(&document)?))
}

#[derive(Serialize)]
struct Document {
    source: Tool,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<&'static str>,
    diagnostics: Vec<Entry>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
}

#[derive(Serialize)]
struct Entry {
    message: String,
    location: Place,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

/// Other text in the place of some, in the file of the diagnostic.
#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct Code {
    value: String,
}

#[derive(Serialize)]
struct Related {
    message: String,
    location: Place,
}

#[derive(Serialize)]
struct Place {
    path: String,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

impl Entry {
    fn new(sources: &Sources, style: &Style, finding: &Finding) -> Entry {
        let diagnostic = &finding.diagnostic;
        Entry {
            message: headline::lines(finding).collect::<Vec<_>>().join("\n"),
            location: Place::new(sources, style, diagnostic.primary.span),
            severity: severity(headline::weight(finding)),
            code: Code { value: headline::rule(finding).to_string() },
            related_locations: diagnostic.labels.iter().map(|label| Related::new(sources, style, label)).collect(),
            suggestions: diagnostic
                .fixes
                .iter()
                .flat_map(|fix| suggestions(sources, fix, diagnostic.primary.span))
                .collect(),
        }
    }
}

/// The edits of a fix; none where somebody must decide, and none that would change another file as well.
fn suggestions(sources: &Sources, fix: &Fix, primary: Span) -> Vec<Suggestion> {
    let here = fix.edits.iter().all(|edit| edit.at.source == primary.source);
    let offered = fix.edits.iter().filter(|_| here && fix.safety != Safety::Shown);
    offered.map(|edit| Suggestion { range: Range::of(sources, edit.at), text: edit.text.clone() }).collect()
}

impl Related {
    fn new(sources: &Sources, style: &Style, label: &Label) -> Related {
        let message = Sanitized::line(&label.text).to_string();
        Related { message, location: Place::new(sources, style, label.span) }
    }
}

impl Place {
    fn new(sources: &Sources, style: &Style, span: Span) -> Place {
        Place { path: style.file(sources.get(span.source).name()), range: Range::of(sources, span) }
    }
}

impl Range {
    fn of(sources: &Sources, span: Span) -> Range {
        let Location { source, start, end } = Location::of(sources, span);
        Range { start: Position::new(source, start), end: Position::new(source, end) }
    }
}

impl Position {
    fn new(source: &Source, at: text::Position) -> Position {
        Position { line: at.line, column: at.byte - source.line(at.line).0 + 1 }
    }
}

/// The weight of the whole, if there is anything to weigh.
fn worst(report: &Report<'_>) -> Option<&'static str> {
    report.findings.iter().map(headline::weight).max().map(severity)
}

fn severity(of: Severity) -> &'static str {
    match of {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    }
}
