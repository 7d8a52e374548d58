//! The JSON Schema of `recte.toml`, for editors that complete it and check it while it is written.

use serde_json::{Map, Value, json};

use super::keys::KEYS;
use super::reader::{ConfigKey, ConfigKeyType, LEVELS};
use crate::rule::{ALL_RULES, RuleSet};

/// The schema, with the names and categories of the rules given. The order of its keys is fixed.
pub fn json_schema(rules: &RuleSet) -> Value {
    let mut schema = table(KEYS, &[], rules);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("recte.toml, the settings of a project");
    schema["$defs"] = json!({
        "level": { "description": "The severity of the findings of a rule.", "enum": LEVELS },
        "setting": {
            "description": "A level, or a table with the level and the parameters of the rule.",
            "anyOf": [
                { "$ref": "#/$defs/level" },
                {
                    "type": "object",
                    "properties": { "level": { "$ref": "#/$defs/level" } },
                    "additionalProperties": { "type": ["integer", "number", "boolean", "string", "array"] }
                }
            ]
        }
    });
    schema
}

fn table(keys: &[ConfigKey], needed: &[&str], rules: &RuleSet) -> Value {
    let property = |key: &ConfigKey| {
        let mut property = holds(key.holds, rules);
        property["description"] = json!(key.about);
        (key.name.to_owned(), property)
    };
    let properties: Map<String, Value> = keys.iter().map(property).collect();
    let mut table = json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if !needed.is_empty() {
        table["required"] = json!(needed);
    }
    table
}

fn holds(holds: ConfigKeyType, rules: &RuleSet) -> Value {
    match holds {
        ConfigKeyType::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        ConfigKeyType::OneOf(words) => json!({ "enum": words }),
        ConfigKeyType::Text(pattern) => json!({ "type": "string", "pattern": pattern }),
        ConfigKeyType::Count => json!({ "type": "integer", "minimum": 0 }),
        // TOML has days of its own, which schemas of JSON know as texts.
        ConfigKeyType::Day => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        ConfigKeyType::Levels => by_rule("level", rules),
        ConfigKeyType::Rules => {
            json!({ "anyOf": [by_rule("setting", rules), { "type": "array", "items": { "type": "string" } }] })
        }
        ConfigKeyType::Table(keys) => table(keys, &[], rules),
        ConfigKeyType::Tables(keys, needed) => json!({ "type": "array", "items": table(keys, needed, rules) }),
    }
}

/// A table by code, name, category or `all`; a project may have rules of its own besides.
fn by_rule(of: &str, rules: &RuleSet) -> Value {
    let holds = json!({ "$ref": format!("#/$defs/{of}") });
    let described = |words: &str| json!({ "$ref": format!("#/$defs/{of}"), "description": words });
    let mut properties = Map::new();
    properties.insert(ALL_RULES.to_owned(), described("Every rule."));
    for rule in rules.iter() {
        let meta = &rule.meta;
        properties.entry(meta.category.clone()).or_insert_with(|| described("Every rule of the category."));
        properties.insert(meta.name.clone(), described(&format!("{} {}", meta.code, meta.why)));
        for former in &meta.was {
            let mut property = described(&format!("The former name of `{}`.", meta.name));
            property["deprecated"] = json!(true);
            properties.insert(former.clone(), property);
        }
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": holds })
}
