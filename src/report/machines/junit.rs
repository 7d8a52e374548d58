//! The report as JUnit writes it: a suite for each file, a test for each finding in it, failed where it fails the run,
//! and one test that always stands there, so that a clean run is not taken for none. It is valid under the schema of Jenkins.

use std::io::{self, Write};

use super::xml::Xml;
use crate::report::common::group::by_file;
use crate::report::common::location::Location;
use crate::report::common::style::{Color, Style};
use crate::report::common::{closing, headline};
use crate::report::{ProjectReport, Report, RunReport};
use crate::rule::{Finding, Gravity, Suppression};
use crate::text::Sanitized;

/// The test that passes if nothing was left unchecked.
const COMPLETE: &str = "everything was checked";

/// The element that holds all suites.
const ALL: &str = "testsuites";

/// The most characters of a message in the name of a test, where no line is broken.
const LENGTH: usize = 160;

/// Writes the report, with what exceptions silence as skipped tests.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::new(out)?;
    let name = env!("CARGO_PKG_NAME");
    Count::of_project(report).open(ALL, name, &mut xml)?;
    Count::of_completeness(report).open("testsuite", name, &mut xml)?;
    completeness(report, (name, COMPLETE), &mut xml)?;
    xml.text("system-out", &[], &closing_words(report, style)?)?;
    xml.close("testsuite")?;
    for (source, findings) in by_file(report.findings.iter().chain(report.excused)) {
        let file = style.file(report.sources.get(source).name());
        Count::of(report, findings.iter().copied()).open("testsuite", &file, &mut xml)?;
        findings
            .into_iter()
            .try_for_each(|finding| TestCase { report, style, finding, project: None }.write(&file, &mut xml))?;
        xml.close("testsuite")?;
    }
    xml.close(ALL)?;
    xml.end()
}

/// Writes the report on several projects, a suite for each, with the same test of its own in each.
pub(crate) fn write_several(run: &RunReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let suites: Vec<Count> = run.projects.iter().map(|project| Count::of_project(&project.report)).collect();
    let total = suites.iter().fold(Count::default(), |total, suite| total.add(suite));
    let mut xml = Xml::new(out)?;
    total.open(ALL, env!("CARGO_PKG_NAME"), &mut xml)?;
    for (project, count) in run.projects.iter().zip(suites) {
        suite(project, &count, &project.style(style), &mut xml)?;
    }
    xml.close(ALL)?;
    xml.end()
}

/// The suite of one of several projects. The names of its tests differ from those of all others.
fn suite(project: &ProjectReport<'_>, count: &Count, style: &Style, xml: &mut Xml<'_>) -> io::Result<()> {
    let (report, name) = (&project.report, project.name());
    count.open("testsuite", &name, xml)?;
    completeness(report, (&name, &format!("{COMPLETE} in {name}")), xml)?;
    for (source, findings) in by_file(report.findings.iter().chain(report.excused)) {
        let file = style.file(report.sources.get(source).name());
        let test = |finding| TestCase { report, style, finding, project: Some(project) };
        findings.into_iter().try_for_each(|finding| test(finding).write(&file, xml))?;
    }
    xml.text("system-out", &[], &closing_words(report, style)?)?;
    xml.close("testsuite")
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

    /// The one test that is always there.
    fn of_completeness(report: &Report<'_>) -> Count {
        Count { tests: 1, errors: usize::from(!report.is_complete()), ..Count::default() }
    }

    fn of_project(report: &Report<'_>) -> Count {
        Count::of(report, report.findings.iter().chain(report.excused)).add(&Count::of_completeness(report))
    }

    fn add(&self, other: &Count) -> Count {
        Count {
            tests: self.tests + other.tests,
            failures: self.failures + other.failures,
            errors: self.errors + other.errors,
            skipped: self.skipped + other.skipped,
        }
    }

    fn open(&self, element: &str, name: &str, xml: &mut Xml<'_>) -> io::Result<()> {
        let numbers = [self.tests, self.failures, self.errors, self.skipped].map(|number| number.to_string());
        let [tests, failures, errors, skipped] = &numbers;
        let mut attributes = vec![("name", name), ("tests", tests), ("failures", failures), ("errors", errors)];
        // Of all suites together, nobody counts what is skipped.
        attributes.extend((element != ALL).then_some(("skipped", skipped.as_str())));
        xml.open(element, &attributes)
    }
}

/// The test that is never missing. The closing words stand in the suite, not in the test: GitLab looks for attachments in what
/// a test prints.
fn completeness(report: &Report<'_>, (class, name): (&str, &str), xml: &mut Xml<'_>) -> io::Result<()> {
    let test = [("classname", class), ("name", name)];
    if report.is_complete() {
        return xml.empty("testcase", &test);
    }
    xml.open("testcase", &test)?;
    let message = "a part of the input could not be checked; the findings say which";
    xml.text("error", &[("type", "unchecked"), ("message", message)], message)?;
    xml.close("testcase")
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
    /// The project, where it is one of several.
    project: Option<&'a ProjectReport<'a>>,
}

impl TestCase<'_> {
    fn write(&self, file: &str, xml: &mut Xml<'_>) -> io::Result<()> {
        let (name, message) = (self.name(), &self.finding.diagnostic.message);
        xml.open("testcase", &[("classname", file), ("name", &name)])?;
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
                let body = format!("{}: {reason}", self.place(self.finding.diagnostic.primary.span));
                xml.text("skipped", &[("message", reason.as_str())], &body)?;
            }
        }
        xml.close("testcase")
    }

    /// What is the same in the next run and different from all others: GitLab drops all but one of a name.
    fn name(&self) -> String {
        let message: String = self.finding.diagnostic.message.chars().take(LENGTH).collect();
        let own = || self.finding.fingerprint.to_string();
        let fingerprint = self.project.map_or_else(own, |project| project.fingerprint(self.finding));
        format!("{} {fingerprint}: {message}", headline::rule(self.finding))
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
