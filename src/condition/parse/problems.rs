//! The problems of a condition that cannot be read.

use crate::condition::ast::excerpt::new;
use crate::diagnostic::Diagnostic;
use crate::syntax::ParseFailure;
use crate::text::{Nearest, Span, did_you_mean};

/// What is written in other languages, and what is written here.
const FOREIGN: &[(&str, &str)] = &[
    ("==", "write `=` for one value, `same as` for two sets"),
    ("===", "write `=` for one value, `same as` for two sets"),
    (":=", "write `=`"),
    ("!==", "write `!=`"),
    ("=!", "write `!=`"),
    ("≠", "write `!=`"),
    ("≤", "write `<=`"),
    ("≥", "write `>=`"),
    ("=~", "write `matches /pattern/`"),
    ("~=", "write `matches /pattern/`"),
    ("∈", "write `in`"),
    ("∧", "write `and`"),
    ("∨", "write `or`"),
    ("¬", "write `not`"),
    ("is", "write `= \"word\"` for a value, `[is norm]` for a kind"),
    ("are", "write `same as` for two sets"),
    ("equals", "write `=` for one value, `same as` for two sets"),
    ("eq", "write `=`"),
    ("<>", "write `!=`"),
    ("=>", "write `>=`, or `implies` between two conditions"),
    ("=<", "write `<=`"),
    ("->", "write `implies`"),
    ("if", "write the condition first: `F implies G`"),
    ("then", "write `F implies G`"),
    ("&", "write `and` between conditions; `&` is between two sets"),
    ("&&", "write `and`"),
    ("|", "write `or` between conditions; `|` is between two sets"),
    ("||", "write `or`"),
    ("!", "write `not`, or `no` before a set"),
    ("exists", "write `some` before a set"),
    ("any", "write `some x in S where F`"),
    ("every", "write `all x in S: F`"),
    ("none", "write `no x in S where F`"),
    ("has", "write `some` before a set, or `contains` between two texts"),
    ("includes", "write `x in S` for a set, `contains` between two texts"),
    ("like", "write `matches /pattern/`, or `contains`"),
    ("after", "write `b before a`"),
    ("within", "write `proved a within b`, `refuted a within b` or `unknown a within b`"),
    ("empty", "write `no` before the set"),
    ("null", "write `no` before the set"),
];

/// The words that stand between two sets or two conditions, and before them.
const WORDS: &[&str] = &[
    "and",
    "or",
    "not",
    "implies",
    "in",
    "overlaps",
    "subset of",
    "same as",
    "before",
    "covers",
    "matches",
    "starts with",
    "ends with",
    "contains",
    "some",
    "no",
    "one",
    "lone",
    "all",
    "where",
    "minus",
    "else",
];

/// What can stand between two sets, and between two conditions.
const OPERATORS: &str = "between two sets stands one of `=`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `not in`, `overlaps`, `subset of`, `same as`, `before`, `covers`, `matches`, `starts with`, `ends with` and `contains`; between two conditions `and`, `or` or `implies`";

/// RL001
pub(crate) fn syntax(failure: &ParseFailure, (found, near): (&str, [&str; 2]), at: Span) -> Diagnostic {
    let [sign, before] = near;
    let foreign = [sign, found, before].into_iter().find_map(|met| FOREIGN.iter().find(|(word, _)| *word == met));
    let is_operator = failure.expected == [END];
    let slip = || [found, before].into_iter().find_map(word_meant);
    let help = foreign.map(|(_, help)| (*help).to_owned()).or_else(slip);
    let help = help.or(is_operator.then(|| OPERATORS.to_owned()));
    let found = if found.is_empty() { "the end".to_owned() } else { format!("`{found}`") };
    new("RL001", format!("expected {}, found {found}", failure.wanted()), at)
        .here("the condition cannot be parsed from here")
        .help(help)
}

/// The word of a condition that was meant by one in capitals, or one that is spelled almost alike.
fn word_meant(met: &str) -> Option<String> {
    let first = |word: &'static str| word.split(' ').next().unwrap_or(word);
    let lower = met.to_lowercase();
    if lower != met && WORDS.iter().any(|word| first(word) == lower) {
        return Some(format!("write `{lower}`: the words of conditions are in lower case"));
    }
    let near = Nearest::default().find(met, WORDS.iter().map(|word| first(word)), 1);
    let near = near.first().filter(|near| **near != met)?;
    let word = WORDS.iter().find(|word| first(word) == *near)?;
    did_you_mean(&[word])
}

/// RL001, where a sign that was to calculate repeats a step: `d.days+1`.
pub(crate) fn sign_without_spaces(calculation: &str, at: Span) -> Diagnostic {
    new("RL001", format!("expected {END}, found `{}`", calculation.rsplit(' ').next().unwrap_or_default()), at)
        .here("the condition cannot be parsed from here")
        .help(format!("to calculate, write a space on each side of the sign: `{calculation}`"))
}

/// RL001
pub(crate) fn name_with_more(at: Span) -> Diagnostic {
    new("RL001", "the name of a definition is one word of letters, digits and hyphens", at)
        .here("not a name")
        .help("write the name alone, and its parameters under `params`: `name = { params = { s = \"statement\" }, is = '...' }`".to_owned())
}

/// What is expected behind a whole expression.
pub(crate) const END: &str = "the end of the expression";

/// RL001
pub(crate) fn too_deep(at: Span, limit: usize) -> Diagnostic {
    new("RL001", format!("the condition is nested more than {limit} levels deep"), at)
        .here("too deep from here")
        .help("split the rule into several, or bind more names in `for`".to_owned())
}

/// RL001
pub(crate) fn too_long(at: Span, limit: usize) -> Diagnostic {
    new("RL001", format!("the condition has more than {limit} words and signs"), at)
        .here("too long from here")
        .help("split the rule into several, or put what is repeated into a definition under `[define]`".to_owned())
}
