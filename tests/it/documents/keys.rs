//! The tables of the keys of rules and schemas, from the lists that their readers know.

use std::fmt::Write;

use recte::rule::{DEFINE_KEYS, RULE_KEYS};
use recte::schema::{FIELD_KEYS, KIND_KEYS, LATTICE_KEYS, UNIT_KEYS, WORD_KEYS};
use recte::text::{TomlKey, TomlType};

/// What the tables are called on pages, each with its keys.
const TABLES: &[(&str, &[TomlKey])] = &[
    ("rule", RULE_KEYS),
    ("define", DEFINE_KEYS),
    ("kind", KIND_KEYS),
    ("field", FIELD_KEYS),
    ("lattice", LATTICE_KEYS),
    ("words", WORD_KEYS),
    ("unit", UNIT_KEYS),
];

/// What stands after a generated table.
const END: &str = "<!-- end -->\n";

/// A page with the tables of keys between its markers, if it has any.
pub(super) fn filled_in(page: &str) -> String {
    TABLES.iter().fold(page.to_owned(), |page, (name, keys)| {
        let marker = format!("<!-- generated: keys of {name} -->\n");
        let Some((before, rest)) = page.split_once(&marker) else { return page };
        let (_, after) = rest.split_once(END).expect("the generated part ends");
        format!("{before}{marker}\n{}\n{END}{after}", table(keys))
    })
}

fn table(keys: &[TomlKey]) -> String {
    let mut text = "| key | value | meaning |\n| --- | --- | --- |\n".to_owned();
    for key in keys {
        let holds = holds(&key.holds).replace('|', "\\|");
        let needed = if key.needed { " Required." } else { "" };
        let _ = writeln!(text, "| `{}` | {holds} | {}{needed} |", key.name, sentence(key.about).replace('|', "\\|"));
    }
    text
}

fn holds(holds: &TomlType) -> String {
    match holds {
        TomlType::Text => "text".to_owned(),
        TomlType::OneOf(words) => words.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", "),
        other => other.describe(),
    }
}

fn sentence(about: &str) -> String {
    let mut letters = about.trim_end_matches('.').chars();
    letters.next().map_or(String::new(), |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}
