//! The messages about values of fields.

use super::{only, sentence, wanted, with_article};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{FieldId, FieldSchema, FieldType, KindId, Schema};
use crate::text::{Nearest, Span, did_you_mean, usual_date};

/// A comma between a source and its words, which are one value.
pub(in crate::model::resolve) fn parts_with_comma(source: &str, between: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0008"), format!("there is a comma between `{source}` and its words"), between)
        .here("not this")
        .help(format!("remove it: write `{source} \"...\"`"))
        .edit(between, " ")
        .value(source)
}

/// Words before their source.
pub(in crate::model::resolve) fn parts_turned_round(source: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0008"), format!("the words are written before their source, `{source}`"), at)
        .here("the source comes first")
        .help(format!("write `{source} \"...\"`"))
        .value(source)
}

/// A value of another type than the field's.
pub(in crate::model::resolve) fn wrong_value(
    schema: &Schema,
    field: &FieldSchema,
    written: &str,
    at: Span,
) -> Diagnostic {
    let shown: String = written.chars().take(60).collect();
    let wanted = wanted(schema, field);
    let known = field.holds.choices().unwrap_or_default().iter().map(String::as_str);
    let near = Nearest::default().find(written, known, 2);
    Diagnostic::new(Code::native("CL0008"), format!("`{}` takes {wanted}, not `{shown}`", field.name), at)
        .here(format!("not {wanted}"))
        .help(did_you_mean(&near).unwrap_or_else(|| value_help(field, written)))
        .edits(only(&near, at))
        .value(format!("{}: {written}", field.name))
}

/// A text that its field does not take, since it does not match the pattern.
pub(in crate::model::resolve) fn misses_pattern(
    field: &FieldSchema,
    (said, pattern): (&str, &str),
    at: Span,
) -> Diagnostic {
    let shown: String = said.chars().take(60).collect();
    let message = format!("`{}` takes texts that match `{pattern}`, not `{shown}`", field.name);
    Diagnostic::new(Code::native("CL0008"), message, at)
        .here("does not match")
        .help(format!("`{}` holds: {}", field.name, sentence(&field.doc)))
        .value(format!("{}: {said}", field.name))
}

/// What to write instead of a value of another type than the field's.
fn value_help(field: &FieldSchema, written: &str) -> String {
    let takes_text = matches!(field.holds, FieldType::Text | FieldType::File | FieldType::Words | FieldType::Term);
    if let (FieldType::Date | FieldType::Period, Some(date)) = (&field.holds, usual_date(written)) {
        return format!("write `{date}`");
    }
    let inner = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match (inner, &field.holds) {
        (Some(_), FieldType::Ref(_)) => {
            format!("write the name under which it is declared, without quotation marks: `{}: NAME`", field.name)
        }
        (Some(_), _) if !takes_text => "remove the quotation marks: only texts are written between them".to_owned(),
        (None, _) if takes_text => "put `\"` before and after it".to_owned(),
        (Some(_) | None, _) => format!("`{}` holds: {}", field.name, sentence(&field.doc)),
    }
}

/// A day that no calendar has.
pub(in crate::model::resolve) fn impossible_date(written: &str, at: Span) -> Diagnostic {
    let (message, label, help) = match usual_date(written) {
        Some(date) => {
            (format!("`{written}` is not how a date is written"), "written in another way", format!("write `{date}`"))
        }
        None => {
            let help = "write a date as YYYY, YYYY-MM or YYYY-MM-DD".to_owned();
            (format!("there is no date `{written}`"), "not in the calendar", help)
        }
    };
    Diagnostic::new(Code::native("CL0009"), message, at).here(label).help(help).value(written)
}

/// A period that ends before it begins.
pub(in crate::model::resolve) fn reversed_period(written: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0010"), format!("the period `{written}` ends before it begins"), at)
        .here("the later date is first")
        .help("write the earlier date first".to_owned())
        .value(written)
}

/// Words of a text behind the first of them, which was read as a value.
pub(in crate::model::resolve) fn unquoted_text(words: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0020"), "this text has no quotation marks", at)
        .here("continues here")
        .help("put `\"` before its first word and after its last".to_owned())
        .value(words)
}

/// Words that follow a value on its line and are no block.
pub(in crate::model::resolve) fn words_behind_value(words: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0020"), format!("`{words}` follows a value without a comma"), at)
        .here("neither a field nor a block")
        .help("put a comma between two values, and quotation marks around a text".to_owned())
        .value(words)
}

/// A second value where one belongs.
pub(in crate::model::resolve) fn surplus_value(field: &FieldSchema, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0006"), format!("`{}` takes one value", field.name), at)
        .here("one value too many")
        .help("keep one, or write a block for each".to_owned())
        .value(&field.name)
}

/// `until` where the kind has no such part.
pub(in crate::model::resolve) fn surplus_part(schema: &Schema, kind: KindId, at: Span) -> Diagnostic {
    let kind = &schema.kind(kind).name;
    Diagnostic::new(Code::native("CL0006"), format!("{} has no last day", with_article(kind)), at)
        .here("does not belong here")
        .value(kind)
}

/// Parts of a quotation or an allowance that are not there.
pub(in crate::model::resolve) fn missing_parts(
    schema: &Schema,
    kind: KindId,
    missing: &[FieldId],
    at: Span,
) -> Diagnostic {
    let names: Vec<String> = missing.iter().map(|field| format!("`{}`", schema.field(*field).name)).collect();
    let kind = schema.kind(kind);
    Diagnostic::new(Code::native("CL0005"), format!("{} needs {}", with_article(&kind.name), names.join(" and ")), at)
        .here(format!("lacks {}", names.join(" and ")))
        .help(format!("{}: {}", kind.name, kind.doc))
        .value(names.join(" "))
}
