//! Workflow commands, from which GitHub Actions makes annotations, and a closing word for the log.

use std::io::{self, Write};

use crate::diagnostic::Severity;
use crate::report::common::guard::disarm;
use crate::report::common::location::Location;
use crate::report::common::style::{Color, Style};
use crate::report::common::{closing, headline};
use crate::report::{Report, RunReport};
use crate::rule::Finding;

/// What the runner turns back in the text of a command.
const IN_TEXT: [(char, &str); 3] = [('%', "%25"), ('\r', "%0D"), ('\n', "%0A")];

/// What it turns back in a property besides; no more, or a name would not come out as it went in.
const IN_PROPERTIES: [(char, &str); 5] = [('%', "%25"), ('\r', "%0D"), ('\n', "%0A"), (':', "%3A"), (',', "%2C")];

/// Writes the report: nothing that begins like a command but the commands.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    commands(report, style, out)?;
    closing::write(report, &plain(style), out)
}

/// Writes the report on several projects. GitHub finds the files from the root of the repository.
pub(crate) fn write_several(run: &RunReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for (project, style) in run.styled(&plain(style)) {
        commands(&project.report, &project.style_inside(&style), out)?;
        closing::write_project(project, &style, out)?;
    }
    closing::write_total(run, &plain(style), out)
}

fn plain(style: &Style) -> Style {
    Style { color: Color::Plain, ..style.clone() }
}

fn commands(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let (shown, _) = report.shown(style);
    shown.into_iter().try_for_each(|finding| writeln!(out, "{}", disarm(&command(report, style, finding))))
}

fn command(report: &Report<'_>, style: &Style, finding: &Finding) -> String {
    let location = Location::primary(report, finding);
    let properties: Vec<String> = [("file", style.path(location.source.name()).to_string())]
        .into_iter()
        .chain(range(&location))
        .chain([("title", headline::rule(finding).to_string())])
        .map(|(key, value)| format!("{key}={}", encode(&value, &IN_PROPERTIES)))
        .collect();
    let text: Vec<String> = headline::lines(finding).collect();
    format!("::{} {}::{}", kind(headline::weight(finding)), properties.join(","), encode(&text.join("\n"), &IN_TEXT))
}

/// The lines, and the columns where they mean something to GitHub: on one line.
fn range(location: &Location<'_>) -> Vec<(&'static str, String)> {
    let (start, end) = (location.start, location.end);
    let mut range = vec![("line", start.line.to_string()), ("endLine", end.line.to_string())];
    if start.line == end.line {
        range.push(("col", start.column.to_string()));
    }
    if location.has_width() {
        range.push(("endColumn", end.column.to_string()));
    }
    range
}

/// The kinds of annotation that GitHub knows.
fn kind(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

fn encode(text: &str, codes: &[(char, &str)]) -> String {
    let mut encoded = String::with_capacity(text.len());
    for character in text.chars() {
        match codes.iter().find(|(plain, _)| *plain == character) {
            Some((_, code)) => encoded.push_str(code),
            None => encoded.push(character),
        }
    }
    encoded
}
