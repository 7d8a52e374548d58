//! Code quality as GitLab reads it: a list of findings, each with a fingerprint of its own.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::report::Report;
use crate::report::common::guard::disarm_json;
use crate::report::common::headline;
use crate::report::common::location::Location;
use crate::report::common::style::Style;
use crate::rule::Finding;

/// Writes the report, and all of it.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let findings: Vec<GitlabIssue<'_>> =
        report.findings.iter().map(|finding| GitlabIssue::new(report, style, finding)).collect();
    writeln!(out, "{}", disarm_json(&serde_json::to_string_pretty(&findings)?))
}

#[derive(Serialize)]
struct GitlabIssue<'a> {
    description: String,
    check_name: String,
    fingerprint: &'a str,
    severity: &'static str,
    location: GitlabLocation,
}

#[derive(Serialize)]
struct GitlabLocation {
    path: String,
    lines: GitlabLines,
}

#[derive(Serialize)]
struct GitlabLines {
    begin: u32,
    end: u32,
}

impl<'a> GitlabIssue<'a> {
    fn new(report: &Report<'_>, style: &Style, finding: &'a Finding) -> GitlabIssue<'a> {
        let location = Location::primary(report, finding);
        GitlabIssue {
            description: headline::lines(finding).collect::<Vec<_>>().join("; "),
            check_name: headline::rule(finding).to_string(),
            fingerprint: finding.fingerprint.as_str(),
            severity: severity(headline::weight(finding)),
            location: GitlabLocation {
                path: style.file(location.source.name()),
                lines: GitlabLines { begin: location.start.line, end: location.end.line },
            },
        }
    }
}

/// How GitLab calls it; "critical" and "blocker" are left to what endangers a running system.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}
