//! Holds `docs/formats.md` against the program: every format has its section, and every example is true.

use recte::report::{ALL, Audience, Report};
use recte::rule::RuleSet;

use super::programs::{eventful, findings};
use super::{PLAIN, write};

/// The page on the formats.
const PAGE: &str = include_str!("../../../docs/formats.md");

#[test]
fn every_format_has_a_section_and_a_row() {
    let sections: Vec<&str> = PAGE.lines().filter_map(|line| line.strip_prefix("## `")?.strip_suffix('`')).collect();
    let formats: Vec<&str> = ALL.iter().map(|format| format.name).collect();
    assert_eq!(sections, formats);
    for format in ALL {
        let opening = format!("| [`{0}`](#{0}) | ", format.name);
        let row = PAGE.lines().find(|line| line.starts_with(&opening)).expect("every format has a row");
        let bounded = if format.audience == Audience::People { "| yes |" } else { "| no |" };
        assert!(row.ends_with(bounded), "{row}");
    }
}

#[test]
fn every_example_is_true() {
    let (sources, findings, excused) = findings();
    let report = Report { rules: &RuleSet::default(), ..eventful(&sources, &findings, &excused) };
    for section in PAGE.split("\n## `").skip(1) {
        let (name, rest) = section.split_once('`').unwrap();
        let written = write(name, &report, &PLAIN);
        let mut lines = written.lines().map(str::trim);
        for line in example(rest).lines().map(str::trim).filter(|line| *line != "…") {
            assert!(lines.any(|written| written == line), "{name}: {line}");
        }
    }
}

/// The first block of a section.
fn example(section: &str) -> &str {
    let (_, rest) = section.split_once("\n```").expect("every section has an example");
    let (_, rest) = rest.split_once('\n').unwrap();
    rest.split_once("\n```").expect("the example ends").0
}
