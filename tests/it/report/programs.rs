//! What ordinary findings look like in the formats of other tools, as people review them.

use recte::report::{Hidden, Report, Withheld, WithheldKind};
use recte::rule::{Finding, RuleSet, SuppressedBy, Suppression};
use recte::text::Sources;

use super::ordinary::{at, harbour};
use super::{PLAIN, report, strict, write};

/// A run in which everything that can be told is told.
pub(super) fn eventful<'a>(sources: &'a Sources, findings: &'a [Finding], excused: &'a [Finding]) -> Report<'a> {
    let withheld =
        |what, name: &str, line| Withheld { what, name: name.to_owned(), path: "recte.toml".to_owned(), line };
    let mut report = report(sources, findings);
    report.excused = excused;
    report.summary.hidden = [(Hidden::Override, 1), (Hidden::Baseline, 2)].into();
    report.summary.stale = Some(3);
    report.summary.withheld = vec![
        withheld(WithheldKind::Rule, "CL0501 circular-reasoning", 4),
        withheld(WithheldKind::Files, "drafts/**", 7),
        withheld(WithheldKind::Override, "CL0101 obligation-without-article in annex/**", 11),
    ];
    report
}

/// One finding with a chain, one that is allowed, and two that are not shown.
pub(super) fn findings() -> (Sources, Vec<Finding>, Vec<Finding>) {
    let (sources, mut findings) = harbour();
    let claims = sources.ids().next().unwrap();
    let chain = ["bearer: port-authority", "cites: harbour-act/3"];
    findings[0].diagnostic.flow = chain
        .map(|words| recte::diagnostic::Label { span: at(&sources, claims, words), text: format!("by `{words}`") })
        .into();
    let excused = [SuppressedBy::Override, SuppressedBy::Baseline]
        .map(|by| Finding {
            suppressed: Some(Suppression { by, reason: "known since 2025".to_owned() }),
            ..findings[0].clone()
        })
        .into();
    (sources, findings, excused)
}

#[test]
fn every_format() {
    let (sources, findings, excused) = findings();
    // Without rules, of which there are many; the next test looks at them.
    let report = Report { rules: &RuleSet::default(), ..eventful(&sources, &findings, &excused) };
    for format in recte::report::ALL {
        insta::assert_snapshot!(format.name, write(format.name, &report, &PLAIN));
    }
    strict::hold(&eventful(&sources, &findings, &excused));
}

#[test]
fn sarif_declares_every_rule_that_is_on() {
    let (sources, findings, excused) = findings();
    let report = eventful(&sources, &findings, &excused);
    let log: serde_json::Value = serde_json::from_str(&write("sarif", &report, &PLAIN)).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let declared: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    let on: Vec<&str> = report.rules.iter().filter(|rule| rule.is_on()).map(|rule| rule.meta.code.as_str()).collect();
    assert_eq!(declared, on);
    let rule = report.rules.iter().find(|rule| rule.is_on()).unwrap();
    assert_eq!(rules[0]["name"], rule.meta.name);
    assert_eq!(rules[0]["shortDescription"]["text"], rule.meta.why);
    // The first paragraph is the description, and the rest the page: no text stands there twice.
    let paragraphs = ["fullDescription", "help"].map(|part| rules[0][part]["text"].as_str().unwrap());
    assert_eq!(paragraphs.join("\n\n"), rule.meta.docs.trim());
    assert_eq!(rules[0]["defaultConfiguration"]["level"], "error");
}

#[test]
fn a_part_that_was_not_checked_is_never_a_success() {
    let (sources, mut findings) = harbour();
    let report_of = |findings: &[Finding], format| write(format, &report(&sources, findings), &PLAIN);
    assert!(report_of(&findings, "sarif").contains("\"executionSuccessful\": true"));
    assert!(report_of(&findings, "junit").contains("errors=\"0\""));
    let all = report(&sources, &[]).rules;
    let unchecked = all.iter().find(|rule| rule.meta.unchecked).expect("a rule says that input was not checked");
    findings[1].diagnostic.code = unchecked.meta.code.clone();
    assert!(report_of(&findings, "sarif").contains("\"executionSuccessful\": false"));
    assert!(report_of(&findings, "junit").contains("<error type=\"unchecked\""));
    assert!(report_of(&findings, "markdown").contains("could not be checked"));
}

#[test]
fn programs_see_the_files_from_where_they_are() {
    let (sources, findings) = harbour();
    let report = report(&sources, &findings);
    let beneath = super::Style { folder: "law/harbour/".to_owned(), ..PLAIN };
    let elsewhere = super::Style { folder: "/home/someone/".to_owned(), ..PLAIN };
    for format in ["sarif", "gitlab", "junit", "checkstyle", "rdjson", "github", "markdown", "agent", "grouped"] {
        assert!(write(format, &report, &beneath).contains("law/harbour/port.claims"), "{format}");
    }
    for format in ["json", "jsonl", "sarif", "gitlab", "checkstyle", "rdjson"] {
        assert!(!write(format, &report, &elsewhere).contains("/home"), "{format}: nothing of the machine");
    }
}
