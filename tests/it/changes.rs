//! What a run looks at when only some files are asked for: lists, the index of git, what changed, unsaved texts.
//!
//! Those of git are left out where there is no git; everything else of recte works there.

use std::process::Command;

use crate::support::{Folder, exit, recte, recte_with, stderr, stdout};

/// A repository with one commit, in a folder of its own.
pub struct Repository(pub Folder);

impl Repository {
    /// None where there is no git.
    pub fn with(files: &[(&str, &str)]) -> Option<Repository> {
        Command::new("git").arg("--version").output().ok()?;
        let repository = Repository(Folder::with(files));
        repository.git(&["init", "-q", "-b", "main"]);
        repository.git(&["config", "user.email", "a@example.org"]);
        repository.git(&["config", "user.name", "A"]);
        repository.git(&["config", "commit.gpgsign", "false"]);
        Some(repository)
    }

    pub fn committed(files: &[(&str, &str)]) -> Option<Repository> {
        let repository = Repository::with(files)?;
        repository.git(&["add", "-A"]);
        repository.git(&["commit", "-q", "-m", "one"]);
        Some(repository)
    }

    pub fn git(&self, arguments: &[&str]) {
        let ran = Command::new("git").args(arguments).current_dir(self.0.path()).output().unwrap();
        assert!(ran.status.success(), "{arguments:?}: {}", stderr(&ran));
    }

    /// The exit of a check, and the lines that name a code.
    pub fn check(&self, arguments: &[&str]) -> (i32, Vec<String>) {
        let output = recte(self.0.path(), &[&["check", "--format", "compact"], arguments].concat());
        let lines = stdout(&output);
        let found =
            lines.lines().filter(|line| line.contains('[')).map(|line| line.split(':').next().unwrap_or_default());
        let codes = lines.lines().filter_map(|line| Some(line.split_once('[')?.1.split_once(']')?.0));
        (exit(&output), found.zip(codes).map(|(path, code)| format!("{path} {code}")).collect())
    }
}

const PROJECT: &[(&str, &str)] = &[
    ("recte.toml", ""),
    ("a.claims", "fact it { inferred: yes  because: other }\n"),
    ("b.claims", "fact other { inferred: yes }\n"),
    ("c.claims", "fact old\n"),
];

#[test]
fn the_index_is_checked_and_not_the_work_tree() {
    let Some(repository) = Repository::committed(PROJECT) else { return };
    let all = (0, vec!["c.claims CL0710".to_owned()]);
    assert_eq!(repository.check(&["--staged"]), all, "nothing is staged, so everything is asked for");
    repository.0.write("a.claims", b"fact it { nonsense: yes }\n");
    assert_eq!(repository.check(&["--staged"]), all, "still nothing is staged");
    repository.0.write("README.md", b"no claims");
    repository.git(&["add", "README.md"]);
    assert_eq!(repository.check(&["--staged"]), (0, vec![]), "what is staged holds no claims");
    repository.git(&["add", "a.claims"]);
    repository.0.write("a.claims", b"fact it { inferred: yes }\n");
    assert_eq!(repository.check(&["--staged"]), (1, vec!["a.claims CL0710".into(), "a.claims CL0003".into()]));
    repository.0.write("untracked.claims", b"fact {");
    assert_eq!(repository.check(&["--staged"]).1.len(), 2, "what is not in the index is not there");
}

#[test]
fn before_the_first_commit_everything_is_new() {
    let Some(repository) = Repository::with(PROJECT) else { return };
    repository.git(&["add", "-A"]);
    assert_eq!(repository.check(&["--staged"]), (0, vec!["c.claims CL0710".into()]));
    let since = recte(repository.0.path(), &["check", "--since", "HEAD"]);
    assert_eq!(
        (exit(&since), stderr(&since).contains("git does not know `HEAD` here")),
        (2, true),
        "{}",
        stderr(&since)
    );
}

#[test]
fn what_a_change_breaks_elsewhere_is_shown() {
    let Some(repository) = Repository::committed(PROJECT) else { return };
    repository.git(&["rm", "-q", "b.claims"]);
    assert_eq!(repository.check(&["--staged"]), (1, vec!["a.claims CL0001".into()]), "the file is gone");
    repository.git(&["reset", "-q", "--hard"]);
    repository.0.write("b.claims", b"fact another { inferred: yes }\n");
    assert_eq!(repository.check(&["--since", "HEAD"]), (1, vec!["a.claims CL0001".into()]), "the claim is gone");
    assert_eq!(repository.check(&["--since", "HEAD", "--report", "changed"]), (0, vec![]));
    let all = repository.check(&["--since", "HEAD", "--report", "all"]);
    assert_eq!(all, (1, vec!["a.claims CL0001".into(), "c.claims CL0710".into()]));
}

