//! What lies outside a project is not read, and what is no file is not waited for.
#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::process::Command;

use super::{FORMATS, soon};
use crate::support::{Folder, exit, places, recte, stdout};

/// What must never be read.
const CANARY: &str = "fact canary-of-the-coal-mine { inferred: yes  becuase: it }";

#[test]
fn nothing_of_what_lies_outside_is_ever_shown() {
    let outside = Folder::with(&[("canary.claims", CANARY), ("canary.toml", CANARY), ("canary.txt", CANARY)]);
    let folder = Folder::with(&[(
        "inside/a.claims",
        "source s { path: \"link.txt\" }\nsource t { path: \"folder/canary.txt\" }\n",
    )]);
    let to = |name: &str| outside.path().join(name);
    symlink(to("canary.claims"), folder.path().join("link.claims")).unwrap();
    symlink("link.claims", folder.path().join("link-to-link.claims")).unwrap();
    symlink(to("canary.txt"), folder.path().join("inside/link.txt")).unwrap();
    symlink(outside.path(), folder.path().join("inside/folder")).unwrap();
    symlink(to("canary.toml"), folder.path().join("link.toml")).unwrap();
    folder.write("recte.toml", b"schema = [\"link.toml\"]\npacks = [\"link.toml\"]\n");
    let found = places(&folder.check());
    let expected = [
        "CL0702 source-outside-project inside/a.claims:1:18",
        "CL0702 source-outside-project inside/a.claims:2:18",
        "CL0032 file-outside-project link-to-link.claims:1:1",
        "CL0032 file-outside-project link.claims:1:1",
        "CF001 unreadable-configuration recte.toml:1:11",
        "CF001 unreadable-configuration recte.toml:2:10",
    ];
    assert_eq!(found, expected);
    for format in FORMATS {
        let output = recte(folder.path(), &["check", "--format", format]);
        let shown = stdout(&output) + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(exit(&output), 3);
        assert!(!shown.contains("coal") && !shown.contains("becuase"), "{shown}");
    }
}

#[test]
fn a_file_that_is_named_is_held_to_the_same() {
    let outside = Folder::with(&[("canary.claims", CANARY)]);
    let folder = Folder::with(&[("recte.toml", ""), ("a.claims", "")]);
    symlink(outside.path().join("canary.claims"), folder.path().join("link.claims")).unwrap();
    let output = recte(folder.path(), &["check", "link.claims"]);
    assert_eq!(exit(&output), 3);
    assert!(stdout(&output).contains("CL0032") && !stdout(&output).contains("coal"), "{}", stdout(&output));
}

#[test]
fn a_configuration_that_leads_outside_is_not_read() {
    let outside = Folder::with(&[("canary.toml", "canary-of-the-coal-mine = 1\n")]);
    let folder = Folder::with(&[("a.claims", "")]);
    symlink(outside.path().join("canary.toml"), folder.path().join("recte.toml")).unwrap();
    let output = recte(folder.path(), &["check"]);
    assert!(exit(&output) >= 2 && !stdout(&output).contains("coal"), "{}", stdout(&output));
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let folder = Folder::with(&[("a.claims", "source s { path: \"pipe.txt\" }\nsource t { path: \"endless.txt\" }\n")]);
    for pipe in ["pipe.txt", "pipe.claims", "pipe.toml"] {
        assert!(Command::new("mkfifo").arg(folder.path().join(pipe)).status().unwrap().success());
    }
    symlink("/dev/zero", folder.path().join("endless.txt")).unwrap();
    symlink("/dev/zero", folder.path().join("endless.claims")).unwrap();
    folder.write("recte.toml", b"packs = [\"pipe.toml\"]\n");
    let found = soon("a pipe", || places(&folder.check()));
    let expected = [
        "CL0701 source-missing a.claims:1:18",
        "CL0702 source-outside-project a.claims:2:18",
        "CL0032 file-outside-project endless.claims:1:1",
        "CL0031 unreadable-file pipe.claims:1:1",
        "CF001 unreadable-configuration recte.toml:1:10",
    ];
    assert_eq!(found, expected);
}

#[test]
fn links_in_a_circle_are_followed_no_further() {
    let folder = Folder::with(&[("folder/a.claims", "source s { path: \"round.txt\" }\n")]);
    symlink("round.txt", folder.path().join("folder/round.txt")).unwrap();
    symlink("..", folder.path().join("folder/up")).unwrap();
    symlink("two.claims", folder.path().join("one.claims")).unwrap();
    symlink("one.claims", folder.path().join("two.claims")).unwrap();
    let found = soon("a circle of links", || places(&folder.check()));
    let expected = [
        "CL0701 source-missing folder/a.claims:1:18",
        "CL0031 unreadable-file one.claims:1:1",
        "CL0031 unreadable-file two.claims:1:1",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_sparse_file_of_a_gigabyte_is_refused_at_once() {
    let folder = Folder::with(&[("a.claims", "")]);
    let large = std::fs::File::create(folder.path().join("large.claims")).unwrap();
    large.set_len(1 << 30).unwrap();
    let found = soon("a file of 1 GiB", || places(&folder.check()));
    assert_eq!(found, ["CL0033 file-too-large large.claims:1:1"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_listed_is_never_passed_over() {
    use std::os::unix::fs::PermissionsExt;
    let folder =
        Folder::with(&[("recte.toml", ""), ("a.claims", "fact it { inferred: yes }\n"), ("shut/b.claims", "")]);
    let shut = folder.path().join("shut");
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o000)).unwrap();
    // Whoever may do everything can list every folder.
    let may_do_everything = std::fs::read_dir(&shut).is_ok();
    let output = recte(folder.path(), &["check", "--format", "compact"]);
    let formatted = recte(folder.path(), &["fmt", "--check"]);
    folder.write("recte.toml", b"exclude = [\"shut/**\", \"shut\"]\n");
    let excluded = recte(folder.path(), &["check"]);
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o755)).unwrap();
    if !may_do_everything {
        assert_eq!((exit(&output), stdout(&output).contains("the folder `shut` cannot be listed")), (3, true));
        assert_eq!((exit(&formatted), exit(&excluded)), (3, 0));
    }
}
