//! Several projects in one run: one report, whose parts can be told apart, and commands that find the project they are about.

use std::process::Command;

use serde_json::Value;

use crate::support::{Folder, exit, recte, stderr, stdout};

const CLEAN: &str = "fact it { inferred: yes }\n";
const ERROR: &str = "fact it { inferred: yes  because: nothing }\n";

/// A repository with two projects: one without findings, one with an error.
fn two() -> Folder {
    Folder::with(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("law/canal/recte.toml", ""),
        ("law/canal/a.claims", CLEAN),
        ("law/harbour/recte.toml", ""),
        ("law/harbour/a.claims", ERROR),
    ])
}

fn json(output: &std::process::Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}{}", stdout(output), stderr(output)))
}

#[test]
fn every_format_has_one_report_on_both() {
    let folder = two();
    for format in recte::report::ALL {
        let output = recte(folder.path(), &["check", "law/canal", "law/harbour", "--format", format.name]);
        let shown = stdout(&output);
        assert_eq!((exit(&output), stderr(&output)), (1, String::new()), "{}", format.name);
        assert!(shown.contains("nothing") && shown.contains("law/harbour"), "{}: {shown}", format.name);
    }
    let document = json(&recte(folder.path(), &["check", "--format", "json"]));
    let projects: Vec<&Value> = document["projects"].as_array().unwrap().iter().map(|it| &it["path"]).collect();
    assert_eq!((projects, &document["version"]), (vec![&"law/canal".into(), &"law/harbour".into()], &2.into()));
    assert_eq!(document["projects"][1]["findings"][0]["path"], "a.claims");
    assert_eq!((&document["summary"]["projects"], &document["summary"]["findings"]["error"]), (&2.into(), &1.into()));
}

#[test]
fn each_summary_names_its_project_and_a_total_ends_it() {
    let shown = stdout(&recte(two().path(), &["check", "--format", "compact"]));
    let closing: Vec<&str> = shown.lines().filter(|line| line.starts_with("checked ")).collect();
    let [canal, harbour, total] = closing.as_slice() else { panic!("{shown}") };
    assert!(canal.starts_with("checked law/canal: 1 file, 1 claim, ") && canal.ends_with("no findings"), "{canal}");
    assert!(harbour.starts_with("checked law/harbour: 1 file, 1 claim, ") && harbour.ends_with("1 error"), "{harbour}");
    assert!(total.starts_with("checked 2 projects: 2 files, 2 claims in "), "{total}");
    assert!(shown.ends_with("next: `recte explain CL0001` explains the rule\n"), "{shown}");
}

/// From a folder of the repository, what others join is found from its root.
#[test]
fn paths_lead_from_the_root_of_the_repository_where_they_are_joined() {
    let folder = two();
    let from = |inside: &str, format: &str| {
        stdout(&recte(
            &folder.path().join(inside),
            &["check", &folder.path().join("law").to_string_lossy(), "--format", format],
        ))
    };
    for inside in ["", "law", "law/canal", "law/harbour"] {
        assert!(from(inside, "github").contains("file=law/harbour/a.claims,"), "{}", from(inside, "github"));
        let gitlab: Value = serde_json::from_str(&from(inside, "gitlab")).unwrap();
        assert_eq!(gitlab[0]["location"]["path"], "law/harbour/a.claims");
        assert!(gitlab[0]["fingerprint"].as_str().unwrap().starts_with("law/harbour:"), "{gitlab}");
        let sarif = from(inside, "sarif");
        assert!(sarif.contains("\"uri\": \"law/harbour/a.claims\"") && sarif.contains("\"id\": \"recte/law/canal/\""));
        for format in recte::report::ALL {
            let shown = from(inside, format.name);
            assert!(!shown.contains(&*folder.path().to_string_lossy()), "{} from {inside}: {shown}", format.name);
        }
    }
    assert!(from("law", "compact").contains("\nharbour/a.claims:1:35: "), "{}", from("law", "compact"));
    assert!(from("law/canal", "compact").contains("\n../harbour/a.claims:1:35: "), "{}", from("law/canal", "compact"));
    let document: Value = serde_json::from_str(&from("law/canal", "json")).unwrap();
    assert_eq!([&document["projects"][0]["path"], &document["projects"][1]["path"]], [".", "../harbour"]);
}

