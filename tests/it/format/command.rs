//! `recte fmt` as it is run: what it writes, what it says, how it ends.

use std::fs;

use crate::support::{Folder, exit, recte, stdout};

const UGLY: &str = "actor   japan {is:state}\n";
const LAID_OUT: &str = "actor japan { is: state }\n";

#[test]
fn files_are_written_once() {
    let folder = Folder::with(&[("recte.toml", ""), ("a.claims", UGLY), ("b/b.claims", LAID_OUT)]);
    let first = recte(folder.path(), &["fmt"]);
    assert_eq!((exit(&first), stdout(&first).as_str()), (0, "formatted 1 file, 1 already was\n"));
    assert_eq!(folder.read("a.claims"), LAID_OUT);
    let second = recte(folder.path(), &["fmt"]);
    assert_eq!((exit(&second), stdout(&second).as_str()), (0, "formatted 0 files, 2 already were\n"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left behind");
}

#[test]
fn checking_lists_and_writes_nothing() {
    let folder = Folder::with(&[("recte.toml", ""), ("a.claims", UGLY), ("b.claims", LAID_OUT)]);
    let output = recte(folder.path(), &["fmt", "--check"]);
    assert_eq!((exit(&output), stdout(&output).as_str()), (1, "a.claims\n"));
    assert_eq!(folder.read("a.claims"), UGLY);
    assert_eq!(exit(&recte(folder.path(), &["fmt", "--check", "b.claims"])), 0);
}

#[test]
fn a_diff_is_safe_to_look_at() {
    let folder = Folder::with(&[("a.claims", "# \u{e9}\nactor   japan \"J\u{200b}n\"")]);
    let output = recte(folder.path(), &["fmt", "--diff"]);
    let expected = "--- a/a.claims\n+++ b/a.claims\n@@ -1,2 +1,2 @@\n # \u{e9}\n-actor   japan \"J\u{fffd}n\"\n\
                    \\ No newline at end of file\n+actor japan \"J\u{fffd}n\"\n";
    assert_eq!((exit(&output), stdout(&output).as_str()), (1, expected));
}

#[test]
fn a_broken_file_is_reported_and_the_others_are_laid_out() {
    let folder = Folder::with(&[("a.claims", "actor japan {"), ("b.claims", UGLY)]);
    let output = recte(folder.path(), &["fmt"]);
    let expected = "a.claims:1:7: error[CL0021] the block `japan` is never closed\nformatted 1 file, 0 already were, 1 not formatted\n";
    assert_eq!((exit(&output), stdout(&output).as_str()), (1, expected));
    assert_eq!(folder.read("a.claims"), "actor japan {");
    assert_eq!(folder.read("b.claims"), LAID_OUT);
}

#[test]
fn what_cannot_be_read_or_is_not_there_is_said() {
    let folder = Folder::with(&[("b.claims", UGLY), ("notes.txt", "x")]);
    folder.write("a.claims", b"actor \xff");
    let output = recte(folder.path(), &["fmt"]);
    assert_eq!(exit(&output), 3);
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "recte: a.claims is not UTF-8 (at byte 6), so it was not formatted\n"
    );
    assert_eq!(folder.read("b.claims"), LAID_OUT);
    assert_eq!(exit(&recte(folder.path(), &["fmt", "notes.txt"])), 2);
    assert_eq!(exit(&recte(folder.path(), &["fmt", "nowhere"])), 2);
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let outside = Folder::with(&[("far.claims", UGLY)]);
    let folder = Folder::with(&[("recte.toml", ""), ("real/a.claims", UGLY), ("hard.claims", UGLY)]);
    let real = folder.path().join("real/a.claims");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real/a.claims", folder.path().join("link.claims")).unwrap();
    symlink(outside.path().join("far.claims"), folder.path().join("out.claims")).unwrap();
    fs::hard_link(folder.path().join("hard.claims"), folder.path().join("hard.txt")).unwrap();
    let output = recte(folder.path(), &["fmt"]);
    assert_eq!(exit(&output), 3);
    assert_eq!(stdout(&output), "formatted 1 file, 1 already was, 2 not formatted\n");
    assert_eq!(folder.read("real/a.claims"), LAID_OUT);
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(folder.path().join("link.claims").is_symlink());
    assert_eq!(outside.read("far.claims"), UGLY);
    assert_eq!(folder.read("hard.txt"), UGLY);
}

#[cfg(unix)]
#[test]
fn read_only_files_are_left_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::with(&[("a.claims", UGLY)]);
    fs::set_permissions(folder.path().join("a.claims"), fs::Permissions::from_mode(0o444)).unwrap();
    let output = recte(folder.path(), &["fmt"]);
    assert_eq!(exit(&output), 3);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "recte: a.claims is read-only and was not written\n");
    assert_eq!(folder.read("a.claims"), UGLY);
}
