//! The diagnostic format of reviewdog, whose columns count bytes of UTF-8.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Fix, Label, Safety, Severity};
use crate::report::common::guard::disarm_json;
use crate::report::common::headline;
use crate::report::common::location::Location;
use crate::report::common::style::Style;
use crate::report::{Report, RunReport};
use crate::rule::Finding;
use crate::text::{self, Sanitized, Source, Sources, Span};

/// Writes the report, and all of it.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let diagnostic = |finding| RdjsonDiagnostic::new(report.sources, style, finding);
    write_diagnostics(worst(report.findings), report.findings.iter().map(diagnostic).collect(), out)
}

/// Writes the report on several projects.
pub(crate) fn write_several(run: &RunReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let diagnostic = |(at, finding): (usize, _)| {
        let project = &run.projects[at];
        RdjsonDiagnostic::new(project.report.sources, &project.style(style), finding)
    };
    let worst = worst(run.numbered().map(|(_, finding)| finding));
    write_diagnostics(worst, run.numbered().map(diagnostic).collect(), out)
}

fn write_diagnostics(
    severity: Option<&'static str>,
    diagnostics: Vec<RdjsonDiagnostic>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let source = RdjsonTool { name: env!("CARGO_PKG_NAME") };
    let document = RdjsonReport { source, severity, diagnostics };
    writeln!(out, "{}", disarm_json(&serde_json::to_string_pretty(&document)?))
}

#[derive(Serialize)]
struct RdjsonReport {
    source: RdjsonTool,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<&'static str>,
    diagnostics: Vec<RdjsonDiagnostic>,
}

#[derive(Serialize)]
struct RdjsonTool {
    name: &'static str,
}

#[derive(Serialize)]
struct RdjsonDiagnostic {
    message: String,
    location: RdjsonLocation,
    severity: &'static str,
    code: RdjsonCode,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

/// Other text in the place of some, in the file of the diagnostic.
#[derive(Serialize)]
struct Suggestion {
    range: RdjsonRange,
    text: String,
}

#[derive(Serialize)]
struct RdjsonCode {
    value: String,
}

#[derive(Serialize)]
struct Related {
    message: String,
    location: RdjsonLocation,
}

#[derive(Serialize)]
struct RdjsonLocation {
    path: String,
    range: RdjsonRange,
}

#[derive(Serialize)]
struct RdjsonRange {
    start: RdjsonPosition,
    end: RdjsonPosition,
}

#[derive(Serialize)]
struct RdjsonPosition {
    line: u32,
    column: u32,
}

impl RdjsonDiagnostic {
    fn new(sources: &Sources, style: &Style, finding: &Finding) -> RdjsonDiagnostic {
        let diagnostic = &finding.diagnostic;
        RdjsonDiagnostic {
            message: headline::lines(finding).collect::<Vec<_>>().join("\n"),
            location: RdjsonLocation::new(sources, style, diagnostic.primary.span),
            severity: severity(headline::weight(finding)),
            code: RdjsonCode { value: headline::rule(finding).to_string() },
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
    offered.map(|edit| Suggestion { range: RdjsonRange::of(sources, edit.at), text: edit.text.clone() }).collect()
}

impl Related {
    fn new(sources: &Sources, style: &Style, label: &Label) -> Related {
        let message = Sanitized::line(&label.text).to_string();
        Related { message, location: RdjsonLocation::new(sources, style, label.span) }
    }
}

impl RdjsonLocation {
    fn new(sources: &Sources, style: &Style, span: Span) -> RdjsonLocation {
        RdjsonLocation { path: style.file(sources.get(span.source).name()), range: RdjsonRange::of(sources, span) }
    }
}

impl RdjsonRange {
    fn of(sources: &Sources, span: Span) -> RdjsonRange {
        let Location { source, start, end } = Location::of(sources, span);
        RdjsonRange { start: RdjsonPosition::new(source, start), end: RdjsonPosition::new(source, end) }
    }
}

impl RdjsonPosition {
    fn new(source: &Source, at: text::Position) -> RdjsonPosition {
        RdjsonPosition { line: at.line, column: at.byte - source.line(at.line).0 + 1 }
    }
}

/// The weight of the whole, if there is anything to weigh.
fn worst<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Option<&'static str> {
    findings.into_iter().map(headline::weight).max().map(severity)
}

fn severity(of: Severity) -> &'static str {
    match of {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    }
}
