//! What can be wrong with a rule table before any of its conditions is read.

use super::problems;
use super::written::WrittenCases;
use crate::diagnostic::Diagnostic;
use crate::rule::meta::{Engine, RuleMeta};
use crate::text::Spanned;

/// Everything that is wrong with the shape of a rule, whose code and name are `words`.
pub(crate) fn problems(words: &[Spanned<String>; 2], meta: &RuleMeta, cases: &WrittenCases) -> Vec<Diagnostic> {
    let [code, name] = words;
    let mut wrong = missing_examples(meta);
    wrong.extend((!is_code(&code.value)).then(|| problems::malformed_code(code)));
    wrong.extend((!is_name(&name.value)).then(|| problems::malformed_name(name)));
    wrong.extend(native_with_condition(meta, cases));
    wrong
}

/// Capital letters and then digits; so a code is never taken for a name.
fn is_code(word: &str) -> bool {
    let digits = word.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    digits.len() < word.len() && !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// Small letters and digits, joined by hyphens.
fn is_name(word: &str) -> bool {
    let small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    word.split('-').all(|part| !part.is_empty() && part.bytes().all(small))
}

fn missing_examples(meta: &RuleMeta) -> Vec<Diagnostic> {
    let sorts = [("bad", &meta.examples.bad), ("good", &meta.examples.good)];
    let missing = sorts.iter().filter(|(_, examples)| meta.needs_examples() && examples.is_empty());
    missing.map(|(sort, _)| problems::missing_example(sort, meta)).collect()
}

fn native_with_condition(meta: &RuleMeta, cases: &WrittenCases) -> Option<Diagnostic> {
    let judges = cases.own.is_some() || !cases.several.is_empty();
    (judges && meta.engine == Engine::Native).then(|| problems::native_with_condition(meta))
}
