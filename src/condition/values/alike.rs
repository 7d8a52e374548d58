//! What to write instead of a comparison of values of different types: which of the two has another form, and where.

use crate::condition::ast::excerpt::Excerpt;
use crate::condition::ast::operator::OperatorClass;
use crate::condition::values::types::Type;
use crate::schema::{FieldId, FieldType, Schema};

/// A side of a comparison: as it is written, and its type.
type Side<'a> = (&'a Excerpt<'a>, &'a Type);

/// How a field comes to have numbers.
const NUMBERS: &str = "a field has numbers if the schema declares it with `type = \"number\"`";

/// What to write so that both sides have one type.
pub(crate) fn help(left: Side<'_>, right: Side<'_>, schema: &Schema) -> Option<String> {
    let either = [(left, right), (right, left)];
    either.into_iter().find_map(|(one, other)| match (one.1, other.1) {
        (Type::Blocks(_), _) => Some(format!("to compare a block by its id, write `{}.id`", one.0.value)),
        (Type::Number, Type::Text(_)) => Some(number_and_text(one, other, schema)),
        (Type::Days(_), Type::Text(_)) if is_text(other.0) => {
            Some("write the date without quotation marks, as `2026-01-31` or `2026-01`".to_owned())
        }
        (Type::Flag, Type::Text(_)) if is_text(other.0) => {
            Some(format!("compare it with `true` or `false`: `{} = true`", one.0.value))
        }
        (Type::Days(_), Type::Number) => {
            Some("two dates are a number of days apart: `end(a) - start(b)` is a number".to_owned())
        }
        (Type::Number | Type::Text(_) | Type::Days(_) | Type::Flag, _) => None,
    })
}

/// What to write instead of what cannot be ordered.
pub(crate) fn help_to_order(class: OperatorClass, (written, holds): Side<'_>, schema: &Schema) -> Option<String> {
    match (class, holds) {
        (OperatorClass::Order, Type::Text(_)) => Some(match other_form(written, &FieldType::Number, schema) {
            Some(other) => format!("`{other}` has the same as numbers"),
            None => NUMBERS.to_owned(),
        }),
        (OperatorClass::Order, Type::Blocks(_)) => {
            Some(format!("count blocks with `count({})`, or compare their positions with `before`", written.value))
        }
        _ => None,
    }
}

/// What to write instead of a number beside a text.
fn number_and_text((number, _): Side<'_>, (text, _): Side<'_>, schema: &Schema) -> String {
    if is_text(text) {
        return "write the number in figures, without quotation marks".to_owned();
    }
    if let Some(other) = other_form(text, &FieldType::Number, schema) {
        return format!("`{other}` has the same as numbers");
    }
    match other_form(number, &FieldType::Text, schema) {
        Some(other) => format!("`{other}` has the same numbers as texts; {NUMBERS}"),
        None => NUMBERS.to_owned(),
    }
}

/// Whether a side is a text in quotation marks.
fn is_text(written: &Excerpt<'_>) -> bool {
    written.value.starts_with('"')
}

/// The path with its last field in the place of which another holds what the same native field finds, as another type.
fn other_form(written: &Excerpt<'_>, wanted: &FieldType, schema: &Schema) -> Option<String> {
    let (before, last) = written.value.rsplit_once('.')?;
    let finds = |id: &FieldId| schema.field(*id).native.as_ref().map(|native| native.text.as_str());
    schema.kinds.iter().find_map(|kind| {
        let native = kind.fields.iter().find(|id| schema.field(**id).name == last).and_then(finds)?;
        let other = kind.fields.iter().find(|id| finds(id) == Some(native) && schema.field(**id).holds == *wanted)?;
        Some(format!("{before}.{}", schema.field(*other).name))
    })
}
