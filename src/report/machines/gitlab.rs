//! Code quality as GitLab reads it: a list of findings, each with a fingerprint of its own.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::report::common::guard::disarm_json;
use crate::report::common::headline;
use crate::report::common::location::Location;
use crate::report::common::style::Style;
use crate::report::{Report, RunReport};
use crate::rule::Finding;

/// Writes the report, and all of it.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let issue = |finding| GitlabIssue::new(report, style, finding);
    write_issues(&report.findings.iter().map(issue).collect::<Vec<_>>(), out)
}

/// Writes the report on several projects. GitLab finds the files from the root of the repository, and similar findings of
/// different projects differ in their fingerprints.
pub(crate) fn write_several(run: &RunReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let issue = |(at, finding): (usize, _)| {
        let project = &run.projects[at];
        let issue = GitlabIssue::new(&project.report, &project.style_inside(style), finding);
        GitlabIssue { fingerprint: project.fingerprint(finding), ..issue }
    };
    write_issues(&run.numbered().map(issue).collect::<Vec<_>>(), out)
}

fn write_issues(findings: &[GitlabIssue], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", disarm_json(&serde_json::to_string_pretty(findings)?))
}

#[derive(Serialize)]
struct GitlabIssue {
    description: String,
    check_name: String,
    fingerprint: String,
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

impl GitlabIssue {
    fn new(report: &Report<'_>, style: &Style, finding: &Finding) -> GitlabIssue {
        let location = Location::primary(report, finding);
        GitlabIssue {
            description: headline::lines(finding).collect::<Vec<_>>().join("; "),
            check_name: headline::rule(finding).to_string(),
            fingerprint: finding.fingerprint.to_string(),
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
