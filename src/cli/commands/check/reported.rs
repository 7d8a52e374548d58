//! What of the checked projects goes into the report.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use recte::project::{CONFIG_NAME, CheckOutput, Workspace};
use recte::report::{ProjectReport, Report, RunReport, Summary};
use recte::rule::{Finding, Gate};

use super::{stats, summary};
use crate::cli::output::{CommandFailure, Output};
use crate::cli::paths::{folder, shared_folder, way, way_to};

/// A project that was checked, and what of it is reported.
pub(super) struct ReportedProject {
    pub(super) root: PathBuf,
    pub(super) checked: Arc<CheckOutput>,
    /// The findings to show; none where all are.
    pub(super) shown: Option<Vec<Finding>>,
    /// Those that an exception keeps from being shown.
    pub(super) excused: Vec<Finding>,
    pub(super) gate: Gate,
    pub(super) summary: Summary,
}

/// The projects of a run that are reported.
pub(super) struct ReportedRun {
    pub(super) projects: Vec<ReportedProject>,
    /// Whether several projects were asked for.
    pub(super) is_of_several: bool,
    pub(super) date: String,
}

impl ReportedProject {
    /// The report on it, with the time it took if that is to be said.
    fn report(&self, is_timed: bool, date: &str) -> Report<'_> {
        let mut summary = self.summary.clone();
        summary.elapsed = summary.elapsed.filter(|_| is_timed);
        Report {
            findings: self.shown.as_deref().unwrap_or(&self.checked.findings),
            excused: &self.excused,
            rules: &self.checked.rules,
            gate: self.gate,
            sources: &self.checked.sources,
            summary,
            date: date.to_owned(),
        }
    }

    /// Gives back what only judging needs: most of the memory of a project.
    pub(super) fn slim(mut self) -> ReportedProject {
        if let Some(checked) = Arc::get_mut(&mut self.checked) {
            release(std::mem::take(&mut checked.corpus));
        }
        self
    }
}

impl ReportedRun {
    /// The report on all of them; said again it took no time.
    pub(super) fn report(&self, elapsed: Option<Duration>) -> RunReport<'_> {
        let roots: Vec<&Path> = self.projects.iter().map(|project| project.root.as_path()).collect();
        let shared = shared_folder(&roots);
        let projects = self.projects.iter().map(|project| ProjectReport {
            path: if self.is_of_several { way_to(&project.root) } else { alone(&project.root) },
            inside: way(&shared, &project.root),
            report: project.report(elapsed.is_some(), &self.date),
        });
        RunReport { projects: projects.collect(), is_of_several: self.is_of_several, elapsed }
    }

    /// Adds what workspaces leave out to what the first of their projects says of its settings.
    pub(super) fn add_left_out(&mut self, left_out: &[(Workspace, Vec<String>)]) {
        for (workspace, paths) in left_out {
            let first = self.projects.iter_mut().find(|project| project.root.starts_with(&workspace.root));
            let Some(first) = first else { continue };
            let config = match way(&first.root, &workspace.root).as_str() {
                "." => CONFIG_NAME.to_owned(),
                way => format!("{way}/{CONFIG_NAME}"),
            };
            first.summary.withheld.push(summary::outside_members(paths, (config, workspace.line)));
        }
    }

    /// The findings that are shown of all projects.
    pub(super) fn shown(&self) -> impl Iterator<Item = &Finding> {
        self.projects.iter().flat_map(|project| project.shown.as_ref().unwrap_or(&project.checked.findings))
    }

    /// Writes what each rule cost, under the name of its project where there are several.
    pub(super) fn write_stats(&self, output: &mut Output) -> Result<(), CommandFailure> {
        output.flush()?;
        for project in &self.projects {
            let name = self.is_of_several.then(|| way_to(&project.root));
            stats::write(name.as_deref(), &project.checked)?;
        }
        Ok(())
    }

    /// Gives back the memory of all projects.
    pub(super) fn release(self) {
        release(self.projects);
    }
}

/// The folder of the only project of a run.
fn alone(root: &Path) -> String {
    Some(folder(root)).filter(|folder| !folder.is_empty()).unwrap_or_else(|| ".".to_owned())
}

/// Nobody waits for it: to give back what a project took needs as long as to judge by some of the rules. A thread that is alone
/// would never come to do it.
fn release(memory: impl Send + 'static) {
    if rayon::current_num_threads() > 1 {
        rayon::spawn(|| drop(memory));
    }
}
