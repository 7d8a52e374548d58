//! Plays the `console` blocks of a page: lines with `$ ` are run, all else is what they print.
//!
//! All commands of a page run in one folder with a copy of `claims/`, those of a `console empty` block in
//! an empty one. A `diff PATH` block edits a file of the folder, a `claims` block is saved there as
//! `example.claims`, and a `toml PATH`, `json PATH` or `claims-file PATH` block as that file, or with `more` at its end; a page with such files begins in an
//! empty folder.

use super::fences::{FENCE, Fence, fences};
use crate::support::{Folder, files_beneath, recte, repository};

/// How commands begin: the installed program, or the one in this repository.
const PROGRAM: [&str; 2] = ["recte ", "cargo run --release -- "];

/// The page with what its commands print today.
pub(super) fn played(page: &str) -> String {
    let all = fences(page);
    let folder = if all.iter().any(|fence| fence.file().is_some()) { Folder::new() } else { context() };
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    let mut longer = 0_isize;
    for fence in &all {
        match fence.word() {
            "claims" => fence.save(&all, &folder),
            "diff" => edit(&folder, fence),
            "toml" | "json" | "claims-file" | "text-file" => fence.save_file(&folder),
            "console" => {
                let start = fence.line.checked_add_signed(longer).expect("a page has no negative lines");
                let before = fence.text.lines().count();
                let empty = fence.info.iter().any(|word| word == "empty").then(Folder::new);
                let after = session(empty.as_ref().unwrap_or(&folder), &fence.text);
                longer += after.len() as isize - before as isize;
                lines.splice(start..start + before, after);
                assert!(lines[start - 1].starts_with(FENCE), "a block begins at line {start}");
            }
            _ => {}
        }
    }
    lines.join("\n") + "\n"
}

/// A folder that looks like this repository as far as commands can see.
pub(super) fn context() -> Folder {
    let folder = Folder::new();
    for (name, bytes) in files_beneath(&repository().join("claims")) {
        folder.write(&format!("claims/{name}"), &bytes);
    }
    folder
}

/// Every command of a session with what it prints.
fn session(folder: &Folder, text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for command in text.lines().filter(|line| line.starts_with("$ ")) {
        lines.push(command.to_owned());
        let arguments = PROGRAM.iter().find_map(|program| command["$ ".len()..].strip_prefix(program));
        let arguments = words(arguments.unwrap_or_else(|| panic!("`{command}` runs recte")));
        let output = recte(folder.path(), &arguments);
        let printed = [output.stdout, output.stderr].concat();
        let printed = String::from_utf8(printed).expect("output is UTF-8");
        lines.extend(printed.trim_end().lines().map(timeless));
    }
    lines
}

/// The words of a command; what stands in single quotation marks is one.
fn words(command: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (number, piece) in command.split('\'').enumerate() {
        if number % 2 == 1 {
            words.push(piece);
        } else {
            words.extend(piece.split_whitespace());
        }
    }
    words
}

/// A line of output with the same time on every machine.
fn timeless(line: &str) -> String {
    match (line.strip_prefix("checked ").and(line.split_once(" in ")), line.split_once(" ms: ")) {
        (Some((before, _)), Some((_, after))) => format!("{before} in 9 ms: {after}"),
        (Some(_) | None, _) => line.to_owned(),
    }
}

/// Applies a change that is shown without line numbers; it must fit in one place only.
pub(super) fn edit(folder: &Folder, fence: &Fence) {
    let path = &fence.info[1];
    let side = |mark: char| -> String {
        let kept = fence.text.lines().filter(|line| line.starts_with([' ', mark]));
        kept.map(|line| format!("{}\n", &line[1..])).collect()
    };
    let (old, new) = (side('-'), side('+'));
    let text = folder.read(path);
    assert_eq!(text.matches(&old).count(), 1, "{path} holds this once:\n{old}");
    folder.write(path, text.replacen(&old, &new, 1).as_bytes());
}
