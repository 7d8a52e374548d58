//! The same bytes come out at any number of threads.

use std::fmt::Write;
use std::process::Command;

use recte::project::{Root, Tree};

use crate::support::{Folder, stdout};

/// So many claims are more than one piece of a file.
const CLAIMS: usize = 20_000;

/// So many bytes are read at several places at once.
const LARGE: usize = (9 << 20) + 17;

#[test]
fn a_large_file_is_read_as_it_stands() {
    let words: String =
        (0..).flat_map(|number: u32| number.to_string().into_bytes()).map(char::from).take(LARGE).collect();
    let folder = Folder::with(&[("large.txt", &words)]);
    let root = Root::open(folder.path()).unwrap();
    assert!(root.read("large.txt", LARGE as u64).unwrap() == words);
    assert!(root.read("large.txt", LARGE as u64 - 1).is_err());
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let mut large = String::from("actor japan \"Japan\" { is: state }\n");
    for number in 0..CLAIMS {
        // Every hundredth cites what is not there, every seventieth a claim that is declared twice.
        let cites = if number % 100 == 0 { format!("  cites: nowhere/{number}") } else { String::new() };
        let id = if number % 70 == 0 { 0 } else { number };
        writeln!(large, "fact claim-{id} \"Claim {number}\" {{ about: japan{cites}  inferred: yes }}").unwrap();
    }
    let folder = Folder::with(&[
        ("large.claims", &large),
        ("small.claims", "fact alone { cites: large }\n"),
        ("recte.toml", ""),
    ]);
    let check = |threads: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recte"));
        command.args(["check", "--no-cache", "--format", "json", "--threads", threads]).current_dir(folder.path());
        stdout(&command.env("RAYON_NUM_THREADS", threads).output().unwrap())
    };
    let one = check("1");
    assert!(one.contains("CL0001") && one.contains("CL0002"));
    for threads in ["2", "8"] {
        assert!(check(threads) == one, "{threads} threads");
    }
}
