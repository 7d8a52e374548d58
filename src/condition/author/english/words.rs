//! Words of English: articles, plurals, lists, and names as text shows them.

use crate::condition::ast::tree::Name;

/// Letters that are words of English too.
const WORDS: [&str; 4] = ["a", "i", "A", "I"];

/// A name as text shows it: in backticks unless it is a letter that is no word of English.
pub(crate) fn named(name: &str) -> String {
    let is_letter = name.chars().count() == 1 && !WORDS.contains(&name);
    if is_letter { name.to_owned() } else { format!("`{name}`") }
}

/// One of these sets: `either a or b`, `any of a, b or c`.
pub(crate) fn either(parts: &[&str]) -> String {
    match parts {
        [] | [_] => listed(parts),
        [_, _] => format!("either {}", listed(parts)),
        [_, _, ..] => format!("any of {}", listed(parts)),
    }
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn listed(parts: &[&str]) -> String {
    match parts {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [others @ .., last] => format!("{} or {last}", others.join(", ")),
    }
}

/// Whether words leave a choice open, which must end before anything else is said.
pub(crate) fn has_choice(words: &str) -> bool {
    ["either ", "any of "].iter().any(|choice| words.contains(choice))
}

/// Kinds as text names them.
pub(crate) fn named_kinds(kinds: &[Name]) -> Vec<&str> {
    kinds.iter().map(|kind| if kind.value == "any" { "block" } else { kind.value.as_str() }).collect()
}

pub(crate) fn article(noun: &str) -> &'static str {
    let sounds_like_you = ["uni", "use", "uti", "eu"].iter().any(|start| noun.starts_with(start));
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) && !sounds_like_you { "an" } else { "a" }
}

/// The plural of the name of a kind, by the rules of English without its exceptions.
pub(crate) fn plural(noun: &str) -> String {
    let ends = |ends: &[&str]| ends.iter().any(|end| noun.ends_with(end));
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        Some(_) | None if ends(&["sis"]) => format!("{}es", noun.trim_end_matches("is")),
        Some(_) | None if ends(&["s", "x", "ch", "sh", "z"]) => format!("{noun}es"),
        Some(_) | None => format!("{noun}s"),
    }
}
