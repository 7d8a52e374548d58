//! Every problem that a condition can have: one small constructor each, all the words on one page.

use super::steps;
use crate::condition::ast::excerpt::{Excerpt, new};
use crate::condition::ast::operator::{Operator, OperatorClass};
use crate::condition::ast::tree::{Closure, Name, Sign};
use crate::condition::native::field::NativeField;
use crate::condition::values::alike;
use crate::condition::values::types::{SetSize, Type, describe_kinds};
use crate::diagnostic::Diagnostic;
use crate::schema::{KindId, Schema};
use crate::text::{Nearest, Span, Spanned, Unportable, did_you_mean};

/// RL001
pub(crate) fn no_such_day(written: &Excerpt<'_>) -> Diagnostic {
    new("RL001", format!("there is no day `{}`", written.value), written.span)
        .help("write a date as YYYY-MM-DD or YYYY-MM".to_owned())
}

/// RL002
pub(crate) fn unknown_kind(name: &Name, schema: &Schema) -> Diagnostic {
    let kinds: Vec<&str> = schema.kinds.iter().map(|kind| kind.name.as_str()).collect();
    let near = did_you_mean(&Nearest::default().find(&name.value, kinds.iter().copied(), 2));
    new("RL002", format!("there is no kind `{}`", name.value), name.span)
        .here("not a kind of the schema")
        .help(near.unwrap_or_else(|| format!("the kinds are: {}", kinds.join(", "))))
}

/// RL002
pub(crate) fn swapped_binding(word: &Name, kind: &Name) -> Diagnostic {
    new("RL002", format!("there is no kind `{}`", word.value), word.span)
        .here("not a kind of the schema")
        .help(format!("the kind comes first: write `{} {}`", kind.value, word.value))
}

/// RL003
pub(crate) fn unknown_field(name: &Name, of: &Excerpt<'_>, kinds: &[KindId], schema: &Schema) -> Diagnostic {
    let kind = describe_kinds(kinds, schema);
    let (fields, inverses) = steps::names(schema, kinds);
    let names = fields.iter().chain(&inverses).copied();
    let near = did_you_mean(&Nearest::default().find(&name.value, names.clone(), 2));
    // A hyphen belongs to a name: only spaces make it a sign.
    let minus = name.value.match_indices('-').map(|(at, _)| (&name.value[..at], &name.value[at + 1..]));
    let minus =
        minus.into_iter().find(|(before, behind)| names.clone().any(|known| known == *before) && !behind.is_empty());
    let minus = minus.map(|(before, behind)| {
        format!("to subtract, write a space on each side of the sign: `{}.{before} - {behind}`", of.value)
    });
    let near = minus.or(near);
    new("RL003", format!("`{kind}` has no field `{}`", name.value), name.span)
        .here(format!("`{}` is of kind {kind}; its fields are: {}", of.value, fields.join(", ")))
        .help(near.unwrap_or_else(|| format!("the inverse fields are: {}", inverses.join(", "))))
}

/// RL004
pub(crate) fn field_on_some(name: &Name, of: &Excerpt<'_>, having: &[KindId], schema: &Schema) -> Diagnostic {
    let having = describe_kinds(having, schema);
    new("RL004", format!("not everything in `{}` has a field `{}`", of.value, name.value), name.span)
        .here(format!("only {having} has this field"))
        .help(format!("select the kinds that have it: `{}[is {having}].{}`", of.value, name.value))
}

/// What a label says of the type of the expression that it marks.
pub(super) fn has_type(described: &str) -> String {
    format!("this has the type {described}")
}

/// RL005
pub(crate) fn not_a_truth(found: &Excerpt<'_>, holds: &Type, schema: &Schema) -> Diagnostic {
    let shown = found.value;
    let help = match holds {
        Type::Flag => format!("compare it: `{shown} = true`"),
        Type::Blocks(_) | Type::Text(_) | Type::Number | Type::Days(_) => {
            format!("to ask whether there is a value, write `some {shown}`")
        }
    };
    new("RL005", format!("expected a condition, found the set `{shown}`"), found.span)
        .here(has_type(&holds.describe(schema)))
        .help(help)
}

/// RL005
pub(crate) fn not_a_set(found: &Excerpt<'_>) -> Diagnostic {
    new("RL005", format!("expected a set, found the condition `{}`", found.value), found.span)
        .here("a condition has no elements")
        .help("for the elements that satisfy a condition, write `{ x in S where ... }`".to_owned())
}

