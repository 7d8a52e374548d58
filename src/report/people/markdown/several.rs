//! Several projects in one comment: the result of all, then a section for each, as far as there is room.

use std::io::{self, Write};

use super::{FindingItem, text, write_facts, write_findings};
use crate::report::RunReport;
use crate::report::common::facts::{count, explanation, extent, extent_of_all, outcome};
use crate::report::common::select;
use crate::report::common::several::ProjectReport;
use crate::report::common::style::Style;
use crate::rule::Finding;

/// The most bytes that the findings of all projects take; with the rest they stay below the limit of a comment.
const FINDINGS: usize = 36_000;

/// The most bytes that the facts of all projects take.
const FACTS: usize = 14_000;

/// The most bytes that the openings of the sections take.
const SECTIONS: usize = 12_000;

/// What a section takes besides its opening: the lines around its findings, and of how many there are more.
const AROUND: usize = 120;

/// Writes the report on several projects.
pub(crate) fn write_several(run: &RunReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### recte: {}\n", outcome(&run.total()))?;
    writeln!(out, "Checked {}.", extent_of_all(run))?;
    if !run.projects.iter().all(|project| project.report.is_complete()) {
        writeln!(out, "**A part of the input could not be checked.**")?;
    }
    let sections = sections(run, style);
    let mut room = FACTS;
    for Section { project, style, opening, findings } in &sections {
        write!(out, "{opening}")?;
        write_facts(&project.report, style, &mut room, out)?;
        write_findings(&project.report, style, findings, out)?;
    }
    write_rest(run, &sections, out)?;
    if let Some(command) = explanation(run) {
        writeln!(out, "\nNext: {}", text(&command))?;
    }
    Ok(())
}

/// A project that has a section of its own.
struct Section<'a> {
    project: &'a ProjectReport<'a>,
    style: Style,
    opening: String,
    findings: Vec<&'a Finding>,
}

/// The sections for which there is room, in order: those with the most severe findings are the last to go.
fn sections<'a>(run: &'a RunReport<'a>, style: &Style) -> Vec<Section<'a>> {
    let mut sections: Vec<Section<'a>> = run
        .styled(style)
        .into_iter()
        .map(|(project, style)| {
            let (findings, _) = project.report.shown(&style);
            Section { project, style, opening: opening(project), findings }
        })
        .collect();
    let all: Vec<(usize, &Finding)> = sections
        .iter()
        .enumerate()
        .flat_map(|(at, it)| it.findings.iter().map(move |finding| (at, *finding)))
        .collect();
    let cost = |(at, finding): (usize, &Finding)| {
        let Section { project, style, .. } = &sections[at];
        FindingItem { report: &project.report, style, finding }.cost()
    };
    let mut kept: Vec<Vec<&Finding>> = sections.iter().map(|_| Vec::new()).collect();
    for (at, finding) in select::heaviest_of(&all, FINDINGS, |(_, finding)| finding, cost) {
        kept[at].push(finding);
    }
    sections.iter_mut().zip(kept).for_each(|(section, kept)| section.findings = kept);
    let mut room = SECTIONS;
    let mut fits = |section: &Section<'_>| match room.checked_sub(section.opening.len() + AROUND) {
        Some(rest) => {
            room = rest;
            true
        }
        None => false,
    };
    let filled: Vec<bool> = sections.iter().map(|section| !section.findings.is_empty() && fits(section)).collect();
    let mut filled = filled.into_iter();
    sections.retain(|section| filled.next() == Some(true) || section.findings.is_empty() && fits(section));
    sections
}

/// The heading of a project, and what was looked at in it.
fn opening(project: &ProjectReport<'_>) -> String {
    let summary = &project.report.summary;
    format!("\n#### {}: {}\n\nChecked {}.\n", text(&project.path), outcome(summary), extent(summary))
}

/// How many projects have no section, and how many findings they have.
fn write_rest(run: &RunReport<'_>, sections: &[Section<'_>], out: &mut dyn Write) -> io::Result<()> {
    let projects = run.projects.len() - sections.len();
    if projects == 0 {
        return Ok(());
    }
    let listed: usize = sections.iter().map(|section| section.project.report.findings.len()).sum();
    let findings = run.numbered().count() - listed;
    writeln!(out, "\nand {} with {}", count(projects, "more project"), count(findings, "finding"))
}
