//! One line for each finding, for people who search, and for editors that jump to `path:line:column`.

use std::io::{self, Write};

use super::guard::{disarm, is_command};
use super::style::Style;
use super::{Report, headline, summary};
use crate::rule::Finding;
use crate::text::Sanitized;

/// Writes the report.
pub(super) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let (shown, _) = report.shown(style);
    for finding in shown {
        writeln!(out, "{}", disarm(&line(report, style, finding)))?;
    }
    summary::write(report, style, out)
}

fn line(report: &Report<'_>, style: &Style, finding: &Finding) -> String {
    let diagnostic = &finding.diagnostic;
    let source = report.sources.get(diagnostic.primary.span.source);
    let at = source.position(diagnostic.primary.span.start);
    let place = format!("{}:{}:{}", path(&style.path(source.name())), at.line, at.column);
    let advice: String = headline::advice(finding).map(|(word, text)| format!("; {word}: {text}")).collect();
    format!("{place}: {} {}{advice}", headline::level(finding, style), headline::message(finding))
}

/// The name of a file, which must not open a line with a command to a build server.
fn path(name: &Sanitized) -> String {
    let start = if is_command(name.as_str().trim_start()) { "./" } else { "" };
    format!("{start}{name}")
}
