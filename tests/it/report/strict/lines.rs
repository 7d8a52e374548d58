//! The formats for people, and the one for language models.

use recte::report::Report;

use super::{assert_no_commands, place, shown};

/// How many findings are shown to who reads each.
const MOST: usize = 1_000;

pub(super) fn full(_: &Report<'_>, text: &str) {
    assert_no_commands(text);
    assert!(text.contains("checked "), "{text}");
}

pub(super) fn compact(report: &Report<'_>, text: &str) {
    assert_no_commands(text);
    let findings = text.lines().take_while(|line| !line.starts_with("checked "));
    assert_eq!(findings.count(), report.findings.len(), "{text}");
}

pub(super) fn grouped(report: &Report<'_>, text: &str) {
    assert_no_commands(text);
    let (findings, _) = text.split_once("checked ").expect("a report ends with what was checked");
    let is_heading = |line: &&str| !line.is_empty() && !line.starts_with("  ") && !is_rest(line);
    let headings = findings.lines().filter(is_heading).count();
    let blank = report.findings.iter().any(|finding| shown(place(report, finding).0.name()).starts_with("  "));
    let mut files: Vec<_> = report.findings.iter().map(|finding| finding.diagnostic.primary.span.source).collect();
    files.sort();
    files.dedup();
    let all = report.findings.len() <= MOST;
    assert!(blank || headings == files.len() || !all && headings <= files.len(), "{text}");
}

/// Whether a line says how many findings are not shown.
fn is_rest(line: &str) -> bool {
    line.starts_with("and ") && line.ends_with(": `--max` sets how many are shown")
}

pub(super) fn agent(report: &Report<'_>, text: &str) {
    assert_no_commands(text);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), report.findings.len().min(MOST) + 3, "{text}");
    assert!(lines[0].starts_with("recte agent format 1: "), "{text}");
    let all = if report.findings.len() > MOST { &[] } else { report.findings };
    for (line, finding) in lines[1..].iter().zip(all) {
        let fields: Vec<&str> = line.split('|').collect();
        let (_, [start, _]) = place(report, finding);
        assert_eq!(fields.len(), 7, "{line}");
        assert_eq!(fields[0].trim(), finding.fingerprint.as_str());
        assert!(
            fields[4].contains(&format!(":{}:{}", start.line, start.column)) || fields[4].ends_with("… "),
            "{line}"
        );
        assert!(line.chars().count() < 5 * 620, "{line}");
    }
    assert!(lines[lines.len() - 2].starts_with("summary: ") && lines[lines.len() - 1].starts_with("next: "), "{text}");
}
