//! What authors of rules are given: the test of examples and clauses, reasons for and against, facts, a first rule.

use serde_json::Value;

use crate::support::{Folder, exit, recte, stderr, stdout};

/// What a command says, under the command.
fn said(folder: &Folder, arguments: &[&str]) -> String {
    let output = recte(folder.path(), &[arguments, &["--date", "2026-01-01"]].concat());
    format!("$ recte {}\n{}{}exit {}\n", arguments.join(" "), stdout(&output), stderr(&output), exit(&output))
}

fn all_said(folder: &Folder, commands: &[&[&str]]) -> String {
    commands.iter().map(|command| said(folder, command)).collect::<Vec<_>>().join("\n")
}

#[test]
fn examples_that_do_not_show_what_they_say_are_underlined() {
    let folder = Folder::copy_of("tests/cases/authors/examples");
    insta::assert_snapshot!(said(&folder, &["rules", "test", "HOUSE0001"]));
}

#[test]
fn clauses_that_no_example_needs_are_underlined() {
    let folder = Folder::copy_of("tests/cases/authors/examples");
    insta::assert_snapshot!(said(&folder, &["rules", "test", "HOUSE0002", "--strict"]));
}

#[test]
fn clauses_that_rules_share_are_tested_with_the_examples_of_all() {
    let folder = Folder::copy_of("tests/cases/authors/examples");
    insta::assert_snapshot!(all_said(&folder, &[&["rules", "test", "HOUSE0003"], &["explain", "HOUSE0003"]]));
}

#[test]
fn what_rules_say_is_kept_and_compared() {
    let folder = Folder::copy_of("tests/cases/authors/examples");
    assert_eq!(exit(&recte(folder.path(), &["rules", "test", "--accept"])), 2, "the examples are wrong all the same");
    let kept = folder.read("recte-rules.snap");
    assert!(kept.contains("`first` says not what it is for") && kept.contains("fixed:"), "{kept}");
    // Earlier versions called it otherwise, and what they recorded still holds.
    folder.write("recte-rules.snap", kept.replace("\nfixed:\n", "\nmended:\n").as_bytes());
    assert!(!stdout(&recte(folder.path(), &["rules", "test"])).contains("+fixed:"));
    let context = folder.read("house.toml").replace("says not what it is for", "has no purpose");
    folder.write("house.toml", context.as_bytes());
    let compared = stdout(&recte(folder.path(), &["rules", "test"]));
    assert!(compared.contains("-warning[HOUSE0001]") && compared.contains("+warning[HOUSE0001]"), "{compared}");
}

#[test]
fn reasons_are_told_for_and_against() {
    let folder = Folder::copy_of("tests/cases/authors/reasons");
    insta::assert_snapshot!(all_said(
        &folder,
        &[
            &["why", "treaty.claims:13"],
            &["why", "treaty.claims:14"],
            &["why", "treaty.claims:15"],
            &["why", "treaty.claims:18"],
            &["why", "treaty.claims:1"],
            &["why-not", "scope-outside-article", "owed-without-source"],
            &["why-not", "CL0201", "use-of-bases"],
            &["why-not", "CL0710", "use-of-bases"],
            &["why-not", "CL0501", "broken"],
            &["why-not", "CL0401", "japan"],
            &["why-not", "CL0001", "japan"],
            &["why-not", "CL0301", "use-of-base"],
        ]
    ));
}

#[test]
fn reasons_are_told_to_programs_as_well() {
    let folder = Folder::copy_of("tests/cases/authors/reasons");
    let why = recte(folder.path(), &["why", "treaty.claims:13", "--format", "json"]);
    let why: Value = serde_json::from_slice(&why.stdout).unwrap();
    let scope = why.as_array().unwrap().iter().find(|one| one["code"] == "CL0203").unwrap();
    assert_eq!(scope["trace"]["bound"][2]["value"], "asia");
    assert_eq!(scope["trace"]["clause"]["holds"], true);
    assert!(!scope["clears"].as_array().unwrap().is_empty());
    let why_not = recte(folder.path(), &["why-not", "CL0203", "owed-without-source", "--format", "json"]);
    let why_not: Value = serde_json::from_slice(&why_not.stdout).unwrap();
    assert_eq!(why_not["near"][0]["end"], "nothing-to-bind");
}

#[test]
fn facts_are_what_rules_see() {
    let folder = Folder::copy_of("tests/cases/authors/reasons");
    insta::assert_snapshot!(all_said(
        &folder,
        &[
            &["facts", "treaty.claims"],
            &["facts", "--query", "norm n, x in n.scope, y in x.within+ where some n.cites"],
            &["facts", "--query", "obligation o where count(o.cites) = 0"],
            &["facts", "--query", "norm n where some n.cites+ and n.scop = 3"],
            &["facts", "nowhere.claims"],
        ]
    ));
}

#[test]
fn a_new_rule_passes_at_once_with_every_clause_needed() {
    let folder =
        Folder::with(&[("a.claims", "fact a { inferred: yes }\n"), ("recte.toml", "packs = [\"rules/*.toml\"]\n")]);
    let new = ["rules", "new", "ACME0001", "duty-owed-to-nobody", "--file", "rules/house.toml"];
    assert_eq!(exit(&recte(folder.path(), &new)), 0);
    let tested = recte(folder.path(), &["rules", "test", "ACME0001", "--strict"]);
    assert_eq!(exit(&tested), 0, "{}", stdout(&tested));
    assert_eq!(exit(&recte(folder.path(), &new)), 2, "a code is given once");
    let second = ["rules", "new", "ACME0002", "second", "--file", "rules/house.toml"];
    assert_eq!(exit(&recte(folder.path(), &second)), 0);
    assert_eq!(exit(&recte(folder.path(), &["rules", "test", "--strict", "ACME0001", "ACME0002"])), 0);
    for wrong in [&["acme1", "name"], &["ACME0003", "Name"]] {
        assert_eq!(exit(&recte(folder.path(), &["rules", "new", wrong[0], wrong[1]])), 2);
    }
    let outside = ["rules", "new", "ACME0003", "third", "--file", "../outside.toml"];
    assert_eq!(exit(&recte(folder.path(), &outside)), 2);
    assert!(!folder.path().join("../outside.toml").exists());
}

#[test]
fn rules_that_judged_nothing_are_named() {
    let folder = Folder::copy_of("tests/cases/authors/reasons");
    let output = recte(folder.path(), &["check", "--stats"]);
    let stats = stderr(&output);
    let line = |code: &str| stats.lines().position(|line| line.contains(code)).unwrap();
    let vacuous = line("these rules evaluated no row");
    assert!(line("CL0501") < vacuous && line("CL0203") < vacuous && line("CL0207") > vacuous, "{stats}");
    let rows = stats.lines().nth(line("CL0501")).unwrap().split_whitespace().next();
    assert_eq!(rows, Some("6"), "each statement is a row, but one whose reason is broken is not reported");
}