/// A report on one project is the same as ever, wherever it is asked for.
#[test]
fn a_single_project_keeps_its_report() {
    let folder = two();
    for format in ["json", "sarif", "gitlab", "junit"] {
        let inside = stdout(&recte(&folder.path().join("law/harbour"), &["check", "--format", format]));
        assert!(!inside.contains("harbour"), "{inside}");
    }
    let gitlab = json(&recte(folder.path(), &["check", "law/harbour", "--format", "gitlab"]));
    assert_eq!(gitlab[0]["fingerprint"].as_str().unwrap().len(), 16);
}

#[test]
fn several_reports_are_written_at_once() {
    let folder = two();
    let output =
        recte(folder.path(), &["check", "--format", "compact", "--output", "sarif=x.sarif", "--output", "junit=x.xml"]);
    assert_eq!((exit(&output), stderr(&output)), (1, String::new()));
    let sarif: Value = serde_json::from_str(&folder.read("x.sarif")).unwrap();
    assert_eq!(sarif["runs"].as_array().unwrap().len(), 2);
    assert_eq!(folder.read("x.xml").matches("<testsuite ").count(), 2);
    let summary = folder.path().join("summary.md");
    let output = Command::new(env!("CARGO_BIN_EXE_recte"))
        .args(["check", "--format", "github"])
        .current_dir(folder.path())
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .unwrap();
    assert_eq!((exit(&output), folder.read("summary.md").matches("### recte: ").count()), (1, 1));
    let refused = recte(folder.path(), &["check", "--output", "json=law/harbour/a.claims"]);
    assert_eq!((exit(&refused), folder.read("law/harbour/a.claims").as_str()), (2, ERROR), "{}", stderr(&refused));
}

/// GitHub rejects the whole file then, so the log alone would tell nobody.
#[test]
fn more_projects_than_github_takes_are_told() {
    let folder = Folder::new();
    let check = |number: usize| {
        for at in 0..number {
            folder.write(&format!("p{at}/recte.toml"), b"");
            folder.write(&format!("p{at}/a.claims"), CLEAN.as_bytes());
        }
        let output = recte(folder.path(), &["check", "--format", "sarif", "--output", "json=report.json"]);
        assert_eq!(exit(&output), 0);
        let first = &json(&output)["runs"][0]["invocations"][0]["toolExecutionNotifications"];
        (first.as_array().map(Vec::len), stderr(&output))
    };
    assert_eq!(check(20), (None, String::new()));
    let words = "recte: sarif: this report covers 21 projects, and GitHub rejects a file that covers more than 20; check fewer \
                 projects in one run\n";
    assert_eq!(check(21), (Some(1), words.to_owned()));
}

/// One that cannot be opened at all is told, and the others are reported. Nothing is shut to the superuser, who becomes another.
#[cfg(unix)]
#[test]
fn a_project_that_cannot_be_opened_leaves_the_others_their_report() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65534;
    let folder = two();
    let (shut, program) = (folder.path().join("law/canal"), folder.path().join("recte"));
    std::fs::copy(env!("CARGO_BIN_EXE_recte"), &program).unwrap();
    set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    set_permissions(&shut, Permissions::from_mode(0o111)).unwrap();
    let mut command = Command::new(&program);
    command.args(["check", "law/canal", "law/harbour", "--format", "json"]).current_dir(folder.path());
    if std::fs::read_dir(&shut).is_ok() {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.env("RECTE_CACHE_DIR", "").output().unwrap();
    set_permissions(&shut, Permissions::from_mode(0o755)).unwrap();
    assert_eq!(exit(&output), 3, "{}{}", stdout(&output), stderr(&output));
    let document = json(&output);
    assert!(document["projects"][0].to_string().contains("cannot be listed"), "{document}");
    assert_eq!(document["projects"][1]["findings"][0]["code"], "CL0001");
}

