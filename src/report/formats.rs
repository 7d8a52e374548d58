//! The table of formats: a new one is a file in `people` or `machines`, and a row of [`ALL`].

use std::io::{self, Write};

use super::common::run::Report;
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
    /// Writes the report; a machine format leaves the style alone.
    pub write: fn(&Report<'_>, &Style, &mut dyn Write) -> io::Result<()>,
}

/// Who reads a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Several reports may follow each other, and `--max` bounds each.
    People,
    /// A report is one whole document, and complete up to the limits of who reads it.
    Programs,
}

/// Every format, the default first.
pub const ALL: &[ReportFormat] = &[
    ReportFormat {
        name: "full",
        about: "for people: every finding with its positions in the text",
        audience: Audience::People,
        write: people::terminal::write,
    },
    ReportFormat {
        name: "compact",
        about: "for people and `grep`: one line for each finding",
        audience: Audience::People,
        write: people::compact::write,
    },
    ReportFormat {
        name: "grouped",
        about: "for people: the findings grouped by file",
        audience: Audience::People,
        write: people::grouped::write,
    },
    ReportFormat {
        name: "agent",
        about: "for language models: one short line for each finding",
        audience: Audience::People,
        write: people::agent::write,
    },
    ReportFormat {
        name: "markdown",
        about: "for review comments and job summaries, up to the size limit of a comment",
        audience: Audience::People,
        write: people::markdown::write,
    },
    ReportFormat {
        name: "github",
        about: "for GitHub Actions: annotations in the log",
        audience: Audience::People,
        write: machines::github::write,
    },
    ReportFormat {
        name: "json",
        about: "for programs: described by docs/report.schema.json",
        audience: Audience::Programs,
        write: machines::json::write,
    },
    ReportFormat {
        name: "jsonl",
        about: "for programs that read line by line",
        audience: Audience::Programs,
        write: machines::jsonl::write,
    },
    ReportFormat {
        name: "sarif",
        about: "for code scanning: SARIF 2.1.0",
        audience: Audience::Programs,
        write: machines::sarif::write,
    },
    ReportFormat {
        name: "gitlab",
        about: "for GitLab: code quality",
        audience: Audience::Programs,
        write: machines::gitlab::write,
    },
    ReportFormat {
        name: "junit",
        about: "for CI services that show test results: JUnit",
        audience: Audience::Programs,
        write: machines::junit::write,
    },
    ReportFormat {
        name: "checkstyle",
        about: "for CI services and editors: Checkstyle",
        audience: Audience::Programs,
        write: machines::checkstyle::write,
    },
    ReportFormat {
        name: "rdjson",
        about: "for reviewdog",
        audience: Audience::Programs,
        write: machines::rdjson::write,
    },
];
