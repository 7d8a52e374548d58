//! The tables of kinds and fields in the language reference, from the schema.

use std::fmt::Write;

use recte::project::ProjectContext;
use recte::schema::{Cardinality, FieldId, FieldSchema, FieldType, Kind, KindId, Schema};

/// What stands before the generated part of a page, and after it.
const MARKERS: (&str, &str) = ("<!-- generated: kinds -->\n", "<!-- end -->\n");

/// A page with the tables between its markers, if it has any.
pub(super) fn filled_in(page: &str) -> String {
    let Some((before, rest)) = page.split_once(MARKERS.0) else { return page.to_owned() };
    let (_, after) = rest.split_once(MARKERS.1).expect("the generated part ends");
    format!("{before}{}\n{}{}{after}", MARKERS.0, tables(&ProjectContext::builtin().schema), MARKERS.1)
}

fn tables(schema: &Schema) -> String {
    schema.kind_ids().map(|id| section(schema, id)).collect()
}

fn section(schema: &Schema, id: KindId) -> String {
    let kind = schema.kind(id);
    let mut text = String::new();
    let _ = writeln!(text, "### {}\n\n{}{}\n", kind.name, kind.doc, standing(schema, id));
    let inherited: &[FieldId] = kind.parent.map_or(&[], |parent| &schema.kind(parent).fields);
    let own: Vec<&FieldSchema> =
        kind.fields.iter().filter(|field| !inherited.contains(field)).map(|field| schema.field(*field)).collect();
    if !own.is_empty() {
        let _ = writeln!(text, "| field | value | number | meaning |\n| --- | --- | --- | --- |");
        for field in own {
            let (holds, values) = (holds(schema, field), values(field.card));
            let _ = writeln!(text, "| `{}` | {holds} | {values} | {} |", field.name, field.doc);
        }
        text.push('\n');
    }
    if let Some(parent) = kind.parent {
        let name = &schema.kind(parent).name;
        let _ = writeln!(text, "Also every field of [{name}](#{name}).\n");
    }
    text
}

/// Where blocks of a kind stand, when that is not simply on their own with a name.
fn standing(schema: &Schema, id: KindId) -> String {
    let kind = schema.kind(id);
    let mut text = String::new();
    if kind.is_abstract {
        let below = schema.concrete(&[id]).into_iter().map(|kind| format!("`{}`", schema.kind(kind).name));
        let all = schema.kind_ids().filter(|id| is_block(schema.kind(*id))).count();
        let below: Vec<String> = below.collect();
        let which = if below.len() >= all { "every kind".to_owned() } else { below.join(", ") };
        let _ = write!(text, " This general kind is not written itself. It covers {which}.");
    }
    if !kind.inside.is_empty() {
        let _ = write!(text, " It is written inside {}.", kinds(schema, &kind.inside));
    }
    if kind.anonymous {
        text.push_str(" It needs no name.");
    }
    text
}

/// Whether blocks of a kind are written with a header of their own.
fn is_block(kind: &Kind) -> bool {
    !kind.is_abstract && kind.inline.is_empty()
}

fn holds(schema: &Schema, field: &FieldSchema) -> String {
    match &field.holds {
        FieldType::Ref(targets) if targets.is_empty() => "the name of any block".to_owned(),
        FieldType::Ref(targets) => {
            let names = inline(schema, targets).unwrap_or_else(|| kinds(schema, targets));
            let words = field.words.iter().map(|word| format!(" or `{word}`"));
            [names].into_iter().chain(words).collect()
        }
        FieldType::Text => "text".to_owned(),
        FieldType::Words => "text with `[...]`".to_owned(),
        FieldType::Term => "word or text".to_owned(),
        FieldType::Number => "number".to_owned(),
        FieldType::Date => "date".to_owned(),
        FieldType::Period => "period or date".to_owned(),
        FieldType::Flag => "`yes` or `no`".to_owned(),
        FieldType::Enum(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
        FieldType::File => "path in quotation marks".to_owned(),
        FieldType::Fields => "`yes` or field names".to_owned(),
    }
}

/// How a value of several parts is written.
fn inline(schema: &Schema, targets: &[KindId]) -> Option<String> {
    let [target] = targets else { return None };
    let parts: Vec<&str> = schema.kind(*target).inline.iter().map(|part| schema.field(*part).name.as_str()).collect();
    match parts.as_slice() {
        [] => None,
        [path, text] => Some(format!("`{path} \"{text}\"`")),
        [path, text, ..] => Some(format!("`{path} \"{text}\"`, optionally with `until DATE`")),
        [_] => None,
    }
}

fn kinds(schema: &Schema, targets: &[KindId]) -> String {
    let names: Vec<String> =
        targets.iter().map(|kind| &schema.kind(*kind).name).map(|name| format!("[{name}](#{name})")).collect();
    names.join(" or ")
}

fn values(card: Cardinality) -> &'static str {
    match (card.required, card.many) {
        (true, true) => "one or more, required",
        (true, false) => "one, required",
        (false, true) => "any number",
        (false, false) => "at most one",
    }
}
