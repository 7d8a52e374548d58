//! SARIF 2.1.0, the report for code scanning: complete up to the limits of GitHub, which it says aloud.

mod limits;
mod log;
mod notice;
mod place;
mod result;
mod rules;

use std::io::{self, Write};

use crate::report::Report;
use crate::report::common::guard::disarm_json;
use crate::report::common::select::heaviest;
use crate::report::common::style::Style;
use crate::rule::Finding;
use limits::RESULTS;
use log::{Automation, Base, Bases, Driver, Log, SarifMessage, SarifRun, SarifTool};
use result::Results;
use rules::Rules;

/// What is said of the folder that paths begin at.
const ROOT: &str = "the folder in which recte ran, or the project where that lies elsewhere";

/// Writes the report, with what exceptions silence as suppressed results.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let all: Vec<&Finding> = report.findings.iter().chain(report.excused).collect();
    let kept = heaviest(&all, RESULTS, |_| 1);
    let rules = Rules::new(report, &kept);
    let results = Results { report, style, rules: &rules };
    let run = SarifRun {
        automation_details: Automation { id: format!("recte/{}", place::encoded(style.relative_folder())) },
        original_uri_base_ids: Bases { source_root: Base { description: SarifMessage { text: ROOT.to_owned() } } },
        invocations: [notice::invocation(report, style, all.len() - kept.len())],
        results: kept.iter().map(|finding| results.result(finding)).collect(),
        tool: SarifTool { driver: driver(rules) },
        column_kind: "unicodeCodePoints",
    };
    let log = Log { schema: log::SCHEMA, version: "2.1.0", runs: [run] };
    writeln!(out, "{}", disarm_json(&serde_json::to_string_pretty(&log)?))
}

fn driver(rules: Rules<'_>) -> Driver {
    let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    let information_uri = env!("CARGO_PKG_REPOSITORY");
    Driver { name, version, semantic_version: version, information_uri, rules: rules.descriptors() }
}
