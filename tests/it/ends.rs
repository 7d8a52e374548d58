//! How a run ends, and that whatever a report says of its end agrees with the exit.

use serde_json::Value;

use crate::support::{Folder, exit, recte, stderr, stdout};

/// A warning in the first file, an error in the second.
const MILD: (&str, &str) = ("a.claims", "fact first \"First\" { note: \"said\" }\n");
const ERROR: (&str, &str) = ("b.claims", "fact second { inferred: yes  because: nothing }\n");

/// The code that the closing words name.
fn next(folder: &Folder, arguments: &[&str]) -> (i32, String) {
    let output = recte(folder.path(), &[&["check"], arguments].concat());
    let text = stdout(&output);
    let line = text.lines().find(|line| line.starts_with("next: ")).unwrap_or_else(|| panic!("{text}"));
    let code = line.split(['`', ' ']).find(|word| {
        word.len() > 4
            && word.bytes().all(|it| it.is_ascii_alphanumeric())
            && word.ends_with(|last: char| last.is_ascii_digit())
    });
    (exit(&output), code.unwrap_or_else(|| panic!("{line}")).to_owned())
}

#[test]
fn what_decided_the_exit_is_what_to_read_next() {
    let both = Folder::with(&[("recte.toml", ""), MILD, ERROR]);
    for format in ["full", "compact", "grouped", "agent", "github"] {
        assert_eq!(next(&both, &["--format", format]), (1, "CL0001".to_owned()), "{format}");
    }
    // A fault of the settings ends a run before any error of the claims does, and what was not checked before both.
    let settings = Folder::with(&[("recte.toml", "unknown-key = 1\n"), MILD, ERROR]);
    assert_eq!(next(&settings, &[]), (2, "CF001".to_owned()));
    let unread = Folder::with(&[("recte.toml", "unknown-key = 1\n"), MILD, ERROR]);
    unread.write("z.claims", b"\xff\xfe\xfd");
    assert_eq!(next(&unread, &[]), (3, "CL0030".to_owned()));
    // Where nothing fails, the heaviest is named.
    let mild = Folder::with(&[("recte.toml", ""), MILD]);
    assert_eq!(next(&mild, &[]).0, 0);
}

#[test]
fn a_checkout_cannot_pass_its_faults_off_as_those_of_the_settings() {
    let trusted = Folder::with(&[("recte.toml", "")]);
    let config = trusted.path().join("recte.toml");
    let config = config.to_str().unwrap();
    let sound = "fact it { inferred: yes }\n";
    let locks: [(&str, &[u8]); 4] = [
        ("broken", b"version = 1\nbroken ["),
        ("of another version", b"version = 99\n"),
        ("edited", b"version = 1\nseal = \"00\"\n\n"),
        ("no text", b"\xff\xfe"),
    ];
    for (what, lock) in locks {
        let folder = Folder::with(&[("a.claims", sound), ("recte.toml", "")]);
        folder.write("claims.lock", lock);
        let by = |arguments: &[&str]| recte(folder.path(), arguments);
        let output = by(&["check", "--config", config]);
        assert_eq!(exit(&output), 1, "{what}: {}", stdout(&output));
        assert!(stdout(&output).contains("CF008"), "{what}: {}", stdout(&output));
        for command in [&["facts"][..], &["accept"], &["coverage"], &["suppressions"], &["sql", "all", "--rows"]] {
            let output = by(&[command, &["--config", config]].concat());
            assert_eq!(exit(&output), 1, "{what} {command:?}: {}", stderr(&output));
            assert_eq!(exit(&by(command)), 2, "{what} {command:?}: by its own settings the lock is one of them");
        }
        assert_eq!(exit(&by(&["check"])), 2, "{what}");
    }
    let missing =
        Folder::with(&[("a.claims", "source t { path: \"t.txt\" }\nfact it { inferred: yes }\n"), ("t.txt", "Words.")]);
    assert_eq!(exit(&recte(missing.path(), &["check", "--locked", "--config", config])), 1);
    // What is wrong with the settings themselves stays that.
    let wrong = Folder::with(&[("recte.toml", "unknown-key = 1\n")]);
    let folder = Folder::with(&[("a.claims", sound), ("claims.lock", "broken [")]);
    let config = wrong.path().join("recte.toml");
    assert_eq!(exit(&recte(folder.path(), &["check", "--config", config.to_str().unwrap()])), 2);
}

/// What a format counts as a failure is what fails the run, at every weight from which on findings do.
#[test]
fn formats_agree_with_the_exit() {
    let folder = Folder::with(&[("recte.toml", ""), MILD]);
    let mut ends = Vec::new();
    for level in ["error", "warning", "info"] {
        let output = recte(folder.path(), &["check", "--fail-on", level, "--format", "junit"]);
        let text = stdout(&output);
        let (failed, told) = (text.matches("<failure").count(), text.matches("<system-out").count() - 1);
        assert_eq!(failed > 0, exit(&output) == 1, "{level}: {text}");
        ends.push((exit(&output), failed, told));
    }
    assert!(ends[0].0 == 0 && ends[0].2 > 0 && ends[2].0 == 1 && ends[2].2 == 0, "{ends:?}");
}

