//! What is kept of a run: it is said again as long as nothing has changed, and never else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::{Folder, exit, stderr, stdout};

const CLAIMS: &str = "actor japan \"Japan\" { is: state }\nobligation pay { bearer: japan  action: pay }\n";

/// A project, and a folder for the cache beside it.
struct World {
    project: Folder,
    cache: Folder,
}

impl World {
    /// The files are given times that are long over, so that their times are trusted.
    fn new() -> World {
        let project = Folder::with(&[("a.claims", CLAIMS), ("recte.toml", "")]);
        let context = World { project, cache: Folder::new() };
        context.age();
        context
    }

    fn age(&self) {
        let past = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
        for name in ["a.claims", "recte.toml"] {
            let file = fs::File::options().write(true).open(self.project.path().join(name)).unwrap();
            file.set_modified(past).unwrap();
        }
    }

    fn folder(&self) -> PathBuf {
        self.cache.path().join("entries")
    }

    fn check(&self, arguments: &[&str]) -> Output {
        check(self.project.path(), &self.folder(), arguments)
    }

    /// The only entry.
    fn entry(&self) -> PathBuf {
        let entries: Vec<PathBuf> = fs::read_dir(self.folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(entries.len(), 1, "{entries:?}");
        entries[0].clone()
    }
}

fn check(project: &Path, cache: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recte"));
    command.arg("check").args(arguments).current_dir(project).env("RECTE_CACHE_DIR", cache);
    command.output().unwrap()
}

#[test]
fn what_has_not_changed_is_said_again_byte_for_byte() {
    let context = World::new();
    for format in ["json", "sarif", "gitlab", "rdjson"] {
        let arguments = ["--format", format, "--date", "2026-01-01"];
        let without = context.check(&[&arguments[..], &["--no-cache"]].concat());
        let (first, second) = (context.check(&arguments), context.check(&arguments));
        assert_eq!((exit(&without), exit(&first), exit(&second)), (1, 1, 1));
        assert_eq!(stdout(&without), stdout(&first), "{format}");
        assert_eq!(stdout(&without), stdout(&second), "{format}");
    }
    let (first, second) = (context.check(&[]), context.check(&[]));
    assert!(stdout(&first).contains(" ms: "), "{}", stdout(&first));
    assert!(!stdout(&second).contains(" ms: "), "what is said again took no time: {}", stdout(&second));
}

/// That nothing is read is shown by an entry that says what no check of these claims would say.
#[test]
fn what_has_not_changed_is_not_read() {
    let context = World::new();
    context.check(&["--format", "compact"]);
    let entry = context.entry();
    let told = fs::read_to_string(&entry).unwrap();
    let body = told.split_once('\n').unwrap().1.replace("obligation-without-article", "said-from-the-cache");
    fs::write(&entry, format!("recte cache 1 {}\n{body}", sha256(&body))).unwrap();
    assert!(stdout(&context.check(&["--format", "compact"])).contains("said-from-the-cache"));
    // Of a file with another time the bytes are asked, and they are the same.
    context.age();
    fs::File::options()
        .write(true)
        .open(context.project.path().join("a.claims"))
        .unwrap()
        .set_len(CLAIMS.len() as u64)
        .unwrap();
    assert!(stdout(&context.check(&["--format", "compact"])).contains("said-from-the-cache"));
}

#[test]
fn every_change_is_noticed() {
    type Change = fn(&World);
    let changes: [(&str, Change); 6] = [
        ("a word", |context| {
            context.project.write("a.claims", CLAIMS.replace("pay }", "bay }").as_bytes());
            context.age();
        }),
        ("a new file", |context| context.project.write("b.claims", b"actor x { is: state }\n")),
        ("a setting", |context| {
            context.project.write("recte.toml", b"[rules]\nCL0101 = \"off\"\n");
            context.age();
        }),
        ("an ignore file", |context| context.project.write(".recteignore", b"a.claims\n")),
        ("a baseline that was not there", |context| context.project.write("recte-baseline.json", b"{}")),
        ("a file that is gone", |context| fs::remove_file(context.project.path().join("a.claims")).unwrap()),
    ];
    for (name, change) in changes {
        let context = World::new();
        context.check(&["--format", "json"]);
        change(&context);
        let (cached, fresh) =
            (context.check(&["--format", "json"]), context.check(&["--format", "json", "--no-cache"]));
        assert_eq!((exit(&cached), stdout(&cached)), (exit(&fresh), stdout(&fresh)), "{name}");
    }
}

#[test]
fn an_entry_that_is_not_what_was_written_is_a_miss_and_told() {
    type Spoil = fn(&[u8]) -> Vec<u8>;
    let spoilers: [Spoil; 5] = [
        |_| Vec::new(),
        |_| b"garbage".to_vec(),
        |bytes| bytes[..bytes.len() / 2].to_vec(),
        |bytes| String::from_utf8_lossy(bytes).replace("\"exit\":1", "\"exit\":0").into_bytes(),
        |bytes| [bytes, b"\n"].concat(),
    ];
    for spoil in spoilers {
        let context = World::new();
        let first = context.check(&["--format", "json"]);
        let entry = context.entry();
        fs::write(&entry, spoil(&fs::read(&entry).unwrap())).unwrap();
        let second = context.check(&["--format", "json"]);
        assert_eq!((exit(&second), stdout(&second)), (exit(&first), stdout(&first)));
        assert_eq!(stderr(&second).lines().count(), 1, "{}", stderr(&second));
        assert_eq!(stderr(&context.check(&["--format", "json"])), "", "it was written anew");
    }
}

#[test]
fn a_folder_that_cannot_be_trusted_or_written_is_done_without() {
    let context = World::new();
    let file = context.cache.path().join("file");
    fs::write(&file, "").unwrap();
    let mut folders = vec![file.clone(), file.join("below")];
    #[cfg(unix)]
    {
        let link = context.cache.path().join("link");
        fs::create_dir(context.cache.path().join("target")).unwrap();
        std::os::unix::fs::symlink(context.cache.path().join("target"), &link).unwrap();
        folders.push(link);
    }
    for folder in folders {
        let output = check(context.project.path(), &folder, &["--format", "json"]);
        assert_eq!(exit(&output), 1, "{}", folder.display());
        assert_eq!(stderr(&output).lines().count(), 1, "{}: {}", folder.display(), stderr(&output));
    }
}

#[test]
fn what_was_not_checked_is_not_kept() {
    let context = World::new();
    context.project.write("a.claims", b"\xff");
    assert_eq!(exit(&context.check(&[])), 3);
    assert!(!context.folder().exists() || fs::read_dir(context.folder()).unwrap().next().is_none());
}

fn sha256(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
