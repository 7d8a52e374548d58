//! The units of documents: each document of the table has its outline beside it, and any text has one.

use std::fs;
use std::time::{Duration, Instant};

use crate::support::{Folder, exit, recte, repository, stdout};

#[test]
fn documents_have_their_outlines() {
    let folder = repository().join("tests/cases/outlines");
    let mut names: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.ends_with(".outline"));
    names.sort();
    assert!(names.len() >= 6, "{names:?}");
    for name in names {
        let shown = stdout(&recte(&folder, &["outline", &name]));
        let path = folder.join(format!("{name}.outline"));
        if std::env::var_os("RECTE_RENEW").is_some() {
            fs::write(&path, &shown).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(shown, expected, "{name}: RECTE_RENEW=1 writes {}", path.display());
        let tree: serde_json::Value =
            serde_json::from_str(&stdout(&recte(&folder, &["outline", &name, "--format", "json"]))).unwrap();
        assert_eq!(tree["document"]["kind"], "document", "{name}");
    }
}

#[test]
fn a_project_numbers_units_with_words_of_its_own() {
    let folder = Folder::new();
    let write = |name: &str, text: &str| folder.write(name, text.as_bytes());
    write("recte.toml", "schema = [\"schema.toml\"]\n");
    write("schema.toml", "[unit.canon]\nbefore = [\"Canon\"]\ncontinuous = true\n");
    write("code.txt", "Part I\n\nCanon 7\n\nThis law has effect.\n");
    let shown = stdout(&recte(folder.path(), &["outline", "code.txt"]));
    assert!(shown.contains("canon 7  [7]"), "{shown}");
}

#[test]
fn what_has_no_outline_is_refused() {
    let folder = Folder::new();
    folder.write("text.bin", &[0xff, 0xfe, 0x00]);
    folder.write("text.txt", b"Words.\n");
    assert_eq!(exit(&recte(folder.path(), &["outline", "missing.txt"])), 2);
    assert_eq!(exit(&recte(folder.path(), &["outline", "."])), 2);
    assert_eq!(exit(&recte(folder.path(), &["outline", "text.bin"])), 3);
    assert_eq!(exit(&recte(folder.path(), &["outline", "text.txt", "--as", "pdf"])), 2);
}

#[test]
fn no_text_takes_long_to_outline() {
    let folder = Folder::new();
    let nested: String = (0..20_000).map(|depth| format!("{}1. deeper\n\n", "1.".repeat(depth % 9))).collect();
    let steps: String = (1..20_000).map(|number| format!("({number}) an item;\n")).collect();
    for (name, text) in [
        ("brackets.txt", "(".repeat(1_000_000)),
        ("signs.txt", "§ ".repeat(500_000)),
        ("articles.txt", "Article 1\n\n".repeat(50_000)),
        ("letters.txt", "(a) x;\n(i) y;\n".repeat(50_000)),
        ("nested.txt", nested),
        ("steps.txt", steps),
        ("numbers.txt", "1.".repeat(500_000)),
        ("quotes.md", ">".repeat(100_000)),
        ("lists.md", "- ".repeat(50_000)),
        ("tags.html", "<ul><li>".repeat(100_000)),
    ] {
        folder.write(name, text.as_bytes());
        let start = Instant::now();
        let output = recte(folder.path(), &["outline", name]);
        assert_eq!(exit(&output), 0, "{name}");
        assert!(start.elapsed() < Duration::from_secs(30), "{name} took {:?}", start.elapsed());
    }
}