#[test]
fn a_broken_project_leaves_the_other_its_report() {
    let folder = two();
    folder.write("law/canal/recte.toml", b"colour = true\n");
    let document = recte(folder.path(), &["check", "--format", "json"]);
    assert_eq!(exit(&document), 2, "the gravest counts");
    let document = json(&document);
    assert_eq!(document["projects"][0]["findings"][0]["code"], "CF001");
    assert_eq!(document["projects"][1]["findings"][0]["code"], "CL0001");
    folder.write("law/harbour/a.claims", b"\xff\xfe\n");
    assert_eq!(exit(&recte(folder.path(), &["check"])), 3);
}

#[test]
fn a_project_inside_a_project_is_one_of_its_own() {
    let folder = Folder::with(&[
        ("recte.toml", ""),
        ("a.claims", "source s { path: \"inner/text.txt\" }\nfact out { quote: s \"The sea is open.\" }\n"),
        ("inner/recte.toml", "[rules]\nCL0001 = \"error\"\n"),
        ("inner/text.txt", "The sea is open.\n"),
        ("inner/b.claims", "source s { path: \"text.txt\" }\nfact within { quote: s \"The sea is shut.\" }\n"),
    ]);
    let document = json(&recte(folder.path(), &["check", "--format", "json"]));
    let codes = |at: usize| -> Vec<&str> {
        let findings = document["projects"][at]["findings"].as_array().unwrap();
        findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect()
    };
    assert_eq!([&document["projects"][0]["path"], &document["projects"][1]["path"]], [".", "inner"]);
    assert!(!codes(0).contains(&"CL0703") && codes(1).contains(&"CL0703"), "{:?} {:?}", codes(0), codes(1));
    let inner = recte(&folder.path().join("inner"), &["check", "--format", "json"]);
    assert_eq!(json(&inner)["version"], 1, "from within only the inner one is asked for");
}

#[test]
fn paths_may_lead_into_several_projects() {
    let folder = two();
    folder.write("law/harbour/b.claims", ERROR.replace("it", "other").as_bytes());
    let output = recte(folder.path(), &["check", "law/canal", "law/harbour/b.claims", "--format", "json"]);
    let document = json(&output);
    assert_eq!((exit(&output), document["projects"][1]["findings"].as_array().unwrap().len()), (1, 1));
    assert_eq!(document["projects"][1]["summary"]["hidden"]["elsewhere"], 1);
    let nothing = recte(folder.path(), &["check", "law/canal/recte.toml", "law/harbour"]);
    assert!(exit(&nothing) < 3, "{}", stderr(&nothing));
}

#[test]
fn the_cache_says_the_same_of_several() {
    let folder = two();
    let run = || {
        let output = Command::new(env!("CARGO_BIN_EXE_recte"))
            .args(["check", "--format", "json"])
            .current_dir(folder.path())
            .env("RECTE_CACHE_DIR", folder.path().join("cache"))
            .output()
            .unwrap();
        (exit(&output), stdout(&output), stderr(&output))
    };
    let first = run();
    assert_eq!(run(), first);
    folder.write("law/canal/a.claims", ERROR.as_bytes());
    assert_ne!(run().1, first.1);
}

#[test]
fn fixes_are_shown_for_the_files_of_each_project() {
    let folder = Folder::with(&[
        ("a/recte.toml", ""),
        ("a/x.claims", "fact one { inferred: yes  inferred: yes }\n"),
        ("b/recte.toml", ""),
        ("b/x.claims", "actor japan { is: state }\nfact two { inferred: yes  about: japn }\n"),
    ]);
    let shown = stdout(&recte(folder.path(), &["check", "--fix=suggested", "--diff"]));
    assert!(shown.contains("+++ b/b/x.claims"), "{shown}");
    let fixed = recte(folder.path(), &["check", "--fix=suggested", "--format", "json"]);
    assert!(folder.read("b/x.claims").contains("about: japan"), "{}", stdout(&fixed));
    assert_eq!(json(&fixed)["version"], 2);
}

