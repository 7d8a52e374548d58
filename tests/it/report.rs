//! Reports on findings, in every format: what all tests of them share.

mod documented;
mod hostile;
mod limits;
mod ordinary;
mod places;
mod programs;
mod several;
mod strict;

use std::sync::{Arc, LazyLock};

use recte::diagnostic::{Code, Diagnostic, Severity};
use recte::project::ProjectContext;
use recte::report::{ALL, Report, Style, Summary};
use recte::rule::{Finding, Fingerprint, Gate, RuleSet};
use recte::text::{SourceId, Sources, Span};

const PLAIN: Style = Style::plain();

/// What fails a run unless it is told otherwise.
const GATE: Gate = Gate { fail_on: Severity::Error, apart: None };

fn finding(severity: Severity, rule: &str, diagnostic: Diagnostic) -> Finding {
    let fingerprint = Fingerprint::new(&diagnostic.code, &diagnostic.identity);
    let (rule, category) = (rule.to_owned(), "citation".to_owned());
    Finding { rule, severity, category, diagnostic, fingerprint, suppressed: None }
}

fn report<'a>(sources: &'a Sources, findings: &'a [Finding]) -> Report<'a> {
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, infos) = (of(Severity::Error), of(Severity::Warning), of(Severity::Info));
    let summary = Summary { files: 2, claims: 5, rules: 40, errors, warnings, infos, ..Summary::default() };
    static RULES: LazyLock<Arc<RuleSet>> = LazyLock::new(|| ProjectContext::builtin().rules);
    Report { findings, excused: &[], rules: &RULES, gate: GATE, sources, summary, date: "2026-11-23".to_owned() }
}

fn write(format: &str, report: &Report<'_>, style: &Style) -> String {
    let format = ALL.iter().find(|row| row.name == format).expect("the format is in the table");
    let mut bytes = Vec::new();
    (format.write)(report, style, &mut bytes).expect("memory takes every byte");
    String::from_utf8(bytes).expect("a report is UTF-8")
}

/// The full report, after every format has been held against what it promises.
fn check(sources: &Sources, findings: &[Finding]) -> String {
    let report = report(sources, findings);
    strict::hold(&report);
    write("full", &report, &PLAIN)
}

/// One finding at `start..end` of a text, in full, without the closing lines.
fn one(text: &str, start: usize, end: usize) -> String {
    let mut sources = Sources::new();
    let id = sources.add("port.claims", text);
    let diagnostic = Diagnostic::new(Code::native("CL0001"), "something is missing", span(id, start, end)).here("here");
    let drawn = check(&sources, &[finding(Severity::Error, "syntax-error", diagnostic)]);
    drawn.split_once("\n\n").expect("a finding ends with an empty line").0.to_owned()
}

fn span(id: SourceId, start: usize, end: usize) -> Span {
    Span::new(id, start as u32, end as u32)
}
