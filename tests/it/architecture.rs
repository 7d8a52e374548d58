//! The floors of the house: files depend downward only, say what they are for, and stay small.

use std::fs;
use std::path::Path;

use crate::support::{files_beneath, repository};

/// The floors from the ground up; folders on one line do not know each other.
const FLOORS: &[&[&str]] = &[
    &["text"],
    &["diagnostic", "evidence"],
    &["syntax"],
    &["schema"],
    &["model"],
    &["condition"],
    &["rule"],
    &["project", "report"],
    &["cli"],
];

/// The one door by which anything is written.
const WRITES: &[&str] = &["cli/write"];

/// What may be named where, and nowhere else.
const HOMES: &[(&str, &[&str])] = &[
    ("nom::", &["syntax/", "condition/"]),
    ("miette", &["report/people/terminal.rs", "report/people/window.rs", "report/people/frame.rs"]),
    ("clap", &["cli/"]),
    ("std::fs", &["project/", "cli/"]),
    ("cap_std", &["project/files/root.rs"]),
    ("aho_corasick", &["evidence/search.rs"]),
    ("html5gum", &["evidence/format/html.rs"]),
    ("unicode_segmentation", &["evidence/sentence.rs"]),
    ("quick_xml", &["report/machines/xml.rs"]),
    ("percent_encoding", &["report/machines/sarif/place.rs"]),
    ("process::Command", &["cli/git/mod.rs"]),
    ("fs::write", WRITES),
    ("fs::copy", WRITES),
    ("fs::rename", WRITES),
    (".rename(", WRITES),
    ("hard_link", WRITES),
    ("::symlink(", WRITES),
    ("remove_file", WRITES),
    ("remove_dir", WRITES),
    ("create_dir", WRITES),
    ("DirBuilder", WRITES),
    ("File::create", WRITES),
    ("create_new", WRITES),
    ("OpenOptions", WRITES),
    ("open_with", WRITES),
    ("dir.create", WRITES),
    ("dir.write", WRITES),
    ("set_len", WRITES),
    ("set_permissions", WRITES),
    ("std::env", &["cli/"]),
    ("SystemTime", &["cli/"]),
    ("Instant::now", &["cli/"]),
    ("println!", &[]),
    ("process::exit", &[]),
];

#[test]
fn files_depend_downward_only() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let Some(floor) = floor(&file) else { continue };
        for line in text.lines() {
            let Some(named) =
                line.trim().strip_prefix("use crate::").or_else(|| line.trim().strip_prefix("use recte::"))
            else {
                continue;
            };
            let target = named.split(|next: char| !next.is_alphanumeric() && next != '_').next().unwrap_or_default();
            let Some(below) = level(target) else { continue };
            let same_folder = file.starts_with(&format!("{target}/"));
            if below >= floor && !same_folder {
                wrong.push(format!("{file} uses {target}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn libraries_stay_where_they_belong() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (word, homes) in HOMES {
            let named =
                text.lines().filter(|line| !line.trim_start().starts_with("//")).any(|line| line.contains(word));
            if named && !homes.iter().any(|home| file.starts_with(home)) {
                wrong.push(format!("{file} names {word}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_file_says_what_it_is_for_and_stays_small() {
    for (file, text) in sources() {
        assert!(text.starts_with("//! "), "{file} opens with a sentence on what it is for");
        assert!(text.lines().count() <= 450, "{file} has {} lines", text.lines().count());
    }
}

/// How many files a folder may hold, so that one can take it in at a glance.
const FILES: usize = 18;

#[test]
fn a_folder_is_a_module_with_a_few_files() {
    let all = sources();
    let mut folders = std::collections::BTreeMap::<&str, Vec<&str>>::new();
    for (file, _) in &all {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        folders.entry(folder).or_default().push(name);
    }
    for (folder, files) in &folders {
        assert!(files.len() <= FILES, "{folder} holds {} files", files.len());
        assert!(folder.is_empty() || files.contains(&"mod.rs"), "{folder} has a mod.rs");
    }
}

#[test]
fn every_file_belongs_to_a_module() {
    let all = sources();
    for (file, _) in &all {
        let path = Path::new(file);
        let name = path.file_stem().unwrap().to_string_lossy();
        if matches!(name.as_ref(), "lib" | "main" | "mod") {
            continue;
        }
        let folder = path.parent().unwrap().to_string_lossy().replace('\\', "/");
        let parents = [format!("{folder}/mod.rs"), format!("{folder}.rs")];
        let parent = all.iter().find(|(other, _)| parents.contains(other));
        let (_, text) = parent.unwrap_or_else(|| panic!("{file} has no parent module"));
        assert!(text.contains(&format!("mod {name};")), "{file} is declared");
    }
}

#[test]
fn paths_in_the_documents_exist() {
    let mut wrong = Vec::new();
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(repository().join(document)).unwrap();
        for path in quoted_paths(&text) {
            let exists =
                [repository().join(path), repository().join("src").join(path)].iter().any(|path| path.exists());
            if !exists {
                wrong.push(format!("{document}: {path}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// What stands in backticks and looks like a path of this repository.
fn quoted_paths(text: &str) -> impl Iterator<Item = &str> {
    let looks_like_a_path = |word: &&str| {
        let plain = word.chars().all(|next| next.is_ascii_alphanumeric() || matches!(next, '/' | '.' | '_' | '-'));
        plain
            && (word.ends_with('/') || [".rs", ".toml", ".md", ".json"].iter().any(|end| word.ends_with(end)))
            && *word != "recte.toml"
    };
    text.split('`').skip(1).step_by(2).filter(looks_like_a_path)
}

/// The files under `src/` with their paths from there.
fn sources() -> Vec<(String, String)> {
    let files = files_beneath(&repository().join("src"));
    let rust = files.into_iter().filter(|(name, _)| name.ends_with(".rs"));
    rust.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

fn floor(file: &str) -> Option<usize> {
    level(file.split('/').next()?)
}

fn level(folder: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&folder))
}
