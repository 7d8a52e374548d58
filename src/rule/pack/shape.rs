//! What can be wrong with a rule table before any of its conditions is read.

use super::problems;
use super::written::WrittenCases;
use crate::diagnostic::Diagnostic;
use crate::rule::meta::{Engine, RuleMeta};
use crate::text::Spanned;

/// Everything that is wrong with the shape of a rule, whose code and name are `words`.
pub(crate) fn problems(words: &[Spanned<String>; 2], meta: &RuleMeta, cases: &WrittenCases) -> Vec<Diagnostic> {
    let [code, name] = words;
    let mut wrong = Vec::new();
    wrong.extend((!is_code(&code.value)).then(|| problems::malformed_code(code)));
    wrong.extend((!is_name(&name.value)).then(|| problems::malformed_name(name)));
    wrong.extend(native_with_condition(meta, cases));
    wrong.extend(params_of_examples(meta));
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

fn native_with_condition(meta: &RuleMeta, cases: &WrittenCases) -> Option<Diagnostic> {
    let judges = cases.own.is_some() || !cases.several.is_empty();
    (judges && meta.engine == Engine::Native).then(|| problems::native_with_condition(meta))
}

/// A problem for each parameter of an example that the rule does not have, or that cannot be what the example says.
fn params_of_examples(meta: &RuleMeta) -> Vec<Diagnostic> {
    let examples = meta.examples.bad.iter().chain(&meta.examples.good);
    let set = examples.flat_map(|example| example.params.iter().map(move |param| (example.code.span, param)));
    let misfits = set.filter(|(_, (name, value))| {
        let declared = meta.params.get(*name);
        declared.is_none_or(|declared| (*value).clone().in_place_of(declared).is_none())
    });
    misfits.map(|(at, (name, _))| problems::param_of_example(name, meta, at)).collect()
}
