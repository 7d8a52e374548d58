//! What is written, where, and what becomes of it when several write at the same time.

use std::process::{Child, Command, Output, Stdio};

use serde_json::json;

use crate::support::{Folder, exit, recte, stderr, stdout};

const TEXT: &str = "The master shall report. The crew may rest at night.\n";
const CLAIMS: &str = "source paper { path: \"text.txt\" }\nfact it { quote: paper \"shall report\" }\n";

fn project() -> Folder {
    Folder::with(&[("recte.toml", ""), ("a.claims", CLAIMS), ("text.txt", TEXT)])
}

/// Starts the program without waiting for it.
fn start(folder: &Folder, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recte"));
    command.args(arguments).current_dir(folder.path()).env("RECTE_CACHE_DIR", "");
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Runs the program several times at once.
fn at_once(folder: &Folder, runs: &[Vec<String>]) -> Vec<Output> {
    let words = |run: &'_ Vec<String>| -> Child { start(folder, &run.iter().map(String::as_str).collect::<Vec<_>>()) };
    let started: Vec<Child> = runs.iter().map(words).collect();
    started.into_iter().map(|child| child.wait_with_output().unwrap()).collect()
}

fn words(written: &str) -> Vec<String> {
    written.split(' ').map(str::to_owned).collect()
}

/// The files that lie about, apart from those of the project.
fn litter(folder: &Folder) -> Vec<String> {
    let names = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).filter(|name| name.contains("tmp") || name.contains("lock")).collect()
}

#[test]
fn proposals_that_come_at_once_are_all_taken_in() {
    for trial in 0..4 {
        let folder = project();
        let numbers = ["one", "two", "three", "four", "five", "six", "seven", "eight"];
        let says = |number: &str| format!("The crew of ship {number} may rest at night.");
        folder.write("text.txt", format!("{TEXT}{}\n", numbers.map(says).join(" ")).as_bytes());
        let runs: Vec<Vec<String>> = numbers
            .iter()
            .map(|number| {
                let claim = json!({ "kind": "fact", "id": format!("n-{number}"),
                    "quotations": [{ "source": "paper", "words": says(number) }] });
                let name = format!("p{number}.json");
                folder.write(&name, json!({ "version": 1, "claims": [claim] }).to_string().as_bytes());
                words(&format!("ingest {name}"))
            })
            .collect();
        for output in at_once(&folder, &runs) {
            assert_eq!(exit(&output), 0, "{trial}: {}{}", stdout(&output), stderr(&output));
        }
        let written = folder.read("proposed.claims");
        for number in numbers {
            assert!(written.contains(&format!("fact n-{number} ")), "{trial}: {number} is lost\n{written}");
        }
        assert_eq!(litter(&folder), Vec::<String>::new());
    }
}

#[test]
fn everything_that_reads_to_write_waits_for_its_turn() {
    for _ in 0..3 {
        let folder = project();
        folder.write("b.claims", b"fact   b\nfact c {\ninferred: yes because: b, b }\n");
        let runs = [
            "baseline add --reason one",
            "fmt",
            "accept",
            "check --fix",
            "baseline prune",
            "accept",
            "fmt",
            "baseline add --reason two",
            "rules new ACME0001 one --file rules/own.toml",
            "rules new ACME0002 two --file rules/own.toml",
        ];
        let outputs = at_once(&folder, &runs.map(words));
        for (run, output) in runs.iter().zip(&outputs) {
            assert!(exit(output) <= 1, "{run}: {}{}", stdout(output), stderr(output));
        }
        assert_eq!(exit(&recte(folder.path(), &["fmt", "--check"])), 0, "{}", folder.read("b.claims"));
        assert_eq!(exit(&recte(folder.path(), &["accept"])), 0);
        assert_eq!(exit(&recte(folder.path(), &["baseline", "prune"])), 0);
        let rules = folder.read("rules/own.toml");
        assert!(rules.contains("ACME0001") && rules.contains("ACME0002"), "{rules}");
        assert_eq!(litter(&folder), ["claims.lock"]);
    }
}

