//! What a condition says that could be said better: the rule runs all the same.

use super::typed::Typed;
use crate::condition::ast::excerpt::{Excerpt, new};
use crate::condition::ast::tree::{Name, Quantifier};
use crate::condition::values::types::describe_kinds;
use crate::diagnostic::Diagnostic;
use crate::schema::{KindId, Schema};
use crate::text::Span;

/// The codes of all advice.
const CODES: [&str; 3] = ["RL011", "RL015", "RL018"];

/// RL011
pub(crate) fn unused_parameter(name: &Name) -> Diagnostic {
    new("RL011", format!("`{}` is never used", name.value), name.span)
        .here("given by every caller for nothing")
        .help("use it, or take it out".to_owned())
}

/// RL011
pub(crate) fn unused_binder(name: &Name, instead: Option<String>) -> Diagnostic {
    new("RL011", format!("`{}` is never used", name.value), name.span)
        .here("neither a condition nor a text speaks of it")
        .help(instead.unwrap_or_else(|| format!("take it out, or write `_{}` if each of them is to count", name.value)))
}

/// RL015
pub(crate) fn repeats_schema(set: &Excerpt<'_>, typed: &Typed, schema: &Schema) -> Diagnostic {
    new("RL015", format!("the schema says already that there is `{}`", set.value), set.span)
        .here(format!("{}, {}", typed.holds.describe(schema), typed.card.as_str()))
        .help("take the rule out: a block without it is CL0005; or ask for more than the schema does".to_owned())
}

/// RL018
pub(crate) fn decided(quantifier: Quantifier, set: &Excerpt<'_>, typed: &Typed, schema: &Schema) -> Diagnostic {
    let (word, always) = match quantifier {
        Quantifier::No => ("no", "never holds"),
        Quantifier::Some | Quantifier::One | Quantifier::Lone => ("some", "always holds"),
    };
    new("RL018", format!("`{word} {}` {always}", set.value), set.span)
        .here(format!("{}, {}: known to be there", typed.holds.describe(schema), typed.card.as_str()))
        .help("take the condition out, or ask for something that can fail".to_owned())
}

/// RL018
pub(crate) fn narrows_nothing(of: &Excerpt<'_>, at: Span, kinds: &[KindId], schema: &Schema) -> Diagnostic {
    new("RL018", "this keeps everything", at)
        .here(format!("`{}` is of kind {} already", of.value, describe_kinds(kinds, schema)))
        .help("take `[is ...]` out".to_owned())
}

/// Whether a problem only says what could be written better: the rule runs all the same.
pub(crate) fn is_advice(problem: &Diagnostic) -> bool {
    CODES.contains(&problem.code.as_str())
}
