//! What scripts build on: exits, formats, and what stands where.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::{Folder, exit, recte, stdout};

const CLEAN: &str = "fact it { inferred: yes }\n";
const WARNING: &str = "fact it\n";
const ERROR: &str = "fact it { inferred: yes  because: nothing }\n";
const EXPIRING: &str = "fact it { allow: claim-without-quote \"being drafted\" until 2025-12-31 }\n";

/// The files of a project, the arguments after `check`, and the exit.
type Run = (&'static [(&'static str, &'static str)], &'static [&'static str], i32);

const RUNS: &[Run] = &[
    (&[("a.claims", CLEAN)], &[], 0),
    (&[("a.claims", WARNING)], &[], 0),
    (&[("a.claims", WARNING)], &["--fail-on", "warning"], 1),
    (&[("a.claims", WARNING), ("recte.toml", "fail-on = \"warning\"\n")], &[], 1),
    (&[("a.claims", WARNING), ("recte.toml", "fail-on = \"warning\"\n")], &["--fail-on", "error"], 0),
    (&[("a.claims", WARNING), ("recte.toml", "[rules]\nCL0710 = \"info\"\n")], &["--fail-on", "warning"], 0),
    (&[("a.claims", WARNING), ("recte.toml", "[rules]\nCL0710 = \"info\"\n")], &["--fail-on", "info"], 1),
    (&[("a.claims", ERROR)], &[], 1),
    (&[("a.claims", ERROR)], &["--format", "json"], 1),
    (&[("a.claims", "fact {")], &[], 1),
    (&[("a.claims", "source s { path: \"no-such.txt\" }\n")], &[], 1),
    (&[("a.claims", EXPIRING)], &["--date", "2025-12-31"], 0),
    (&[("a.claims", EXPIRING)], &["--date", "2026-01-01"], 1),
    (&[("recte.toml", "")], &[], 2),
    (&[("a.claims", CLEAN)], &["no-such-folder"], 2),
    (&[("a.claims", CLEAN)], &["--format", "xml"], 2),
    (&[("a.claims", CLEAN)], &["--date", "2026"], 2),
    (&[("a.claims", CLEAN)], &["--fail-on", "never"], 2),
    (&[("a.claims", CLEAN), ("recte.toml", "colour = true\n")], &[], 2),
    (&[("a.claims", CLEAN), ("recte.toml", "[rules]\nCL9999 = \"off\"\n")], &[], 2),
    (&[("a.claims", CLEAN), ("recte.toml", "rules = [\"r.toml\"]\n"), ("r.toml", "[[rule]]\n")], &[], 2),
    (
        &[
            ("a.claims", CLEAN),
            ("recte.toml", "schema = [\"s.toml\"]\n"),
            ("s.toml", "[kind.port]\nextends = \"prot\"\n"),
        ],
        &[],
        2,
    ),
    (&[("a.claims", ERROR), ("recte.toml", "[limits]\nfile-size = \"9 B\"\n")], &[], 3),
    (&[("a.claims", ERROR), ("recte.toml", "colour = true\n[limits]\nfile-size = \"9 B\"\n")], &[], 3),
];

#[test]
fn the_exit_says_how_a_run_ended() {
    for (files, arguments, expected) in RUNS {
        let folder = Folder::with(files);
        let output = recte(folder.path(), &[&["check"], *arguments].concat());
        assert_eq!(exit(&output), *expected, "{files:?} {arguments:?}\n{}", stdout(&output));
    }
}

#[test]
fn each_format_shows_the_finding_in_its_way() {
    let folder = Folder::with(&[("a.claims", ERROR)]);
    let shown = |format: &str| stdout(&recte(folder.path(), &["check", "--format", format]));
    assert!(shown("full").contains("╭─[a.claims:1:35]"), "{}", shown("full"));
    assert!(
        shown("compact").contains("a.claims:1:35: error[CL0001] unresolved-reference: `nothing` is not declared"),
        "{}",
        shown("compact")
    );
    let json: Value = serde_json::from_str(&shown("json")).unwrap();
    assert_eq!((&json["findings"][0]["code"], &json["findings"][0]["start"]["column"]), (&"CL0001".into(), &35.into()));
}

#[test]
fn json_stands_alone_on_standard_output() {
    for files in [&[("a.claims", CLEAN)][..], &[("a.claims", ERROR)], &[("recte.toml", "colour = true\n")]] {
        let output = recte(Folder::with(files).path(), &["check", "--format", "json", "--color", "always"]);
        assert!(serde_json::from_slice::<Value>(&output.stdout).is_ok(), "{}", stdout(&output));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

#[test]
fn colour_is_a_choice() {
    let folder = Folder::with(&[("a.claims", ERROR)]);
    let colored = |arguments: &[&str], variable: Option<(&str, &str)>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recte"));
        command
            .arg("check")
            .args(arguments)
            .current_dir(folder.path())
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE");
        let output = command.envs(variable).output().unwrap();
        stdout(&output).contains('\u{1b}')
    };
    assert!(!colored(&[], None), "standard output is no terminal here");
    assert!(colored(&["--color", "always"], None));
    assert!(colored(&["--color", "always"], Some(("NO_COLOR", "1"))), "what is asked for outright wins");
    assert!(colored(&[], Some(("CLICOLOR_FORCE", "1"))));
    assert!(!colored(&["--color", "never"], Some(("CLICOLOR_FORCE", "1"))));
    assert!(!colored(&["--color", "auto"], Some(("NO_COLOR", "1"))));
}

#[test]
fn a_path_inside_a_project_chooses_what_is_reported() {
    let sees = "fact sees { inferred: yes  because: it }\n";
    let folder = Folder::with(&[
        ("recte.toml", ""),
        ("a.claims", CLEAN),
        ("b.claims", sees),
        ("c.claims", "fact bad { inferred: yes  because: x }\n"),
    ]);
    let output = recte(folder.path(), &["check", "b.claims", "--fail-on", "info"]);
    assert_eq!(exit(&output), 0, "{}", stdout(&output));
    let output = recte(folder.path(), &["check", "c.claims", "--format", "compact"]);
    assert_eq!((exit(&output), stdout(&output).matches("CL0001").count()), (1, 2), "{}", stdout(&output));
    assert_eq!(
        exit(&recte(&folder.path().join(".."), &["check", folder.path().join("a.claims").to_str().unwrap()])),
        0
    );
}

#[test]
fn a_path_above_projects_checks_each_as_a_world_of_its_own() {
    let folder = Folder::with(&[
        ("one/recte.toml", ""),
        ("one/a.claims", CLEAN),
        ("two/recte.toml", ""),
        ("two/a.claims", CLEAN),
        ("two/b.claims", "fact other { inferred: yes  because: it, nothing }\n"),
    ]);
    let output = recte(folder.path(), &["check", ".", "--format", "compact"]);
    let shown = stdout(&output);
    assert_eq!(exit(&output), 1, "{shown}");
    let summed_up = ["checked one: 1 file,", "checked two: 2 files,", "checked 2 projects: 3 files,"];
    assert_eq!(summed_up.map(|words| shown.matches(words).count()), [1; 3], "{shown}");
    assert_eq!(
        (shown.contains("CL0002"), shown.matches("two/b.claims:1:42: error[CL0001]").count()),
        (false, 1),
        "{shown}"
    );
}

#[test]
fn an_output_that_nobody_reads_is_not_clean() {
    let folder = Folder::with(&[("a.claims", &"fact {\n".repeat(5_000))]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_recte"))
        .arg("check")
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let status = child.wait().unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(!status.success() && !said.contains("panicked"), "{status}: {said}");
}

#[test]
fn explain_takes_a_code_or_a_name() {
    let by_code = recte(Path::new("."), &["explain", "CL0101"]);
    assert_eq!(
        (exit(&by_code), stdout(&by_code)),
        (0, stdout(&recte(Path::new("."), &["explain", "obligation-without-article"])))
    );
    assert!(stdout(&by_code).starts_with("CL0101 obligation-without-article (error, citation)"));
    let near = recte(Path::new("."), &["explain", "obligation-without-artical"]);
    assert_eq!((exit(&near), stdout(&near)), (2, String::new()));
    assert!(String::from_utf8_lossy(&near.stderr).contains("did you mean `obligation-without-article`?"));
}

#[test]
fn a_rule_of_a_stranger_cannot_steer_the_terminal() {
    let rule = r#"
[[rule]]
code = "EVIL001"
name = "evil"
severity = "error"
category = "cita\u001b[2Jtion"
since = "\u009b1"
refs = ["\u202eref"]
for = 'norm n'
forbid = 'no n.bearer'
message = "m"
why = "why\u001b]0;title\u0007"
docs = "docs \u001b[31m\r::error::x\n::error::y\n  ::stop-commands::z\n##[error]w\n\u2066"
[[rule.bad]]
code = "\u001b[2J #! EVIL001"
[[rule.good]]
code = ""
"#;
    let folder = Folder::with(&[("a.claims", CLEAN), ("recte.toml", "packs = [\"r.toml\"]\n"), ("r.toml", rule)]);
    for arguments in [&["explain", "EVIL001"][..], &["rules"], &["rules", "test", "evil"]] {
        let output = recte(folder.path(), arguments);
        let shown = stdout(&output);
        assert!(shown.contains("EVIL001"), "{arguments:?} {shown}");
        let raw =
            |character: &char| *character != '\n' && (character.is_control() || recte::text::is_hidden(*character));
        assert_eq!(shown.chars().find(raw), None, "{shown:?}");
        let command = |line: &str| line.trim_start().starts_with("::") || line.contains("##[");
        assert_eq!(shown.lines().find(|line| command(line)), None, "{shown}");
    }
}

#[test]
fn rules_are_listed_and_tested() {
    let folder = Folder::with(&[("a.claims", CLEAN)]);
    let listed: Vec<Value> =
        serde_json::from_slice(&recte(folder.path(), &["rules", "--format", "json"]).stdout).unwrap();
    let text = stdout(&recte(folder.path(), &["rules"]));
    assert_eq!(text.lines().count(), listed.len());
    let tested = recte(folder.path(), &["rules", "test", "CL0101", "scope-outside-article"]);
    assert_eq!(exit(&tested), 0);
    assert!(stdout(&tested).contains("10 examples: 5 with findings, 5 without, 0 wrong"), "{}", stdout(&tested));
    assert_eq!(exit(&recte(folder.path(), &["rules", "test", "CL9999"])), 2);
}

#[test]
fn a_new_project_is_clean() {
    let folder = Folder::new();
    assert_eq!(exit(&recte(folder.path(), &["init"])), 0);
    let output = recte(folder.path(), &["check", "--fail-on", "info"]);
    assert_eq!(exit(&output), 0, "{}", stdout(&output));
    assert_eq!(exit(&recte(folder.path(), &["init"])), 2, "a project is never written over");
}

#[test]
fn the_same_claims_give_the_same_bytes() {
    let folder = Folder::copy_of("claims/us-japan");
    folder.write("more.claims", ERROR.repeat(20).as_bytes());
    let run = |format| stdout(&recte(folder.path(), &["check", "--date", "2026-01-01", "--format", format]));
    let without_time =
        |text: String| text.lines().filter(|line| !line.starts_with("checked ")).collect::<Vec<_>>().join("\n");
    for format in ["full", "compact", "json"] {
        let first = run(format);
        assert!(!first.contains(folder.path().to_str().unwrap()), "no absolute path in a report");
        for _ in 0..5 {
            assert_eq!(without_time(run(format)), without_time(first.clone()));
        }
    }
}
