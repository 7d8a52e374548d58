//! What a condition says that could be said better: the rule runs all the same.

use super::typed::Typed;
use crate::condition::ast::excerpt::{Excerpt, new};
use crate::condition::ast::tree::{Name, Quantifier};
use crate::condition::values::types::describe_kinds;
use crate::diagnostic::{Code, Diagnostic, FormerName};
use crate::schema::{KindId, Schema};
use crate::text::Span;

/// The codes of all advice.
const CODES: [&str; 4] = ["RL011", "RL015", "RL018", FORMER_NAME];

/// What is called by a name that it had before.
const FORMER_NAME: &str = "RL022";

/// RL011
pub(crate) fn unused_parameter(name: &Name) -> Diagnostic {
    new("RL011", format!("`{}` is never used", name.value), name.span)
        .here("no condition uses this parameter")
        .help("use it, or remove it".to_owned())
}

/// RL011
pub(crate) fn unused_binder(name: &Name, instead: Option<String>) -> Diagnostic {
    new("RL011", format!("`{}` is never used", name.value), name.span).here("no condition and no text uses it").help(
        instead.unwrap_or_else(|| format!("remove it, or write `_{}` if each block is meant to count", name.value)),
    )
}

/// RL015
pub(crate) fn repeats_schema(set: &Excerpt<'_>, typed: &Typed, schema: &Schema) -> Diagnostic {
    new("RL015", format!("the schema already requires `{}`", set.value), set.span)
        .here(format!("{}, {}", typed.holds.describe(schema), typed.card.as_str()))
        .help(
            "remove the rule, because a block without it is reported as CL0005; or require more than the schema does"
                .to_owned(),
        )
}

/// RL018
pub(crate) fn decided(quantifier: Quantifier, set: &Excerpt<'_>, typed: &Typed, schema: &Schema) -> Diagnostic {
    let (word, always) = match quantifier {
        Quantifier::No => ("no", "never holds"),
        Quantifier::Some | Quantifier::One | Quantifier::Lone => ("some", "always holds"),
    };
    new("RL018", format!("`{word} {}` {always}", set.value), set.span)
        .here(format!("{}, {}: always present", typed.holds.describe(schema), typed.card.as_str()))
        .help("remove the condition, or ask for something that can fail".to_owned())
}

/// RL018
pub(crate) fn narrows_nothing(of: &Excerpt<'_>, at: Span, kinds: &[KindId], schema: &Schema) -> Diagnostic {
    new("RL018", "this leaves nothing out", at)
        .here(format!("`{}` is already of kind {}", of.value, describe_kinds(kinds, schema)))
        .help("remove `[is ...]`".to_owned())
}

/// RL022, where a name leads to a field of some of these kinds only because the field had this name before.
pub(crate) fn former_field(schema: &Schema, kinds: &[KindId], name: &Name) -> Option<Diagnostic> {
    let mut fields = kinds.iter().filter_map(|kind| schema.field_of(*kind, &name.value)).map(|id| schema.field(id));
    let field = fields.find(|field| field.name != name.value)?;
    let former = FormerName { what: "field", former: &name.value, name: &field.name, at: name.span };
    Some(former.report(Code::native(FORMER_NAME)))
}

/// RL022
pub(crate) fn former_class(former: &str, name: &str, at: Span) -> Diagnostic {
    FormerName { what: "word class", former, name, at }.report(Code::native(FORMER_NAME))
}

/// Whether a problem only says what could be written better: the rule runs all the same.
pub(crate) fn is_advice(problem: &Diagnostic) -> bool {
    CODES.contains(&problem.code.as_str())
}
