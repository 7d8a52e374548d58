//! JUnit: the counts are true, every test can be told from every other, and Jenkins takes every element and attribute.

use std::collections::BTreeSet;

use recte::report::Report;
use recte::rule::{Finding, Gravity};
use roxmltree::Node;

use super::xml::{elements, parse};

/// The elements that a test may hold, and the attribute that counts them.
const OUTCOMES: [(&str, &str); 3] = [("failure", "failures"), ("error", "errors"), ("skipped", "skipped")];

/// What the schema by which the xUnit plugin of Jenkins judges a report (`junit-10.xsd`) takes: an element, its attributes,
/// and the elements in it, as far as a report has them.
const SCHEMA: [(&str, &[&str], &[&str]); 7] = [
    ("testsuites", &["name", "time", "tests", "failures", "errors"], &["testsuite"]),
    (
        "testsuite",
        &["name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname", "id", "package", "file"],
        &["testsuite", "properties", "testcase", "system-out", "system-err"],
    ),
    ("testcase", &["name", "time", "classname", "group"], &["skipped", "error", "failure", "system-out", "system-err"]),
    ("failure", &["type", "message"], &[]),
    ("error", &["type", "message"], &[]),
    ("skipped", &["type", "message"], &[]),
    ("system-out", &[], &[]),
];

/// Every element and attribute is one of the schema.
pub(super) fn assert_valid(root: Node<'_, '_>) {
    for node in root.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        let (_, attributes, inner) = SCHEMA.iter().find(|(known, ..)| *known == name).expect(name);
        let unknown = node.attributes().find(|attribute| !attributes.contains(&attribute.name()));
        assert_eq!(unknown.map(|attribute| attribute.name()), None, "an attribute of <{name}>");
        let unknown = elements(node).find(|inside| !inner.contains(&inside.tag_name().name()));
        assert_eq!(unknown.map(|inside| inside.tag_name().name().to_owned()), None, "an element in <{name}>");
    }
}

pub(super) fn read(report: &Report<'_>, text: &str) {
    let document = parse(text);
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    assert_valid(root);
    assert_counts(root);
    elements(root).for_each(|suite| {
        assert_eq!(suite.tag_name().name(), "testsuite");
        assert_counts(suite);
    });
    let tests: Vec<Node<'_, '_>> = root.descendants().filter(|node| node.has_tag_name("testcase")).collect();
    assert_eq!(tests.len(), report.findings.len() + report.excused.len() + 1);
    let names: BTreeSet<&str> = tests.iter().filter_map(|test| test.attribute("name")).collect();
    let all = || report.findings.iter().chain(report.excused);
    let found: BTreeSet<&str> = all().map(|finding| finding.fingerprint.as_str()).collect();
    assert!(names.len() > found.len(), "{names:?}");
    // A test fails if and only if its finding fails the run; what is only told passes, and says what it has to say.
    let gravity = |finding: &&Finding| report.gate.gravity(finding, report.rules);
    let failing = report.findings.iter().filter(|finding| gravity(finding) > Gravity::Passed).count();
    assert_eq!(root.attribute("failures").unwrap(), failing.to_string());
    let told = tests.iter().filter(|test| elements(**test).any(|inside| inside.has_tag_name("system-out"))).count();
    let open = report.findings.iter().filter(|finding| finding.suppressed.is_none()).count();
    assert_eq!(told, open - failing);
    assert!(!text.contains("[["), "{text}");
}

pub(super) fn assert_counts(suite: Node<'_, '_>) {
    let count = |name: &str| suite.descendants().filter(|node| node.has_tag_name(name)).count().to_string();
    assert_eq!(suite.attribute("tests").unwrap(), count("testcase"));
    // Of all suites together, the schema has no number of what is skipped.
    let counted = |(_, attribute): &(&str, &str)| suite.has_tag_name("testsuite") || *attribute != "skipped";
    for (element, attribute) in OUTCOMES.into_iter().filter(counted) {
        assert_eq!(suite.attribute(attribute).unwrap(), count(element), "{element}");
    }
}
