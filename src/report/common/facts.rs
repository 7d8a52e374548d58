//! The facts of a run in words, for every format that closes with them.

use std::cmp::Reverse;

use super::headline;
use super::run::Report;
use super::several::RunReport;
use super::style::Style;
use super::summary::{Hidden, Summary, Withheld, WithheldKind};
use crate::diagnostic::{Safety, Severity};
use crate::rule::Finding;
use crate::text::Sanitized;

/// Something to know about a run besides its findings.
#[derive(Debug)]
pub(crate) struct RunFact {
    /// What it is about.
    pub(crate) word: &'static str,
    /// What there is to say.
    pub(crate) text: Sanitized,
}

/// What is not in the report and why, and what is to be tidied: all of it, for nobody may weaken a
/// check without being seen.
pub(crate) fn facts(report: &Report<'_>, style: &Style) -> Vec<RunFact> {
    let summary = &report.summary;
    let withheld = WithheldKind::ALL.into_iter().map(|kept| (kept.phrase(), withheld(summary, kept, style)));
    let before = [("fixed", fixed(summary)), ("hidden", hidden(summary))];
    let all = before.into_iter().chain(withheld).chain([("stale", stale(summary))]);
    let said = all.filter(|(_, texts)| !texts.is_empty());
    said.map(|(word, texts)| RunFact { word, text: Sanitized::line(&texts.join(", ")) }).collect()
}

/// "9 files, 95 claims, 40 rules".
pub(crate) fn extent(summary: &Summary) -> String {
    let counts = [(summary.files, "file"), (summary.claims, "claim"), (summary.rules, "rule")];
    list(counts.into_iter())
}

/// "2 projects: 9 files, 95 claims".
pub(crate) fn extent_of_all(run: &RunReport<'_>) -> String {
    let total = run.total();
    let counts = list([(total.files, "file"), (total.claims, "claim")].into_iter());
    format!("{}: {counts}", count(run.projects.len(), "project"))
}

/// "2 errors, 1 warning", or "no findings".
pub(crate) fn outcome(summary: &Summary) -> String {
    let counts = Severity::ALL.into_iter().map(|severity| (summary.of(severity), severity.as_str()));
    let found = list(counts.filter(|(number, _)| *number > 0));
    if found.is_empty() { "no findings".to_owned() } else { found }
}

/// The code of the first finding among those that decide how the run ends, the heaviest first.
pub(crate) fn heaviest(report: &Report<'_>) -> Option<Sanitized> {
    let open = report.findings.iter().filter(|finding| finding.suppressed.is_none());
    open.min_by_key(|finding| Reverse((report.gravity(finding), finding.severity))).map(headline::code)
}

/// The command that explains the first of the most severe findings of several projects. Only the project knows rules of its own.
pub(crate) fn explanation(run: &RunReport<'_>) -> Option<String> {
    let open = run.numbered().filter(|(_, finding)| finding.suppressed.is_none());
    let (project, finding) = open
        .min_by_key(|(project, finding)| Reverse((run.projects[*project].report.gravity(finding), finding.severity)))?;
    let project = &run.projects[project];
    let is_own = project.report.rules.get(&finding.diagnostic.code).is_some_and(|rule| !rule.is_builtin());
    let place = if is_own { format!(" --project {}", project.path) } else { String::new() };
    Some(Sanitized::line(&format!("recte explain {}{place}", finding.diagnostic.code)).to_string())
}

/// "1 file", "2 files": a number of things whose plural ends in `s`.
pub fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// "3 findings in 2 files".
fn fixed(summary: &Summary) -> Vec<String> {
    let words = |(findings, files)| format!("{} in {}", count(findings, "finding"), count(files, "file"));
    summary.fixed.map(words).into_iter().collect()
}

/// How many of the findings shown can be fixed without review, and how many more with it. Only claims that are saved can be.
pub(crate) fn fixable<'a>(findings: impl IntoIterator<Item = &'a Finding>, is_unsaved: bool) -> Option<String> {
    let open = findings.into_iter().filter(|finding| finding.suppressed.is_none());
    let fixes: Vec<Safety> = open.filter_map(Finding::best_fix).map(|fix| fix.safety).collect();
    let of = |safety| fixes.iter().filter(|it| **it == safety).count();
    let (when, file) = if is_unsaved { ("in a file, ", " FILE") } else { ("", "") };
    match (of(Safety::Safe), of(Safety::Suggested)) {
        (0, 0) => None,
        (safe, 0) => Some(format!("{when}`recte check --fix{file}` fixes {safe}")),
        (0, suggested) => {
            Some(format!("{when}`recte check --fix=suggested{file}` fixes {suggested}: review `--diff` first"))
        }
        (safe, suggested) => Some(format!(
            "{when}`recte check --fix{file}` fixes {safe}, and `--fix=suggested` {suggested} more: review `--diff` first"
        )),
    }
}

/// "3 allowed in the claims", "2 errors and 1 warning outside the files asked for".
fn hidden(summary: &Summary) -> Vec<String> {
    let counts = summary.hidden.iter().filter(|(_, number)| **number > 0);
    let counted = |hidden: Hidden, number: usize| match hidden {
        Hidden::Elsewhere if !summary.elsewhere.is_empty() => severities(summary),
        Hidden::Allow | Hidden::Override | Hidden::Baseline | Hidden::Level | Hidden::Elsewhere => number.to_string(),
    };
    let phrase = |hidden: Hidden| match hidden {
        Hidden::Elsewhere if summary.is_filtered => "not selected",
        hidden => hidden.phrase(),
    };
    counts.map(|(hidden, number)| format!("{} {}", counted(*hidden, *number), phrase(*hidden))).collect()
}

/// "2 errors and 1 warning", of what lies outside the files that were asked for.
fn severities(summary: &Summary) -> String {
    let of = |severity: Severity| summary.elsewhere.get(&severity).map(|number| count(*number, severity.as_str()));
    let counts: Vec<String> = Severity::ALL.into_iter().filter_map(of).collect();
    match counts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// "CL0502 circular-reasoning (recte.toml:4)"; a file that is not read stands in no setting.
fn withheld(summary: &Summary, kept: WithheldKind, style: &Style) -> Vec<String> {
    let of_kind = summary.withheld.iter().filter(|withheld| withheld.what == kept);
    let place = |it: &Withheld| match kept {
        WithheldKind::Misnamed => String::new(),
        _ => format!(" ({}:{})", style.path(&it.path), it.line),
    };
    of_kind.map(|it| format!("{}{}", it.name, place(it))).collect()
}

fn stale(summary: &Summary) -> Vec<String> {
    let advice = "`recte baseline prune` removes";
    match summary.stale {
        Some(1) => vec![format!("1 entry of the baseline no longer has a finding: {advice} it")],
        Some(number) if number > 1 => {
            vec![format!("{number} entries of the baseline no longer have a finding: {advice} them")]
        }
        Some(_) | None => Vec::new(),
    }
}

fn list(counts: impl Iterator<Item = (usize, &'static str)>) -> String {
    counts.map(|(number, thing)| count(number, thing)).collect::<Vec<_>>().join(", ")
}
