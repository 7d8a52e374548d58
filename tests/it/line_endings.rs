//! Git may give every text of a checkout the line endings of Windows. Nothing that is said or kept hangs on them.

use std::fs;

use recte::project::CheckOutput;
use serde_json::Value;

use crate::support::{Folder, exit, files_beneath, recte, repository, stdout};

const CORPORA: [&str; 2] = ["claims/us-japan", "claims/reader-data"];

/// The files of a folder, all of them with the line endings of Windows.
fn on_windows(files: &[(String, Vec<u8>)]) -> Folder {
    let folder = Folder::new();
    for (name, bytes) in files {
        let text = String::from_utf8(bytes.clone()).unwrap();
        folder.write(name, text.replace("\r\n", "\n").replace('\n', "\r\n").as_bytes());
    }
    folder
}

#[test]
fn the_shipped_claims_are_as_accepted_in_a_checkout_on_windows() {
    for corpus in CORPORA {
        let (here, there) = (Folder::copy_of(corpus), on_windows(&files_beneath(&repository().join(corpus))));
        for command in [
            &["check", "--locked", "--fail-on", "info", "--format", "jsonl", "--date", "2026-01-01"][..],
            &["fmt", "--check"],
            &["coverage", "--min", "100"],
            &["coverage", "--format", "json"],
            &["coverage", "--format", "lcov"],
            &["suppressions"],
            &["rules", "test"],
        ] {
            let [here, there] = [&here, &there].map(|folder| recte(folder.path(), command));
            assert_eq!((exit(&here), exit(&there)), (0, 0), "{corpus} {command:?}: {}", stdout(&there));
            assert_eq!(without_bytes(&stdout(&here)), without_bytes(&stdout(&there)), "{corpus} {command:?}");
        }
    }
}

#[test]
fn what_is_put_on_record_is_the_same_text() {
    for corpus in CORPORA {
        let (here, there) = (Folder::copy_of(corpus), on_windows(&files_beneath(&repository().join(corpus))));
        for folder in [&here, &there] {
            fs::remove_file(folder.path().join("claims.lock")).unwrap();
            folder.write("more.claims", b"fact it {\n  because: nothing\n}\nfact that { because: nobody }\n");
            for command in [
                &["accept"][..],
                &["baseline", "add", "--reason", "old", "--date", "2026-01-01"],
                &["rules", "test", "--accept"],
            ] {
                let output = recte(folder.path(), command);
                assert_eq!(exit(&output), 0, "{corpus} {command:?}: {output:?}");
            }
        }
        for kept in ["claims.lock", "recte-baseline.json", "recte-rules.snap"] {
            let [here, there] = [&here, &there].map(|folder| fs::read_to_string(folder.path().join(kept)).ok());
            assert_eq!(here, there, "{corpus} {kept}");
        }
        // What was kept on one machine holds on the other.
        let moved = on_windows(&files_beneath(here.path()));
        for command in [&["check", "--locked"][..], &["baseline", "verify"], &["rules", "test"]] {
            let output = recte(moved.path(), command);
            assert_eq!(exit(&output), 0, "{corpus} {command:?}: {output:?}");
        }
    }
}

/// A lock that an earlier version wrote has the hash of each document as it lay there, whatever ended its lines.
#[test]
fn a_lock_of_a_text_with_other_line_endings_still_holds() {
    let folder = Folder::with(&[
        ("recte.toml", ""),
        ("text.txt", "It shall be so.\r\nIt may be so.\r\n"),
        ("a.claims", "source t { path: \"text.txt\" }\r\nfact it { quote: t \"shall\r\n  be so\" }\r\n"),
        ("claims.lock", include_str!("../cases/locks/crlf.lock")),
    ]);
    let output = recte(folder.path(), &["check", "--locked"]);
    assert_eq!(exit(&output), 0, "{}", stdout(&output));
    folder.write("text.txt", b"It shall be so.\r\nIt must be so.\r\n");
    assert_eq!(exit(&recte(folder.path(), &["check", "--locked"])), 1);
}

/// Every project of the cases, most of which are wrong in some way, is found wrong in the same way.
#[test]
fn the_same_is_found_at_the_same_lines() {
    let mut compared = 0;
    for folder in ["tests/cases/files", "tests/cases/model", "tests/cases/rules", "tests/cases/configuration"] {
        for entry in fs::read_dir(repository().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            // How many bytes a file holds does hang on them, and how the parser of TOML recovers from an unclosed string.
            let hangs = path.ends_with("CL0033-file-too-large") || path.ends_with("CF001-no-toml");
            let files = if path.is_dir() && !hangs { files_beneath(&path) } else { continue };
            if !files.iter().all(|(_, bytes)| std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\r'))) {
                continue;
            }
            let here = Folder::new();
            files.iter().for_each(|(name, bytes)| here.write(name, bytes));
            let [here, there] = [here, on_windows(&files)].map(|folder| findings(&folder.check()));
            assert_eq!(here, there, "{}", path.display());
            compared += here.len();
        }
    }
    assert!(compared >= 100, "{compared} findings");
}

/// All of each finding but the bytes that it counts.
fn findings(checked: &CheckOutput) -> Vec<String> {
    let finding = |finding: &recte::rule::Finding| {
        let at = finding.diagnostic.primary.span;
        let source = checked.sources.get(at.source);
        let position = source.position(at.start);
        let place = format!("{}:{}:{}", source.name(), position.line, position.column);
        format!("{place} {} {} {:?}", finding.fingerprint, finding.diagnostic.message, finding.diagnostic.help)
    };
    checked.findings.iter().map(finding).collect()
}

/// A report without the one thing that differs: at which byte something stands.
fn without_bytes(report: &str) -> String {
    let line = |line: &str| match serde_json::from_str::<Value>(line) {
        Ok(mut value) => {
            forget(&mut value);
            value.to_string()
        }
        Err(_) => line.to_owned(),
    };
    match serde_json::from_str::<Value>(report) {
        Ok(mut value) => {
            forget(&mut value);
            value.to_string()
        }
        Err(_) => report.lines().map(line).collect::<Vec<_>>().join("\n"),
    }
}

fn forget(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(forget),
        Value::Object(values) => {
            values.retain(|key, _| !matches!(key.as_str(), "byte" | "bytes"));
            values.values_mut().for_each(forget);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
