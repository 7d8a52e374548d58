//! The report as JUnit writes it: a suite for each file, a test for each finding in it, failed where it fails the run,
//! and one test that always stands there, so that a clean run is not taken for none.

use std::io::{self, Write};

use super::xml::Xml;
use crate::report::Report;
use crate::report::common::group::by_file;
use crate::report::common::location::Location;
use crate::report::common::style::{Color, Style};
use crate::report::common::{closing, headline};
use crate::rule::{Finding, Gravity, Suppression};
use crate::text::Sanitized;

/// The test that passes if nothing was left unchecked.
const COMPLETE: &str = "everything was checked";

/// The most characters of a message in the name of a test, where no line is broken.
const LENGTH: usize = 160;

/// Writes the report, with what exceptions silence as skipped tests.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let all = || report.findings.iter().chain(report.excused);
    let mut total = Count::of(report, all());
    total.tests += 1;
    total.errors += usize::from(!report.is_complete());
    let mut xml = Xml::new(out)?;
    total.open("testsuites", env!("CARGO_PKG_NAME"), &mut xml)?;
    completeness(report, style, &mut xml)?;
    for (source, findings) in by_file(all()) {
        let file = style.file(report.sources.get(source).name());
        Count::of(report, findings.iter().copied()).open("testsuite", &file, &mut xml)?;
        findings.into_iter().try_for_each(|finding| TestCase { report, style, finding }.write(&file, &mut xml))?;
        xml.close("testsuite")?;
    }
    xml.close("testsuites")?;
    xml.end()
}

/// How the tests of a suite went.
#[derive(Default)]
struct Count {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Count {
    fn of<'a>(report: &Report<'_>, findings: impl Iterator<Item = &'a Finding>) -> Count {
        findings.fold(Count::default(), |count, finding| Count {
            tests: count.tests + 1,
            failures: count.failures + usize::from(report.gravity(finding) > Gravity::Passed),
            skipped: count.skipped + usize::from(finding.suppressed.is_some()),
            ..count
        })
    }

    fn open(&self, element: &str, name: &str, xml: &mut Xml<'_>) -> io::Result<()> {
        let numbers = [self.tests, self.failures, self.errors, self.skipped].map(|number| number.to_string());
        let [tests, failures, errors, skipped] = &numbers;
        let counts = [("tests", tests), ("failures", failures), ("errors", errors), ("skipped", skipped)];
        let attributes: Vec<(&str, &str)> =
            [("name", name)].into_iter().chain(counts.map(|(key, value)| (key, value.as_str()))).collect();
        xml.open(element, &attributes)
    }
}

/// The suite that is never missing, with the closing words of the run.
///
/// These stand in the suite, not in the test: GitLab looks for attachments in what a test prints.
fn completeness(report: &Report<'_>, style: &Style, xml: &mut Xml<'_>) -> io::Result<()> {
    let name = env!("CARGO_PKG_NAME");
    let errors = usize::from(!report.is_complete());
    Count { tests: 1, errors, ..Count::default() }.open("testsuite", name, xml)?;
    let test = [("classname", name), ("name", COMPLETE)];
    if report.is_complete() {
        xml.empty("testcase", &test)?;
    } else {
        xml.open("testcase", &test)?;
        let message = "a part of the input could not be checked; the findings say which";
        xml.text("error", &[("type", "unchecked"), ("message", message)], message)?;
        xml.close("testcase")?;
    }
    xml.text("system-out", &[], &closing_words(report, style)?)?;
    xml.close("testsuite")
}

/// The closing words, without what changes from run to run.
fn closing_words(report: &Report<'_>, style: &Style) -> io::Result<String> {
    let mut words = Vec::new();
    let plain = Style { color: Color::Plain, max: None, ..style.clone() };
    closing::write_timeless(report, &plain, &mut words)?;
    Ok(String::from_utf8_lossy(&words).trim_end().to_owned())
}

/// A finding that becomes a test.
struct TestCase<'a> {
    report: &'a Report<'a>,
    style: &'a Style,
    finding: &'a Finding,
}

impl TestCase<'_> {
    fn write(&self, file: &str, xml: &mut Xml<'_>) -> io::Result<()> {
        let line = Location::primary(self.report, self.finding).start.line.to_string();
        let (name, message) = (self.name(), &self.finding.diagnostic.message);
        xml.open("testcase", &[("classname", file), ("name", &name), ("file", file), ("line", &line)])?;
        match &self.finding.suppressed {
            None if self.report.gravity(self.finding) == Gravity::Passed => {
                xml.text("system-out", &[], &self.body())?;
            }
            None => {
                let attributes = [("type", self.finding.severity.as_str()), ("message", message.as_str())];
                xml.text("failure", &attributes, &self.body())?;
            }
            Some(Suppression { by, reason }) => {
                let reason = Sanitized::line(&format!("{}: {reason}", by.as_str()));
                xml.text("skipped", &[("message", reason.as_str())], reason.as_str())?;
            }
        }
        xml.close("testcase")
    }

    /// What is the same in the next run and different from all others: GitLab drops all but one of a name.
    fn name(&self) -> String {
        let message: String = self.finding.diagnostic.message.chars().take(LENGTH).collect();
        format!("{} {}: {message}", headline::rule(self.finding), self.finding.fingerprint)
    }

    /// What a person needs to resolve it.
    fn body(&self) -> String {
        let diagnostic = &self.finding.diagnostic;
        let first = format!("{}: {}", self.place(diagnostic.primary.span), self.finding.severity);
        let labels = diagnostic.labels.iter().filter(|label| !label.text.is_empty());
        let places = labels.map(|label| format!("{}: {}", self.place(label.span), Sanitized::line(&label.text)));
        [first].into_iter().chain(headline::lines(self.finding)).chain(places).collect::<Vec<_>>().join("\n")
    }

    fn place(&self, span: crate::text::Span) -> String {
        let Location { source, start, .. } = Location::of(self.report.sources, span);
        format!("{}:{}:{}", self.style.opening(source.name()), start.line, start.column)
    }
}
