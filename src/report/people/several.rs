//! Several projects below each other: the findings and the summary of each, and a total at the end.

use std::io::{self, Write};

use crate::report::Report;
use crate::report::common::closing;
use crate::report::common::several::RunReport;
use crate::report::common::style::Style;

/// Writes the findings of each project as `findings` does for one, its summary, and the total.
pub(crate) fn write(
    run: &RunReport<'_>,
    style: &Style,
    findings: fn(&Report<'_>, &Style, &mut dyn Write) -> io::Result<()>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (project, style) in run.styled(style) {
        findings(&project.report, &style, out)?;
        closing::write_project(project, &style, out)?;
        writeln!(out)?;
    }
    closing::write_total(run, style, out)
}
