//! Checkstyle, and what both XML formats promise.

use recte::report::Report;
use roxmltree::{Document, Node};

use super::{assert_no_commands, disarmed, place, said};

pub(super) fn read_checkstyle(report: &Report<'_>, text: &str) {
    assert_eq!(errors(text), report.findings.len());
    let document = parse(text);
    let first = document.descendants().find(|node| node.has_tag_name("error"));
    if let (Some(error), Some(finding)) = (first, report.findings.first()) {
        let (_, [start, _]) = place(report, finding);
        assert_eq!(error.attribute("line").unwrap(), start.line.to_string());
        assert_eq!(error.attribute("message").unwrap(), legal(&said(finding).join("; ")));
    }
}

/// How many errors a report has, all of which are as Checkstyle writes them.
pub(super) fn errors(text: &str) -> usize {
    let document = parse(text);
    let root = document.root_element();
    assert_eq!((root.tag_name().name(), root.attribute("version")), ("checkstyle", Some("4.3")));
    let mut errors = 0;
    for file in elements(root) {
        assert_eq!(file.tag_name().name(), "file");
        for error in elements(file) {
            let keys: Vec<&str> = error.attributes().map(|attribute| attribute.name()).collect();
            assert_eq!(keys, ["line", "column", "severity", "message", "source"]);
            assert!(["error", "warning", "info"].contains(&error.attribute("severity").unwrap()));
            assert!(error.attribute("source").unwrap().starts_with("recte."));
            errors += 1;
        }
    }
    errors
}

/// The text as XML can hold it and servers can show it.
pub(super) fn legal(text: &str) -> String {
    disarmed(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}").replace("[[", "[\u{fffd}")
}

pub(super) fn parse(text: &str) -> Document<'_> {
    assert_no_commands(text);
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), "{text}");
    // The first edition of XML 1.0 has no other characters, and `roxmltree` may know better.
    assert!(!text.contains(['\u{fffe}', '\u{ffff}']), "{text}");
    Document::parse(text).expect("the report is well-formed")
}

pub(super) fn elements<'a>(node: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(Node::is_element)
}
