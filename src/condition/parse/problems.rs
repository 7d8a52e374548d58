//! The problems of a condition that cannot be read.

use crate::condition::ast::excerpt::new;
use crate::diagnostic::Diagnostic;
use crate::syntax::ParseFailure;
use crate::text::Span;

/// What is written in other languages, and what is written here.
const FOREIGN: &[(&str, &str)] = &[
    ("==", "write `=` for one value, `same as` for two sets"),
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

/// What can stand between two sets, and between two conditions.
const OPERATORS: &str = "between two sets stands one of `=`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `not in`, `overlaps`, `subset of`, `same as`, `before`, `covers`, `matches`, `starts with`, `ends with` and `contains`; between two conditions `and`, `or` or `implies`";

/// RL001
pub(crate) fn syntax(failure: &ParseFailure, (found, near): (&str, [&str; 2]), at: Span) -> Diagnostic {
    let [sign, before] = near;
    let foreign = [sign, found, before].into_iter().find_map(|met| FOREIGN.iter().find(|(word, _)| *word == met));
    let is_operator = failure.expected == [END];
    let help = foreign.map(|(_, help)| (*help).to_owned()).or(is_operator.then(|| OPERATORS.to_owned()));
    let found = if found.is_empty() { "the end".to_owned() } else { format!("`{found}`") };
    new("RL001", format!("expected {}, found {found}", failure.wanted()), at)
        .here("the condition cannot be parsed from here")
        .help(help)
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
