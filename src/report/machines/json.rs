//! The report for programs, as `docs/report.schema.json` describes it; nothing is cut or replaced.

use std::io::{self, Write};

use serde::Serialize;

use super::guard::disarm_json;
use super::record::{Entry, Tool, Totals, VERSION};
use crate::report::Report;
use crate::report::people::style::Style;

/// Writes the report, and all of it: no style touches it.
pub(crate) fn write(report: &Report<'_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    let json = serde_json::to_string_pretty(&Document::new(report))?;
    writeln!(out, "{}", disarm_json(&json))
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    date: &'a str,
    summary: Totals<'a>,
    findings: Vec<Entry<'a>>,
}

impl<'a> Document<'a> {
    fn new(report: &'a Report<'_>) -> Document<'a> {
        Document {
            version: VERSION,
            tool: Tool::THIS,
            date: &report.date,
            summary: Totals::new(&report.summary),
            findings: report.findings.iter().map(|finding| Entry::new(report.sources, finding)).collect(),
        }
    }
}
