//! Options of the command line: which rules are reported, what the exit is, what is allowed, what is explained and completed.

use std::process::Command;

use serde_json::Value;

use crate::support::{Folder, exit, recte, recte_with, stderr, stdout};

/// One error that cannot be excepted, three findings of two rules that can.
fn mistakes() -> Folder {
    Folder::with(&[
        ("recte.toml", ""),
        (
            "a.claims",
            "actor japan \"Japan\" { is: state }\n\n\
             obligation guard {\n  bearer: japan\n  action: watch\n}\n\n\
             fact one { because: nobody }\n",
        ),
    ])
}

/// The codes that are reported, each once.
fn codes(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let output = recte(folder.path(), &[&["check", "--format", "json"], arguments].concat());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let mut codes: Vec<String> = report["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| one["code"].as_str().unwrap().to_owned())
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

#[test]
fn rules_are_selected_by_code_name_category_and_family() {
    let folder = mistakes();
    assert_eq!(codes(&folder, &[]), ["CL0001", "CL0101", "CL0710"]);
    for select in ["CL0101", "cl0101", "obligation-without-article", "citation", "CL01"] {
        assert_eq!(codes(&folder, &["--select", select]), ["CL0101"], "{select}");
        let ignored = codes(&folder, &["--ignore", select]);
        assert_eq!(ignored, ["CL0001", "CL0710"], "{select}");
    }
    assert_eq!(codes(&folder, &["--select", "CL01,CL0710", "--ignore", "quotes"]), ["CL0101"]);
    for (arguments, word) in [
        (["--select", "no-such-rule"], "not the code, name, category or family"),
        (["--ignore", "CL99"], "not the code, name, category or family"),
        (["--select", "CL0723"], "off in this project"),
    ] {
        let output = recte(folder.path(), &[&["check"], &arguments[..]].concat());
        assert_eq!(exit(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains(word), "{}", stderr(&output));
    }
}

#[test]
fn what_could_not_be_read_is_reported_whatever_is_selected() {
    let folder = mistakes();
    folder.write("b.claims", b"fact {");
    let codes = codes(&folder, &["--select", "CL0101"]);
    assert!(codes.contains(&"CL0021".to_owned()) || codes.contains(&"CL0020".to_owned()), "{codes:?}");
    assert_eq!(exit(&recte(folder.path(), &["check", "--ignore", "all", "--exit-zero"])), 0);
    folder.write("recte.toml", b"no TOML");
    assert_eq!(exit(&recte(folder.path(), &["check", "--ignore", "all", "--exit-zero"])), 2, "a wrong setting stays");
}

#[test]
fn the_exit_and_the_severity_are_chosen() {
    let folder = mistakes();
    assert_eq!(exit(&recte(folder.path(), &["check"])), 1);
    assert_eq!(exit(&recte(folder.path(), &["check", "--exit-zero"])), 0);
    assert_eq!(exit(&recte(folder.path(), &["check", "--select", "CL0710"])), 0, "warnings do not fail the run");
    assert_eq!(exit(&recte(folder.path(), &["check", "--select", "CL0710", "--fail-on", "warning"])), 1);
    assert_eq!(codes(&folder, &["--min-severity", "error"]), ["CL0001", "CL0101"]);
    let quiet = stdout(&recte(folder.path(), &["check", "--quiet", "--format", "compact"]));
    assert!(!quiet.contains("checked ") && quiet.contains("CL0101"), "{quiet}");
    let verbose = stderr(&recte(folder.path(), &["check", "-v"]));
    assert!(verbose.contains("recte.toml; 1 claims file, 0 documents, "), "{verbose}");
    let counted = stdout(&recte(folder.path(), &["check", "--statistics"]));
    assert!(counted.contains("error[CL0101] obligation-without-article"), "{counted}");
    assert_eq!(exit(&recte(folder.path(), &["check", "--statistics", "--format", "json"])), 2);
}

#[test]
fn what_stands_is_allowed_with_a_reason_and_nothing_else_is() {
    let folder = mistakes();
    let allowed =
        recte(folder.path(), &["check", "--add-allow", "--reason", "imported \"as is\"", "--select", "CL0710,CL0001"]);
    assert!(stderr(&allowed).contains("added exceptions for 2 findings in 1 file"), "{}", stderr(&allowed));
    assert!(
        folder.read("a.claims").contains(r#"allow: claim-without-quote "imported \"as is\"""#),
        "{}",
        folder.read("a.claims")
    );
    assert_eq!(codes(&folder, &[]), ["CL0001", "CL0101"], "a reference to nothing cannot be allowed");
    assert_eq!(exit(&recte(folder.path(), &["check", "--add-allow"])), 2);
}

#[test]
fn a_report_and_claims_may_be_standard_output_and_input() {
    let folder = mistakes();
    let output = recte(folder.path(), &["check", "--output", "json=-"]);
    assert!(serde_json::from_slice::<Value>(&output.stdout).is_ok(), "{}", stdout(&output));
    let output = recte_with(folder.path(), &["check", "-", "--format", "compact"], b"fact it { because: nothing }\n");
    assert!(stdout(&output).contains("standard-input.claims:1:20: error[CL0001]"), "{}", stdout(&output));
}

#[test]
fn rules_kinds_and_fields_are_explained_in_any_case() {
    let folder = mistakes();
    let page = stdout(&recte(folder.path(), &["explain", "cl0101", "Claim-Without-Quote", "NORM", "bearer"]));
    for title in ["CL0101 obligation-without-article (", "CL0710 claim-without-quote (", "norm (kind", "bearer (field)"]
    {
        assert!(page.lines().any(|line| line.starts_with(title)), "{title}: {page}");
    }
    let json =
        |arguments: &[&str]| -> Value { serde_json::from_slice(&recte(folder.path(), arguments).stdout).unwrap() };
    assert_eq!(json(&["explain", "CL0101", "--format", "json"])["code"], "CL0101");
    assert_eq!(json(&["explain", "CL0101", "norm.bearer", "--format", "json"])[1]["field"], "bearer");
    assert_eq!(exit(&recte(folder.path(), &["explain", "no-such-thing"])), 2);
}

#[test]
fn shells_are_offered_rules_and_claims_of_the_project() {
    let folder = mistakes();
    let offered = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_recte"))
            .current_dir(folder.path())
            .env("RECTE_COMPLETE", "bash")
            .env("_CLAP_COMPLETE_INDEX", (words.len() - 1).to_string())
            .env("_CLAP_IFS", "\n")
            .args([&["--"], words].concat())
            .output()
            .unwrap();
        stdout(&output)
    };
    assert!(offered(&["recte", "explain", "CL01"]).lines().any(|line| line == "CL0101"));
    assert_eq!(offered(&["recte", "why-not", "CL0101", "gu"]), "guard");
    assert!(offered(&["recte", "why", "a.cl"]).contains("a.claims:3"));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = stdout(&recte(folder.path(), &["completions", shell]));
        assert!(script.contains("RECTE_COMPLETE"), "{shell}: {script}");
    }
}
