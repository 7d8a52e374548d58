//! SARIF 2.1.0, the report for code scanning: complete up to the limits of GitHub, which it says aloud.

mod limits;
mod log;
mod notice;
mod place;
mod result;
mod rules;

use std::io::{self, Write};

use crate::report::common::guard::disarm_json;
use crate::report::common::select::heaviest;
use crate::report::common::several::beyond;
use crate::report::common::style::Style;
use crate::report::{ProjectReport, Report, RunReport};
use crate::rule::Finding;
use limits::RESULTS;
pub(in crate::report) use limits::RUNS;
use log::{Automation, Base, Bases, Driver, Log, SarifMessage, SarifRun, SarifTool};
use result::Results;
use rules::Rules;

/// What is said of the folder that paths begin at.
const ROOT: &str = "the folder in which recte ran, or the project where that lies elsewhere";

/// What is said of it where there are several projects.
const ROOT_OF_SEVERAL: &str = "the root of the repository, or the folder in which recte ran where there is none";

/// Writes the report, with what exceptions silence as suppressed results.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    write_runs(vec![run(report, style, ROOT, None)], out)
}

/// Writes the report on several projects, a run for each. Files are found from the root of the repository.
pub(crate) fn write_several(all: &RunReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let of = |project: &ProjectReport<'_>| {
        run(&project.report, &project.style_inside(style), ROOT_OF_SEVERAL, Some(project))
    };
    let mut runs: Vec<SarifRun> = all.projects.iter().map(of).collect();
    if let (Some(words), Some(first)) = (beyond(runs.len(), RUNS), runs.first_mut()) {
        let [invocation] = &mut first.invocations;
        invocation.tool_execution_notifications.push(notice::warning(words));
    }
    write_runs(runs, out)
}

fn write_runs(runs: Vec<SarifRun>, out: &mut dyn Write) -> io::Result<()> {
    let log = Log { schema: log::SCHEMA, version: "2.1.0", runs };
    writeln!(out, "{}", disarm_json(&serde_json::to_string_pretty(&log)?))
}

/// The run of a project, which is named where it is one of several.
fn run(report: &Report<'_>, style: &Style, root: &str, project: Option<&ProjectReport<'_>>) -> SarifRun {
    let all: Vec<&Finding> = report.findings.iter().chain(report.excused).collect();
    let kept = heaviest(&all, RESULTS, |_| 1);
    let rules = Rules::new(report, &kept);
    let results = Results { report, style, rules: &rules, project };
    SarifRun {
        automation_details: Automation { id: format!("recte/{}", place::encoded(style.relative_folder())) },
        original_uri_base_ids: Bases { source_root: Base { description: SarifMessage { text: root.to_owned() } } },
        invocations: [notice::invocation(report, style, all.len() - kept.len())],
        results: kept.iter().map(|finding| results.result(finding)).collect(),
        tool: SarifTool { driver: driver(rules) },
        column_kind: "unicodeCodePoints",
    }
}

fn driver(rules: Rules<'_>) -> Driver {
    let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    let information_uri = env!("CARGO_PKG_REPOSITORY");
    Driver { name, version, semantic_version: version, information_uri, rules: rules.descriptors() }
}