#[test]
fn of_two_that_begin_a_project_one_does() {
    let folder = Folder::new();
    let exits: Vec<i32> = at_once(&folder, &[words("init new"), words("init new")]).iter().map(exit).collect();
    assert!(exits == [0, 2] || exits == [2, 0], "{exits:?}");
    assert_eq!(exit(&recte(&folder.path().join("new"), &["check"])), 0);
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use super::{CLAIMS, TEXT, project};
    use crate::support::{Folder, exit, recte, stderr};

    const CANARY: &str = "not to be touched\n";

    /// Whether nothing outside was made or changed.
    fn is_whole(outside: &Folder) -> bool {
        let names = std::fs::read_dir(outside.path()).unwrap().count();
        names == 1 && outside.read("canary") == CANARY
    }

    #[test]
    fn no_link_of_a_project_leads_a_write_out_of_it() {
        let outside = Folder::with(&[("canary", CANARY)]);
        let to = |name: &str| outside.path().join(name);
        let targets = [("link", to("canary")), ("new", to("new")), ("folder", outside.path().to_owned())];
        // Beside the links above, each has one in the place of what it writes.
        let runs = [
            ("check --output sarif=link", ""),
            ("check --output sarif=new", ""),
            ("check --output sarif=folder/new", ""),
            ("check --output sarif=../p/folder/canary", ""),
            ("coverage --output link", ""),
            ("coverage --output folder/canary", ""),
            ("man folder", ""),
            ("init folder", ""),
            ("init folder/new", ""),
            ("init --ci github", ".github"),
            ("init --hook", ".pre-commit-config.yaml"),
            ("accept", "claims.lock"),
            ("baseline add --reason -", "recte-baseline.json"),
            ("rules new ACME0009 a-b --file link", ""),
            ("rules new ACME0009 a-b --file folder/new", ""),
            ("rules test --accept", "recte-rules.snap"),
            ("ingest p.json --into folder/x.claims", ""),
            ("fmt", "far.claims"),
            ("check --fix", "far.claims"),
        ];
        for (run, place) in runs {
            let around = Folder::with(&[
                ("p/recte.toml", ""),
                ("p/a.claims", CLAIMS),
                ("p/text.txt", TEXT),
                ("p/open.claims", "fact b\n"),
                ("p/p.json", "{\"version\":1,\"claims\":[]}"),
            ]);
            let here = around.path().join("p");
            assert_eq!(exit(&recte(&here, &["check"])), 0, "nothing else is wrong");
            for (name, target) in &targets {
                symlink(target, here.join(name)).unwrap();
            }
            for target in ["new", "canary", ""].iter().filter(|_| !place.is_empty()) {
                let _ = std::fs::remove_file(here.join(place));
                symlink(to(target), here.join(place)).unwrap();
                let output = recte(&here, &run.split(' ').collect::<Vec<_>>());
                assert!(is_whole(&outside), "{run} {target}");
                assert!(run == "init --hook" || exit(&output) >= 2, "{run}: {} {}", exit(&output), stderr(&output));
            }
            if place.is_empty() {
                let output = recte(&here, &run.split(' ').collect::<Vec<_>>());
                assert!(is_whole(&outside), "{run}");
                assert!(exit(&output) >= 2, "{run}: {} {}", exit(&output), stderr(&output));
            }
        }
    }

    #[test]
    fn no_link_makes_another_folder_a_part_of_the_project() {
        let outside =
            Folder::with(&[("recte.toml", ""), ("x.claims", "fact   f { abot: g  inferred: yes }\n"), ("t.txt", TEXT)]);
        outside.write("a.claims", CLAIMS.replace("text.txt", "t.txt").as_bytes());
        let before = crate::support::files_beneath(outside.path());
        let folder = project();
        folder.write("p.json", b"{\"version\":1,\"claims\":[{\"kind\":\"fact\",\"id\":\"n\",\"inferred\":\"yes\"}]}");
        folder.write("list", b"c/x.claims\0");
        symlink(outside.path(), folder.path().join("c")).unwrap();
        for run in [
            "fmt c",
            "fmt c/x.claims",
            "fmt a.claims c",
            "check --fix c",
            "check --fix=suggested c/x.claims",
            "check --fix=suggested --files-from list",
            "accept --project c",
            "baseline add --all --reason - --project c",
            "rules new ACME0009 a-b --file r.toml --project c",
            "rules test --accept --project c",
            "ingest p.json --project c",
            "baseline add --all --reason - --config c/recte.toml",
        ] {
            let output = recte(folder.path(), &run.split(' ').collect::<Vec<_>>());
            assert_eq!(crate::support::files_beneath(outside.path()), before, "{run}");
            assert!(exit(&output) >= 2, "{run}: {} {}", exit(&output), stderr(&output));
        }
        // Whoever names the folder itself means it.
        let named = recte(folder.path(), &["fmt", &outside.path().display().to_string()]);
        assert_eq!(exit(&named), 0, "{}", stderr(&named));
        assert_ne!(crate::support::files_beneath(outside.path()), before);
    }

    #[test]
    fn what_somebody_names_is_written_wherever_it_is() {
        let (folder, outside) = (project(), Folder::new());
        let out = outside.path().join("r.sarif").display().to_string();
        for path in [out.as_str(), "../r.sarif", "./r.sarif", "/dev/null", "/dev/stdout"] {
            let name = format!("sarif={path}");
            let output = recte(folder.path(), &["check", "--output", &name, "--format", "compact"]);
            assert_eq!(exit(&output), 0, "{path}: {}", stderr(&output));
            if path == "/dev/stdout" {
                assert!(String::from_utf8_lossy(&output.stdout).contains("\"version\""), "it is written to a pipe");
            }
        }
        assert!(outside.read("r.sarif").starts_with('{') && folder.read("r.sarif").starts_with('{'));
        std::fs::remove_file(folder.path().join("../r.sarif")).unwrap();
        // A link of the user's own, and one that stays in the project.
        symlink(folder.path().join("r.sarif"), outside.path().join("mine")).unwrap();
        symlink("r.sarif", folder.path().join("inner")).unwrap();
        for path in [outside.path().join("mine").as_path(), Path::new("inner")] {
            folder.write("r.sarif", b"");
            let output = recte(folder.path(), &["check", "--output", &format!("sarif={}", path.display())]);
            assert_eq!(exit(&output), 0, "{}", stderr(&output));
            assert!(folder.read("r.sarif").starts_with('{'), "{} is followed", path.display());
            assert!(std::fs::symlink_metadata(folder.path().join(path)).unwrap().is_symlink());
        }
    }

    #[test]
    fn no_link_leads_into_the_files_of_git() {
        let folder = project();
        folder.write(".git/hooks/canary", CANARY.as_bytes());
        symlink(".git/hooks/canary", folder.path().join("r.sarif")).unwrap();
        let output = recte(folder.path(), &["check", "--output", "sarif=r.sarif"]);
        assert_eq!((exit(&output), folder.read(".git/hooks/canary").as_str()), (3, CANARY), "{}", stderr(&output));
    }

    #[test]
    fn an_entry_of_the_cache_that_is_a_link_is_put_aside() {
        let (folder, cache) = (project(), Folder::with(&[("kept/mine.txt", CANARY), ("canary", CANARY)]));
        let run = || {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_recte"));
            command.arg("check").current_dir(folder.path()).env("RECTE_CACHE_DIR", cache.path().join("kept"));
            exit(&command.output().unwrap())
        };
        assert_eq!(run(), 0);
        let entries = || std::fs::read_dir(cache.path().join("kept")).unwrap().map(|entry| entry.unwrap().path());
        let entry = entries().find(|path| !path.ends_with("mine.txt")).expect("it is kept");
        std::fs::remove_file(&entry).unwrap();
        symlink("../canary", &entry).unwrap();
        assert_eq!(run(), 0);
        assert_eq!(cache.read("canary"), CANARY, "what it leads to is left alone");
        for number in 0..80 {
            cache.write(&format!("kept/another-{number}"), b"");
        }
        folder.write("b.claims", b"fact b { inferred: yes }\n");
        assert_eq!(run(), 0);
        assert_eq!(
            entries().filter(|path| path.to_string_lossy().contains("another")).count(),
            80,
            "they are not ours"
        );
    }
}

