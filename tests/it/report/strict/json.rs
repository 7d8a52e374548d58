//! The JSON formats, held against the committed schema.

use std::sync::LazyLock;

use jsonschema::Validator;
use recte::report::Report;
use serde_json::Value;

static DOCUMENT: LazyLock<Validator> = LazyLock::new(|| validator(schema()));

static LINE: LazyLock<Validator> = LazyLock::new(|| {
    let mut line = serde_json::json!({ "$ref": "#/$defs/line" });
    line["$defs"] = schema()["$defs"].clone();
    validator(line)
});

pub(super) fn read(report: &Report<'_>, text: &str) {
    let document = read_value(text);
    assert_document(&document);
    assert_eq!(document["findings"].as_array().unwrap().len(), report.findings.len());
    for (entry, finding) in document["findings"].as_array().unwrap().iter().zip(report.findings) {
        assert_eq!(entry["message"], finding.diagnostic.message);
        assert_eq!(entry["steps"].as_array().unwrap().len(), finding.diagnostic.flow.len());
    }
}

pub(super) fn read_lines(report: &Report<'_>, text: &str) {
    let lines: Vec<Value> = text.lines().map(read_value).collect();
    lines.iter().for_each(assert_line);
    assert_eq!(lines.len(), report.findings.len() + 2);
    assert!(lines[0].get("version").is_some() && lines[lines.len() - 1].get("summary").is_some());
    for (line, finding) in lines[1..].iter().zip(report.findings) {
        assert_eq!(line["finding"]["fingerprint"], finding.fingerprint.as_str());
    }
}

/// Holds a whole report against the schema.
pub(super) fn assert_document(document: &Value) {
    assert_described(&DOCUMENT, document);
}

/// Holds a line of a report against the schema.
pub(super) fn assert_line(line: &Value) {
    assert_described(&LINE, line);
}

fn read_value(text: &str) -> Value {
    serde_json::from_str(text).expect("the report is JSON")
}

fn schema() -> Value {
    read_value(include_str!("../../../../docs/report.schema.json"))
}

fn validator(schema: Value) -> Validator {
    jsonschema::draft202012::new(&schema).expect("the schema is a schema")
}

/// Holds a value against a schema.
pub(super) fn assert_described(schema: &Validator, value: &Value) {
    let errors: Vec<String> = schema.iter_errors(value).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new(), "{value:#}");
}
