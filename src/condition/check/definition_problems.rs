//! The problems that definitions and calls of them can have.

use super::problems::has_type;
use super::vocabulary::Parameter;
use crate::condition::ast::excerpt::{Excerpt, new};
use crate::condition::ast::tree::Name;
use crate::condition::values::function::Function;
use crate::condition::values::types::Type;
use crate::diagnostic::Diagnostic;
use crate::schema::Schema;
use crate::text::{Nearest, Span, did_you_mean};

/// RL005
pub(crate) fn no_argument(function: Function, found: &Excerpt<'_>, holds: &Type, schema: &Schema) -> Diagnostic {
    let what = format!("`{}` takes {}, not {}", function.as_str(), function.takes(), holds.describe(schema));
    let help = match holds {
        Type::Blocks(_) => Some(format!("name one of their fields that holds {}", function.takes())),
        Type::Text(_) | Type::Number | Type::Days(_) | Type::Flag => None,
    };
    new("RL005", what, found.span).here(has_type(&holds.describe(schema))).help(help)
}

/// RL005
pub(crate) fn wrong_count(name: &Name, wanted: usize, given: usize) -> Diagnostic {
    let arguments = if wanted == 1 { "one argument".to_owned() } else { format!("{wanted} arguments") };
    new("RL005", format!("`{}` takes {arguments}, not {given}", name.value), name.span)
        .here("the arguments are in brackets, with commas between them")
}

/// RL005
pub(crate) fn misfit_argument(
    of: &Name,
    param: &Parameter,
    (found, holds): (&Excerpt<'_>, &Type),
    schema: &Schema,
) -> Diagnostic {
    let wanted = param.holds.describe(schema);
    let message = format!("`{}` takes {wanted} as `{}`, not {}", of.value, param.name.value, holds.describe(schema));
    new("RL005", message, found.span)
        .here(has_type(&holds.describe(schema)))
        .label(param.name.span, format!("declared as {wanted}"))
        .help(format!("select a kind with `[is ...]`, or change what `{}` takes", of.value))
}

/// RL002
pub(crate) fn no_parameter_type(name: &Name, schema: &Schema) -> Diagnostic {
    let kinds = schema.kinds.iter().map(|kind| kind.name.as_str());
    let values = ["text", "number", "date", "flag", "any"];
    let near = did_you_mean(&Nearest::default().find(&name.value, kinds.chain(values), 2));
    new("RL002", format!("there is no kind `{}`", name.value), name.span)
        .here("neither a kind of the schema nor a type of value")
        .help(
            near.unwrap_or_else(|| {
                "write a kind, or one of `text`, `number`, `date`, `flag`; then `?` or `*`".to_owned()
            }),
        )
}

/// RL013
pub(crate) fn unknown_call<'a>(name: &Name, defined: impl Iterator<Item = &'a str>) -> Diagnostic {
    let mut known: Vec<&str> = Function::names().collect();
    known.extend(defined);
    let near = did_you_mean(&Nearest::default().find(&name.value, known.iter().copied(), 2));
    new("RL013", format!("there is no function or definition `{}`", name.value), name.span)
        .here("no such name")
        .help(near.unwrap_or_else(|| format!("the functions and definitions are: {}", known.join(", "))))
}

/// RL016
pub(crate) fn defined_twice(name: &Name, first: Span) -> Diagnostic {
    new("RL016", format!("`{}` is defined twice", name.value), name.span)
        .here("not used")
        .label(first, "defined here first")
        .help(
            "remove one of the two, or give it another name; all rule files of a project share their definitions"
                .to_owned(),
        )
}

/// RL016
pub(crate) fn taken_by_function(name: &Name) -> Diagnostic {
    new("RL016", format!("`{}` is the name of a function", name.value), name.span)
        .here("would hide the function")
        .help("give the definition another name".to_owned())
}

/// RL020
pub(crate) fn leads_to_itself(circle: &[&str], at: Span) -> Diagnostic {
    let path: Vec<String> = circle.iter().map(|one| format!("`{one}`")).collect();
    new("RL020", format!("the definition uses itself: {}", path.join(" -> ")), at)
        .here("a definition cannot use itself")
        .help("remove one of these uses; to repeat a step of a path, write `+` or `*` after it".to_owned())
}

/// RL020
pub(crate) fn too_many_definitions(at: Span, limit: usize) -> Diagnostic {
    new("RL020", format!("this expands to more than {limit} definitions"), at)
        .here("too large when expanded")
        .help("use fewer definitions within each other".to_owned())
}

/// Whether a problem is that definitions grow beyond bounds.
pub(crate) fn is_growth(problem: &Diagnostic) -> bool {
    problem.code.as_str() == "RL020" && problem.message.starts_with("this expands")
}
