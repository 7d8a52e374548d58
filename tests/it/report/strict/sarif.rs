//! SARIF, held against the schema of OASIS and against what GitHub asks for besides.

use std::sync::LazyLock;

use jsonschema::Validator;
use percent_encoding::percent_decode_str;
use recte::report::Report;
use recte::text::is_hidden;
use serde_json::Value;

use super::json::assert_described;

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    // A bracket too many: what describes a language is no regular expression. We name no language.
    let text = include_str!("../../../schemas/sarif-2.1.0.json").replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$");
    let schema = serde_json::from_str(&text).expect("the schema is JSON");
    jsonschema::draft7::new(&schema).expect("the schema is a schema")
});

pub(super) fn read(report: &Report<'_>, text: &str) {
    let log: Value = serde_json::from_str(text).expect("the report is JSON");
    assert_log(&log);
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), (report.findings.len() + report.excused.len()).min(25_000));
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        if let Some(index) = result["ruleIndex"].as_u64() {
            assert_eq!(rules[index as usize]["id"], result["ruleId"]);
        }
        let places = 1 + result["relatedLocations"].as_array().map_or(0, Vec::len);
        assert!(places <= 1_000, "{places} places");
    }
    assert_relative(report, &log);
}

/// Holds a log against the schema, and against what no log of ours contains.
pub(super) fn assert_log(log: &Value) {
    assert_described(&SCHEMA, log);
    log["runs"].as_array().unwrap().iter().for_each(assert_based);
    assert_plain(log);
}

/// Every path begins at the base that the run describes; and no text of a rule stands in another.
fn assert_based(run: &Value) {
    assert!(run["originalUriBaseIds"]["%SRCROOT%"]["description"]["text"].is_string(), "{run}");
    let driver = &run["tool"]["driver"];
    assert!(driver["informationUri"].as_str().unwrap().starts_with("https://"));
    let mut rest = vec![run];
    while let Some(value) = rest.pop() {
        if let Some(uri) = value["uri"].as_str() {
            let is_based = value["uriBaseId"] == "%SRCROOT%";
            assert_eq!(is_based, !uri.contains("%3A"), "{value}");
        }
        rest.extend(value.as_array().into_iter().flatten());
        rest.extend(value.as_object().into_iter().flat_map(|object| object.values()));
    }
    for rule in driver["rules"].as_array().unwrap() {
        let texts = ["shortDescription", "fullDescription", "help"].map(|part| rule[part]["text"].as_str());
        let texts: Vec<&str> = texts.into_iter().flatten().collect();
        let said = |text: &&str| texts.iter().filter(|other| other.contains(*text)).count();
        assert!(texts.iter().all(|text| said(text) == 1), "{rule}");
    }
}

/// No text hides anything or makes a link.
fn assert_plain(value: &Value) {
    match value {
        Value::String(text) => {
            assert!(!text.contains("]("), "{text}");
            let hidden = |character: char| character != '\n' && character.is_control() || is_hidden(character);
            assert!(!text.contains(hidden), "{text:?}");
        }
        Value::Array(values) => values.iter().for_each(assert_plain),
        Value::Object(values) => values.values().for_each(assert_plain),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Every URI is a relative path, which names a file of the report.
fn assert_relative(report: &Report<'_>, value: &Value) {
    let names: Vec<&str> = report.sources.ids().map(|id| report.sources.get(id).name()).collect();
    let withheld: Vec<&str> = report.summary.withheld.iter().map(|withheld| withheld.path.as_str()).collect();
    let mut rest = vec![value];
    while let Some(value) = rest.pop() {
        if let Some(uri) = value["uri"].as_str() {
            let plain = |character: char| character.is_ascii_alphanumeric() || "/-._~%".contains(character);
            assert!(uri.chars().all(plain), "{uri}");
            let path = percent_decode_str(uri).decode_utf8().unwrap();
            assert!(names.contains(&path.as_ref()) || withheld.contains(&path.as_ref()), "{uri}");
        }
        rest.extend(value.as_array().into_iter().flatten());
        rest.extend(value.as_object().into_iter().flat_map(|object| object.values()));
    }
}
