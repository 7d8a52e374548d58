//! What the JSON formats say of a run and of a finding; nothing is cut or replaced.

use std::collections::BTreeMap;

use serde::Serialize;

use super::location::Location;
use crate::diagnostic::{self, Label, Safety, Severity};
use crate::report::Summary;
use crate::rule::Finding;
use crate::text::{self, Sources, Span};

/// The version of both formats: additions keep it.
pub(crate) const VERSION: u32 = 1;

/// The program that wrote a report.
#[derive(Serialize)]
pub(crate) struct Tool {
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
    withheld: Vec<Withheld<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stale: Option<usize>,
}

#[derive(Serialize)]
struct Withheld<'a> {
    what: &'static str,
    name: &'a str,
    path: &'a str,
    line: u32,
}

/// A finding.
#[derive(Serialize)]
pub(crate) struct Entry<'a> {
    code: &'a str,
    name: &'a str,
    category: &'a str,
    severity: Severity,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    labels: Vec<Remark<'a>>,
    steps: Vec<Remark<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    members: Vec<Member<'a>>,
    help: Option<&'a str>,
    fingerprint: &'a str,
    fixes: Vec<Fix<'a>>,
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
struct Member<'a> {
    id: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    safety: Safety,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Suppressed<'a> {
    by: &'a str,
    reason: &'a str,
}

impl Tool {
    /// This program.
    pub(crate) const THIS: Tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
}

impl<'a> Totals<'a> {
    /// The counts, without the time: the same input gives the same bytes.
    pub(crate) fn new(summary: &'a Summary) -> Totals<'a> {
        let withheld = summary.withheld.iter();
        Totals {
            files: summary.files,
            claims: summary.claims,
            rules: summary.rules,
            findings: Severity::ALL.map(|severity| (severity.as_str(), summary.of(severity))).into(),
            hidden: summary.hidden.iter().map(|(hidden, count)| (hidden.as_str(), *count)).collect(),
            withheld: withheld
                .map(|it| Withheld { what: it.what.as_str(), name: &it.name, path: &it.path, line: it.line })
                .collect(),
            stale: summary.stale,
        }
    }
}

impl<'a> Entry<'a> {
    /// A finding, with all that is known of it.
    pub(crate) fn new(sources: &'a Sources, finding: &'a Finding) -> Entry<'a> {
        let diagnostic = &finding.diagnostic;
        let primary = Some(&diagnostic.primary).filter(|primary| !primary.text.is_empty());
        let labels = primary.into_iter().chain(&diagnostic.labels);
        Entry {
            code: diagnostic.code.as_str(),
            name: &finding.rule,
            category: &finding.category,
            severity: finding.severity,
            message: &diagnostic.message,
            place: Place::new(sources, diagnostic.primary.span),
            labels: labels.map(|label| Remark::new(sources, label)).collect(),
            steps: diagnostic.flow.iter().map(|step| Remark::new(sources, step)).collect(),
            members: diagnostic.members().iter().map(|member| Member::new(sources, member)).collect(),
            help: diagnostic.help.as_deref(),
            fingerprint: finding.fingerprint.as_str(),
            fixes: diagnostic.fixes.iter().map(|fix| Fix::new(sources, fix)).collect(),
            suppressed: finding.suppressed.as_ref().map(|it| Suppressed { by: it.by.as_str(), reason: &it.reason }),
        }
    }
}

impl<'a> Place<'a> {
    fn new(sources: &'a Sources, span: Span) -> Place<'a> {
        let Location { source, start, end } = Location::of(sources, span);
        Place { path: source.name(), start: start.into(), end: end.into() }
    }
}

impl From<text::Position> for Position {
    fn from(at: text::Position) -> Position {
        Position { line: at.line, column: at.column, byte: at.byte }
    }
}

impl<'a> Fix<'a> {
    fn new(sources: &'a Sources, fix: &'a diagnostic::Fix) -> Fix<'a> {
        let edit = |edit: &'a diagnostic::TextEdit| Edit { place: Place::new(sources, edit.at), text: &edit.text };
        Fix { title: &fix.title, safety: fix.safety, edits: fix.edits.iter().map(edit).collect() }
    }
}

impl<'a> Member<'a> {
    fn new(sources: &'a Sources, member: &'a diagnostic::GroupMember) -> Member<'a> {
        Member { id: &member.id, place: Place::new(sources, member.at) }
    }
}

impl<'a> Remark<'a> {
    fn new(sources: &'a Sources, label: &'a Label) -> Remark<'a> {
        Remark { place: Place::new(sources, label.span), text: &label.text }
    }
}
