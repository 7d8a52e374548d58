//! The report for programs, as `docs/report.schema.json` describes it; nothing is cut or replaced.

use std::io::{self, Write};

use serde::Serialize;

use super::record::{FindingRecord, ToolRecord, Totals, VERSION};
use crate::report::Report;
use crate::report::common::guard::disarm_json;
use crate::report::common::style::Style;

/// Writes the report, and all of it: no style touches it.
pub(crate) fn write(report: &Report<'_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    let json = serde_json::to_string_pretty(&JsonReport::new(report))?;
    writeln!(out, "{}", disarm_json(&json))
}

#[derive(Serialize)]
struct JsonReport<'a> {
    version: u32,
    tool: ToolRecord,
    date: &'a str,
    summary: Totals<'a>,
    findings: Vec<FindingRecord<'a>>,
}

impl<'a> JsonReport<'a> {
    fn new(report: &'a Report<'_>) -> JsonReport<'a> {
        JsonReport {
            version: VERSION,
            tool: ToolRecord::THIS,
            date: &report.date,
            summary: Totals::new(&report.summary),
            findings: report.findings.iter().map(|finding| FindingRecord::new(report.sources, finding)).collect(),
        }
    }
}
