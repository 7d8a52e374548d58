//! What recte finds in generated claims is exactly what was seeded into them, in every shape.

use std::collections::BTreeSet;

#[path = "../../benches/generator/mod.rs"]
mod generator;

use recte::project;
use serde_json::Value;

use crate::support::{Folder, files_beneath, today, written};

/// The codes whose message names only the first of the ids that play a part.
const NAMES_ONE: [&str; 2] = ["CL0001", "CL0501"];

#[test]
fn exactly_the_seeded_defects_are_found() {
    for shape in &generator::SHAPES {
        let folder = Folder::new();
        generator::write(1_000, shape, folder.path()).unwrap();
        let manifest = folder.read("manifest.tsv");
        let seeded: BTreeSet<(&str, &str, usize)> = manifest.lines().skip(1).map(|line| row(line).0).collect();
        let report = report(&folder);
        let found = found(&report);
        let places: BTreeSet<(&str, &str, usize)> = found.iter().map(|(place, _)| *place).collect();
        assert_eq!(places, seeded, "{}: {}", shape.name, shape.about);
        assert_eq!(found.len(), seeded.len(), "{}: nothing is found twice", shape.name);
        assert_eq!(seeded.len(), 70, "{}: one of each in a hundred", shape.name);
        for (place, ids) in manifest.lines().skip(1).map(row) {
            let message = found.iter().find(|(at, _)| *at == place).map(|(_, message)| *message).unwrap();
            let named = if NAMES_ONE.contains(&place.0) { &ids[..1] } else { &ids[..] };
            for id in named {
                // A message may name it without its namespace.
                let told = message
                    .split('`')
                    .any(|word| id.strip_suffix(word).is_some_and(|rest| rest.is_empty() || rest.ends_with('/')));
                assert!(told, "{}: `{id}` in `{message}`", shape.name);
            }
        }
    }
}

#[test]
fn all_rules_together_find_nothing_else_in_sound_claims() {
    for shape in &generator::SHAPES {
        let folder = Folder::new();
        generator::write(1_000, shape, folder.path()).unwrap();
        folder.write("corpus/recte.toml", folder.read("all-rules.toml").as_bytes());
        let report = report(&folder);
        // A norm can be drawn twice.
        let others = found(&report).into_iter().filter(|(place, _)| place.0 != "CL0902");
        let manifest = folder.read("manifest.tsv");
        let seeded: BTreeSet<(&str, &str, usize)> = manifest.lines().skip(1).map(|line| row(line).0).collect();
        assert_eq!(others.map(|(place, _)| place).collect::<BTreeSet<_>>(), seeded, "{}", shape.name);
    }
}

#[test]
fn the_same_size_and_shape_give_the_same_bytes() {
    let written = || {
        let folder = Folder::new();
        generator::write(300, &generator::SHAPES[3], folder.path()).unwrap();
        files_beneath(folder.path())
    };
    assert_eq!(written(), written());
}

/// What is found, as JSON.
fn report(folder: &Folder) -> Value {
    let checked = project::check(&folder.path().join("corpus"), &[], today()).unwrap();
    serde_json::from_str(&written(&checked, &checked.findings, "json")).unwrap()
}

/// The code, the file and the line of a row of the manifest, and its ids.
fn row(line: &str) -> ((&str, &str, usize), Vec<&str>) {
    let columns: Vec<&str> = line.split('\t').collect();
    ((columns[0], columns[1], columns[2].parse().unwrap()), columns[3].split(' ').collect())
}

/// The same of each finding, with its message.
fn found(report: &Value) -> Vec<((&str, &str, usize), &str)> {
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| {
            let line = finding["start"]["line"].as_u64().unwrap() as usize;
            let [code, path, message] = ["code", "path", "message"].map(|key| finding[key].as_str().unwrap());
            ((code, path, line), message)
        })
        .collect()
}
