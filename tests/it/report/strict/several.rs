//! Reports on several projects, held against what their readers ask for.

use std::collections::BTreeSet;

use recte::report::{ALL, RunReport};
use recte::rule::Finding;
use roxmltree::Node;
use serde_json::Value;

use super::super::PLAIN;
use super::{assert_bare, assert_no_commands, gitlab, json, junit, markdown, rdjson, sarif, xml};

/// Writes a report in every format, and reads each back.
pub(in super::super) fn hold(run: &RunReport<'_>) {
    for format in ALL {
        let mut bytes = Vec::new();
        format.write_run(run, &PLAIN, &mut bytes).expect("memory takes every byte");
        let text = String::from_utf8(bytes).expect("a report is UTF-8");
        assert_bare(&text);
        match format.name {
            "full" | "compact" | "grouped" => assert_summed_up(run, &text),
            "agent" => read_agent(run, &text),
            "markdown" => markdown::read_several(&text),
            "github" => assert_eq!(text.lines().filter(|line| line.starts_with("::")).count(), findings(run).count()),
            "json" => read_json(run, &text),
            "jsonl" => read_lines(run, &text),
            "sarif" => read_sarif(run, &text),
            "gitlab" => assert_eq!(gitlab::fingerprints(&text).len(), distinct(run)),
            "junit" => read_junit(run, &text),
            "checkstyle" => assert_eq!(xml::errors(&text), findings(run).count()),
            "rdjson" => assert_eq!(rdjson::diagnostics(&text), findings(run).count()),
            other => panic!("{other} has no reader for several projects"),
        }
    }
}

fn findings<'a>(run: &'a RunReport<'_>) -> impl Iterator<Item = (&'a str, &'a Finding)> {
    run.projects
        .iter()
        .flat_map(|project| project.report.findings.iter().map(|finding| (project.path.as_str(), finding)))
}

/// How many findings can be told apart.
fn distinct(run: &RunReport<'_>) -> usize {
    findings(run).map(|(path, finding)| (path, finding.fingerprint.as_str())).collect::<BTreeSet<_>>().len()
}

fn assert_summed_up(run: &RunReport<'_>, text: &str) {
    assert_no_commands(text);
    let summaries: Vec<&str> = text.lines().filter(|line| line.starts_with("checked ")).collect();
    assert_eq!(summaries.len(), run.projects.len() + 1, "{text}");
    assert!(summaries[run.projects.len()].starts_with(&format!("checked {} projects: ", run.projects.len())), "{text}");
}

fn read_agent(run: &RunReport<'_>, text: &str) {
    assert_no_commands(text);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 1 + findings(run).count() + run.projects.len() + 2, "{text}");
    assert!(lines[lines.len() - 2].starts_with("summary: ") && lines[lines.len() - 1].starts_with("next: "), "{text}");
}

fn read_json(run: &RunReport<'_>, text: &str) {
    let document: Value = serde_json::from_str(text).expect("the report is JSON");
    json::assert_document(&document);
    assert_eq!((&document["version"], &document["summary"]["projects"]), (&2.into(), &run.projects.len().into()));
    for (told, project) in document["projects"].as_array().unwrap().iter().zip(&run.projects) {
        assert_eq!(told["path"], project.path);
        assert_eq!(told["findings"].as_array().unwrap().len(), project.report.findings.len());
    }
}

fn read_lines(run: &RunReport<'_>, text: &str) {
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    lines.iter().for_each(json::assert_line);
    assert_eq!(lines.len(), findings(run).count() + run.projects.len() + 2);
    let (first, last) = (&lines[0], &lines[lines.len() - 1]);
    assert_eq!((&first["version"], &last["summary"]["projects"]), (&2.into(), &run.projects.len().into()));
    let named: Vec<&str> = lines.iter().filter_map(|line| line.get("finding").and(line["project"].as_str())).collect();
    assert_eq!(named, findings(run).map(|(path, _)| path).collect::<Vec<_>>());
}

fn read_sarif(run: &RunReport<'_>, text: &str) {
    let log: Value = serde_json::from_str(text).expect("the report is JSON");
    sarif::assert_log(&log);
    let runs = log["runs"].as_array().unwrap();
    assert_eq!(runs.len(), run.projects.len());
    let ids: BTreeSet<&str> = runs.iter().map(|run| run["automationDetails"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), runs.len(), "{ids:?}");
    for (told, project) in runs.iter().zip(&run.projects) {
        let found = project.report.findings.len() + project.report.excused.len();
        assert_eq!(told["results"].as_array().unwrap().len(), found);
    }
}

fn read_junit(run: &RunReport<'_>, text: &str) {
    let document = xml::parse(text);
    let root = document.root_element();
    junit::assert_valid(root);
    junit::assert_counts(root);
    let suites: Vec<Node<'_, '_>> = xml::elements(root).collect();
    assert_eq!(suites.len(), run.projects.len());
    suites.iter().for_each(|suite| junit::assert_counts(*suite));
    let tests: Vec<Node<'_, '_>> = root.descendants().filter(|node| node.has_tag_name("testcase")).collect();
    let names: BTreeSet<&str> = tests.iter().filter_map(|test| test.attribute("name")).collect();
    assert!(names.len() >= distinct(run) + run.projects.len(), "{names:?}");
    assert!(!text.contains("[["), "{text}");
}