/// The lines of a run that succeeds.
fn said(folder: &std::path::Path, arguments: &[&str]) -> String {
    let output = recte(folder, arguments);
    assert_eq!((exit(&output), stderr(&output)), (0, String::new()), "{arguments:?}: {}", stdout(&output));
    stdout(&output)
}

/// A place or an id may be copied from any report, and leads to its project from every folder.
#[test]
fn findings_are_explained_by_what_reports_call_them() {
    let folder = two();
    let print = |format: &str, key: &str| {
        let report: Value = json(&recte(folder.path(), &["check", "--format", format]));
        report.pointer(key).and_then(Value::as_str).unwrap().to_owned()
    };
    let own = print("json", "/projects/1/findings/0/fingerprint");
    let joined = print("gitlab", "/0/fingerprint");
    assert_eq!(joined, format!("law/harbour:{own}"));
    let (root, law, harbour) = (folder.path().to_owned(), folder.path().join("law"), folder.path().join("law/harbour"));
    let expected = "CL0001 unresolved-reference at law/harbour/a.claims:1 (";
    for name in
        ["law/harbour/a.claims:1", "law/harbour/a.claims:1:35", "./law/harbour/a.claims:1", &own, &own[..8], &joined]
    {
        let why = said(&root, &["why", name]);
        assert!(why.starts_with(expected), "{name}: {why}");
    }
    for (from, name) in
        [(&law, "harbour/a.claims:1"), (&law, "law/harbour/a.claims:1"), (&law, &joined), (&harbour, &joined)]
    {
        assert!(said(from, &["why", name]).starts_with("CL0001 "), "{name}");
    }
    assert!(said(&harbour, &["why", "a.claims:1"]).starts_with("CL0001 unresolved-reference at a.claims:1 ("));
    assert!(said(&root, &["why", "a.claims:1", "--project", "law/harbour"]).starts_with("CL0001 "), "as before");
    for wrong in ["law/canal/a.claims:1", "law/canal:f51e243ab0abd8f5", "ffffffffffffffff", "law/nowhere/a.claims:1"] {
        let output = recte(&root, &["why", wrong]);
        assert_eq!((exit(&output), stdout(&output)), (2, String::new()), "{wrong}");
        assert!(stderr(&output).contains(&format!("there is no finding at {wrong}")), "{}", stderr(&output));
    }
}

#[test]
fn claims_are_found_in_the_project_that_has_them() {
    let folder = two();
    folder.write("law/harbour/b.claims", b"fact deep {\n  inferred: yes\n}\n");
    let reason = said(folder.path(), &["why-not", "CL0710", "deep"]);
    assert!(reason.contains("CL0710 claim-without-quote and deep"), "{reason}");
    for place in ["law/harbour/b.claims:2", "law/harbour/b.claims:1:6", "law/harbour:deep"] {
        assert_eq!(said(folder.path(), &["why-not", "CL0710", place]), reason, "{place}");
    }
    let both = recte(folder.path(), &["why-not", "CL0710", "it"]);
    assert_eq!(exit(&both), 2);
    assert!(stderr(&both).contains("name one with --project: law/canal/, law/harbour/"), "{}", stderr(&both));
    assert!(said(folder.path(), &["why-not", "CL0710", "law/canal:it"]).contains("and it"));
    assert_eq!(exit(&recte(folder.path(), &["why-not", "CL0710", "nowhere"])), 2);
}

