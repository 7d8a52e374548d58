//! Where sentences end, by tables of texts that people have split: `tests/cases/sentences`.

use std::collections::BTreeMap;

use recte::model::sentence_words;
use recte::schema::{self, BUILTIN_SCHEMA, Schema};
use recte::text::Sources;

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
