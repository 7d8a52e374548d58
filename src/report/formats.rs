//! The table of formats: a new one is a file in `people` or `machines`, and a row of [`ALL`].

use std::io::{self, Write};

use super::common::run::Report;
use super::common::several::{RunReport, beyond};
use super::common::style::Style;
use super::{machines, people};

/// A way to write a report.
#[derive(Debug)]
pub struct ReportFormat {
    /// What it is called on the command line.
    pub name: &'static str,
    /// One line on what it is for.
    pub about: &'static str,
    /// Who reads it.
    pub audience: Audience,
    /// Writes the report on one project; a machine format leaves the style alone.
    pub write: fn(&Report<'_>, &Style, &mut dyn Write) -> io::Result<()>,
    /// The most projects of which its reader takes a report.
    pub most_projects: Option<usize>,
    /// Writes the one report on several projects.
    pub write_several: fn(&RunReport<'_>, &Style, &mut dyn Write) -> io::Result<()>,
}

/// Who reads a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// `--max` bounds the report.
    People,
    /// A report is complete up to the limits of who reads it.
    Programs,
}

impl ReportFormat {
    /// Writes the report on the projects of a run; that on a single one does not name it.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub fn write_run(&self, run: &RunReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        match run.projects.as_slice() {
            [only] if !run.is_of_several => (self.write)(&only.report, &only.style(style), out),
            [] | [_, ..] => (self.write_several)(run, style, out),
        }
    }

    /// Why nobody takes the report on so many projects, if nobody does.
    pub fn refused(&self, projects: usize) -> Option<String> {
        Some(format!("{}: {}", self.name, beyond(projects, self.most_projects?)?))
    }
}

/// Every format, the default first.
pub const ALL: &[ReportFormat] = &[
    ReportFormat {
        name: "full",
        about: "for people: every finding with its positions in the text",
        audience: Audience::People,
        write: people::terminal::write,
        most_projects: None,
        write_several: people::terminal::write_several,
    },
    ReportFormat {
        name: "compact",
        about: "for people and `grep`: one line for each finding",
        audience: Audience::People,
        write: people::compact::write,
        most_projects: None,
        write_several: people::compact::write_several,
    },
    ReportFormat {
        name: "grouped",
        about: "for people: the findings grouped by file",
        audience: Audience::People,
        write: people::grouped::write,
        most_projects: None,
        write_several: people::grouped::write_several,
    },
    ReportFormat {
        name: "agent",
        about: "for language models: one short line for each finding",
        audience: Audience::People,
        write: people::agent::write,
        most_projects: None,
        write_several: people::agent::write_several,
    },
    ReportFormat {
        name: "markdown",
        about: "for review comments and job summaries, up to the size limit of a comment",
        audience: Audience::People,
        write: people::markdown::write,
        most_projects: None,
        write_several: people::markdown::write_several,
    },
    ReportFormat {
        name: "github",
        about: "for GitHub Actions: annotations in the log",
        audience: Audience::People,
        write: machines::github::write,
        most_projects: None,
        write_several: machines::github::write_several,
    },
    ReportFormat {
        name: "json",
        about: "for programs: described by docs/report.schema.json",
        audience: Audience::Programs,
        write: machines::json::write,
        most_projects: None,
        write_several: machines::json::write_several,
    },
    ReportFormat {
        name: "jsonl",
        about: "for programs that read line by line",
        audience: Audience::Programs,
        write: machines::jsonl::write,
        most_projects: None,
        write_several: machines::jsonl::write_several,
    },
    ReportFormat {
        name: "sarif",
        about: "for code scanning: SARIF 2.1.0",
        audience: Audience::Programs,
        write: machines::sarif::write,
        most_projects: Some(machines::sarif::RUNS),
        write_several: machines::sarif::write_several,
    },
    ReportFormat {
        name: "gitlab",
        about: "for GitLab: code quality",
        audience: Audience::Programs,
        write: machines::gitlab::write,
        most_projects: None,
        write_several: machines::gitlab::write_several,
    },
    ReportFormat {
        name: "junit",
        about: "for CI services that show test results: JUnit",
        audience: Audience::Programs,
        write: machines::junit::write,
        most_projects: None,
        write_several: machines::junit::write_several,
    },
    ReportFormat {
        name: "checkstyle",
        about: "for CI services and editors: Checkstyle",
        audience: Audience::Programs,
        write: machines::checkstyle::write,
        most_projects: None,
        write_several: machines::checkstyle::write_several,
    },
    ReportFormat {
        name: "rdjson",
        about: "for reviewdog",
        audience: Audience::Programs,
        write: machines::rdjson::write,
        most_projects: None,
        write_several: machines::rdjson::write_several,
    },
];