/// RL005
pub(crate) fn unlike(
    what: &str,
    left: (&Excerpt<'_>, &Type),
    right: (&Excerpt<'_>, &Type),
    schema: &Schema,
) -> Diagnostic {
    let [left_type, right_type] = [left.1, right.1].map(|holds| holds.describe(schema));
    let help = alike::help(left, right, schema);
    new("RL005", format!("{left_type} and {right_type} are not comparable in {what}"), right.0.span)
        .here(has_type(&right_type))
        .label(left.0.span, has_type(&left_type))
        .help(help)
}

/// RL005
pub(crate) fn unordered(
    operator: &Spanned<Operator>,
    (left, holds): (&Excerpt<'_>, &Type),
    schema: &Schema,
) -> Diagnostic {
    let takes = match operator.value.class() {
        OperatorClass::Sequence => "blocks or dates",
        OperatorClass::Coverage => "dates",
        OperatorClass::Order => "numbers or dates",
        OperatorClass::Equality | OperatorClass::Membership | OperatorClass::Sets => "values of one type",
        OperatorClass::Text => "texts",
    };
    let found = holds.describe(schema);
    new("RL005", format!("`{}` compares {takes}, not {found}", operator.value.as_str()), operator.span)
        .here(format!("compares values of type {found}"))
        .help(alike::help_to_order(operator.value.class(), (left, holds), schema))
}

/// RL005
pub(crate) fn value_has_no_fields(of: &Excerpt<'_>, holds: &Type, at: Span, schema: &Schema) -> Diagnostic {
    let found = holds.describe(schema);
    new("RL005", format!("`{}` is a value, not a block, and has no fields", of.value), at)
        .here(format!("the path ends here, at {found}"))
}

/// RL005
pub(crate) fn mixed(name: &Name, of: &Excerpt<'_>) -> Diagnostic {
    new("RL005", format!("`{}` holds different types of values in `{}`", name.value, of.value), name.span)
        .here("not one type")
        .help(format!("select one of the kinds with `{}[is ...]`", of.value))
}

/// RL005
pub(crate) fn no_lattice(found: &Excerpt<'_>, holds: &Type, schema: &Schema) -> Diagnostic {
    let with: Vec<&str> = schema
        .kind_ids()
        .filter(|kind| schema.lattice(*kind).is_some())
        .map(|kind| schema.kind(kind).name.as_str())
        .collect();
    new("RL005", format!("`proved`, `refuted` and `unknown` do not apply to `{}`", found.value), found.span)
        .here(has_type(&holds.describe(schema)))
        .help(format!("they apply to: {}", with.join(", ")))
}

/// RL006
pub(crate) fn several(what: &str, found: &Excerpt<'_>, holds: &Type, schema: &Schema) -> Diagnostic {
    let shown = found.value;
    let message = format!("{what} needs one value on each side, but `{shown}` can hold several");
    new("RL006", message, found.span)
        .here(format!("{}, {}", holds.describe(schema), SetSize::MANY.as_str()))
        .help(format!("write `... in {shown}`, `... overlaps {shown}`, or `some x in {shown} where ...`"))
}

/// RL006
pub(crate) fn several_on_the_left(found: &Excerpt<'_>, holds: &Type, schema: &Schema) -> Diagnostic {
    let shown = found.value;
    new("RL006", format!("`in` needs one value on its left, but `{shown}` can hold several"), found.span)
        .here(format!("{}, {}", holds.describe(schema), SetSize::MANY.as_str()))
        .help(format!("write `{shown} overlaps ...` if one is enough, or `{shown} subset of ...` for all"))
}

/// RL007
pub(crate) fn maybe_absent(found: &Excerpt<'_>, holds: &Type, schema: &Schema) -> Diagnostic {
    let shown = found.value;
    new("RL007", format!("`{shown}` may be absent"), found.span)
        .here(format!("{}, {}", holds.describe(schema), SetSize::OPTIONAL.as_str()))
        .help(format!(
            "leave out what lacks it with `when = 'some {shown}'`, or require it with `some {shown} and ...`"
        ))
}

/// RL008
pub(crate) fn unknown_word(word: &Excerpt<'_>, of: &str, words: &[String]) -> Diagnostic {
    let near = did_you_mean(&Nearest::default().find(word.value, words.iter().map(String::as_str), 2));
    new("RL008", format!("`{of}` is never \"{}\"", word.value), word.span).here("not among its values").help(format!(
        "{}its values are: {}",
        near.map(|near| near + " ").unwrap_or_default(),
        words.join(", ")
    ))
}

/// RL009
pub(crate) fn open_closure(step: &Excerpt<'_>, closure: Closure, leads: (&Type, &Type), schema: &Schema) -> Diagnostic {
    let mark = match closure {
        Closure::Any => '*',
        Closure::Once => '+',
        Closure::Maybe => '?',
    };
    let [from, to] = [leads.0, leads.1].map(|holds| holds.describe(schema));
    new("RL009", format!("`{}` cannot be repeated", step.value), step.span)
        .here(format!("leads from {from} to {to}, which has no such field"))
        .help(format!("remove `{mark}`, or combine fields that lead back: `(a|b){mark}`"))
}

/// RL010
pub(crate) fn never(
    what: &str,
    left: (&Excerpt<'_>, &Type),
    right: (&Excerpt<'_>, &Type),
    schema: &Schema,
) -> Diagnostic {
    let [left_type, right_type] = [left.1, right.1].map(|holds| holds.describe(schema));
    new("RL010", format!("{what} can never hold: no {left_type} is a {right_type}"), right.0.span)
        .here(has_type(&right_type))
        .label(left.0.span, has_type(&left_type))
        .help("compare a field of one with the other, or select a kind with `[is ...]`".to_owned())
}

/// RL010
pub(crate) fn never_of_kind(of: &Excerpt<'_>, holds: &Type, at: Span, schema: &Schema) -> Diagnostic {
    let found = holds.describe(schema);
    new("RL010", format!("nothing in `{}` is of this kind", of.value), at)
        .here("always empty")
        .label(of.span, found.clone())
        .help(format!("`{}` is of kind {found}", of.value))
}

/// RL012
pub(crate) fn unlinked(first: &Name, second: &Name, link: Option<&str>) -> Diagnostic {
    let [a, b] = [&first.value, &second.value];
    let link = link.map_or_else(|| format!("a field of `{a}` and one of `{b}`"), |link| format!("`{link}`"));
    new("RL012", format!("no condition connects `{a}` and `{b}`"), second.span)
        .here("every pair of the two would be compared")
        .label(first.span, String::new())
        .help(format!(
            "state in `when` what they have in common, such as {link}; if every pair is meant, write `cross = true` in the rule"
        ))
}

/// RL013
pub(crate) fn unknown_binder(name: &Name, known: &[&str], schema: &Schema) -> Diagnostic {
    let near = did_you_mean(&Nearest::default().find(&name.value, known.iter().copied(), 2));
    let help = match (schema.kind_named(&name.value), near) {
        (Some(_), _) => format!("`{0}` is a kind; bind its blocks in `for`: `{0} x`", name.value),
        (None, Some(near)) => near,
        (None, None) if known.is_empty() => "no name is bound here".to_owned(),
        (None, None) => format!("the names bound here are: {}", known.join(", ")),
    };
    new("RL013", format!("`{}` is not bound", name.value), name.span).here("no such name").help(help)
}

/// What to write instead of a name that is not bound, beside a text.
pub(crate) fn in_quotation_marks(name: &str) -> String {
    format!("to compare with a text, write it in quotation marks: `\"{name}\"`")
}

/// RL013
pub(crate) fn unknown_param(name: &Name, known: &[&str]) -> Diagnostic {
    let help = match known {
        [] => format!("declare it: params = {{ {} = 1 }}", name.value),
        known => format!("the parameters of this rule are: {}", known.join(", ")),
    };
    new("RL013", format!("there is no parameter `${}`", name.value), name.span).here("not in `params`").help(help)
}

/// RL013
pub(crate) fn no_place(of: &Excerpt<'_>, holds: &Type, schema: &Schema) -> Diagnostic {
    new("RL013", format!("`{}` has no place in the claims", of.value), of.span)
        .here(has_type(&holds.describe(schema)))
        .help("name the field that holds it, such as `s.items[x]`".to_owned())
}

/// RL016
pub(crate) fn bound_twice(name: &Name, before: Span) -> Diagnostic {
    new("RL016", format!("`{}` is bound twice", name.value), name.span)
        .here("bound again here")
        .label(before, "bound here first")
        .help("give one of them another name".to_owned())
}

/// RL005
pub(crate) fn no_arithmetic(sign: &Spanned<Sign>, left: &Type, right: &Type, schema: &Schema) -> Diagnostic {
    let [left, right] = [left, right].map(|holds| holds.describe(schema));
    new("RL005", format!("`{}` cannot be applied to {left} and {right}", sign.value.as_str()), sign.span)
        .here(format!("{left} on the left, {right} on the right"))
        .help("numbers take `+ - * /`; a date takes `+` and `-` with days, and `-` with another date".to_owned())
}

/// RL005
pub(crate) fn no_text(what: &str, found: &Excerpt<'_>, holds: &Type, schema: &Schema) -> Diagnostic {
    let help = matches!(holds, Type::Blocks(_)).then(|| format!("the name of a block is `{}.id`", found.value));
    new("RL005", format!("{what} takes a text, not {}", holds.describe(schema)), found.span)
        .here(has_type(&holds.describe(schema)))
        .help(help)
}

/// RL005
pub(crate) fn no_pattern(found: &Excerpt<'_>) -> Diagnostic {
    new("RL005", format!("`matches` takes a pattern between slashes, not `{}`", found.value), found.span)
        .here("not a pattern")
        .help(
            "write the pattern as `/^[a-z]+$/`; for a fixed text, use `starts with`, `ends with` or `contains`"
                .to_owned(),
        )
}

/// RL005
pub(crate) fn stray_pattern(found: &Excerpt<'_>) -> Diagnostic {
    new("RL005", format!("`{}` is a pattern and not a value", found.value), found.span)
        .here("allowed only after `matches`")
        .help("write `... matches /.../`".to_owned())
}

/// RL005
pub(crate) fn misfit_computed(
    field: &str,
    (wanted, size): (&Type, SetSize),
    (found, holds, card): &(Excerpt<'_>, &Type, SetSize),
    schema: &Schema,
) -> Diagnostic {
    let describe = |holds: &Type, card: SetSize| format!("{}, {}", holds.describe(schema), card.as_str());
    let (wanted, given) = (describe(wanted, size), describe(holds, *card));
    new("RL005", format!("`{field}` is declared to hold {wanted}, but is computed as {given}"), found.span)
        .here(given)
        .help(
            "change what the field is declared to hold (`to` or `type`, and `card`), or what it is computed from"
                .to_owned(),
        )
}

/// RL013
pub(crate) fn unknown_provider(name: &str, at: Span, known: &[String]) -> Diagnostic {
    let near = did_you_mean(&Nearest::default().find(name, known.iter().map(String::as_str), 2));
    new("RL013", format!("unknown native field `{name}`"), at)
        .here("no such name")
        .help(near.unwrap_or_else(|| format!("the native fields are: {}", known.join(", "))))
}

/// RL005
pub(crate) fn misfit_native(field: &str, native_field: &NativeField, at: Span) -> Diagnostic {
    let wanted = match (native_field.leads_to_blocks(), native_field.finds_numbers()) {
        (true, _) => "`to` and the kinds of blocks",
        (false, true) => "`type = \"number\"`",
        (false, false) => "`type = \"text\"`",
    };
    new("RL005", format!("`{field}` is declared with another type than its native field has"), at)
        .here("this native field has another type")
        .help(format!("declare the field with {wanted}, and `card = \"0..*\"`"))
}

/// RL017
pub(crate) fn unportable(wrong: &Unportable, literal: Span) -> Diagnostic {
    // The slash before the pattern.
    let start = literal.start + 1;
    let at = Span::new(literal.source, start + wrong.at.start as u32, start + wrong.at.end as u32);
    new("RL017", format!("the pattern cannot be used: {}", wrong.what), at)
        .here("here")
        .help("use only what RE2 and Rust both support: classes, groups, `?`, `*`, `+`, `{2,3}`, `|`, `^`, `$`, `\\b`, `(?i)`".to_owned())
}

/// RL020
pub(crate) fn computed_by_itself(field: &str, at: Span) -> Diagnostic {
    new("RL020", format!("the computed field `{field}` uses itself"), at)
        .here("computed from itself here")
        .help("to repeat a step of a path, write `+` or `*` after it".to_owned())
}

/// RL020
pub(crate) fn computed_in_circle(fields: &[&str], at: Span) -> Diagnostic {
    let steps = fields.join("` -> `");
    let first = fields.first().copied().unwrap_or_default();
    new("RL020", format!("the computed field `{first}` uses itself: `{steps}` -> `{first}`"), at)
        .here("computed from itself through others")
        .help("compute one of them from fields that claims write".to_owned())
        .value(first)
}