#[cfg(unix)]
#[test]
fn no_program_that_lies_in_the_project_is_run() {
    use std::os::unix::fs::PermissionsExt;
    if Command::new("git").arg("--version").output().is_err() {
        return;
    }
    let folder = project();
    let git = |arguments: &[&str]| Command::new("git").args(arguments).current_dir(folder.path()).output().unwrap();
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    for name in ["git", "bin/git"] {
        folder.write(name, b"#!/bin/sh\ntouch \"$(dirname \"$0\")/canary\"\nexit 1\n");
        std::fs::set_permissions(folder.path().join(name), std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = std::env::var("PATH").unwrap();
    let inside = folder.path().join("bin").display().to_string();
    for first in ["", ".", "bin", "./bin", inside.as_str()] {
        for run in [&["check", "--staged"][..], &["check", "--since", "HEAD"], &["suppressions"], &["init", "--hook"]] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_recte"));
            let output = command.args(run).current_dir(folder.path()).env("PATH", format!("{first}:{path}")).output();
            assert!(exit(&output.unwrap()) <= 2, "{first:?} {run:?}");
            assert!(!folder.path().join("canary").exists() && !folder.path().join("bin/canary").exists(), "{first:?}");
        }
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_recte"));
    let output = command.args(["check", "--staged"]).current_dir(folder.path()).env("PATH", ".:bin").output().unwrap();
    assert_eq!((exit(&output), stderr(&output).contains("the program git cannot be run")), (3, true));
}