#[test]
fn commands_take_the_path_of_their_project() {
    let folder = Folder::with(&[
        ("canal/recte.toml", ""),
        ("canal/a.claims", CLEAN),
        ("harbour/recte.toml", "packs = [\"r.toml\"]\n[rules]\nCL0710 = \"info\"\n"),
        ("harbour/r.toml", RULE),
        ("harbour/text.txt", "The harbour is open.\n"),
        ("harbour/a.claims", "source s { path: \"text.txt\" }\nfact open { quote: s \"The harbour is open.\" }\n"),
    ]);
    for path in ["harbour", "harbour/a.claims"] {
        assert!(said(folder.path(), &["coverage", path]).contains("text.txt: 100"), "{path}");
        assert!(said(folder.path(), &["suppressions", path]).contains("harbour/recte.toml:3 level CL0710"), "{path}");
        assert!(said(folder.path(), &["rules", path]).contains("HARBOUR001"), "{path}");
        assert!(said(folder.path(), &["facts", path]).contains("fact open  (harbour/a.claims:2)"), "{path}");
        assert!(said(folder.path(), &["sql", "HARBOUR001", path]).starts_with("-- HARBOUR001"), "{path}");
    }
    assert!(said(folder.path(), &["config", "show", "harbour/a.claims"]).contains("CL0710 claim-without-quote = info"));
    assert!(said(folder.path(), &["facts", "a.claims", "--project", "harbour"]).contains("fact open"), "as before");
    assert!(said(folder.path(), &["explain", "HARBOUR001"]).starts_with("HARBOUR001 open-harbour"));
    assert!(said(folder.path(), &["accept", "harbour"]).contains("1 quotation in 1 document"));
    assert!(folder.path().join("harbour/claims.lock").is_file());
    for command in [&["coverage"][..], &["suppressions"], &["facts"], &["accept"]] {
        let output = recte(folder.path(), command);
        assert_eq!(exit(&output), 2, "{command:?}");
        assert!(stderr(&output).contains("name one with --project: canal/, harbour/"), "{}", stderr(&output));
    }
}

#[test]
fn files_are_named_from_the_current_folder() {
    let folder = two();
    folder.write("law/harbour/a.claims", b"fact it   { inferred: yes }\n");
    folder.write("law/canal/text.txt", b"The canal is shut.\n");
    folder.write("law/canal/a.claims", b"source s { path: \"text.txt\" }\n");
    for (from, name) in
        [("", "law/harbour/a.claims"), ("law", "harbour/a.claims"), ("law/canal", "../harbour/a.claims")]
    {
        let from = folder.path().join(from);
        let harbour = folder.path().join("law/harbour");
        let shown = recte(&from, &["fmt", "--check", &harbour.to_string_lossy()]);
        assert_eq!((exit(&shown), stdout(&shown)), (1, format!("{name}\n")));
        let shown = stdout(&recte(&from, &["fmt", "--diff", &harbour.to_string_lossy()]));
        assert!(shown.contains(&format!("+++ b/{name}\n")), "{shown}");
    }
    let coverage = said(folder.path(), &["coverage", "law/canal"]);
    assert!(
        coverage.starts_with("law/canal/text.txt:1: open: The canal is shut.\nlaw/canal/text.txt: 0.0 %"),
        "{coverage}"
    );
    assert!(said(&folder.path().join("law/canal"), &["coverage"]).starts_with("text.txt:1: open: "));
}

#[test]
fn proposals_go_into_the_project_of_their_file() {
    let folder = two();
    folder.write("law/canal/text.txt", b"The canal is shut.\n");
    folder.write("law/canal/a.claims", b"source s { path: \"text.txt\" }\n");
    folder.write(
        "p.json",
        br#"{"version": 1, "tool": "t", "date": "2027-01-05", "claims": [
            {"kind": "fact", "id": "shut", "quotations": [{"source": "s", "words": "The canal is shut"}]}]}"#,
    );
    let refused = recte(folder.path(), &["ingest", "p.json"]);
    assert_eq!(exit(&refused), 2);
    assert!(stderr(&refused).contains("name one with --project: law/canal/, law/harbour/"), "{}", stderr(&refused));
    let shown = said(folder.path(), &["ingest", "--diff", "p.json", "--into", "law/canal/new.claims"]);
    assert!(
        shown.contains("+++ b/law/canal/new.claims\n") && shown.contains("law/canal/new.claims: 1 proposed"),
        "{shown}"
    );
    said(folder.path(), &["ingest", "p.json", "--into", "law/canal/new.claims"]);
    assert!(folder.read("law/canal/new.claims").contains("fact shut"));
}

