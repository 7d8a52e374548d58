//! What an earlier version put on record still holds: fingerprints of findings, baselines, locks.

use std::collections::{BTreeMap, BTreeSet};

use recte::project::{EXAMPLE_DOCUMENT, ProjectContext, check_by};
use serde::Deserialize;

use crate::support::{Folder, Texts, exit, recte, repository, stdout, today};

/// Projects with the findings that an earlier version had for them.
#[derive(Deserialize)]
struct Recorded {
    project: Vec<Project>,
    /// What a later version reports otherwise on purpose.
    #[serde(default)]
    changed: Vec<Changed>,
}

#[derive(Deserialize)]
struct Project {
    /// The rule whose example it was, and which of its examples.
    name: String,
    claims: String,
    #[serde(default)]
    document: String,
    /// `CODE fingerprint` of each finding.
    findings: Vec<String>,
}

#[derive(Deserialize)]
struct Changed {
    /// The name of the project, or `*` for all.
    project: String,
    code: String,
    reason: String,
}

fn recorded() -> Recorded {
    let path = repository().join("tests/recorded/findings.toml");
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// `CODE fingerprint` of each finding in a project.
fn found_in(project: &Project, document: &str, context: &ProjectContext) -> BTreeSet<String> {
    let texts = [("example.claims", project.claims.as_str()), (EXAMPLE_DOCUMENT, document)];
    let texts = Texts(texts.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
    let checked = check_by(context, &texts, &[], today());
    let line = |finding: &recte::rule::Finding| format!("{} {}", finding.diagnostic.code, finding.fingerprint);
    checked.findings.iter().map(line).collect()
}

/// A document with all words in quotation marks, each in a paragraph of its own.
fn quoted(claims: &str) -> String {
    let texts: Vec<&str> = claims.split('"').skip(1).step_by(2).collect();
    texts.join("\n\n")
}

#[test]
fn findings_on_record_are_found_again_by_their_fingerprints() {
    let context = ProjectContext::builtin();
    let recorded = recorded();
    let (mut found, mut lost, mut needed) = (0, Vec::new(), BTreeSet::new());
    for project in &recorded.project {
        let mut now = found_in(project, &project.document, &context);
        // Where no document was on record, the quotations stood in none. Today nothing is read out of words that are not in their
        // document; in one that has them, the same is found as then.
        if project.document.is_empty() {
            now.extend(found_in(project, &quoted(&project.claims), &context));
        }
        for finding in &project.findings {
            let code = finding.split(' ').next().unwrap();
            let on_purpose = recorded
                .changed
                .iter()
                .position(|changed| changed.code == code && ["*", &project.name].contains(&changed.project.as_str()));
            match (now.contains(finding), on_purpose) {
                (true, _) => found += 1,
                (false, Some(changed)) => _ = needed.insert(changed),
                (false, None) => lost.push(format!("{}: {finding}", project.name)),
            }
        }
    }
    println!("{found} findings on record are found again");
    assert!(lost.is_empty(), "no longer found by their fingerprints:\n{}", lost.join("\n"));
    for (number, changed) in recorded.changed.iter().enumerate() {
        assert!(!changed.reason.is_empty() && needed.contains(&number), "nothing of {} changed", changed.code);
    }
    assert!(found > 300, "{found}");
}

/// A project with mistakes that are all on record in its baseline, and with its documents on record in its lock.
#[test]
fn baselines_and_locks_on_record_hold() {
    for project in ["reader-data", "us-japan"] {
        let folder = Folder::copy_of(&format!("tests/recorded/{project}"));
        let checked = recte(folder.path(), &["check", "--locked", "--format", "json", "--show-suppressed"]);
        assert_eq!(exit(&checked), 0, "{project}: {}", stdout(&checked));
        let report: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
        let mut held: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in report["findings"].as_array().unwrap() {
            assert_eq!(finding["suppressed"]["by"], "baseline", "{project}: {finding:#}");
            *held.entry(finding["code"].as_str().unwrap()).or_default() += 1;
        }
        println!("{project}: {held:?}");
        let baseline: serde_json::Value = serde_json::from_str(&folder.read("recte-baseline.json")).unwrap();
        let entries = baseline["findings"].as_array().unwrap().len();
        assert!(entries >= 10, "{project}: {entries}");
        assert_eq!(held.values().sum::<usize>(), entries, "{project}: every entry holds a finding");
    }
}
