//! The report for programs, as `docs/report.schema.json` describes it; nothing is cut or replaced.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::guard::disarm_json;
use super::style::Style;
use super::{Report, Summary};
use crate::diagnostic::{Label, Severity};
use crate::rule::Finding;
use crate::text::{Sources, Span};

/// The version of the format: additions keep it.
const VERSION: u32 = 1;

/// Writes the report, and all of it: no style touches it.
pub(super) fn write(report: &Report<'_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    let json = serde_json::to_string_pretty(&Document::new(report))?;
    writeln!(out, "{}", disarm_json(&json))
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    date: &'a str,
    summary: Totals,
    findings: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Totals {
    files: usize,
    claims: usize,
    rules: usize,
    findings: BTreeMap<&'static str, usize>,
    hidden: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    name: &'a str,
    severity: Severity,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    labels: Vec<Remark<'a>>,
    help: Option<&'a str>,
    fingerprint: &'a str,
    fixes: [(); 0],
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<Suppressed<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
    byte: u32,
}

#[derive(Serialize)]
struct Remark<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Suppressed<'a> {
    by: &'a str,
    reason: &'a str,
}

impl<'a> Document<'a> {
    fn new(report: &'a Report<'_>) -> Document<'a> {
        Document {
            version: VERSION,
            tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            date: &report.date,
            summary: Totals::new(&report.summary),
            findings: report.findings.iter().map(|finding| Entry::new(report.sources, finding)).collect(),
        }
    }
}

impl Totals {
    /// The counts, without the time: the same input gives the same bytes.
    fn new(summary: &Summary) -> Totals {
        Totals {
            files: summary.files,
            claims: summary.claims,
            rules: summary.rules,
            findings: Severity::ALL.map(|severity| (severity.as_str(), summary.of(severity))).into(),
            hidden: summary.hidden.iter().map(|(hidden, count)| (hidden.as_str(), *count)).collect(),
        }
    }
}

impl<'a> Entry<'a> {
    fn new(sources: &'a Sources, finding: &'a Finding) -> Entry<'a> {
        let diagnostic = &finding.diagnostic;
        let primary = Some(&diagnostic.primary).filter(|primary| !primary.text.is_empty());
        let labels = primary.into_iter().chain(&diagnostic.labels);
        Entry {
            code: diagnostic.code.as_str(),
            name: &finding.rule,
            severity: finding.severity,
            message: &diagnostic.message,
            place: Place::new(sources, diagnostic.primary.span),
            labels: labels.map(|label| Remark::new(sources, label)).collect(),
            help: diagnostic.help.as_deref(),
            fingerprint: finding.fingerprint.as_str(),
            fixes: [],
            suppressed: finding.suppressed.as_ref().map(|it| Suppressed { by: it.by.as_str(), reason: &it.reason }),
        }
    }
}

impl<'a> Place<'a> {
    fn new(sources: &'a Sources, span: Span) -> Place<'a> {
        let source = sources.get(span.source);
        let position = |byte| {
            let at = source.position(byte);
            Position { line: at.line, column: at.column, byte: at.byte }
        };
        Place { path: source.name(), start: position(span.start), end: position(span.end) }
    }
}

impl<'a> Remark<'a> {
    fn new(sources: &'a Sources, label: &'a Label) -> Remark<'a> {
        Remark { place: Place::new(sources, label.span), text: &label.text }
    }
}
