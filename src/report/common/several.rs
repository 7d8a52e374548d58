//! What a run found in several projects, for the one report on all of them.

use std::time::Duration;

use super::guard::disarm;
use super::run::Report;
use super::select;
use super::style::Style;
use super::summary::Summary;
use crate::rule::Finding;
use crate::text::Sanitized;

/// What a run found in the projects that it checked, in the order of their folders.
#[derive(Debug)]
pub struct RunReport<'a> {
    /// The projects, each with what was found in it.
    pub projects: Vec<ProjectReport<'a>>,
    /// Whether several were asked for, so that each is named.
    pub is_of_several: bool,
    /// How long it took in all, when that is to be said.
    pub elapsed: Option<Duration>,
}

/// What a run found in one of its projects.
#[derive(Debug)]
pub struct ProjectReport<'a> {
    /// The folder of the project as seen from the folder of the run, `.` for that folder itself.
    pub path: String,
    /// The same folder as seen from the root of the repository, by which some programs know files.
    pub inside: String,
    /// What was found.
    pub report: Report<'a>,
}

impl<'a> RunReport<'a> {
    /// Each project with the style in which people see it: its folder, and its share of the findings that are shown.
    pub(crate) fn styled(&self, style: &Style) -> Vec<(&ProjectReport<'a>, Style)> {
        let shares = self.shares(style);
        let styled =
            |(project, max): (_, Option<usize>)| (project, Style { max, ..ProjectReport::style(project, style) });
        self.projects.iter().zip(shares).map(styled).collect()
    }

    /// How many of the findings of each project are among the most severe of all.
    fn shares(&self, style: &Style) -> Vec<Option<usize>> {
        let all: Vec<(usize, &Finding)> = self.numbered().collect();
        let Some(max) = style.max.filter(|max| *max < all.len()) else { return vec![None; self.projects.len()] };
        let mut shares = vec![0; self.projects.len()];
        for (project, _) in select::heaviest_of(&all, max, |(_, finding)| finding, |_| 1) {
            shares[project] += 1;
        }
        shares.into_iter().map(Some).collect()
    }

    /// Every finding with the number of its project.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (usize, &'a Finding)> {
        let of = |(number, project): (usize, &ProjectReport<'a>)| {
            let findings: &'a [Finding] = project.report.findings;
            findings.iter().map(move |finding| (number, finding))
        };
        self.projects.iter().enumerate().flat_map(of)
    }

    /// The day that counts as today, which is the same for all.
    pub(crate) fn date(&self) -> &str {
        self.projects.first().map_or("", |project| &project.report.date)
    }

    /// The counts of all projects together; rules are counted by project.
    pub(crate) fn total(&self) -> Summary {
        let mut total = Summary { elapsed: self.elapsed, ..Summary::default() };
        for summary in self.projects.iter().map(|project| &project.report.summary) {
            total.files += summary.files;
            total.claims += summary.claims;
            total.errors += summary.errors;
            total.warnings += summary.warnings;
            total.infos += summary.infos;
            total.is_unsaved |= summary.is_unsaved;
            for (hidden, count) in &summary.hidden {
                *total.hidden.entry(*hidden).or_default() += count;
            }
        }
        total
    }
}

impl ProjectReport<'_> {
    /// The folder of the project as it is shown; it is not a command to a CI service.
    pub(crate) fn name(&self) -> String {
        disarm(Sanitized::line(&self.path).as_str()).into_owned()
    }

    /// The style in which the files of the project lead there from the folder of the run.
    pub(crate) fn style(&self, style: &Style) -> Style {
        Style { folder: folder(&self.path), ..style.clone() }
    }

    /// The style in which they lead there from the root of the repository.
    pub(crate) fn style_inside(&self, style: &Style) -> Style {
        Style { folder: folder(&self.inside), ..style.clone() }
    }

    /// The fingerprint of a finding among those of all projects of the repository.
    pub(crate) fn fingerprint(&self, finding: &Finding) -> String {
        format!("{}:{}", self.inside, finding.fingerprint)
    }
}

/// What is said of more projects than GitHub takes in one file.
pub(crate) fn beyond(number: usize, most: usize) -> Option<String> {
    let words = || {
        format!(
            "this report covers {number} projects, and GitHub rejects a file that covers more than {most}; check fewer \
             projects in one run"
        )
    };
    (number > most).then(words)
}

/// A folder as it is put before paths: empty, or ending in `/`.
fn folder(path: &str) -> String {
    match path {
        "." => String::new(),
        path if path.ends_with('/') => path.to_owned(),
        path => format!("{path}/"),
    }
}
