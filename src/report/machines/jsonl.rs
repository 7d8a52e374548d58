//! The report for programs that read line by line: a header, a line for each finding, the summary.

use std::io::{self, Write};

use serde::Serialize;

use super::record::{FindingRecord, RunTotals, ToolRecord, Totals, VERSION, VERSION_OF_SEVERAL};
use crate::report::common::guard::disarm_json;
use crate::report::common::style::Style;
use crate::report::{Report, RunReport};

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

/// Writes the report on several projects: each line names its project, the summary of which comes after its findings. The
/// summary of all comes last.
pub(crate) fn write_several(run: &RunReport<'_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    line(&JsonLine::Header { version: VERSION_OF_SEVERAL, tool: ToolRecord::THIS, date: run.date() }, out)?;
    for project in &run.projects {
        let named = |of| ProjectLine { project: &project.path, of };
        for finding in project.report.findings {
            let finding = FindingRecord::new(project.report.sources, finding);
            line(&named(JsonLine::Finding { finding }), out)?;
        }
        line(&named(JsonLine::Summary { summary: Totals::new(&project.report.summary) }), out)?;
    }
    line(&JsonLine::Total { summary: RunTotals::new(run) }, out)
}

/// A line of one of several projects.
#[derive(Serialize)]
struct ProjectLine<'a> {
    project: &'a str,
    #[serde(flatten)]
    of: JsonLine<'a>,
}

/// One line; the key that opens it says which it is.
#[derive(Serialize)]
#[serde(untagged)]
enum JsonLine<'a> {
    Header { version: u32, tool: ToolRecord, date: &'a str },
    Finding { finding: FindingRecord<'a> },
    Summary { summary: Totals<'a> },
    Total { summary: RunTotals },
}

fn line(line: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", disarm_json(&serde_json::to_string(line)?))
}
