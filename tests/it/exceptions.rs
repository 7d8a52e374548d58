//! Old findings on record, and the list of everything that is excepted.

use serde_json::Value;

use crate::support::{Folder, exit, recte, stderr, stdout};

/// A project with findings of several rules.
fn old() -> Folder {
    Folder::with(&[
        ("recte.toml", ""),
        (
            "a.claims",
            "fact one\nfact two { because: nothing }\nfact three { allow: claim-without-quote \"drafted\" }\n",
        ),
    ])
}

fn run(folder: &Folder, arguments: &[&str]) -> (i32, String) {
    let output = recte(folder.path(), arguments);
    (exit(&output), stdout(&output) + &stderr(&output))
}

#[test]
fn old_findings_are_adopted_in_one_step() {
    let folder = old();
    assert_eq!(run(&folder, &["check"]).0, 1);
    let (code, said) = run(&folder, &["baseline", "add", "--reason", "before recte"]);
    assert_eq!((code, said.lines().next()), (0, Some("recorded 3 findings in recte-baseline.json")));
    let (code, said) = run(&folder, &["check", "--fail-on", "info"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("1 allowed in the claims, 3 in the baseline"), "{said}");
    assert_eq!(run(&folder, &["baseline", "verify"]).0, 0);
    let text = folder.read("recte-baseline.json");
    assert!(!text.contains("a.claims") && !text.contains("line"), "{text}");
    let (_, said) = run(&folder, &["baseline", "add", "--reason", "again"]);
    assert!(said.starts_with("nothing to record"), "{said}");
    assert_eq!(folder.read("recte-baseline.json"), text, "what is on record keeps its reason");
}

#[test]
fn a_fix_and_a_new_finding_do_not_cancel_each_other() {
    let folder = old();
    run(&folder, &["baseline", "add", "--reason", "before recte"]);
    let text = folder.read("a.claims").replace("fact one", "fact another");
    folder.write("a.claims", text.as_bytes());
    let (code, said) = run(&folder, &["check", "--fail-on", "warning"]);
    assert_eq!((code, said.matches("fact `another`").count()), (1, 1), "{said}");
    let (code, said) = run(&folder, &["baseline", "verify"]);
    assert_eq!((code, said.matches("stale: ").count()), (1, 2), "{said}");
    let (code, said) = run(&folder, &["baseline", "prune"]);
    assert_eq!((code, said.as_str()), (0, "removed 1 entry, 2 left\n"));
    assert_eq!(run(&folder, &["check", "--fail-on", "warning"]).0, 1, "pruning adds nothing");
    assert_eq!(run(&folder, &["baseline", "verify"]).0, 0);
}

#[test]
fn single_findings_are_recorded_by_their_fingerprints() {
    let folder = old();
    let report: Value = serde_json::from_str(&run(&folder, &["check", "--format", "json"]).1).unwrap();
    let fingerprint = report["findings"][0]["fingerprint"].as_str().unwrap();
    assert_eq!(run(&folder, &["baseline", "add", "--reason", "one", &fingerprint[..8]]).0, 0);
    let shown: Value = serde_json::from_str(&run(&folder, &["baseline", "show", "--format", "json"]).1).unwrap();
    assert_eq!((shown[0]["fingerprint"].as_str(), shown.as_array().unwrap().len()), (Some(fingerprint), 1));
    for (wrong, said) in
        [("", "the fingerprints of several findings begin with ``"), ("zz", "no fingerprint begins with `zz`")]
    {
        let (code, all) = run(&folder, &["baseline", "add", "--reason", "one", wrong]);
        assert_eq!((code, all.contains(said)), (2, true), "{all}");
    }
    let nothing = run(&folder, &["baseline", "add"]);
    let blank = run(&folder, &["baseline", "add", "--reason", "  "]);
    assert_eq!((nothing.0, blank.0), (2, 2), "a reason is demanded");
}

#[test]
fn what_cannot_be_read_is_neither_recorded_nor_pruned() {
    let folder = old();
    run(&folder, &["baseline", "add", "--reason", "before recte"]);
    let before = folder.read("recte-baseline.json");
    folder.write("b.claims", b"fact four {\nfact five\n");
    let (code, said) = run(&folder, &["baseline", "prune"]);
    assert_eq!((code, said.contains("the baseline was not pruned")), (1, true), "{said}");
    assert_eq!(run(&folder, &["baseline", "verify"]).0, 1);
    let (code, said) = run(&folder, &["baseline", "add", "--reason", "new"]);
    assert_eq!((code, said.contains("the baseline was not written")), (1, true), "{said}");
    folder.write("b.claims", b"\xff");
    for command in [&["baseline", "prune"][..], &["baseline", "verify"], &["baseline", "add", "--reason", "new"]] {
        assert_eq!(run(&folder, command).0, 3, "{command:?}");
    }
    folder.write("b.claims", b"fact four { inferred: yes }\n");
    folder.write("recte.toml", b"colour = 3\n");
    assert_eq!(run(&folder, &["baseline", "add", "--reason", "new"]).0, 2);
    folder.write("recte.toml", b"");
    for (broken, line) in [
        (before.replace("\"version\": 1", "\"version\": 7"), "has version 7"),
        (before[..before.len() / 2].to_owned(), "EOF while"),
        (before.replacen("before recte", "", 1), "has no reason"),
    ] {
        folder.write("recte-baseline.json", broken.as_bytes());
        let (code, said) = run(&folder, &["check"]);
        assert_eq!((code, said.contains("CF007"), said.contains(line)), (2, true, true), "{said}");
        assert_eq!(run(&folder, &["baseline", "add", "--reason", "new"]).0, 2);
        assert_eq!(folder.read("recte-baseline.json"), broken, "a broken file is left alone");
    }
}

#[test]
fn an_entry_that_was_changed_by_hand_holds_nothing() {
    let folder = old();
    run(&folder, &["baseline", "add", "--reason", "before recte"]);
    let text = folder.read("recte-baseline.json");
    folder.write("recte-baseline.json", text.replace("CL0001", "CL0101").as_bytes());
    assert_eq!(run(&folder, &["check"]).0, 1);
    let mut lines: Vec<&str> = text.lines().collect();
    lines.swap(3, 4);
    folder.write("recte-baseline.json", lines.join("\n").as_bytes());
    assert_eq!(run(&folder, &["check"]).0, 0, "the order of entries does not count");
    let (code, said) = run(&folder, &["baseline", "verify"]);
    assert_eq!((code, said.contains("was edited by hand")), (1, true), "{said}");
    run(&folder, &["baseline", "prune"]);
    assert_eq!(folder.read("recte-baseline.json"), text);
}

#[test]
fn every_exception_is_listed_with_what_it_holds() {
    let folder = Folder::with(&[
        (
            "recte.toml",
            "exclude = [\"drafts/**\"]\n[rules]\nCL0203 = \"off\"\nsource-missing = \"warning\"\n\
             [[override]]\nfiles = [\"old/**\"]\nrules = { CL0710 = \"off\" }\nreason = \"imported\"\nuntil = 2030-12-31\n",
        ),
        ("old/o.claims", "fact o\n"),
        ("drafts/d.claims", "fact d\n"),
        (
            "a.claims",
            "fact one\nfact two { allow: claim-without-quote \"drafted\" until 2025-12-31 }\nfact three { inferred: yes  allow: claim-without-quote \"-\" }\n",
        ),
    ]);
    run(&folder, &["baseline", "add", "--reason", "before", "--date", "2026-01-01"]);
    let (code, said) = run(&folder, &["suppressions", "--date", "2026-03-01"]);
    let expected = "\
a.claims:2 allow claim-without-quote for two: \"drafted\", until 2025-12-31, age unknown, suppresses nothing (expired)
a.claims:3 allow claim-without-quote for three: \"-\", age unknown, suppresses nothing (unused)
recte.toml:7 override CL0710 for old/**: \"imported\", until 2030-12-31, age unknown, suppresses 1 finding
recte-baseline.json baseline CL0710 for 2 entries: \"before\", 59 days old, suppresses 2 findings
recte.toml:3 level CL0203 scope-outside-article for everywhere: no reason given, age unknown
recte.toml:4 level CL0701 source-missing (warning) for everywhere: no reason given, age unknown
recte.toml:1 exclude for drafts/**: no reason given, age unknown
7 exceptions, of which 2 without effect: remove them
";
    assert_eq!((code, said.as_str()), (0, expected));
    let listed: Value = serde_json::from_str(&run(&folder, &["suppressions", "--format", "json"]).1).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 7);
    assert_eq!((&listed[2]["holds"], &listed[2]["sort"]), (&1.into(), &"override".into()));
}

#[test]
fn a_merge_of_two_baselines_is_taken_as_it_is() {
    let folder = old();
    run(&folder, &["baseline", "add", "--reason", "before recte"]);
    let text = folder.read("recte-baseline.json");
    let entries: Vec<&str> = text.lines().filter(|line| line.contains("fingerprint")).collect();
    let both = text
        .replace("},", "}")
        .replace(entries[0].trim_end_matches(','), &format!("{0}\n{0}", entries[0].trim_end_matches(',')));
    folder.write("recte-baseline.json", both.as_bytes());
    assert_eq!(run(&folder, &["check"]).0, 0);
    assert_eq!(run(&folder, &["baseline", "verify"]).0, 1);
    assert_eq!(run(&folder, &["baseline", "prune"]).0, 0);
    assert_eq!(folder.read("recte-baseline.json"), text);
}

#[test]
fn an_exception_without_its_parts_does_not_stand() {
    for allow in ["claim-without-quote", "claim-without-quote \" \"", "claim-without-quote \"r\" until 2027-02-30"] {
        let folder = Folder::with(&[("recte.toml", ""), ("a.claims", &format!("fact it {{ allow: {allow} }}\n"))]);
        let (code, said) = run(&folder, &["check"]);
        assert_eq!((code, said.contains("CL0710")), (1, true), "{allow}: {said}");
    }
    let folder = Folder::with(&[("recte.toml", ""), ("a.claims", "fact it { allow: claim-without-quote \" \" }\n")]);
    run(&folder, &["baseline", "add", "--reason", "all of it"]);
    assert_eq!(run(&folder, &["check"]).0, 1, "a fault of an exception cannot be recorded");
}

#[test]
fn a_baseline_belongs_to_a_project() {
    let folder = Folder::with(&[("a.claims", "fact it\n")]);
    assert_eq!(run(&folder, &["baseline", "add", "--reason", "-"]).0, 2);
    assert_eq!(run(&folder, &["baseline", "verify"]).0, 2, "there is none");
    folder.write("recte.toml", b"");
    folder.write("recte-baseline.json", b"no baseline");
    for command in [&["suppressions"][..], &["baseline", "show"], &["check"]] {
        assert_eq!(run(&folder, command).0, 2, "{command:?}");
    }
}

#[test]
fn another_exception_does_not_make_an_entry_stale() {
    let folder = old();
    run(&folder, &["baseline", "add", "--reason", "before recte"]);
    folder.write(
        "recte.toml",
        b"[[override]]\nfiles = [\"a.claims\"]\nrules = { CL0710 = \"off\" }\nreason = \"r\"\nuntil = 2030-01-01\n",
    );
    assert_eq!(run(&folder, &["baseline", "verify", "--date", "2029-01-01"]).0, 0);
    assert_eq!(run(&folder, &["baseline", "verify", "--date", "2031-01-01"]).0, 0);
}
