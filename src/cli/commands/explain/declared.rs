//! What the schema declares: a kind with its fields, or a field of any kind, for people and for programs.

use std::collections::BTreeSet;

use recte::schema::{FieldId, FieldSchema, FieldType, KindId, Schema};
use recte::text::{Nearest, did_you_mean};
use serde::Serialize;

/// How many near names are offered.
const OFFERED: usize = 3;

/// The names of all kinds and fields, each once.
pub(super) fn names(schema: &Schema) -> BTreeSet<&str> {
    let kinds = schema.kinds.iter().map(|kind| kind.name.as_str());
    kinds.chain(schema.fields.iter().map(|field| field.name.as_str())).collect()
}

/// What to write instead of a `kind.field` that is not declared; nothing for what is not written so.
pub(super) fn advice(name: &str, schema: &Schema) -> Option<String> {
    let name = name.to_lowercase();
    let (kind, field) = name.split_once('.')?;
    let kinds = schema.kinds.iter().map(|kind| kind.name.as_str());
    let Some(known) = schema.kind_named(kind) else {
        let near = Nearest::default().find(kind, kinds.clone(), OFFERED);
        let having: Vec<String> = near.iter().map(|near| format!("{near}.{field}")).collect();
        let having: Vec<&str> =
            having.iter().map(String::as_str).filter(|it| Declared::named(it, schema).is_some()).collect();
        return did_you_mean(&having)
            .or_else(|| did_you_mean(&near))
            .or_else(|| Some(format!("the kinds are: {}", kinds.collect::<Vec<_>>().join(", "))));
    };
    let fields: Vec<&str> = schema.kind(known).fields.iter().map(|field| schema.field(*field).name.as_str()).collect();
    let near = Nearest::default().find(field, fields.iter().copied(), OFFERED);
    let near: Vec<String> = near.iter().map(|near| format!("{kind}.{near}")).collect();
    did_you_mean(&near.iter().map(String::as_str).collect::<Vec<_>>())
        .or_else(|| Some(format!("the fields of `{kind}` are: {}", fields.join(", "))))
}

/// A kind, or a field with the kinds that have it.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Declared<'a> {
    Kind { kind: &'a str, doc: &'a str, extends: Option<&'a str>, fields: Vec<DeclaredField<'a>> },
    Field { field: &'a str, declarations: Vec<FieldOfKinds<'a>> },
}

/// A field of a kind.
#[derive(Serialize)]
pub(super) struct DeclaredField<'a> {
    name: &'a str,
    holds: String,
    card: &'static str,
    doc: &'a str,
}

/// A field as some kinds have it.
#[derive(Serialize)]
pub(super) struct FieldOfKinds<'a> {
    kinds: Vec<&'a str>,
    #[serde(flatten)]
    field: DeclaredField<'a>,
}

impl<'a> Declared<'a> {
    /// What the schema declares by a name: a kind, `kind.field`, or a field of any kind.
    pub(super) fn named(name: &str, schema: &'a Schema) -> Option<Declared<'a>> {
        let name = name.to_lowercase();
        if let Some(kind) = schema.kind_named(&name) {
            return Some(Declared::of_kind(kind, schema));
        }
        let (kinds, field) = match name.split_once('.') {
            Some((kind, field)) => (vec![schema.kind_named(kind)?], field),
            None => (schema.kind_ids().collect(), name.as_str()),
        };
        Declared::of_field(field, &kinds, schema)
    }

    fn of_kind(kind: KindId, schema: &'a Schema) -> Declared<'a> {
        let declared = schema.kind(kind);
        let fields = declared.fields.iter().map(|field| DeclaredField::new(schema.field(*field), schema)).collect();
        let extends = declared.parent.map(|parent| schema.kind(parent).name.as_str());
        Declared::Kind { kind: &declared.name, doc: &declared.doc, extends, fields }
    }

    /// A field, once for each of its declarations: kinds that inherit one have the same.
    fn of_field(name: &str, kinds: &[KindId], schema: &'a Schema) -> Option<Declared<'a>> {
        let mut found: Vec<(FieldId, Vec<&str>)> = Vec::new();
        for kind in kinds {
            let Some(field) = schema.field_of(*kind, name) else { continue };
            let kind = schema.kind(*kind).name.as_str();
            match found.iter_mut().find(|(known, _)| *known == field) {
                Some((_, kinds)) => kinds.push(kind),
                None => found.push((field, vec![kind])),
            }
        }
        let field = found.first().map(|(field, _)| schema.field(*field).name.as_str())?;
        let declared = |(field, kinds)| FieldOfKinds { kinds, field: DeclaredField::new(schema.field(field), schema) };
        Some(Declared::Field { field, declarations: found.into_iter().map(declared).collect() })
    }

    /// It as text.
    pub(super) fn page(&self) -> String {
        match self {
            Declared::Kind { kind, doc, extends, fields } => {
                let extends = extends.map(|parent| format!(", extends {parent}")).unwrap_or_default();
                let fields: String = fields.iter().map(DeclaredField::line).collect();
                format!("{kind} (kind{extends})\n\n{doc}\n\nFields:\n\n{fields}")
            }
            Declared::Field { field, declarations } => {
                let declared = declarations
                    .iter()
                    .map(|declared| format!("{}\nOf: {}\n\n", declared.field.line(), declared.kinds.join(", ")));
                format!("{field} (field)\n\n{}", declared.collect::<String>())
            }
        }
    }
}

impl<'a> DeclaredField<'a> {
    fn new(field: &'a FieldSchema, schema: &'a Schema) -> DeclaredField<'a> {
        DeclaredField { name: &field.name, holds: held(field, schema), card: field.card.as_str(), doc: &field.doc }
    }

    fn line(&self) -> String {
        format!("    {}: {}; {}. {}\n", self.name, self.holds, counted(self.card), self.doc)
    }
}

/// What a field holds, in words.
fn held(field: &FieldSchema, schema: &Schema) -> String {
    let holds = match &field.holds {
        FieldType::Ref(kinds) if kinds.is_empty() => "any block".to_owned(),
        FieldType::Ref(kinds) => {
            kinds.iter().map(|kind| schema.kind(*kind).name.as_str()).collect::<Vec<_>>().join(" or ")
        }
        FieldType::Text => "a text".to_owned(),
        FieldType::Words => "quoted words".to_owned(),
        FieldType::Term => "a word".to_owned(),
        FieldType::Number => "a number".to_owned(),
        FieldType::Date => "a date".to_owned(),
        FieldType::Period => "a period".to_owned(),
        FieldType::Flag => "`yes` or `no`".to_owned(),
        FieldType::Enum(words) => format!("one of {}", words.join(", ")),
        FieldType::File => "a path".to_owned(),
        FieldType::Fields => "`yes`, or names of fields".to_owned(),
    };
    if field.is_virtual() { format!("{holds}, computed") } else { holds }
}

/// How many values, in words.
fn counted(card: &str) -> &'static str {
    match card {
        "1" => "exactly one",
        "0..1" => "at most one",
        "1..*" => "at least one",
        _ => "any number",
    }
}
