//! What SARIF has to say about the run itself: whether it was complete, and what was left out.

use super::limits::RESULTS;
use super::log::{Invocation, Notification, SarifMessage};
use super::place::{line, plain};
use crate::report::common::style::Style;
use crate::report::{Report, Withheld};

/// The run, with everything that was cut from the report or kept from the check.
pub(super) fn invocation(report: &Report<'_>, style: &Style, cut: usize) -> Invocation {
    Invocation {
        execution_successful: report.is_complete(),
        tool_execution_notifications: truncation(cut).into_iter().collect(),
        tool_configuration_notifications: report.summary.withheld.iter().map(|it| withheld(it, style)).collect(),
    }
}

fn truncation(cut: usize) -> Option<Notification> {
    let text = format!(
        "this report is cut to {} results, the most that GitHub takes: {cut} more are left out, the mildest first; \
         the json format has them all",
        RESULTS
    );
    (cut > 0).then(|| warning(text))
}

/// Something about the whole log that its reader must know.
pub(super) fn warning(text: String) -> Notification {
    Notification { level: "warning", message: SarifMessage { text }, locations: Vec::new() }
}

fn withheld(it: &Withheld, style: &Style) -> Notification {
    let text = plain(&format!("{}: {}", it.what.phrase(), it.name));
    Notification { level: "note", message: SarifMessage { text }, locations: vec![line(style, &it.path, it.line)] }
}
