//! The closing words of a report for people: what was looked at, what is hidden, what to do next.

use std::io::{self, Write};

use super::facts::{RunFact, count, explanation, extent, extent_of_all, facts, fixable, heaviest, outcome};
use super::guard::disarm;
use super::run::Report;
use super::several::{ProjectReport, RunReport};
use super::style::{Style, Tone};
use super::summary::Summary;
use crate::text::Sanitized;

/// Writes the closing paragraph, with the time it took if that is known.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if !style.closing {
        return Ok(());
    }
    paragraph(report, style, &time(&report.summary), out)
}

/// Writes the same words for programs, for which the same input gives the same bytes.
pub(crate) fn write_timeless(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    paragraph(report, style, "", out)
}

/// Writes what was looked at in one of several projects, under its name.
pub(crate) fn write_project(project: &ProjectReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if !style.closing {
        return Ok(());
    }
    let name = format!("{}: ", project.name());
    counts(&project.report, style, (&name, &time(&project.report.summary)), out)
}

/// Writes what was looked at in all projects, and what to do next.
pub(crate) fn write_total(run: &RunReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if !style.closing {
        return Ok(());
    }
    let total = run.total();
    let checked = format!("checked {}{}: {}", extent_of_all(run), time(&total), outcome(&total));
    writeln!(out, "{}", style.wrap(&Sanitized::line(&checked), 0, 2))?;
    match explanation(run) {
        Some(command) => {
            write_next(&command, fixable(run.numbered().map(|(_, finding)| finding), total.is_unsaved), style, out)
        }
        None => Ok(()),
    }
}

/// " in 12 ms", where that is to be said.
fn time(summary: &Summary) -> String {
    summary.elapsed.map(|elapsed| format!(" in {} ms", elapsed.as_millis())).unwrap_or_default()
}

/// All that is said of one project, with what to do next.
fn paragraph(report: &Report<'_>, style: &Style, time: &str, out: &mut dyn Write) -> io::Result<()> {
    counts(report, style, ("", time), out)?;
    match heaviest(report) {
        Some(code) => write_next(
            &format!("recte explain {code}"),
            fixable(report.findings, report.summary.is_unsaved),
            style,
            out,
        ),
        None => Ok(()),
    }
}

/// "checked 9 files, 95 claims, 40 rules in 12 ms: 2 errors", and what else there is to know.
fn counts(report: &Report<'_>, style: &Style, (name, time): (&str, &str), out: &mut dyn Write) -> io::Result<()> {
    let (_, rest) = report.shown(style);
    if rest > 0 {
        writeln!(out, "and {}: `--max` sets how many are shown", count(rest, "more finding"))?;
    }
    let checked = format!("checked {name}{}{time}: {}", extent(&report.summary), outcome(&report.summary));
    writeln!(out, "{}", style.wrap(&Sanitized::line(&checked), 0, 2))?;
    write_facts(report, style, out)
}

/// Writes what is not in a report of several projects and why, for whoever writes the rest of it; each project that has
/// something to say of is named where there are several.
///
/// # Errors
/// When `out` takes no more.
pub fn write_withheld(run: &RunReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for (project, style) in run.styled(style) {
        let report = &project.report;
        if run.is_of_several && !facts(report, &style).is_empty() {
            writeln!(out, "in {}:", project.name())?;
        }
        write_facts(report, &style, out)?;
    }
    Ok(())
}

/// "hidden: 3 allowed in the claims", and what else there is to know, each on a line.
fn write_facts(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for RunFact { word, text } in facts(report, style) {
        let text = style.wrap(&text, word.len() + 2, 2);
        writeln!(out, "{} {}", style.paint(Tone::Advice, &format!("{word}:")), disarm(&text))?;
    }
    Ok(())
}

/// "next: `recte explain CL0202` explains the rule", and which fixes there are.
fn write_next(command: &str, fixes: Option<String>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let fixes = fixes.map(|fixes| format!("; {fixes}")).unwrap_or_default();
    let next = Sanitized::line(&format!("`{command}` explains the rule{fixes}"));
    let next = style.wrap(&next, "next: ".len(), 2);
    writeln!(out, "{} {}", style.paint(Tone::Advice, "next:"), disarm(&next))
}