#[test]
fn a_document_that_is_gone_is_missed_where_it_is_cited() {
    let files =
        [("recte.toml", ""), ("a.claims", "source s { path: \"docs/text.txt\" }\n"), ("docs/text.txt", "words\n")];
    let Some(repository) = Repository::committed(&files) else { return };
    repository.git(&["rm", "-q", "docs/text.txt"]);
    let (code, found) = repository.check(&["--staged"]);
    assert_eq!((code, found.contains(&"a.claims CL0701".to_owned())), (1, true), "{found:?}");
}

#[test]
fn a_change_of_the_settings_touches_everything() {
    let context = [
        ("house/recte.toml", "fail-on = \"error\"\n"),
        ("p/recte.toml", "extends = [\"../house/recte.toml\"]\n"),
        ("p/c.claims", "fact old\n"),
    ];
    let Some(repository) = Repository::committed(&context) else { return };
    repository.0.write("Cargo.toml", b"");
    assert_eq!(repository.check(&["--since", "HEAD"]), (0, vec![]), "a file that has nothing to do with it");
    repository.0.write("house/recte.toml", b"fail-on = \"warning\"\n");
    assert_eq!(repository.check(&["--since", "HEAD"]), (1, vec!["p/c.claims CL0710".into()]));
    repository.git(&["checkout", "-q", "."]);
    repository.0.write("p/recte.toml", b"fail-on = \"warning\"\n");
    repository.git(&["add", "-A"]);
    assert_eq!(repository.check(&["--staged"]), (1, vec!["p/c.claims CL0710".into()]));
}

const QUOTING: &[(&str, &str)] = &[
    ("recte.toml", "schema = [\"kinds.tables\"]\npacks = [\"house/*.toml\"]\n"),
    ("kinds.tables", ""),
    ("house/rules.toml", ""),
    ("a.claims", "source s { path: \"docs/text.txt\" }\nfact it { quote: s \"The master shall report.\" }\n"),
    ("old.claims", "fact old { inferred: yes  because: nothing }\n"),
    ("docs/text.txt", "The master shall report.\n"),
];

#[test]
fn what_a_document_says_is_answered_for_by_whoever_changes_it() {
    let Some(repository) = Repository::committed(QUOTING) else { return };
    assert_eq!(repository.check(&[]).1, ["old.claims CL0001"]);
    repository.0.write("docs/text.txt", b"The master may report.\n");
    let altered = (1, vec!["a.claims CL0703".to_owned()]);
    assert_eq!(repository.check(&["--since", "HEAD"]), altered);
    repository.git(&["add", "-A"]);
    assert_eq!(repository.check(&["--staged"]), altered);
    let full = stdout(&recte(repository.0.path(), &["check", "--staged"]));
    assert!(full.contains("hidden: 1 error outside the selected files"), "{full}");
    repository.git(&["commit", "-q", "-m", "two"]);
    repository.0.write("docs/text.txt", b"The master will report.\n");
    assert_eq!(repository.check(&["--since", "HEAD"]), altered, "it was wrong before, and is wrong otherwise now");
    repository.git(&["mv", "docs/text.txt", "docs/other.txt"]);
    let (code, found) = repository.check(&["--staged"]);
    assert!(code == 1 && found.contains(&"a.claims CL0701".to_owned()), "{found:?}");
}

#[test]
fn what_is_read_through_a_link_changes_with_what_it_leads_to() {
    #[cfg(unix)]
    for (link, target, path) in [("docs/text.txt", "words.txt", "docs/words.txt"), ("docs", "texts", "texts/text.txt")]
    {
        let files: Vec<_> = QUOTING.iter().filter(|(name, _)| *name != "docs/text.txt").copied().collect();
        let Some(repository) = Repository::with(&files) else { return };
        repository.0.write(path, b"The master shall report.\n");
        std::os::unix::fs::symlink(target, repository.0.path().join(link)).unwrap();
        repository.git(&["add", "-A"]);
        repository.git(&["commit", "-q", "-m", "one"]);
        repository.0.write(path, b"The master may report.\n");
        repository.git(&["commit", "-q", "-a", "-m", "two"]);
        repository.0.write(path, b"The master will report.\n");
        assert_eq!(repository.check(&["--since", "HEAD"]).1, ["a.claims CL0703"], "{link}");
        repository.git(&["add", "-A"]);
        assert_eq!(repository.check(&["--staged"]).1, ["a.claims CL0703"], "{link}");
    }
}

