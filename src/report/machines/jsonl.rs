//! The report for programs that read line by line: a header, a line for each finding, the summary.

use std::io::{self, Write};

use serde::Serialize;

use super::record::{FindingRecord, ToolRecord, Totals, VERSION};
use crate::report::Report;
use crate::report::common::guard::disarm_json;
use crate::report::common::style::Style;

/// Writes the report, and all of it: no style touches it.
///
/// The summary comes last, so that a report without one is known to be cut off.
pub(crate) fn write(report: &Report<'_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    line(&JsonLine::Header { version: VERSION, tool: ToolRecord::THIS, date: &report.date }, out)?;
    for finding in report.findings {
        line(&JsonLine::Finding { finding: FindingRecord::new(report.sources, finding) }, out)?;
    }
    line(&JsonLine::Summary { summary: Totals::new(&report.summary) }, out)
}

/// One line; the key that opens it says which it is.
#[derive(Serialize)]
#[serde(untagged)]
enum JsonLine<'a> {
    Header { version: u32, tool: ToolRecord, date: &'a str },
    Finding { finding: FindingRecord<'a> },
    Summary { summary: Totals<'a> },
}

fn line(line: &JsonLine<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", disarm_json(&serde_json::to_string(line)?))
}
