//! Code quality, with the fields that GitLab documents and no others.

use std::collections::BTreeSet;

use recte::report::Report;
use serde::Deserialize;

use super::{assert_no_commands, place, said};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: Severity,
    location: Location,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Severity {
    Info,
    Minor,
    Major,
    Critical,
    Blocker,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lines {
    begin: u32,
    end: u32,
}

/// The fingerprints of a report, each once.
pub(super) fn fingerprints(text: &str) -> BTreeSet<String> {
    assert_no_commands(text);
    let entries: Vec<Entry> = serde_json::from_str(text).expect("the report is code quality");
    entries.into_iter().map(|entry| entry.fingerprint).collect()
}

pub(super) fn read(report: &Report<'_>, text: &str) {
    assert_no_commands(text);
    let entries: Vec<Entry> = serde_json::from_str(text).expect("the report is code quality");
    assert_eq!(entries.len(), report.findings.len());
    for (entry, finding) in entries.iter().zip(report.findings) {
        let (source, [start, end]) = place(report, finding);
        assert_eq!(entry.description, said(finding).join("; "));
        assert!(!entry.check_name.is_empty());
        assert!(![Severity::Critical, Severity::Blocker].contains(&entry.severity));
        assert_eq!(entry.location.path, source.name());
        assert_eq!((entry.location.lines.begin, entry.location.lines.end), (start.line, end.line));
    }
    let read: BTreeSet<&str> = entries.iter().map(|entry| entry.fingerprint.as_str()).collect();
    let found: BTreeSet<&str> = report.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
    assert_eq!(read, found);
}