#[test]
fn a_lock_is_answered_for_by_whoever_changes_it() {
    let Some(repository) = Repository::committed(QUOTING) else { return };
    let accept = |reason: &[&str]| {
        let output = recte(repository.0.path(), &[&["accept"], reason].concat());
        assert_eq!(exit(&output), 0, "{}", stderr(&output));
    };
    accept(&[]);
    repository.git(&["add", "-A"]);
    repository.git(&["commit", "-q", "-m", "two"]);
    // Accepted is what the document does not say yet.
    repository.0.write("docs/text.txt", b"By night, the master shall report.\n");
    repository
        .0
        .write("a.claims", b"source s { path: \"docs/text.txt\" }\nfact it { quote: s \"master shall report.\" }\n");
    repository.git(&["commit", "-q", "-a", "-m", "three"]);
    accept(&["--reason", "amended"]);
    repository.0.write("docs/text.txt", b"The master shall report.\n");
    repository.git(&["commit", "-q", "-m", "four", "docs/text.txt"]);
    repository.git(&["add", "claims.lock"]);
    assert_eq!(repository.check(&["--staged"]), (1, vec!["a.claims CL0720".into()]));
    assert_eq!(repository.check(&["--since", "HEAD"]), (1, vec!["a.claims CL0720".into()]));
    repository.git(&["commit", "-q", "-m", "five"]);
    repository.0.write("claims.lock", format!("{} ", repository.0.read("claims.lock")).as_bytes());
    repository.git(&["add", "claims.lock"]);
    assert_ne!(repository.check(&["--staged"]).0, 0, "it cannot be read");
}

#[test]
fn what_a_project_names_is_a_setting_and_nothing_else_is() {
    let Some(repository) = Repository::committed(QUOTING) else { return };
    let all = vec!["old.claims CL0001".to_owned()];
    for (name, text, found) in [
        ("Cargo.toml", "[package]\n", vec![]),
        ("notes/recte.toml.txt", "-", vec![]),
        ("kinds.tables", "# another\n", all.clone()),
        ("house/rules.toml", "# another\n", all.clone()),
        ("recte-baseline.json", "{\n  \"version\": 1,\n  \"findings\": []\n}\n", all.clone()),
        (".recteignore", "# none\n", all.clone()),
        ("recte.toml", "packs = [\"house/*.toml\"]\n", all.clone()),
    ] {
        repository.0.write(name, text.as_bytes());
        assert_eq!(repository.check(&["--since", "HEAD"]).1, found, "{name}");
        repository.git(&["add", "-A"]);
        assert_eq!(repository.check(&["--staged"]).1, found, "{name}");
        repository.git(&["reset", "-q", "--hard"]);
    }
    repository.git(&["rm", "-q", "recte.toml"]);
    assert_eq!(repository.check(&["--staged"]).1, all, "the project has no settings any more");
}

#[test]
fn whatever_a_change_brings_is_reported() {
    // Neither file changes in which a finding comes up: by a file that is ignored no more, and by one that git never sees.
    let files = [
        ("recte.toml", ""),
        (".gitignore", "notes.txt\n"),
        ("a.claims", "source s { path: \"notes.txt\" }\nfact it { quote: s \"shall\" }\nfact it2 { because: x }\n"),
        ("notes.txt", "shall\n"),
        ("b.claims", "fact x { inferred: yes }\n"),
    ];
    let Some(repository) = Repository::committed(&files) else { return };
    repository.0.write("notes.txt", b"shall not be\n");
    repository.0.write("b.claims", b"fact y { inferred: yes }\n");
    let (code, found) = repository.check(&["--since", "HEAD"]);
    assert!(code == 1 && found.contains(&"a.claims CL0001".to_owned()), "{found:?}");
    repository.0.write("notes.txt", b"may\n");
    let (_, found) = repository.check(&["--since", "HEAD"]);
    assert!(found.iter().any(|line| line.starts_with("a.claims CL07")), "{found:?}");
}

