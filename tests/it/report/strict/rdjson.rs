//! The format of reviewdog, with the fields that its protocol has and no others.

use recte::report::Report;
use recte::text::Source;
use serde::Deserialize;

use super::{assert_no_commands, place, said};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    source: Tool,
    severity: Option<Severity>,
    diagnostics: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tool {
    name: String,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Severity {
    Error,
    Warning,
    Info,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    message: String,
    location: Location,
    severity: Severity,
    code: Code,
    #[serde(default)]
    related_locations: Vec<Related>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Related {
    #[serde(rename = "message")]
    _message: String,
    #[serde(rename = "location")]
    _location: Location,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Location {
    path: String,
    range: Range,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    line: u32,
    column: u32,
}

/// How many diagnostics a report has.
pub(super) fn diagnostics(text: &str) -> usize {
    assert_no_commands(text);
    let document: Document = serde_json::from_str(text).expect("the report is of reviewdog");
    assert_eq!(document.severity.is_some(), !document.diagnostics.is_empty());
    document.diagnostics.len()
}

pub(super) fn read(report: &Report<'_>, text: &str) {
    assert_no_commands(text);
    let document: Document = serde_json::from_str(text).expect("the report is of reviewdog");
    assert_eq!(document.source.name, "recte");
    assert_eq!(document.severity.is_some(), !report.findings.is_empty());
    assert_eq!(document.diagnostics.len(), report.findings.len());
    for (entry, finding) in document.diagnostics.iter().zip(report.findings) {
        let (source, [start, end]) = place(report, finding);
        assert_eq!(entry.message, said(finding).join("\n"));
        // What is silenced fails nothing, and must not look as if it did.
        let weight = if finding.suppressed.is_some() { "info" } else { finding.severity.as_str() };
        assert_eq!(format!("{:?}", entry.severity).to_lowercase(), weight);
        assert!(!entry.code.value.is_empty());
        assert_eq!(entry.location.path, source.name());
        assert_eq!(entry.related_locations.len(), finding.diagnostic.labels.len());
        let range = &entry.location.range;
        assert_eq!([byte(source, &range.start), byte(source, &range.end)], [start.byte, end.byte]);
    }
}

/// The byte that a column in bytes stands for.
fn byte(source: &Source, position: &Position) -> u32 {
    source.line(position.line).0 + position.column - 1
}
