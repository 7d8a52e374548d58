//! `recte check --fix`: writes what proves to help, or shows it.

use std::collections::BTreeMap;
use std::sync::Arc;

use recte::diagnostic::Safety;
use recte::project::{AllowRequest, CheckOutput, CheckRequest, RepairOutput, RepairRequest, allow, repair};
use recte::rule::Finding;

use super::arguments::Arguments;
use super::scope::Scope;
use super::selection::{SelectedProject, Selection};
use crate::cli::diff;
use crate::cli::exit::Exit;
use crate::cli::output::{CommandFailure, Output};
use crate::cli::project::OpenedProject;
use crate::cli::write;

/// What applying fixes did to a project.
pub(super) struct FixOutcome {
    /// The project as it is now.
    pub(super) checked: Arc<CheckOutput>,
    /// The findings that were fixed, and the files that were written.
    pub(super) fixed: (usize, usize),
    /// Whether every file could be written.
    pub(super) exit: Exit,
}

/// How far fixes are to be trusted; none where none are selected.
pub(super) fn safety(arguments: &Arguments) -> Option<Safety> {
    let named = arguments.fix.as_deref().or(arguments.diff.then_some(Safety::Safe.as_str()))?;
    Safety::ALL.into_iter().find(|safety| safety.as_str() == named)
}

/// Works out what the fixes come to, for the findings that are selected.
pub(super) fn work_out(
    arguments: &Arguments,
    selection: &Selection,
    target: &SelectedProject,
    opened: &OpenedProject,
) -> Result<Option<RepairOutput>, CommandFailure> {
    let safety = safety(arguments);
    if safety.is_none() && !arguments.add_allow {
        return Ok(None);
    }
    let earlier = selection.accepted_before(target)?;
    let check = CheckRequest {
        explicit: selection.explicit(&target.located),
        earlier: earlier.as_ref(),
        ..CheckRequest::new(&opened.root, arguments.judged.today())
    };
    let choose = |checked: &'_ CheckOutput| -> Vec<usize> {
        let scope = Scope::new(checked, (selection.reach(arguments), &arguments.filter), target);
        let is_severe = |finding: &Finding| arguments.min_severity.is_none_or(|least| finding.severity >= least);
        let whole = |at: &usize| {
            let finding = &checked.findings[*at];
            scope.holds(finding) && scope.may_change(finding) && is_severe(finding)
        };
        (0..checked.findings.len()).filter(whole).collect()
    };
    let context = &opened.context();
    Ok(Some(match (safety, &arguments.reason) {
        (None, Some(reason)) => allow(&AllowRequest {
            context,
            check,
            reason,
            choose: &|checked| choose(checked).into_iter().map(|at| &checked.findings[at]).collect(),
        }),
        (safety, _) => repair(&RepairRequest {
            context,
            settings: Some(opened.settings_source()).filter(|settings| settings.label.is_empty()),
            check,
            safety: safety.unwrap_or(Safety::Safe),
            choose: &|checked| choose(checked).into_iter().map(|at| &checked.findings[at]).collect(),
        }),
    }))
}

/// Shows what would change in a project, whose files are found in `folder`, and changes nothing.
pub(super) fn show(
    repaired: &RepairOutput,
    (before, folder): (&CheckOutput, &str),
    output: &mut Output,
) -> Result<(), CommandFailure> {
    for (path, new) in &repaired.texts {
        diff::write((&format!("{folder}{path}"), &text(before, path), new), output)?;
    }
    Ok(())
}

/// Writes the files that change, each whole or not at all.
pub(super) fn write_down(
    repaired: RepairOutput,
    before: &CheckOutput,
    opened: &OpenedProject,
    output: &mut Output,
) -> FixOutcome {
    let (mut written, mut failed) = (0, BTreeMap::new());
    for (path, new) in &repaired.texts {
        match write::replace(opened.root.path(), path, (&text(before, path), new)) {
            Ok(()) => written += 1,
            Err(why) => drop(failed.insert(path.clone(), why)),
        }
    }
    for (path, why) in &failed {
        output.fail(&CommandFailure::unchecked(format!("{path} {why}")));
    }
    let exit = if failed.is_empty() { Exit::Clean } else { Exit::Unchecked };
    FixOutcome { checked: repaired.checked, fixed: (repaired.findings, written), exit }
}

/// The text of a file as it was read.
fn text(checked: &CheckOutput, path: &str) -> String {
    checked.sources.named(path).map(|file| checked.sources.get(file).text().to_owned()).unwrap_or_default()
}