#[test]
fn a_staged_project_that_is_nowhere_else_is_not_passed_over() {
    let Some(repository) = Repository::committed(&[("recte.toml", ""), ("a.claims", "fact a { inferred: yes }\n")])
    else {
        return;
    };
    repository.0.write("inner/recte.toml", b"");
    repository.0.write("inner/b.claims", b"fact b { because: nothing }\n");
    repository.git(&["add", "-A"]);
    std::fs::remove_dir_all(repository.0.path().join("inner")).unwrap();
    let output = recte(repository.0.path(), &["check", "--staged"]);
    assert_eq!(exit(&output), 3, "{}", stdout(&output));
    assert!(stderr(&output).contains("inner/b.claims is staged, and its project is not in the work tree"));
}

#[test]
fn a_path_in_another_repository_is_refused() {
    let Some(repository) = Repository::committed(PROJECT) else { return };
    let Some(other) = Repository::committed(PROJECT) else { return };
    let path = other.0.path().to_string_lossy().into_owned();
    for change in [&["--staged"][..], &["--since", "HEAD"]] {
        repository.0.write("a.claims", b"fact it { inferred: yes }\n");
        repository.git(&["add", "-A"]);
        let output = recte(repository.0.path(), &[&["check", ".", &path], change].concat());
        assert_eq!((exit(&output), stderr(&output).contains("is not in the repository")), (2, true), "{change:?}");
    }
}

#[test]
fn trusted_settings_leave_nothing_of_the_index_out() {
    let trusted = Folder::with(&[("recte.toml", "")]);
    let files = [
        (".recteignore", "a.claims\n"),
        ("a.claims", "fact a { because: nothing }\n"),
        ("in/recte.toml", ""),
        ("in/b.claims", "fact b { because: nothing }\n"),
    ];
    let Some(repository) = Repository::with(&files) else { return };
    repository.git(&["add", "-A"]);
    let config = trusted.path().join("recte.toml").to_string_lossy().into_owned();
    let found = repository.check(&["--staged", "--config", &config]);
    assert_eq!(found, repository.check(&["--config", &config]));
    assert_eq!(found.1.iter().filter(|line| line.ends_with("CL0001")).count(), 2, "{found:?}");
}

#[test]
fn the_index_is_read_by_the_rules_of_the_disk() {
    let files = [
        ("recte.toml", "exclude = [\"drafts/**\"]\n"),
        ("a.claims", "fact it { inferred: yes }\n"),
        ("drafts/b.claims", "fact b\n"),
        (".recteignore", "ignored.claims\n"),
        ("ignored.claims", "fact c\n"),
        ("inner/recte.toml", ""),
        ("inner/d.claims", "fact d\n"),
    ];
    let Some(repository) = Repository::with(&files) else { return };
    repository.git(&["add", "-A", "-f"]);
    assert_eq!(repository.check(&["--staged"]), (0, vec!["inner/d.claims CL0710".into()]));
    assert_eq!(repository.check(&["--staged"]), repository.check(&[]));
}

#[cfg(unix)]
#[test]
fn links_in_the_index_stay_in_the_project() {
    let Some(repository) =
        Repository::with(&[("p/recte.toml", ""), ("p/real.txt", ""), ("secret.claims", "fact canary\n")])
    else {
        return;
    };
    let link = |name: &str, target: &str| std::os::unix::fs::symlink(target, repository.0.path().join(name)).unwrap();
    link("p/out.claims", "../secret.claims");
    link("p/loop.claims", "loop.claims");
    link("p/doc.txt", "real.txt");
    repository.0.write("p/a.claims", b"source s { path: \"doc.txt\" }\nfact it { quote: s \"words\" }\n");
    repository.git(&["add", "-A"]);
    let output = recte(&repository.0.path().join("p"), &["check", "--staged", ".", "--format", "compact"]);
    let shown = stdout(&output);
    assert_eq!((exit(&output), shown.contains("canary")), (3, false), "{shown}");
    assert!(
        shown.contains("out.claims:1:1: error[CL0032]") && shown.contains("loop.claims:1:1: error[CL0031]"),
        "{shown}"
    );
    assert!(!shown.contains("CL0701"), "a link within the project is followed: {shown}");
}

