//! The layers of the program: modules depend downward only and in no circle, say what they are for, stay small, and name each
//! thing once.

mod modules;

use std::fs;
use std::path::Path;

use crate::support::{files_beneath, repository};
use modules::{Modules, circles};

/// The layers from the ground up; folders on one line do not know each other.
const LAYERS: &[&[&str]] = &[
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
    ("quick_xml", &["report/machines/xml.rs", "evidence/format/xml.rs"]),
    ("zip::", &["evidence/format/docx/package.rs"]),
    ("percent_encoding", &["report/machines/sarif/place.rs"]),
    ("process::Command", &["cli/git/mod.rs", "cli/pager.rs"]),
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
    ("process::exit", &["cli/progress.rs"]),
];

#[test]
fn files_depend_downward_only() {
    let sources = sources();
    let modules = read(&sources);
    let mut wrong = Vec::new();
    for (file, targets) in modules.uses() {
        for target in targets {
            let (Some(above), Some(below)) = (layer(file), layer(target)) else { continue };
            if below >= above && folder(file) != folder(target) {
                wrong.push(format!("{file} uses {target}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn modules_of_a_folder_do_not_lead_to_each_other() {
    let sources = sources();
    let circles = circles(&read(&sources).uses());
    let circles: Vec<String> =
        circles.into_iter().map(|(folder, circle)| format!("{folder}: {}", circle.join(" "))).collect();
    assert_eq!(circles, Vec::<String>::new(), "{}", circles.join("\n"));
}

#[test]
fn circles_are_found_and_contents_pages_are_none() {
    let uses = |files: &[(&str, &str)]| {
        let modules = Modules::read(files.iter().copied());
        circles(&modules.uses()).into_iter().map(|(folder, circle)| format!("{folder}: {}", circle.join(" "))).collect()
    };
    let circle: [Vec<String>; 4] = [
        uses(&[
            ("a/mod.rs", "mod b; mod c;"),
            ("a/b.rs", "use super::c::C; struct B;"),
            ("a/c.rs", "fn c(_: super::b::B) {}"),
        ]),
        uses(&[("a/mod.rs", "mod b; pub use b::B;"), ("a/b.rs", "pub struct B; fn b() -> crate::a::B {}")]),
        uses(&[
            ("a/mod.rs", "mod b; pub struct A; fn a() { b::b() }"),
            ("a/b.rs", "fn b() { format!(\"\", super::A) }"),
        ]),
        uses(&[
            ("a/mod.rs", "mod b; mod c; pub use c::D;"),
            ("a/b.rs", "use super::D; pub struct B;"),
            ("a/c.rs", "use super::{b, D as E}; pub struct D(b::B);"),
        ]),
    ];
    assert_eq!(circle, [vec!["a: b.rs c.rs"], vec![], vec!["a: b.rs mod.rs"], vec!["a: b.rs c.rs"]]);
}

/// How many types in all may have one name.
const SAME_NAME: usize = 2;

#[test]
fn a_type_has_a_name_of_its_own() {
    let sources = sources();
    let modules = read(&sources);
    let mut named = std::collections::BTreeMap::<&str, Vec<&modules::Declared>>::new();
    // The arguments of a command are called so in each command.
    for declared in modules.types.iter().filter(|declared| declared.name != "Arguments") {
        named.entry(&declared.name).or_default().push(declared);
    }
    let is_wrong = |all: &Vec<&modules::Declared>| {
        all.len() > SAME_NAME || all.len() > 1 && all.iter().any(|declared| declared.is_public)
    };
    let wrong: Vec<String> = named
        .iter()
        .filter(|(_, all)| is_wrong(all))
        .map(|(name, all)| {
            let places: Vec<String> = all.iter().map(|declared| declared.module.join("/")).collect();
            format!("{name}: {}", places.join(", "))
        })
        .collect();
    assert!(named.len() > 500, "{} names", named.len());
    assert_eq!(wrong, Vec::<String>::new(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_does_not_repeat_the_name_of_its_folder() {
    let repeats = |file: &String| {
        let mut names = file.trim_end_matches(".rs").rsplit('/');
        let (name, folder) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
        !folder.is_empty() && (name == folder || name.starts_with(&format!("{folder}_")))
    };
    let wrong: Vec<String> = sources().into_iter().map(|(file, _)| file).filter(repeats).collect();
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

/// What each module of the sources uses.
fn read(sources: &[(String, String)]) -> Modules {
    Modules::read(sources.iter().map(|(file, text)| (file.as_str(), text.as_str())))
}

fn layer(file: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&folder(file)))
}

/// The outermost folder of a file.
fn folder(file: &str) -> &str {
    file.split('/').next().unwrap_or_default()
}
