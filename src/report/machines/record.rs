//! What the JSON formats say of a run and of a finding; nothing is cut or replaced.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::{self, Label, Safety, Severity};
use crate::report::common::location::Location;
use crate::report::{RunReport, Summary};
use crate::rule::Finding;
use crate::text::{self, Sources, Span};

/// The version of both formats: additions keep it.
pub(crate) const VERSION: u32 = 1;

/// The version of both where they report on several projects.
pub(crate) const VERSION_OF_SEVERAL: u32 = 2;

/// The program that wrote a report.
#[derive(Serialize)]
pub(crate) struct ToolRecord {
    name: &'static str,
    version: &'static str,
}

/// The summary of a run.
#[derive(Serialize)]
pub(crate) struct Totals<'a> {
    files: usize,
    claims: usize,
    rules: usize,
    findings: BTreeMap<&'static str, usize>,
    hidden: BTreeMap<&'static str, usize>,
    withheld: Vec<WithheldRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stale: Option<usize>,
}

/// The counts of all projects together.
#[derive(Serialize)]
pub(crate) struct RunTotals {
    projects: usize,
    files: usize,
    claims: usize,
    findings: BTreeMap<&'static str, usize>,
    hidden: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct WithheldRecord<'a> {
    what: &'static str,
    name: &'a str,
    path: &'a str,
    line: u32,
}

/// A finding.
#[derive(Serialize)]
pub(crate) struct FindingRecord<'a> {
    code: &'a str,
    name: &'a str,
    category: &'a str,
    severity: Severity,
    message: &'a str,
    #[serde(flatten)]
    place: PlaceRecord<'a>,
    labels: Vec<Remark<'a>>,
    steps: Vec<Remark<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    members: Vec<MemberRecord<'a>>,
    help: Option<&'a str>,
    fingerprint: &'a str,
    fixes: Vec<FixRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<Suppressed<'a>>,
}

#[derive(Serialize)]
struct PlaceRecord<'a> {
    path: &'a str,
    start: PositionRecord,
    end: PositionRecord,
}

#[derive(Serialize)]
struct PositionRecord {
    line: u32,
    column: u32,
    byte: u32,
}

#[derive(Serialize)]
struct Remark<'a> {
    #[serde(flatten)]
    place: PlaceRecord<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct MemberRecord<'a> {
    id: &'a str,
    #[serde(flatten)]
    place: PlaceRecord<'a>,
}

#[derive(Serialize)]
struct FixRecord<'a> {
    title: &'a str,
    safety: Safety,
    edits: Vec<EditRecord<'a>>,
}

#[derive(Serialize)]
struct EditRecord<'a> {
    #[serde(flatten)]
    place: PlaceRecord<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Suppressed<'a> {
    by: &'a str,
    reason: &'a str,
}

impl ToolRecord {
    /// This program.
    pub(crate) const THIS: ToolRecord = ToolRecord { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
}

impl<'a> Totals<'a> {
    /// The counts, without the time: the same input gives the same bytes.
    pub(crate) fn new(summary: &'a Summary) -> Totals<'a> {
        let withheld = summary.withheld.iter();
        Totals {
            files: summary.files,
            claims: summary.claims,
            rules: summary.rules,
            findings: by_severity(summary),
            hidden: by_reason(summary),
            withheld: withheld
                .map(|it| WithheldRecord { what: it.what.as_str(), name: &it.name, path: &it.path, line: it.line })
                .collect(),
            stale: summary.stale,
        }
    }
}

impl RunTotals {
    /// The counts, without the time: the same input gives the same bytes.
    pub(crate) fn new(run: &RunReport<'_>) -> RunTotals {
        let total = run.total();
        RunTotals {
            projects: run.projects.len(),
            files: total.files,
            claims: total.claims,
            findings: by_severity(&total),
            hidden: by_reason(&total),
        }
    }
}

fn by_severity(summary: &Summary) -> BTreeMap<&'static str, usize> {
    Severity::ALL.map(|severity| (severity.as_str(), summary.of(severity))).into()
}

fn by_reason(summary: &Summary) -> BTreeMap<&'static str, usize> {
    summary.hidden.iter().map(|(hidden, count)| (hidden.as_str(), *count)).collect()
}

impl<'a> FindingRecord<'a> {
    /// A finding, with all that is known of it.
    pub(crate) fn new(sources: &'a Sources, finding: &'a Finding) -> FindingRecord<'a> {
        let diagnostic = &finding.diagnostic;
        let primary = Some(&diagnostic.primary).filter(|primary| !primary.text.is_empty());
        let labels = primary.into_iter().chain(&diagnostic.labels);
        FindingRecord {
            code: diagnostic.code.as_str(),
            name: &finding.rule,
            category: &finding.category,
            severity: finding.severity,
            message: &diagnostic.message,
            place: PlaceRecord::new(sources, diagnostic.primary.span),
            labels: labels.map(|label| Remark::new(sources, label)).collect(),
            steps: diagnostic.flow.iter().map(|step| Remark::new(sources, step)).collect(),
            members: diagnostic.members().iter().map(|member| MemberRecord::new(sources, member)).collect(),
            help: diagnostic.help.as_deref(),
            fingerprint: finding.fingerprint.as_str(),
            fixes: diagnostic.fixes.iter().map(|fix| FixRecord::new(sources, fix)).collect(),
            suppressed: finding.suppressed.as_ref().map(|it| Suppressed { by: it.by.as_str(), reason: &it.reason }),
        }
    }
}

impl<'a> PlaceRecord<'a> {
    fn new(sources: &'a Sources, span: Span) -> PlaceRecord<'a> {
        let Location { source, start, end } = Location::of(sources, span);
        PlaceRecord { path: source.name(), start: start.into(), end: end.into() }
    }
}

impl From<text::Position> for PositionRecord {
    fn from(at: text::Position) -> PositionRecord {
        PositionRecord { line: at.line, column: at.column, byte: at.byte }
    }
}

impl<'a> FixRecord<'a> {
    fn new(sources: &'a Sources, fix: &'a diagnostic::Fix) -> FixRecord<'a> {
        let edit =
            |edit: &'a diagnostic::TextEdit| EditRecord { place: PlaceRecord::new(sources, edit.at), text: &edit.text };
        FixRecord { title: &fix.title, safety: fix.safety, edits: fix.edits.iter().map(edit).collect() }
    }
}

impl<'a> MemberRecord<'a> {
    fn new(sources: &'a Sources, member: &'a diagnostic::GroupMember) -> MemberRecord<'a> {
        MemberRecord { id: &member.id, place: PlaceRecord::new(sources, member.at) }
    }
}

impl<'a> Remark<'a> {
    fn new(sources: &'a Sources, label: &'a Label) -> Remark<'a> {
        Remark { place: PlaceRecord::new(sources, label.span), text: &label.text }
    }
}
