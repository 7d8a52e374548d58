//! The report as Checkstyle writes it, which most build servers and many editors can show.

use std::io::{self, Write};

use super::xml::Xml;
use crate::report::common::group::by_file;
use crate::report::common::headline;
use crate::report::common::location::Location;
use crate::report::common::style::Style;
use crate::report::{Report, RunReport};
use crate::rule::Finding;

/// The version of Checkstyle whose form this is; readers look at it, if at all, to tell old from new.
const VERSION: &str = "4.3";

/// Writes the report, and all of it.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = begin(out)?;
    files(report, style, &mut xml)?;
    end(xml)
}

/// Writes the report on several projects.
pub(crate) fn write_several(run: &RunReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = begin(out)?;
    run.projects.iter().try_for_each(|project| files(&project.report, &project.style(style), &mut xml))?;
    end(xml)
}

fn begin(out: &mut dyn Write) -> io::Result<Xml<'_>> {
    let mut xml = Xml::new(out)?;
    xml.open("checkstyle", &[("version", VERSION)])?;
    Ok(xml)
}

fn end(mut xml: Xml<'_>) -> io::Result<()> {
    xml.close("checkstyle")?;
    xml.end()
}

fn files(report: &Report<'_>, style: &Style, xml: &mut Xml<'_>) -> io::Result<()> {
    for (source, findings) in by_file(report.findings) {
        xml.open("file", &[("name", &style.file(report.sources.get(source).name()))])?;
        findings.into_iter().try_for_each(|finding| error(report, finding, xml))?;
        xml.close("file")?;
    }
    Ok(())
}

fn error(report: &Report<'_>, finding: &Finding, xml: &mut Xml<'_>) -> io::Result<()> {
    let at = Location::primary(report, finding).start;
    let attributes = [
        ("line", at.line.to_string()),
        ("column", at.column.to_string()),
        ("severity", headline::weight(finding).to_string()),
        ("message", headline::lines(finding).collect::<Vec<_>>().join("; ")),
        ("source", format!("recte.{}", finding.diagnostic.code)),
    ];
    xml.empty("error", &attributes.each_ref().map(|(key, value)| (*key, value.as_str())))
}
