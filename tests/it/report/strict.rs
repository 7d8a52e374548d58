//! A strict reader for every format: what a report holds, no text in it can break.

mod github;
mod gitlab;
mod json;
mod junit;
mod lines;
mod markdown;
mod rdjson;
mod sarif;
pub(super) mod several;
mod xml;

use recte::report::{ALL, Report, ReportFormat};
use recte::rule::Finding;
use recte::text::{Sanitized, Source, is_hidden};

use super::{PLAIN, write};

/// Reads a report that was written plainly, and panics unless it is what it should be.
type Reader = fn(&Report<'_>, &str);

/// The reader of each format; a format without one fails.
const READERS: &[(&str, Reader)] = &[
    ("full", lines::full),
    ("compact", lines::compact),
    ("grouped", lines::grouped),
    ("agent", lines::agent),
    ("markdown", markdown::read),
    ("github", github::read),
    ("json", json::read),
    ("jsonl", json::read_lines),
    ("sarif", sarif::read),
    ("gitlab", gitlab::read),
    ("junit", junit::read),
    ("checkstyle", xml::read_checkstyle),
    ("rdjson", rdjson::read),
];

/// What build servers obey wherever it stands.
const COMMANDS: [&str; 3] = ["##[", "##vso[", "##teamcity["];

/// Writes a report in every format, and reads each back.
pub(super) fn hold(report: &Report<'_>) {
    for ReportFormat { name, .. } in ALL {
        let (_, reader) = READERS.iter().find(|(format, _)| format == name).expect("every format has a strict reader");
        let text = write(name, report, &PLAIN);
        assert_eq!(text, write(name, report, &PLAIN), "{name} gives the same bytes for the same input");
        assert_bare(&text);
        reader(report, &text);
    }
}

/// Whatever the format: nothing that steers a terminal, hides, or is a command in the middle of a line.
fn assert_bare(text: &str) {
    let raw = |character: char| character != '\n' && character.is_control() || is_hidden(character);
    assert_eq!(text.chars().find(|character| raw(*character)), None, "{text}");
    for command in COMMANDS {
        assert!(!text.contains(command), "{text}");
    }
}

/// Holds a text against `ActionCommand` of the runner of GitHub Actions, which trims lines first.
fn assert_no_commands(text: &str) {
    assert_eq!(text.lines().find(|line| line.trim_start().starts_with("::")), None, "{text}");
}

/// The file of a finding, and where in it the finding starts and ends.
fn place<'a>(report: &Report<'a>, finding: &Finding) -> (&'a Source, [recte::text::Position; 2]) {
    let span = finding.diagnostic.primary.span;
    let source = report.sources.get(span.source);
    (source, [source.position(span.start), source.position(span.end)])
}

/// A line as it may be shown.
fn shown(line: &str) -> String {
    Sanitized::line(line).to_string()
}

/// A text in which one character of every command is replaced.
fn disarmed(text: &str) -> String {
    let disarm = |text: String, command: &&str| text.replace(command, &command.replacen("##", "#\u{fffd}", 1));
    COMMANDS.iter().fold(text.to_owned(), disarm)
}

/// What is to be said of a finding, a line each.
fn said(finding: &Finding) -> Vec<String> {
    let help = finding.diagnostic.help.iter().map(|help| format!("help: {help}"));
    let note = finding.suppressed.iter().map(|it| format!("note: suppressed by {}: {}", it.by.as_str(), it.reason));
    let lines = [finding.diagnostic.message.clone()].into_iter().chain(help).chain(note);
    lines.map(|line| shown(&line)).collect()
}