#[test]
fn what_git_cannot_do_is_said() {
    let Some(repository) = Repository::committed(PROJECT) else { return };
    let said = |folder: &Folder, arguments: &[&str]| {
        let output = recte(folder.path(), &[&["check"], arguments].concat());
        (exit(&output), stderr(&output).trim().to_owned())
    };
    assert_eq!(said(&repository.0, &["--since", "nowhere"]), (2, "recte: git does not know `nowhere` here".into()));
    assert_eq!(said(&repository.0, &["--since=--output=x"]).0, 2);
    assert!(!repository.0.path().join("x").exists());
    let outside = Folder::with(PROJECT);
    assert_eq!(said(&outside, &["--staged"]), (2, "recte: . is not in a git repository".into()));
    assert_eq!(said(&outside, &[]).0, 0, "without git everything else works");

    let shallow = Folder::new();
    repository.0.write("d.claims", b"fact d { inferred: yes }\n");
    repository.git(&["add", "-A"]);
    repository.git(&["commit", "-q", "-m", "two"]);
    let url = format!("file://{}", repository.0.path().display());
    let cloned =
        Command::new("git").args(["clone", "-q", "--depth", "1", &url, "."]).current_dir(shallow.path()).output();
    assert!(cloned.unwrap().status.success());
    let hint =
        "recte: git does not know `HEAD~1` here; the clone is shallow: `git fetch --unshallow` fetches the history";
    assert_eq!(said(&shallow, &["--since", "HEAD~1"]), (2, hint.into()));
}