/// What an exception silences fails nothing, so that no reader of a report may take it for what does.
#[test]
fn what_is_silenced_is_nothing_to_fail_for() {
    let allowed = "fact first \"First\" { note: \"said\"  allow: claim-without-quote \"being drafted\" }\n";
    let folder = Folder::with(&[("recte.toml", "[rules]\nclaim-without-quote = \"error\"\n"), ("a.claims", allowed)]);
    let run = |format: &str| {
        let output = recte(folder.path(), &["check", "--show-suppressed", "--format", format]);
        assert_eq!(exit(&output), 0, "{format}: {}", stdout(&output));
        stdout(&output)
    };
    let json = |format: &str| serde_json::from_str::<Value>(&run(format)).unwrap();
    assert!(run("github").contains("::notice ") && !run("github").contains("::error "), "{}", run("github"));
    assert!(run("checkstyle").contains("severity=\"info\""), "{}", run("checkstyle"));
    assert!(run("junit").contains("<skipped") && !run("junit").contains("<failure"), "{}", run("junit"));
    assert_eq!(json("gitlab")[0]["severity"], "info");
    assert_eq!(
        (&json("rdjson")["severity"], &json("rdjson")["diagnostics"][0]["severity"]),
        (&"INFO".into(), &"INFO".into())
    );
    assert_eq!(json("sarif")["runs"][0]["results"][0]["suppressions"][0]["status"], "accepted");
}

/// Who reads each finding is shown a thousand, the heaviest; counts, exits and what programs read never change.
#[test]
fn a_long_report_for_readers_ends() {
    let many: String = (0..1_200).map(|at| format!("fact f{at} \"F{at}\" {{ note: \"said\" }}\n")).collect();
    let folder = Folder::with(&[("recte.toml", ""), ("a.claims", &many), ERROR]);
    let run = |arguments: &[&str]| {
        let output = recte(folder.path(), &[&["check"], arguments].concat());
        assert_eq!(exit(&output), 1, "{}", stderr(&output));
        stdout(&output)
    };
    let whole = run(&["--format", "compact"]);
    let all = whole.lines().filter(|line| line.contains(".claims:")).count();
    assert!(all > 1_200, "{all}");
    let counts =
        whole.lines().find(|line| line.starts_with("checked ")).unwrap().split(": ").last().unwrap().to_owned();
    for (format, mark) in [("full", "[C"), ("grouped", "  CL"), ("agent", " | CL")] {
        let text = run(&["--format", format]);
        let shown = |text: &str| text.lines().filter(|line| line.contains(mark)).count();
        assert_eq!(shown(&text), 1_000, "{format}");
        assert!(text.contains(&format!("{} more finding", all - 1_000)), "{format}");
        assert!(text.contains("CL0001") && text.contains(&counts), "{format}: what fails the run is shown");
        assert_eq!(shown(&run(&["--format", format, "--max", "1100"])), 1_100, "{format}");
        assert_eq!(shown(&run(&["--format", format, "--max", "3"])), 3, "{format}");
    }
    let json: Value = serde_json::from_str(&run(&["--format", "json"])).unwrap();
    assert_eq!(json["findings"].as_array().unwrap().len(), all);
}

/// No frame is drawn around a file that is not there, nor around the first line of one that is spoken of as a whole.
#[test]
fn what_concerns_no_line_frames_none() {
    let empty = Folder::new();
    let text = stdout(&recte(empty.path(), &["check"]));
    assert_eq!(
        text.lines().take(3).collect::<Vec<_>>(),
        [
            "error[CF005] no-file-matched: no file in the project matches `**/*.claims`, so nothing was checked",
            "  help: the names of claims files end in `.claims`; `recte init` writes a sample",
            ""
        ]
    );
    let excluded = [
        ("recte.toml", "exclude = [\"drafts/**\"]\n"),
        ("drafts/a.claims", "fact a { inferred: yes }\n"),
        (".recteignore", "b.claims\n"),
        ("b.claims", "fact b { inferred: yes }\n"),
    ];
    let (folder, one) = (Folder::with(&excluded), Folder::with(&excluded[..2]));
    let text = [&folder, &one].map(|folder| stdout(&recte(folder.path(), &["check"])));
    assert!(text[0].contains("all 2 files that match `**/*.claims` are excluded"), "{}", text[0]);
    assert!(text[1].contains("the only file that matches `**/*.claims` is excluded"), "{}", text[1]);
    let folder = Folder::with(&[
        ("recte.toml", "# Settings.\n"),
        ("empty.claims", ""),
        ("t.txt", "Words."),
        ("recte-baseline.json/x", ""),
    ]);
    folder.write("bytes.claims", b"\xff\xfe");
    folder.write("claims.lock", b"\xff");
    let text = stdout(&recte(folder.path(), &["check"]));
    for (line, place) in [("CL0030", "bytes.claims"), ("CF007", "recte-baseline.json"), ("CF008", "claims.lock")] {
        let told =
            text.split("\n\n").find(|it| it.contains(&format!("[{line}]"))).unwrap_or_else(|| panic!("{line}: {text}"));
        assert!(told.lines().any(|line| line == format!("  in: {place}")), "{text}");
    }
    assert!(!text.contains('╭'), "{text}");
    let stale =
        Folder::with(&[("recte.toml", ""), ("t.txt", "Words."), ("a.claims", "source t { path: \"t.txt\" }\n")]);
    let text = stdout(&recte(stale.path(), &["check", "--locked"]));
    assert!(text.contains("CL0721") && !text.contains("─[claims.lock"), "{text}");
}
