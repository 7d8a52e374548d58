//! One line for each finding, for people who search, and for editors that jump to `path:line:column`.

use std::io::{self, Write};

use super::{rendering, several};
use crate::report::common::style::Style;
use crate::report::common::{closing, headline};
use crate::report::{Report, RunReport};
use crate::rule::Finding;
use crate::text::Sanitized;

/// Writes the report.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    findings(report, style, out)?;
    closing::write(report, style, out)
}

/// Writes the report on several projects.
pub(crate) fn write_several(run: &RunReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    several::write(run, style, findings, out)
}

fn findings(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let (shown, _) = report.shown(style);
    rendering::write_findings(&shown, |finding| Ok(line(report, style, finding)), out)
}

fn line(report: &Report<'_>, style: &Style, finding: &Finding) -> String {
    let diagnostic = &finding.diagnostic;
    let source = report.sources.get(diagnostic.primary.span.source);
    let at = source.position(diagnostic.primary.span.start);
    let place = format!("{}:{}:{}", style.opening(source.name()), at.line, at.column);
    let advice: String = headline::advice(finding).map(|(word, text)| format!("; {word}: {text}")).collect();
    let level = headline::level(finding, style, Some(report.rules));
    let message = Sanitized::line(&format!(" {}{advice}", headline::message(finding)));
    let said = match style.columns {
        Some(_) => style.wrap(&message, place.len() + headline::level(finding, &Style::plain(), None).len() + 2, 2),
        None => message.to_string(),
    };
    format!("{place}: {level}{said}")
}