/// Files of one project given beside another, a document that a link shares, and one that lies in the other project.
#[cfg(unix)]
#[test]
fn a_document_of_another_project_is_read_through_no_link() {
    let folder = two();
    let quoting =
        |path: &str| format!("source s {{ path: \"{path}\" }}\nfact open {{ quote: s \"The harbour is open.\" }}\n");
    folder.write("law/harbour/text.txt", b"The harbour is open.\n");
    folder.write("law/harbour/a.claims", quoting("text.txt").as_bytes());
    folder.write("law/canal/a.claims", quoting("shared.txt").as_bytes());
    std::os::unix::fs::symlink("../harbour/text.txt", folder.path().join("law/canal/shared.txt")).unwrap();
    let output = recte(folder.path(), &["check", "law/canal", "law/harbour", "--format", "json"]);
    let document = json(&output);
    assert_eq!(exit(&output), 1, "what is not read is not clean: {document}");
    assert_eq!(document["projects"][0]["findings"][0]["code"], "CL0702", "{document}");
    assert_eq!(document["projects"][1]["findings"].as_array().unwrap().len(), 0, "{document}");
    assert!(!document["projects"][0].to_string().contains("The harbour is open"), "{document}");
    std::fs::remove_file(folder.path().join("law/canal/shared.txt")).unwrap();
    folder.write("law/canal/text.txt", b"The harbour is open.\n");
    std::os::unix::fs::symlink("text.txt", folder.path().join("law/canal/shared.txt")).unwrap();
    assert_eq!(exit(&recte(folder.path(), &["check", "law/canal", "law/harbour"])), 0, "within a project it is read");
}

#[test]
fn a_baseline_takes_fingerprints_of_one_project() {
    let folder = two();
    let joined = json(&recte(folder.path(), &["check", "--format", "gitlab"]))[0]["fingerprint"].clone();
    let added = said(folder.path(), &["baseline", "add", joined.as_str().unwrap(), "--reason", "known"]);
    assert!(added.starts_with("recorded 1 finding in recte-baseline.json"), "{added}");
    assert!(folder.path().join("law/harbour/recte-baseline.json").is_file());
    assert_eq!(exit(&recte(folder.path(), &["check"])), 0);
}

const RULE: &str = r#"
[[rule]]
code = "HARBOUR001"
name = "open-harbour"
severity = "info"
category = "harbour"
since = "1"
why = "A harbour is open."
docs = "What it finds: a fact."
for = 'fact f'
forbid = 'no f.quote and no f.inferred'
message = "`{f.id}` is open"
labels = [{ at = "f", text = "here", primary = true }]
[[rule.bad]]
code = '''
fact a  #! HARBOUR001
'''
[[rule.good]]
code = '''
fact a { inferred: yes }
'''
"#;

/// What is no project, no file and no folder is never waited for, and never checked in silence.
#[cfg(unix)]
#[test]
fn a_pipe_is_not_a_project() {
    let folder = two();
    let pipe = |name: &str| {
        let path = folder.path().join(name);
        assert!(Command::new("mkfifo").arg(&path).status().is_ok_and(|made| made.success()), "mkfifo");
    };
    pipe("law/canal/p");
    pipe("law/canal/p.claims");
    assert_eq!(exit(&recte(folder.path(), &["check", "law/canal/p", "law/harbour"])), 2);
    let output = recte(folder.path(), &["check", "law/canal/p.claims", "law/harbour", "--format", "json"]);
    assert_eq!(exit(&output), 3, "{}", stdout(&output));
    assert_eq!(json(&output)["projects"].as_array().unwrap().len(), 2);
    pipe("law/recte.toml");
    assert_eq!(exit(&recte(folder.path(), &["check", "law/harbour"])), 1);
}
