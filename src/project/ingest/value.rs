//! A value of JSON as a claims file writes it, by the type of its field.

use super::json::JsonValue;
use super::proposal::legible;
use super::reason::{Pointer, Reason};
use crate::schema::FieldType;
use crate::syntax::{Brackets, encode, is_name};

/// Writes a value. Whether it means something there is for the check to say.
///
/// # Errors
/// When it cannot stand in a field of this type.
pub(super) fn written(value: &JsonValue, at: &Pointer, holds: &FieldType) -> Result<String, Reason> {
    match (holds, value) {
        (FieldType::Text | FieldType::File, JsonValue::Text(_)) => Ok(encode(legible(value, at)?, Brackets::AreText)),
        (FieldType::Words, JsonValue::Text(_)) => Ok(encode(legible(value, at)?, Brackets::AreMarks)),
        (FieldType::Term, JsonValue::Text(_)) => {
            let text = legible(value, at)?;
            Ok(if is_path(text) { text.to_owned() } else { encode(text, Brackets::AreText) })
        }
        (FieldType::Ref(_), JsonValue::Text(_)) => path(legible(value, at)?, at),
        (FieldType::Date | FieldType::Enum(_), JsonValue::Text(_)) => word(value, at, holds),
        (FieldType::Fields, JsonValue::Text(_)) => word(value, at, holds),
        (FieldType::Period, JsonValue::Text(_)) => period(legible(value, at)?, at),
        (FieldType::Flag, JsonValue::Flag(flag)) => Ok(if *flag { "yes" } else { "no" }.to_owned()),
        (FieldType::Fields, JsonValue::Flag(true)) => Ok("yes".to_owned()),
        (FieldType::Number, JsonValue::Number(number)) => Ok(plain(number)),
        (
            FieldType::Ref(_)
            | FieldType::Text
            | FieldType::Words
            | FieldType::Term
            | FieldType::Number
            | FieldType::Date
            | FieldType::Period
            | FieldType::Flag
            | FieldType::Enum(_)
            | FieldType::File
            | FieldType::Fields,
            JsonValue::Nothing
            | JsonValue::Flag(_)
            | JsonValue::Number(_)
            | JsonValue::Text(_)
            | JsonValue::List(_)
            | JsonValue::Table(_),
        ) => Err(Reason::new(at, format!("expected {}, found {}", wanted(holds), value.what()))),
    }
}

/// What stands for a value of a type in JSON.
pub(super) fn wanted(holds: &FieldType) -> &'static str {
    match holds {
        FieldType::Ref(_) => "the id of a block",
        FieldType::Text | FieldType::Words | FieldType::Term => "a text",
        FieldType::File => "the path of a file",
        FieldType::Number => "a number",
        FieldType::Date => "a date such as `1960-06-23`",
        FieldType::Period => "a period such as `1960-06-23..`",
        FieldType::Flag => "true or false",
        FieldType::Enum(_) => "one of the words that the field accepts",
        FieldType::Fields => "true, or the name of a field",
    }
}

/// The id of a block, by the names that lead to it.
pub(super) fn path(text: &str, at: &Pointer) -> Result<String, Reason> {
    if is_path(text) {
        return Ok(text.to_owned());
    }
    let message = format!("`{text}` is not an id");
    Err(Reason::new(at, message)
        .help("an id consists of letters, digits, `-` and `_`, with `/` between names".to_owned()))
}

fn is_path(text: &str) -> bool {
    text.split('/').all(is_name)
}

fn word(value: &JsonValue, at: &Pointer, holds: &FieldType) -> Result<String, Reason> {
    let text = legible(value, at)?;
    let choice = holds.choices().filter(|words| !words.iter().any(|word| word == text)).map(|words| words.join(", "));
    if choice.is_none() && is_name(text) {
        return Ok(text.to_owned());
    }
    let message = format!("expected {}, found `{text}`", wanted(holds));
    Err(Reason::new(at, message).help(choice.map(|words| format!("choose one of {words}"))))
}

fn period(text: &str, at: &Pointer) -> Result<String, Reason> {
    let ends: Vec<&str> = text.split("..").collect();
    let is_date = |end: &&str| end.is_empty() || end.starts_with(|first: char| first.is_ascii_digit()) && is_name(end);
    let is_period = ends.len() <= 2 && ends.iter().all(is_date) && !text.is_empty();
    let message = || format!("expected {}, found `{text}`", wanted(&FieldType::Period));
    if is_period { Ok(text.to_owned()) } else { Err(Reason::new(at, message())) }
}

/// A number with all its digits.
fn plain(number: &serde_json::Number) -> String {
    match (number.as_i64(), number.as_u64(), number.as_f64()) {
        (Some(whole), _, _) => whole.to_string(),
        (None, Some(whole), _) => whole.to_string(),
        (None, None, number) => number.unwrap_or_default().to_string(),
    }
}
