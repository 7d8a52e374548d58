//! What `recte init` begins is clean, whatever lies in the folder, and nothing that lies there is touched.

use std::collections::BTreeMap;

use crate::support::{Folder, exit, files_beneath, recte, stderr, stdout};

/// What a folder may hold that has nothing to do with recte.
const THEIRS: &str = "This text was here before.\n";

#[test]
fn a_sample_takes_names_that_nothing_has() {
    let folders: &[&[&str]] = &[
        &["text.txt"],
        &["text.txt", "text-2.txt"],
        &["first.claims/inner.txt"],
        &["text.txt/inner.txt"],
        &["claims/notes.txt", "README.md", "claims.lock.orig"],
        &[".gitignore"],
    ];
    for names in folders {
        let folder = Folder::with(&names.iter().map(|name| (*name, THEIRS)).collect::<Vec<_>>());
        let output = recte(folder.path(), &["init"]);
        assert_eq!(exit(&output), 0, "{names:?}: {}", stderr(&output));
        names.iter().for_each(|name| assert_eq!(folder.read(name), THEIRS, "{names:?}"));
        let checked = recte(folder.path(), &["check", "--fail-on", "info"]);
        assert_eq!(exit(&checked), 0, "{names:?}: {}", stdout(&checked));
        let laid_out = recte(folder.path(), &["fmt", "--check"]);
        assert_eq!(exit(&laid_out), 0, "{names:?}: {}", stdout(&laid_out));
        for line in stdout(&output).lines().filter_map(|line| line.strip_prefix("wrote ")) {
            assert!(folder.path().join(line).is_file(), "{names:?}: {line}");
        }
    }
}

#[test]
fn claims_that_are_there_are_joined_by_no_sample() {
    let folder = Folder::with(&[("claims/mine.claims", "fact it { inferred: yes }\n"), ("text.txt", THEIRS)]);
    let output = recte(folder.path(), &["init"]);
    assert!(stdout(&output).contains("found 1 file with claims"), "{}", stdout(&output));
    assert_eq!(names(&folder), [".gitattributes", "claims/mine.claims", "recte.toml", "text.txt"]);
    assert_eq!(exit(&recte(folder.path(), &["check"])), 0);
}

#[test]
fn the_settings_can_be_written_alone() {
    for other in [&[][..], &["text.txt", "first.claims"]] {
        let folder = Folder::with(&other.iter().map(|name| (*name, "")).collect::<Vec<_>>());
        let output = recte(folder.path(), &["init", "--bare"]);
        assert_eq!(exit(&output), 0, "{}", stderr(&output));
        let mut wanted: Vec<&str> = [other, &["recte.toml"]].concat();
        wanted.sort_unstable();
        assert_eq!(names(&folder), wanted);
        assert_eq!(exit(&recte(folder.path(), &["init", "--bare"])), 2, "a project is never written over");
    }
}

#[test]
fn a_sample_that_is_ignored_is_no_surprise() {
    let folder = Folder::with(&[(".gitignore", "*.claims\n"), (".git/HEAD", "")]);
    let output = recte(folder.path(), &["init"]);
    assert!(stderr(&output).contains("first.claims is excluded by an ignore file"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_something_that_is_there() {
    for (name, ends) in [("text.txt", 0), (".gitattributes", 0), ("first.claims", 3)] {
        let (folder, elsewhere) = (Folder::new(), Folder::new());
        std::os::unix::fs::symlink(elsewhere.path().join("out"), folder.path().join(name)).unwrap();
        assert_eq!(exit(&recte(folder.path(), &["init"])), 0, "{name}");
        assert_eq!(names(&elsewhere), Vec::<String>::new(), "{name}");
        let checked = recte(folder.path(), &["check", "--fail-on", "info"]);
        assert_eq!(exit(&checked), ends, "{name}: {}", stdout(&checked));
    }
}

#[test]
fn attributes_that_are_there_are_left_alone_and_the_missing_ones_are_told() {
    let folder = Folder::with(&[(".gitattributes", "*.claims text eol=lf\n*.png binary\n")]);
    let said = stdout(&recte(folder.path(), &["init"]));
    assert_eq!(folder.read(".gitattributes"), "*.claims text eol=lf\n*.png binary\n");
    assert!(said.contains("\n  claims.lock text eol=lf\n") && !said.contains("  *.claims text"), "{said}");
    // Once they are there, nothing is asked for.
    let whole = Folder::new();
    recte(whole.path(), &["init"]);
    let again = Folder::with(&[(".gitattributes", &whole.read(".gitattributes").replace('\n', "\r\n"))]);
    let said = stdout(&recte(again.path(), &["init"]));
    assert!(!said.contains("to be added"), "{said}");
}

/// The workflows install this very version from a registry, and run no code of ours that moves.
#[test]
fn build_servers_get_this_version_from_a_registry() {
    let folder = Folder::new();
    assert_eq!(exit(&recte(folder.path(), &["init", "--ci", "github"])), 0);
    assert_eq!(exit(&recte(folder.path(), &["init", "--ci", "gitlab"])), 0);
    let files: BTreeMap<String, String> = files_beneath(folder.path())
        .into_iter()
        .filter(|(name, _)| name.ends_with(".yml"))
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect();
    assert_eq!(files.len(), 2, "{files:?}");
    for (name, text) in &files {
        assert!(text.contains(concat!("recte==", env!("CARGO_PKG_VERSION"))), "{name}: {text}");
        for action in text.lines().filter_map(|line| line.trim().strip_prefix("- uses: ")) {
            let (action, version) = action.split_once('@').unwrap();
            assert!(!action.contains("recte"), "{name}: {action}");
            let hash = version.split(' ').next().unwrap();
            assert!(hash.len() == 40 && hash.bytes().all(|it| it.is_ascii_hexdigit()), "{name}: {version}");
            assert!(version.contains(" # v"), "{name}: {version}");
        }
    }
}

fn names(folder: &Folder) -> Vec<String> {
    files_beneath(folder.path()).into_iter().map(|(name, _)| name).collect()
}