#[test]
fn files_that_are_not_merged_are_not_checked() {
    let Some(repository) = Repository::committed(PROJECT) else { return };
    repository.git(&["checkout", "-q", "-b", "other"]);
    repository.0.write("c.claims", b"fact one\n");
    repository.git(&["commit", "-q", "-a", "-m", "other"]);
    repository.git(&["checkout", "-q", "main"]);
    repository.0.write("c.claims", b"fact two\n");
    repository.git(&["commit", "-q", "-a", "-m", "mine"]);
    let merged = Command::new("git").args(["merge", "-q", "other"]).current_dir(repository.0.path()).output().unwrap();
    assert!(!merged.status.success(), "the branches contradict each other");
    let output = recte(repository.0.path(), &["check", "--staged"]);
    assert_eq!(
        (exit(&output), stderr(&output).contains("c.claims is not merged yet")),
        (3, true),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_list_of_files_ends_each_with_nul() {
    let folder = Folder::with(PROJECT);
    let run = |list: &[u8]| {
        let output = recte_with(folder.path(), &["check", "--files-from", "-", "--fail-on", "warning"], list);
        (exit(&output), stderr(&output))
    };
    assert_eq!(run(b"c.claims\0a.claims\0").0, 1);
    assert_eq!(run(b"a.claims\0b.claims").0, 0, "the last NUL may be missing");
    assert_eq!(
        run(b"a.claims\nb.claims\n"),
        (2, "recte: the paths in standard input must each end with NUL, as after `git diff -z`\n".into())
    );
    assert_eq!(run(b""), (2, "recte: standard input contains no paths\n".into()));
    assert_eq!(run(b"gone.claims\0"), (2, "recte: there is no file or folder gone.claims\n".into()));
    assert_eq!(run(b"--fix\0"), (2, "recte: there is no file or folder --fix\n".into()));
    folder.write("list", b"c.claims\0");
    let output = recte(folder.path(), &["check", "--files-from", "list", "--fail-on", "warning"]);
    assert_eq!(exit(&output), 1);
}

#[test]
fn an_unsaved_text_is_checked_in_its_project() {
    let folder = Folder::with(PROJECT);
    let run = |name: &str, text: &[u8]| {
        let output = recte_with(folder.path(), &["check", "--format", "compact", "--stdin-filename", name], text);
        (exit(&output), stdout(&output).lines().next().unwrap_or_default().to_owned())
    };
    assert_eq!(run("b.claims", b"fact other { inferred: yes }\n").0, 0);
    assert!(run("b.claims", b"fact other { inferred: maybe }\n").1.starts_with("b.claims:1:24: error["));
    let (code, first) = run("new/d.claims", b"fact d { inferred: yes  because: it, nothing }\n");
    assert_eq!(code, 1);
    assert!(first.starts_with("new/d.claims:1:38: error[CL0001]"), "{first}");
    assert_eq!(run("b.claims", b"\xff").0, 3);
    let affected = ["check", "--format", "compact", "--stdin-filename", "b.claims", "--report", "affected"];
    let output = recte_with(folder.path(), &affected, b"fact other\n");
    assert!(stdout(&output).starts_with("b.claims:1:6: warning[CL0710]"), "{}", stdout(&output));
}

#[test]
fn a_commit_is_checked_from_any_folder() {
    let Some(repository) = Repository::committed(PROJECT) else { return };
    repository.0.write("sub/s.claims", b"fact s { inferred: yes  because: other }\n");
    repository.git(&["add", "-A"]);
    repository.git(&["commit", "-q", "-m", "two"]);
    repository.0.write("b.claims", b"fact another { inferred: yes }\n");
    repository.git(&["add", "-A"]);
    let sub = repository.0.path().join("sub");
    let run = |arguments: &[&str]| {
        let output = recte(&sub, &[&["check", "--staged", "--format", "compact"], arguments].concat());
        (
            exit(&output),
            stdout(&output).lines().filter(|line| line.contains("[CL0001]")).map(str::to_owned).collect::<Vec<_>>(),
        )
    };
    let (code, found) = run(&[]);
    assert_eq!((code, found.len()), (1, 2), "{found:?}");
    assert!(found[0].starts_with("../a.claims:1:35"), "paths lead there from here: {found:?}");
    let (code, found) = run(&["."]);
    assert_eq!((code, found.len()), (1, 1), "a path narrows what is reported, not what changed: {found:?}");
}

#[test]
fn a_report_is_whole_when_nothing_changed() {
    let Some(repository) = Repository::committed(PROJECT) else { return };
    repository.0.write("README.md", b"no claims");
    repository.git(&["add", "-A"]);
    for arguments in [&["--staged"][..], &["--since", "HEAD"]] {
        let arguments = [&["check", "--format", "json", "--output", "sarif=r.sarif"], arguments].concat();
        let output = recte(repository.0.path(), &arguments);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((exit(&output), report["findings"].as_array().unwrap().len()), (0, 0));
        let sarif: serde_json::Value = serde_json::from_str(&repository.0.read("r.sarif")).unwrap();
        assert_eq!(sarif["version"], "2.1.0");
    }
}

#[cfg(unix)]
#[test]
fn nothing_that_a_repository_configures_is_run() {
    let Some(repository) = Repository::committed(PROJECT) else { return };
    let canary = repository.0.path().join("canary");
    let touch = format!("touch {} && cat", canary.display());
    repository.0.write(".git/hook/post-index-change", format!("#!/bin/sh\n{touch}\n").as_bytes());
    use std::os::unix::fs::PermissionsExt;
    let hook = repository.0.path().join(".git/hook/post-index-change");
    std::fs::set_permissions(hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    repository.0.write(".git/info/attributes", b"* filter=x diff=x\n");
    for (key, value) in [
        ("core.hooksPath", ".git/hook"),
        ("core.fsmonitor", &touch),
        ("core.pager", &touch),
        ("filter.x.clean", &touch),
        ("filter.x.smudge", &touch),
        ("filter.x.process", &touch),
        ("diff.x.textconv", &touch),
        ("diff.x.command", &touch),
        ("diff.external", &touch),
    ] {
        repository.git(&["config", key, value]);
    }
    repository.0.write("a.claims", b"fact it { inferred: yes  allow: CL0101 \"-\" }\n");
    assert!(!canary.exists(), "the canary lives before recte is run");
    let index = std::fs::read(repository.0.path().join(".git/index")).unwrap();
    for arguments in [
        &["check", "--since", "HEAD"][..],
        &["check", "--staged"],
        &["suppressions"],
        &["baseline", "add", "--reason", "-"],
        &["check", "--fix"],
    ] {
        let output = recte(repository.0.path(), arguments);
        assert!(exit(&output) <= 1, "{arguments:?} {}", stderr(&output));
        assert!(!canary.exists(), "{arguments:?}");
        assert_eq!(std::fs::read(repository.0.path().join(".git/index")).unwrap(), index, "{arguments:?}");
    }
}

#[test]
fn what_holds_no_claims_was_not_checked() {
    let folder = Folder::with(&[
        ("recte.toml", ""),
        ("a.claims", "fact it { inferred: yes }\n"),
        ("text.txt", ""),
        ("empty/x.md", ""),
    ]);
    for arguments in [&["text.txt"][..], &["empty"], &["--stdin-filename", "text.txt"]] {
        assert_eq!(exit(&recte_with(folder.path(), &[&["check"], arguments].concat(), b"fact {")), 2, "{arguments:?}");
    }
    let listed = |list: &[u8]| exit(&recte_with(folder.path(), &["check", "--files-from", "-"], list));
    assert_eq!((listed(b"text.txt\0"), listed(b"text.txt\0a.claims\0")), (2, 0));
}

#[test]
fn a_report_is_never_written_over_what_it_is_about() {
    let folder = Folder::with(&[
        ("recte.toml", ""),
        ("a.claims", "source s { path: \"text.txt\" }\n"),
        ("text.txt", "words\n"),
        ("recte-baseline.json", "{\"version\":1,\"findings\":[]}"),
    ]);
    for name in ["a.claims", "./a.claims", "text.txt", "recte.toml", "recte-baseline.json"] {
        let output = recte(folder.path(), &["check", "--output", &format!("json={name}")]);
        assert_eq!((exit(&output), folder.read("text.txt").as_str()), (2, "words\n"), "{name}");
    }
    assert_eq!(exit(&recte(folder.path(), &["check", "--output", "json=r", "--output", "sarif=./r"])), 2);
    let output = recte(folder.path(), &["check", "--output", "json=no/such/folder/r", "--format", "json"]);
    assert!(exit(&output) == 3 && stdout(&output).starts_with('{'), "the other report is written all the same");
}

/// A repository whose folder `m` is a submodule with these files.
fn with_module(files: &[(&str, &str)]) -> Option<Repository> {
    let repository = Repository::committed(&[("recte.toml", ""), ("a.claims", "fact a { inferred: yes }\n")])?;
    for (name, text) in files {
        repository.0.write(&format!("m/{name}"), text.as_bytes());
    }
    let module = |arguments: &[&str]| {
        repository.git(&[&["-C", "m", "-c", "user.name=A", "-c", "user.email=a@example.org"], arguments].concat())
    };
    module(&["init", "-q"]);
    module(&["add", "-A"]);
    module(&["commit", "-q", "-m", "m"]);
    repository.git(&["-c", "advice.addEmbeddedRepo=false", "add", "m"]);
    Some(repository)
}

#[test]
fn what_lies_in_a_submodule_is_not_passed_over_in_silence() {
    let Some(repository) = with_module(&[("notes.txt", "none\n")]) else { return };
    let output = recte(repository.0.path(), &["check", "--staged"]);
    assert_eq!(
        (exit(&output), stderr(&output).contains("the contents of m were not checked")),
        (0, true),
        "{}",
        stderr(&output)
    );
    let Some(repository) = with_module(&[("b.claims", "fact b { inferred: yes  because: nothing }\n")]) else { return };
    let output = recte(repository.0.path(), &["check", "--staged"]);
    assert_eq!(exit(&output), 3, "{}", stdout(&output));
    assert!(stdout(&output).contains("the folder `m` is a separate repository"), "{}", stdout(&output));
    assert_eq!(repository.check(&["--since", "HEAD"]), (1, vec!["m/b.claims CL0001".into()]), "the disk holds it");
    repository.0.write("recte.toml", b"exclude = [\"m/**\"]\n");
    repository.git(&["add", "recte.toml"]);
    assert_eq!(exit(&recte(repository.0.path(), &["check", "--staged"])), 0);
}

#[test]
fn what_looks_like_claims_and_is_not_checked_is_told() {
    let Some(repository) = Repository::committed(PROJECT) else { return };
    repository.0.write(".h/b.claims", b"fact b { because: nothing }\n");
    repository.0.write("B.CLAIMS", b"fact b { because: nothing }\n");
    repository.git(&["add", "-A"]);
    for arguments in [&["--staged"][..], &["--since", "HEAD"]] {
        let said = stderr(&recte(repository.0.path(), &[&["check"], arguments].concat()));
        assert!(said.contains(".h/b.claims was not checked: it is hidden"), "{said}");
        assert!(said.contains("B.CLAIMS was not checked: the names of claims files end in `.claims`"), "{said}");
    }
    let said = stderr(&recte(repository.0.path(), &["check", "a.claims", "B.CLAIMS"]));
    assert!(said.contains("B.CLAIMS was not checked"), "{said}");
    assert_eq!(repository.check(&[".h/b.claims"]).0, 1, "what is named is read");
}
