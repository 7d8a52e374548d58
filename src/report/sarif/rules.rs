//! The rules of the run as descriptors of SARIF, so that what they no longer find counts as mended.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Report;
use super::log::{Configuration, Descriptor, Help, Properties};
use super::place::{plain, text};
use super::result::level;
use crate::diagnostic::Code;
use crate::rule::{Finding, Rule};

/// The most rules that GitHub takes.
const RULES: usize = 25_000;

/// The most tags of a rule that GitHub shows.
const TAGS: usize = 10;

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
    Descriptor {
        id: plain(meta.code.as_str()),
        name: plain(&meta.name),
        short_description: text(&meta.why),
        full_description: text(meta.docs.lines().next().filter(|line| !line.is_empty()).unwrap_or(&meta.why)),
        help: help(&meta.docs),
        default_configuration: Configuration {
            enabled: rule.is_on(),
            level: rule.level.severity().map_or("none", level),
        },
        properties: Properties { category: plain(&meta.category), tags: tags.map(|tag| plain(tag)).collect() },
    }
}

/// The page of a rule. It is written in Markdown by whoever wrote the rule, but nothing hides in it.
fn help(docs: &str) -> Help {
    let lines: Vec<String> = docs.lines().map(plain).collect();
    Help { text: lines.join("\n"), markdown: lines.join("\n") }
}
