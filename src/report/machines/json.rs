//! The report for programs, as `docs/report.schema.json` describes it; nothing is cut or replaced.

use std::io::{self, Write};

use serde::Serialize;

use super::record::{FindingRecord, RunTotals, ToolRecord, Totals, VERSION, VERSION_OF_SEVERAL};
use crate::report::common::guard::disarm_json;
use crate::report::common::style::Style;
use crate::report::{ProjectReport, Report, RunReport};

/// Writes the report, and all of it: no style touches it.
pub(crate) fn write(report: &Report<'_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    let json = serde_json::to_string_pretty(&JsonReport::new(report))?;
    writeln!(out, "{}", disarm_json(&json))
}

/// Writes the report on several projects: what each says alone stands under its folder.
pub(crate) fn write_several(run: &RunReport<'_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    let document = JsonRunReport {
        version: VERSION_OF_SEVERAL,
        tool: ToolRecord::THIS,
        date: run.date(),
        summary: RunTotals::new(run),
        projects: run.projects.iter().map(JsonProject::new).collect(),
    };
    writeln!(out, "{}", disarm_json(&serde_json::to_string_pretty(&document)?))
}

#[derive(Serialize)]
struct JsonRunReport<'a> {
    version: u32,
    tool: ToolRecord,
    date: &'a str,
    summary: RunTotals,
    projects: Vec<JsonProject<'a>>,
}

#[derive(Serialize)]
struct JsonProject<'a> {
    path: &'a str,
    summary: Totals<'a>,
    findings: Vec<FindingRecord<'a>>,
}

impl<'a> JsonProject<'a> {
    fn new(project: &'a ProjectReport<'_>) -> JsonProject<'a> {
        JsonProject {
            path: &project.path,
            summary: Totals::new(&project.report.summary),
            findings: findings(&project.report),
        }
    }
}

fn findings<'a>(report: &'a Report<'_>) -> Vec<FindingRecord<'a>> {
    report.findings.iter().map(|finding| FindingRecord::new(report.sources, finding)).collect()
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
            findings: findings(report),
        }
    }
}
