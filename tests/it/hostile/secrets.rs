//! What belongs to git, or holds secrets by its name, is never read as a part of a project, whatever names it or links to it.
#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::process::Command;

use super::soon;
use crate::support::{Folder, exit, recte, stderr, stdout};

const CONFIG: &str = "[core]\n\tbare = false\n[http]\n\textraheader = AUTHORIZATION: basic SECRET\n";

/// Values of our own keys, and a line that no claims file and no configuration has.
const ENV: &str = "API_KEY=\"SECRET\"\nrules=\"SECRET\"\nexclude=\"SECRET\"\n[kind]\nx=\"SECRET\"\n[words]\nx=\"SECRET\"\n[limits]\nx=\"SECRET\"\n";

const QUOTING: &str = "source s { path: \"PATH\" }\nfact f { quote: s \"AUTHORIZATION: simple\" }\n";

/// A project with secrets, in which `trap` is laid: what a file holds, or what a link leads to.
fn project(trap: (&str, &str, bool)) -> Folder {
    let (name, content, is_link) = trap;
    let folder =
        Folder::with(&[(".git/config", CONFIG), (".env", ENV), (".npmrc", "token=SECRET\n"), ("tls.key", "SECRET")]);
    if name != "recte.toml" {
        folder.write("recte.toml", b"");
    }
    folder.write("b.claims", b"fact b { inferred: yes }\n");
    match is_link {
        true => symlink(content, folder.path().join(name)).unwrap(),
        false => folder.write(name, content.as_bytes()),
    }
    folder
}

#[test]
fn no_secret_of_a_checkout_is_shown() {
    let quoting = |path: &str| QUOTING.replace("PATH", path);
    let documents = [".git/config", ".env", ".npmrc", "tls.key"].map(|path| ("a.claims", quoting(path), false));
    let links = [".git/config", ".env"].map(|to| {
        ["q.claims", "recte.toml", "claims.lock", "recte-baseline.json"].map(|name| (name, to.to_owned(), true))
    });
    let named = ["schema", "extends"].map(|key| ("recte.toml", format!("{key} = [\".env\"]\n"), false));
    let traps = documents.into_iter().chain(links.into_iter().flatten()).chain(named);
    for (name, content, is_link) in traps {
        let folder = project((name, &content, is_link));
        for line in [
            "check",
            "check --format json",
            "check q.claims",
            "coverage",
            "facts",
            "fmt --diff",
            "config show",
            "rules test",
        ] {
            let output = recte(folder.path(), &line.split(' ').collect::<Vec<_>>());
            let shown = stdout(&output) + &stderr(&output);
            assert!(!shown.contains("SECRET"), "{name} {content}: {line}: {shown}");
        }
        assert_ne!(exit(&recte(folder.path(), &["check"])), 0, "{name} {content}");
    }
}

#[test]
fn what_is_linked_decides_and_not_the_link() {
    let folder = project(("folder", ".git", true));
    symlink(".env", folder.path().join("notes.txt")).unwrap();
    symlink("LICENSE", folder.path().join("license.txt")).unwrap();
    folder.write("LICENSE", b"Everything is allowed.\n");
    folder.write(".github/SECURITY.md", b"Write to us.\n");
    for (path, read) in
        [("folder/config", false), ("notes.txt", false), ("license.txt", true), (".github/SECURITY.md", true)]
    {
        folder.write("a.claims", QUOTING.replace("PATH", path).as_bytes());
        let checked = stdout(&recte(folder.path(), &["check", "--format", "compact"]));
        assert_eq!(checked.contains("CL0702"), !read, "{path}: {checked}");
    }
}

#[test]
fn an_ignore_file_that_is_none_hides_nothing_and_is_not_waited_for() {
    let claims = "fact it { because: nothing }\n";
    let lay: [fn(&Folder, &str); 3] = [
        |folder, name| assert!(Command::new("mkfifo").arg(folder.path().join(name)).status().unwrap().success()),
        |folder, name| symlink("/dev/zero", folder.path().join(name)).unwrap(),
        |folder, name| std::fs::File::create(folder.path().join(name)).unwrap().set_len(1 << 30).unwrap(),
    ];
    for name in [".gitignore", ".ignore", ".recteignore", ".git/info/exclude"] {
        for (way, lay) in lay.iter().enumerate() {
            for place in ["", "sub/"] {
                let folder = Folder::with(&[("recte.toml", ""), ("a.claims", "fact a { inferred: yes }\n")]);
                folder.write(&format!("{place}b.claims"), claims.as_bytes());
                folder.write(&format!("{place}.git/info/x"), b"");
                lay(&folder, &format!("{place}{name}"));
                for command in [&["check"][..], &["check", "sub"], &["fmt", "--check"]] {
                    folder.write("sub/c.claims", b"");
                    let output = soon(name, || recte(folder.path(), command));
                    assert!(
                        exit(&output) >= 2,
                        "{way} {place}{name} {command:?}: {}{}",
                        stdout(&output),
                        stderr(&output)
                    );
                }
            }
        }
    }
}

#[test]
fn a_project_beneath_an_ignore_file_that_is_none_is_not_passed_over() {
    for (config, other) in [("sub/recte.toml", "x/recte.toml"), ("sub/deep/recte.toml", "x/recte.toml")] {
        let folder = Folder::with(&[(config, ""), (other, ""), ("x/a.claims", "fact a { inferred: yes }\n")]);
        folder.write(&config.replace("recte.toml", "b.claims"), b"fact b { inferred: yes }\n");
        symlink("/dev/zero", folder.path().join("sub/.gitignore")).unwrap();
        let output = soon(config, || recte(folder.path(), &["check"]));
        assert_eq!(exit(&output), 3, "{config}: {}{}", stdout(&output), stderr(&output));
    }
}
