//! The closing words of a report: what was looked at, what is hidden, what to do next.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

use super::guard::disarm;
use super::style::{Style, Tone};
use super::{Report, headline};
use crate::diagnostic::Severity;

/// What a run looked at, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The files that were read.
    pub files: usize,
    /// The claims they hold.
    pub claims: usize,
    /// The rules that ran.
    pub rules: usize,
    /// The errors among the findings.
    pub errors: usize,
    /// The warnings among the findings.
    pub warnings: usize,
    /// The findings that are only worth knowing.
    pub infos: usize,
    /// The findings that are not in the report, by what hides them.
    pub hidden: BTreeMap<Hidden, usize>,
    /// What the settings of the project take out of the check, in the order of places.
    pub withheld: Vec<Withheld>,
    /// The entries of the baseline that hold no finding any more; none when there is no baseline.
    pub stale: Option<usize>,
    /// How long it took, when that is to be said.
    pub elapsed: Option<Duration>,
}

/// Something that the settings of the project take out of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// What sort of thing it is.
    pub what: Kept,
    /// Which: the code and the name of a rule, or the pattern of files.
    pub name: String,
    /// The file that says so, by its path beneath the project.
    pub path: String,
    /// The line there, from 1.
    pub line: u32,
}

/// What can be taken out of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kept {
    /// A rule that is off.
    Rule,
    /// A rule that weighs less than it does by itself.
    Lowered,
    /// Files that are excluded.
    Files,
    /// A rule that weighs less, or nothing, in some files.
    Override,
}

/// What hides a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hidden {
    /// An `allow` in a claims file.
    Allow,
    /// An `[[override]]` in the configuration.
    Override,
    /// The baseline on record.
    Baseline,
    /// The level of its rule: `off`, or beneath what was asked for.
    Level,
    /// Its place, which lies outside the files that were asked for.
    Elsewhere,
}

impl Summary {
    /// How many findings weigh that much.
    pub fn of(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Info => self.infos,
        }
    }
}

impl Hidden {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Hidden::Allow => "allow",
            Hidden::Override => "override",
            Hidden::Baseline => "baseline",
            Hidden::Level => "level",
            Hidden::Elsewhere => "elsewhere",
        }
    }

    /// What it did to the findings it hides.
    fn phrase(self) -> &'static str {
        match self {
            Hidden::Allow => "allowed in the claims",
            Hidden::Override => "overridden in the configuration",
            Hidden::Baseline => "in the baseline",
            Hidden::Level => "off by their level",
            Hidden::Elsewhere => "outside the files asked for",
        }
    }
}

/// Writes the closing paragraph.
pub(super) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let (_, rest) = report.shown(style);
    if rest > 0 {
        writeln!(out, "and {}", count(rest, "more finding"))?;
    }
    writeln!(out, "checked {}: {}", extent(&report.summary), outcome(&report.summary))?;
    if let Some(hidden) = hidden(&report.summary) {
        writeln!(out, "{} {hidden}", style.paint(Tone::Advice, "hidden:"))?;
    }
    if let Some(next) = next(report) {
        writeln!(out, "{} {next}", style.paint(Tone::Advice, "next:"))?;
    }
    Ok(())
}

/// "9 files, 95 claims, 40 rules in 12 ms".
fn extent(summary: &Summary) -> String {
    let counts = [(summary.files, "file"), (summary.claims, "claim"), (summary.rules, "rule")];
    let extent = list(counts.into_iter());
    match summary.elapsed {
        Some(elapsed) => format!("{extent} in {} ms", elapsed.as_millis()),
        None => extent,
    }
}

/// "2 errors, 1 warning", or "no findings".
fn outcome(summary: &Summary) -> String {
    let counts = Severity::ALL.into_iter().map(|severity| (summary.of(severity), severity.as_str()));
    let found = list(counts.filter(|(number, _)| *number > 0));
    if found.is_empty() { "no findings".to_owned() } else { found }
}

/// "3 allowed in the claims, 2 off by their level", if anything is hidden.
fn hidden(summary: &Summary) -> Option<String> {
    let counts = summary.hidden.iter().filter(|(_, number)| **number > 0);
    let reasons: Vec<String> = counts.map(|(hidden, number)| format!("{number} {}", hidden.phrase())).collect();
    (!reasons.is_empty()).then(|| reasons.join(", "))
}

/// How to learn more about the first of the heaviest findings.
fn next(report: &Report<'_>) -> Option<String> {
    let heaviest = report.findings.iter().min_by_key(|finding| Reverse(finding.severity))?;
    let code = headline::code(heaviest);
    Some(format!("`recte explain {}` says why and what to do", disarm(code.as_str())))
}

fn list(counts: impl Iterator<Item = (usize, &'static str)>) -> String {
    counts.map(|(number, thing)| count(number, thing)).collect::<Vec<_>>().join(", ")
}

/// "1 file", "2 files".
fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}
