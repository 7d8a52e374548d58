//! The report as Checkstyle writes it, which most build servers and many editors can show.

use std::io::{self, Write};

use super::xml::Xml;
use crate::report::Report;
use crate::report::common::group::by_file;
use crate::report::common::headline;
use crate::report::common::location::Location;
use crate::report::common::style::Style;
use crate::rule::Finding;

/// The version of Checkstyle whose form this is; readers look at it, if at all, to tell old from new.
const VERSION: &str = "4.3";

/// Writes the report, and all of it.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::new(out)?;
    xml.open("checkstyle", &[("version", VERSION)])?;
    for (source, findings) in by_file(report.findings) {
        xml.open("file", &[("name", &style.file(report.sources.get(source).name()))])?;
        findings.into_iter().try_for_each(|finding| error(report, finding, &mut xml))?;
        xml.close("file")?;
    }
    xml.close("checkstyle")?;
    xml.end()
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
