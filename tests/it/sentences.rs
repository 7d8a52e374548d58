//! Where sentences end, by tables of texts that people have split: `tests/cases/sentences`.

use std::collections::BTreeMap;

use recte::model::sentence_words;
use recte::schema::{self, BUILTIN_SCHEMA, Schema};
use recte::text::Sources;

use crate::support::{Folder, exit, recte, stdout};

/// The tables, by language.
const TABLES: [(&str, &str); 4] = [
    ("en", include_str!("../cases/sentences/en.toml")),
    ("de", include_str!("../cases/sentences/de.toml")),
    ("fr", include_str!("../cases/sentences/fr.toml")),
    ("ja", include_str!("../cases/sentences/ja.toml")),
];

/// Where a sentence ends and the next begins; and what is no sentence.
const PARTS: char = '‖';
const NONE: char = '∅';

/// By kind of text and name, the texts.
type Table = BTreeMap<String, BTreeMap<String, String>>;

#[test]
fn sentences_end_where_the_tables_say() {
    let schema = builtin();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (language, table) in TABLES {
        let table: Table = toml::from_str(table).unwrap();
        for (kind, cases) in table {
            for (name, case) in cases {
                count += 1;
                let (text, expected) = read(&case);
                let found = split(&schema, &text, Some(language));
                if found != expected {
                    wrong.push(format!("{language}, {kind}: {name}\n  expected {expected:?}\n  found    {found:?}"));
                }
            }
        }
    }
    assert!(count >= 530, "{count}");
    assert!(wrong.is_empty(), "{} of {count} are wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// A lock that an earlier version wrote, which split the same text into other sentences.
#[test]
fn a_lock_of_a_text_that_was_split_otherwise_still_holds() {
    let text = include_str!("../cases/locks/split.txt");
    let folder = Folder::with(&[
        ("recte.toml", ""),
        ("text.txt", text),
        ("a.claims", include_str!("../cases/locks/split.claims")),
        ("claims.lock", include_str!("../cases/locks/split.lock")),
    ]);
    let output = stdout(&recte(folder.path(), &["check", "--locked", "--format", "compact"]));
    assert!(!output.contains("CL0720") && !output.contains("CL0721"), "{output}");
    for (before, after) in [
        ("report once a year.", "report once a year, if asked."),
        ("The lender (see", "Each lender (see"),
        ("(a) the item on loan;", "(a) the item on loan, and its keys;"),
        ("returns the item.", "returns the item at once."),
    ] {
        folder.write("text.txt", text.replace(before, after).as_bytes());
        let output = recte(folder.path(), &["check", "--locked", "--format", "compact"]);
        assert_eq!(exit(&output), 1, "{}", stdout(&output));
        assert!(stdout(&output).contains("CL0720"), "{}", stdout(&output));
    }
}

/// Marks without end are read in time that grows with them.
#[test]
fn hostile_marks_take_no_more_time_than_others() {
    let schema = builtin();
    let known = sentence_words(&schema.words, None);
    for (pattern, count) in [
        (". ", 1_000_000),
        (".", 1_000_000),
        ("(", 100_000),
        ("(a. B ", 100_000),
        ("x (a.) B ", 100_000),
        ("x\n.", 300_000),
    ] {
        let start = std::time::Instant::now();
        known.sentences(&format!("A {}", pattern.repeat(count)));
        assert!(start.elapsed().as_secs() < 20, "{pattern:?}");
    }
}

/// The text of a case, and its sentences.
fn read(case: &str) -> (String, Vec<String>) {
    let text: String = case.replace(" ∅", "").replace("‖ ", "").replace(PARTS, "");
    let parts = case.split(PARTS).map(str::trim).filter(|part| !part.ends_with(NONE));
    (text, parts.map(str::to_owned).collect())
}

/// The sentences of a text by the built-in words of a language, or of all.
fn split(schema: &Schema, text: &str, language: Option<&str>) -> Vec<String> {
    let known = sentence_words(&schema.words, language);
    known.sentences(text).into_iter().map(|bytes| text[bytes].to_owned()).collect()
}

fn builtin() -> Schema {
    let mut sources = Sources::new();
    let files: Vec<_> = BUILTIN_SCHEMA.iter().map(|(name, text)| sources.add(*name, *text)).collect();
    let (schema, problems) = schema::load(&files, &sources);
    assert!(problems.is_empty(), "{problems:?}");
    schema
}
