//! The rules of the run as descriptors of SARIF, so that what they no longer find counts as fixed.

use std::collections::{BTreeMap, BTreeSet};

use super::limits::{RULES, TAGS};
use super::log::{Configuration, Descriptor, Properties, SarifMessage, level};
use super::place::{plain, text};
use crate::diagnostic::Code;
use crate::report::Report;
use crate::report::common::page::address;
use crate::rule::{Finding, Rule};

/// The rules of the report: those that are on, and those that are off but found something all the
/// same, because a file sets another level.
pub(super) struct Rules<'a> {
    listed: Vec<&'a Rule>,
    indexes: BTreeMap<&'a Code, usize>,
}

impl<'a> Rules<'a> {
    /// The rules of a report of these findings.
    pub(super) fn new(report: &Report<'a>, findings: &[&Finding]) -> Rules<'a> {
        let used: BTreeSet<&Code> = findings.iter().map(|finding| &finding.diagnostic.code).collect();
        let found = |rule: &&Rule| used.contains(&rule.meta.code);
        // Where there are too many, those with results come first: their text is shown.
        let idle = report.rules.iter().filter(|rule| rule.is_on() && !found(rule));
        let mut listed: Vec<&Rule> = report.rules.iter().filter(found).chain(idle).take(RULES).collect();
        listed.sort_by_key(|rule| &rule.meta.code);
        let indexes = listed.iter().enumerate().map(|(index, rule)| (&rule.meta.code, index)).collect();
        Rules { listed, indexes }
    }

    /// Where the rule stands in the list.
    pub(super) fn index(&self, code: &Code) -> Option<usize> {
        self.indexes.get(code).copied()
    }

    /// The list.
    pub(super) fn descriptors(self) -> Vec<Descriptor> {
        self.listed.into_iter().map(descriptor).collect()
    }
}

fn descriptor(rule: &Rule) -> Descriptor {
    let meta = &rule.meta;
    let tags = [&meta.category].into_iter().chain(meta.tags.iter().filter(|tag| **tag != meta.category)).take(TAGS);
    let (opening, rest) = page(&meta.docs);
    Descriptor {
        id: plain(meta.code.as_str()),
        name: plain(&meta.name),
        short_description: text(&meta.why),
        full_description: opening,
        help_uri: address(rule),
        help: rest,
        default_configuration: Configuration {
            enabled: rule.is_on(),
            level: rule.level.severity().map_or("none", level),
        },
        properties: Properties { category: plain(&meta.category), tags: tags.map(|tag| plain(tag)).collect() },
    }
}

/// The first paragraph of a page and what follows it. It is written by whoever wrote the rule, but nothing hides in it.
fn page(docs: &str) -> (Option<SarifMessage>, Option<SarifMessage>) {
    let lines: Vec<String> = docs.trim().lines().map(plain).collect();
    let text = lines.join("\n");
    let (opening, rest) = text.split_once("\n\n").unwrap_or((&text, ""));
    let said = |text: &str| {
        Some(text.trim()).filter(|text| !text.is_empty()).map(|text| SarifMessage { text: text.to_owned() })
    };
    (said(opening), said(rest))
}
