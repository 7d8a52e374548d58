//! One report on several projects, in every format.

use std::collections::BTreeSet;

use recte::report::{ALL, ProjectReport, Report, RunReport};
use recte::rule::{Finding, RuleSet};
use serde_json::Value;

use super::programs::{eventful, findings};
use super::strict::several::hold;
use super::{PLAIN, Style, report};

/// A run on two projects of one repository, from its folder `law`.
fn two<'a>(harbour: Report<'a>, canal: Report<'a>) -> RunReport<'a> {
    let project = |path: &str, inside: &str, report| ProjectReport { path: path.into(), inside: inside.into(), report };
    let projects = vec![project("canal", "law/canal", canal), project("../harbour", "harbour", harbour)];
    RunReport { projects, is_of_several: true, elapsed: None }
}

fn write(format: &str, run: &RunReport<'_>, style: &Style) -> String {
    let format = ALL.iter().find(|row| row.name == format).expect("the format is in the table");
    let mut bytes = Vec::new();
    format.write_run(run, style, &mut bytes).expect("memory takes every byte");
    String::from_utf8(bytes).expect("a report is UTF-8")
}

#[test]
fn every_format_has_one_report() {
    let ((sources, shown, excused), rules) = (findings(), RuleSet::default());
    let harbour = Report { rules: &rules, ..eventful(&sources, &shown, &excused) };
    let canal = Report { rules: &rules, ..report(&sources, &[]) };
    let run = two(harbour, canal);
    for format in ALL {
        insta::assert_snapshot!(format.name, write(format.name, &run, &PLAIN));
    }
}

#[test]
fn every_report_is_what_its_readers_expect() {
    let (sources, shown, excused) = findings();
    hold(&two(eventful(&sources, &shown, &excused), report(&sources, &shown[..1])));
    hold(&two(report(&sources, &[]), report(&sources, &[])));
}

#[test]
fn a_single_project_is_not_named() {
    let (sources, shown, excused) = findings();
    for format in ALL {
        let project = ProjectReport {
            path: "law/harbour".into(),
            inside: "elsewhere".into(),
            report: eventful(&sources, &shown, &excused),
        };
        let run = RunReport { projects: vec![project], is_of_several: false, elapsed: None };
        let style = Style { folder: "law/harbour/".to_owned(), ..PLAIN };
        let alone = super::write(format.name, &eventful(&sources, &shown, &excused), &style);
        assert_eq!(write(format.name, &run, &PLAIN), alone, "{}", format.name);
    }
}

#[test]
fn no_name_of_a_project_steers_who_reads_it() {
    let (sources, shown, _) = findings();
    for name in ["::error::x", "##[error]x", "a\u{1b}[2J\u{202e}\r\n::x", "<b>@x #1", "]]>\"'&", "[[ATTACHMENT|x]]"] {
        let mut run = two(report(&sources, &shown), report(&sources, &shown));
        (run.projects[0].path, run.projects[0].inside) = (name.to_owned(), name.to_owned());
        hold(&run);
    }
}

/// The most severe findings of all projects are shown, wherever they are.
#[test]
fn the_number_of_findings_is_that_of_all_projects() {
    let (sources, shown, _) = findings();
    let all: Vec<Finding> = shown.iter().map(|finding| Finding { suppressed: None, ..finding.clone() }).collect();
    let run = two(report(&sources, &all), report(&sources, &all));
    let compact = write("compact", &run, &Style { max: Some(3), ..PLAIN });
    let lines: Vec<&str> = compact.lines().filter(|line| line.contains(".claims:")).collect();
    assert_eq!(lines.iter().filter(|line| line.contains("error[CL0203]")).count(), 2, "{compact}");
    assert_eq!((lines.len(), compact.matches("and 1 more finding: `--max`").count()), (3, 1), "{compact}");
    assert!(compact.ends_with(
        "checked 2 projects: 4 files, 10 claims: 2 errors, 2 warnings\nnext: `recte explain CL0203` explains the rule\n"
    ));
}

#[test]
fn many_projects_fit_into_a_comment() {
    let (sources, shown, excused) = findings();
    let many: Vec<Finding> = (0..40).flat_map(|_| shown.clone()).collect();
    let project = |number: usize| ProjectReport {
        path: format!("projects/number-{number}"),
        inside: format!("projects/number-{number}"),
        report: eventful(&sources, if number % 7 == 6 { &many } else { &[] }, &excused),
    };
    let run = RunReport { projects: (0..700).map(project).collect(), is_of_several: true, elapsed: None };
    let text = write("markdown", &run, &PLAIN);
    assert!(text.chars().count() <= 65_536, "{} characters", text.chars().count());
    assert!(text.contains("more projects with ") && text.contains("CL0203"), "{}", &text[text.len() - 300..]);
}

/// GitLab and SARIF know findings by their fingerprints, and files from the root of the repository.
#[test]
fn what_is_joined_can_be_told_apart() {
    let (sources, shown, _) = findings();
    let run = two(report(&sources, &shown), report(&sources, &shown));
    let gitlab: Vec<Value> = serde_json::from_str(&write("gitlab", &run, &PLAIN)).unwrap();
    let of = |value: &Value| (value["fingerprint"].as_str().unwrap().to_owned(), value["location"]["path"].to_string());
    let seen: BTreeSet<(String, String)> = gitlab.iter().map(of).collect();
    assert_eq!(seen.len(), 4, "{seen:?}");
    assert!(seen.contains(&(format!("law/canal:{}", shown[0].fingerprint), "\"law/canal/port.claims\"".to_owned())));
    let github = write("github", &run, &PLAIN);
    assert!(github.contains("file=harbour/port.claims,") && github.contains("file=law/canal/port.claims,"), "{github}");
    let sarif: Value = serde_json::from_str(&write("sarif", &run, &PLAIN)).unwrap();
    let ids: Vec<&Value> =
        sarif["runs"].as_array().unwrap().iter().map(|run| &run["automationDetails"]["id"]).collect();
    assert_eq!(ids, ["recte/law/canal/", "recte/harbour/"]);
}
