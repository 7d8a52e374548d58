//! `recte watch`: after each change it tells what a check that begins with nothing would find.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use crate::support::{Folder, open, today};

/// How long a round may take before the test gives up: builds beside it are slow.
const PATIENCE: Duration = Duration::from_secs(120);

const UNCITED: &str = "actor japan \"Japan\" { is: state }\nobligation keep { bearer: japan  action: keep-peace }\n";

/// A change of the files, and what it is.
type Change = (&'static str, fn(&Folder));

/// Every change is told of in one round, whether it changes the words of files, which files there are, or what they are judged by.
#[test]
fn what_is_told_is_what_a_check_finds() {
    let changes: [Change; 7] = [
        ("one file", |folder| folder.write("a.claims", UNCITED.replace("keep {", "kept {").as_bytes())),
        ("several files at once", |folder| {
            folder.write("a.claims", UNCITED.as_bytes());
            folder.write("b.claims", b"fact f { }\n");
            folder.write("text.txt", b"Japan keeps another thing.\n");
        }),
        ("the document alone", |folder| folder.write("text.txt", b"Japan keeps the peace.\n")),
        ("a new file", |folder| folder.write("c.claims", b"fact g { }\n")),
        ("a file that is gone", |folder| std::fs::remove_file(folder.path().join("c.claims")).unwrap()),
        ("a folder that becomes a project of its own", |folder| folder.write("sub/recte.toml", b"")),
        ("the settings", |folder| folder.write("recte.toml", b"[rules]\nall = \"off\"\n")),
    ];
    let quoting = "source paper \"Paper\" { file: \"text.txt\" }\nfact f { quote: paper \"Japan keeps the peace.\" }\n";
    let folder = Folder::with(&[
        ("recte.toml", ""),
        ("a.claims", UNCITED),
        ("b.claims", quoting),
        ("text.txt", "Japan keeps the peace.\n"),
        ("sub/d.claims", "obligation owe { action: pay }\n"),
    ]);
    let (mut child, told) = watch(&folder, changes.len() + 1);
    let first = told.recv_timeout(PATIENCE).expect("it tells how many findings there are");
    assert!(first.starts_with(&format!("watching: {} finding", count(&folder))), "{first}");
    for (what, change) in changes {
        change(&folder);
        let summary = loop {
            let line = told.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{what} is told of"));
            if line.contains("resolved: ") {
                break line;
            }
        };
        let expected = count(&folder);
        assert!(summary.contains(&format!(": {expected} finding")), "{what}: {expected} are found, not {summary}");
    }
    assert!(child.wait().unwrap().success());
}

/// A run that ends after so many checks, and the lines that it writes.
fn watch(folder: &Folder, rounds: usize) -> (Child, Receiver<String>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recte"));
    command.args(["watch", "--rounds", &rounds.to_string()]).current_dir(folder.path()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (tell, told) = mpsc::channel();
    thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| tell.send(line)));
    (child, told)
}

/// How many open findings a check finds.
fn count(folder: &Folder) -> usize {
    open(&recte::project::check(folder.path(), &[], today()).unwrap()).len()
}
