//! The JSON Schema of proposals: the kinds and fields of a project, for whatever proposes claims to it.

use serde_json::{Map, Value, json};

use super::kind::{self, Shape, shapes};
use super::proposal::VERSION;
use crate::schema::{Cardinality, FieldId, FieldType, Schema};

/// What a name looks like, as far as patterns of all engines can say.
const NAME: &str = "^[^\\s\"#,:{}/]+$";
const PATH: &str = "^[^\\s\"#,:{}]+$";

/// The schema, for the kinds and fields given. The order of its keys is fixed.
pub fn proposals_schema(schema: &Schema) -> Value {
    let claims: Vec<Value> = shapes(schema).into_iter().map(|shape| claim(schema, shape)).collect();
    let mut whole = object(
        &["version", "claims"],
        [
            ("version", json!({ "const": VERSION, "description": "The version of this format." })),
            ("tool", text("The tool that proposes the claims.")),
            ("author", text("The person responsible for the proposals.")),
            ("date", text("The date of the proposals.")),
            ("namespace", text("The namespace of a new claims file.")),
            ("claims", json!({ "type": "array", "items": { "anyOf": claims } })),
        ],
    );
    whole["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    whole["title"] = json!("Claims proposed to recte");
    whole["$defs"] = Value::Object(fields(schema));
    let shared = json!({
        "id": { "description": "The id of the claim; derived from the title or the words if it is missing.", "type": ["string", "null"], "pattern": NAME },
        "title": text("The content of the claim, in a few words."),
        "quotations": {
            "description": "Words of documents that support the claim. Each quotation must appear there exactly once.",
            "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/quotation" }
        },
        "quotation": quotation(),
    });
    for (name, definition) in shared.as_object().into_iter().flatten() {
        whole["$defs"][name] = definition.clone();
    }
    whole
}

/// The fields that can be proposed, each once, by the kind that declares it.
fn fields(schema: &Schema) -> Map<String, Value> {
    let mut definitions = Map::new();
    for field in shapes(schema).iter().flat_map(|shape| schema.kind(shape.kind).fields.iter()) {
        let is_open = kind::is_open(schema, *field);
        let is_status = shapes(schema).iter().any(|shape| shape.status == *field);
        if !is_open || is_status {
            continue;
        }
        let data = schema.field(*field);
        let mut definition = holds(&data.holds, data.card);
        definition["description"] = json!(data.doc);
        definitions.insert(defined(schema, *field), definition);
    }
    definitions
}

/// The name under which a field is defined: `statement.cites`.
fn defined(schema: &Schema, field: FieldId) -> String {
    let declares = schema.kind_ids().map(|kind| schema.kind(kind)).find(|kind| kind.fields.contains(&field));
    format!("{}.{}", declares.map_or("", |kind| &kind.name), schema.field(field).name)
}

fn reference(schema: &Schema, field: FieldId) -> String {
    format!("#/$defs/{}", defined(schema, field))
}

fn quotation() -> Value {
    let mut quotation = object(
        &["words"],
        [
            ("source", json!({ "description": "The id of the source.", "type": ["string", "null"], "pattern": PATH })),
            ("path", text("Instead of the id, the path of the document in the project.")),
            (
                "words",
                json!({
                    "description": "The words of the document. `[...]` marks an omission within a paragraph, `[word]` an insertion.",
                    "type": "string"
                }),
            ),
        ],
    );
    let one = |key: &str, other: &str| json!({ "required": [key], "properties": { key: { "type": "string" }, other: { "type": "null" } } });
    quotation["oneOf"] = json!([one("source", "path"), one("path", "source")]);
    quotation
}

/// A claim of a kind.
fn claim(schema: &Schema, shape: Shape) -> Value {
    let kind = schema.kind(shape.kind);
    let open = |field: &FieldId| *field != shape.status && kind::is_open(schema, *field);
    let fields: Vec<FieldId> = kind.fields.iter().copied().filter(open).collect();
    let refer = |field: &FieldId| (schema.field(*field).name.clone(), json!({ "$ref": reference(schema, *field) }));
    let properties: Map<String, Value> = fields.iter().map(refer).collect();
    let needed = fields.iter().map(|field| schema.field(*field)).filter(|field| field.card.required);
    let needed: Vec<&str> = needed.map(|field| field.name.as_str()).collect();
    let mut values = json!({ "properties": properties, "additionalProperties": false });
    let mut required = vec!["kind", "quotations"];
    if needed.is_empty() {
        values["type"] = json!(["object", "null"]);
    } else {
        values["type"] = json!("object");
        values["required"] = json!(needed);
        required.push("fields");
    }
    let mut claim = object(
        &required,
        [
            ("kind", json!({ "const": kind.name })),
            ("id", json!({ "$ref": "#/$defs/id" })),
            ("title", json!({ "$ref": "#/$defs/title" })),
            ("fields", values),
            ("quotations", json!({ "$ref": "#/$defs/quotations" })),
        ],
    );
    claim["description"] = json!(kind.doc);
    claim
}

/// What values of a type are in JSON; where several may stand, a list of them as well. What need not stand may be `null`.
fn holds(holds: &FieldType, card: Cardinality) -> Value {
    let one = match holds {
        FieldType::Ref(_) => json!({ "type": "string", "pattern": PATH }),
        FieldType::Text | FieldType::Words | FieldType::Term | FieldType::File => json!({ "type": "string" }),
        FieldType::Number => json!({ "type": "number" }),
        FieldType::Date => json!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" }),
        FieldType::Period => json!({ "type": "string", "pattern": "^[0-9-]*(\\.\\.[0-9-]*)?$", "minLength": 1 }),
        FieldType::Flag => json!({ "type": "boolean" }),
        FieldType::Enum(words) => json!({ "enum": words }),
        FieldType::Fields => json!({ "anyOf": [{ "const": true }, { "type": "string", "pattern": NAME }] }),
    };
    let list = json!({ "type": "array", "minItems": 1, "items": one });
    let mut choices = vec![one];
    if card.many {
        choices.push(list);
    }
    if !card.required {
        choices.push(json!({ "type": "null" }));
    }
    json!({ "anyOf": choices })
}

/// An object with these keys and no others.
fn object<const KEYS: usize>(required: &[&str], properties: [(&str, Value); KEYS]) -> Value {
    let properties: Map<String, Value> = properties.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties })
}

fn text(about: &str) -> Value {
    json!({ "description": about, "type": ["string", "null"] })
}
