//! Floor 9: a report becomes bytes; each format is a file here and a row of [`ALL`].

pub mod coverage;
mod facts;
mod machines;
mod people;
mod summary;

use std::io::{self, Write};

use crate::rule::{Finding, Gate, Gravity, RuleSet};
use crate::text::Sources;

pub use machines::guard::{disarm_json, harmless};
pub use people::style::{Color, Style};
pub use people::terminal::draw;
pub use summary::{Hidden, Summary, Withheld, WithheldKind};

/// What a run found, ready to be written in any format.
#[derive(Debug)]
pub struct Report<'a> {
    /// The findings in the order in which they are shown.
    pub findings: &'a [Finding],
    /// The findings that an exception silences and that are not shown; formats that can mark them do.
    pub excused: &'a [Finding],
    /// The rules of the run, at the levels that hold in most files.
    pub rules: &'a RuleSet,
    /// What must not be found for the run to pass.
    pub gate: Gate,
    /// The texts that the findings speak of.
    pub sources: &'a Sources,
    /// What was looked at, and what came of it.
    pub summary: Summary,
    /// The day that counts as today for expiries, `YYYY-MM-DD`: the only clock of a run.
    pub date: String,
}

impl<'a> Report<'a> {
    /// The findings that people are to read, and how many there are besides: the mildest are left out first.
    fn shown(&self, style: &Style) -> (Vec<&'a Finding>, usize) {
        let all: Vec<&Finding> = self.findings.iter().collect();
        match style.max {
            Some(max) if max < all.len() => (people::select::heaviest(&all, max, |_| 1), all.len() - max),
            Some(_) | None => (all, 0),
        }
    }

    /// What a finding makes of the run.
    fn gravity(&self, finding: &Finding) -> Gravity {
        self.gate.gravity(finding, self.rules)
    }

    /// Whether every part of the input was checked.
    fn is_complete(&self) -> bool {
        let unchecked =
            |finding: &Finding| self.rules.get(&finding.diagnostic.code).is_some_and(|rule| rule.meta.unchecked);
        !self.findings.iter().chain(self.excused).any(unchecked)
    }
}

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
