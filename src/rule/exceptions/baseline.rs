//! The findings that a project has decided to live with for now, each by its fingerprint and with a reason.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::DateRange;
use crate::rule::finding::{Finding, SuppressedBy, Suppression};
use crate::rule::meta::RuleMeta;
use crate::rule::pack::set::RuleSet;
use crate::text::Sanitized;

/// The name of the file, beside the configuration.
pub const BASELINE_NAME: &str = "recte-baseline.json";

/// The version of the format.
const VERSION: u32 = 1;

/// The findings on record, by fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<String, BaselineEntry>,
}

/// One finding on record. It holds no place, so that nothing that moves touches it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineEntry {
    /// What tells the finding from all others.
    pub fingerprint: String,
    /// The code of its rule.
    pub code: String,
    /// What it said when it was recorded, for people.
    pub message: String,
    /// Why it was recorded.
    pub reason: String,
    /// The day on which it was, `YYYY-MM-DD`.
    pub since: String,
    /// How many blocks it had, where it was one of a group: with more of them, the finding is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<usize>,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BaselineFile {
    version: u32,
    findings: Vec<BaselineEntry>,
}

/// Why a baseline cannot be used: a sentence, and the line (from 1) that it speaks of.
pub type UnusableBaseline = (String, u32);

impl Baseline {
    /// Reads the text of a baseline. The order of its entries does not count, and neither do the commas
    /// between them, which a merge of two branches leaves out. Of a finding that is on record twice, as
    /// two branches may have it, the earlier entry counts, with the larger number of members.
    ///
    /// # Errors
    /// When it is no baseline, of a later version, or gives no reason for an entry: what is not understood
    /// holds nothing back.
    pub fn read(text: &str) -> Result<Baseline, UnusableBaseline> {
        let text = text.trim_start_matches('\u{feff}');
        let written = match serde_json::from_str(text) {
            Ok(written) => written,
            Err(error) => read_lines(text).ok_or_else(|| version_of(text).map_or_else(|| cannot(&error), unknown))?,
        };
        if written.version != VERSION {
            return Err(unknown(written.version));
        }
        let mut baseline = Baseline::default();
        for entry in written.findings {
            let line = || line_of(text, &entry.fingerprint);
            if entry.reason.trim().is_empty() {
                return Err((format!("{} has no reason", entry.fingerprint), line()));
            }
            if DateRange::parse(&entry.since).is_none() {
                return Err((format!("`{}` is not a date", entry.since), line()));
            }
            let known = baseline.entries.entry(entry.fingerprint.clone()).or_insert_with(|| entry.clone());
            let members = entry.members.max(known.members);
            if entry.since < known.since {
                *known = entry;
            }
            known.members = members;
        }
        Ok(baseline)
    }

    /// The text of the file: one line for each entry, sorted, so that two people who add entries rarely meet.
    pub fn text(&self) -> String {
        let line = |entry: &BaselineEntry| serde_json::to_string(entry).expect("texts are JSON");
        let lines: Vec<String> = self.entries.values().map(|entry| format!("    {}", line(entry))).collect();
        let findings = if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", lines.join(",\n")) };
        format!("{{\n  \"version\": {VERSION},\n  \"findings\": {findings}\n}}\n")
    }

    /// The entries, sorted by fingerprint.
    pub fn entries(&self) -> impl Iterator<Item = &BaselineEntry> {
        self.entries.values()
    }

    /// Marks the findings on record, and returns the entries that hold none.
    ///
    /// What another exception silences is left to it, and the entry holds: that exception may end. An entry whose code is not that of the finding
    /// was written by hand, and holds nothing. A group that has grown is a new finding, though its entry is not stale.
    pub fn apply(&self, findings: &mut [Finding], rules: &RuleSet) -> Vec<&BaselineEntry> {
        let mut held = BTreeSet::new();
        for finding in findings {
            let known = self.entries.get(finding.fingerprint.as_str());
            let entry = known.filter(|entry| entry.code == finding.diagnostic.code.as_str());
            if let Some(entry) = entry.filter(|_| can_hold(finding, rules)) {
                let reason = || entry.reason.clone();
                if members(finding) <= entry.members {
                    let suppression = || Suppression { by: SuppressedBy::Baseline, reason: reason() };
                    finding.suppressed.get_or_insert_with(suppression);
                }
                held.insert(entry.fingerprint.as_str());
            }
        }
        self.entries().filter(|entry| !held.contains(entry.fingerprint.as_str())).collect()
    }

    /// Puts findings on record, with one reason and the day; returns how many were not yet.
    ///
    /// What cannot be held, and what something holds already, is left out.
    pub fn add<'a>(
        &mut self,
        findings: impl IntoIterator<Item = &'a Finding>,
        rules: &RuleSet,
        (reason, since): (&str, &str),
    ) -> usize {
        let open = findings.into_iter().filter(|finding| finding.suppressed.is_none() && can_hold(finding, rules));
        let mut added = 0;
        for finding in open {
            let entry = BaselineEntry {
                fingerprint: finding.fingerprint.to_string(),
                code: finding.diagnostic.code.to_string(),
                message: Sanitized::line(&finding.diagnostic.message).to_string(),
                reason: reason.to_owned(),
                since: since.to_owned(),
                members: members(finding),
            };
            let before = self.entries.insert(entry.fingerprint.clone(), entry);
            added += usize::from(before.is_none_or(|before| before.members < members(finding)));
        }
        added
    }

    /// Lowers the numbers of members to those that findings still have; returns how many were too high.
    pub fn lower<'a>(&mut self, findings: impl IntoIterator<Item = &'a Finding>) -> usize {
        let mut lowered = 0;
        for finding in findings {
            let entry = self.entries.get_mut(finding.fingerprint.as_str());
            let entry = entry.filter(|entry| entry.code == finding.diagnostic.code.as_str());
            if let Some(entry) = entry.filter(|entry| members(finding) < entry.members) {
                entry.members = members(finding);
                lowered += 1;
            }
        }
        lowered
    }

    /// Takes the entries out that are not to be kept.
    pub fn retain(&mut self, keep: impl Fn(&BaselineEntry) -> bool) {
        self.entries.retain(|_, entry| keep(entry));
    }
}

/// How many blocks a finding has, where it is one of a group.
fn members(finding: &Finding) -> Option<usize> {
    finding.diagnostic.group.as_ref().map(|group| group.members.len())
}

/// Whether a finding may stay as it is: not what keeps others from being found, nor what is wrong with the
/// settings or with an exception.
fn can_hold(finding: &Finding, rules: &RuleSet) -> bool {
    let rule = rules.get(&finding.diagnostic.code).map(|rule| &*rule.meta);
    rule.is_some_and(|meta: &RuleMeta| {
        !meta.hides_others() && !meta.is_about_configuration() && !meta.is_about_exceptions()
    })
}

/// What JSON has against a text; a later version may well have other fields.
fn cannot(error: &serde_json::Error) -> UnusableBaseline {
    (format!("it cannot be read: {error}"), error.line().max(1) as u32)
}

/// The version of a file that has another shape.
fn version_of(text: &str) -> Option<u32> {
    let file: serde_json::Value = serde_json::from_str(text).ok()?;
    u32::try_from(file.get("version")?.as_u64()?).ok().filter(|version| *version != VERSION)
}

fn unknown(version: u32) -> UnusableBaseline {
    (format!("it has version {version}, but this version of recte reads version {VERSION}"), 1)
}

/// The entries of a file line by line, as it is written; none when any line is something else.
fn read_lines(text: &str) -> Option<BaselineFile> {
    const FRAME: [&str; 5] = ["{", "\"findings\": [", "]", "}", ""];
    let mut written = BaselineFile { version: 0, findings: Vec::new() };
    for line in text.lines().map(|line| line.trim().trim_end_matches(',')) {
        if let Some(version) = line.strip_prefix("\"version\":") {
            written.version = version.trim().parse().ok()?;
        } else if !FRAME.contains(&line) {
            written.findings.push(serde_json::from_str(line).ok()?);
        }
    }
    Some(written)
}

/// The line on which a fingerprint stands last.
fn line_of(text: &str, fingerprint: &str) -> u32 {
    let quoted = format!("\"{fingerprint}\"");
    let numbered = (1..).zip(text.lines()).filter(|(_, line)| line.contains(&quoted));
    numbered.last().map_or(1, |(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::{Baseline, BaselineEntry};

    fn baseline(fingerprints: &[&str]) -> Baseline {
        let entry = |fingerprint: &&str| BaselineEntry {
            fingerprint: (*fingerprint).to_owned(),
            code: "CL0101".to_owned(),
            message: "\u{1b}[2J \"quoted\"".to_owned(),
            reason: "old".to_owned(),
            since: "2026-01-01".to_owned(),
            members: (*fingerprint == "a").then_some(3),
        };
        Baseline { entries: fingerprints.iter().map(|name| ((*name).to_owned(), entry(name))).collect() }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for fingerprints in [&[][..], &["b"], &["b", "a", "a-2"]] {
            let written = baseline(fingerprints);
            assert_eq!(Baseline::read(&written.text()), Ok(written));
        }
    }

    #[test]
    fn what_a_merge_leaves_is_read() {
        let both = baseline(&["a", "b"]);
        for text in [
            both.text().replace("},", "}"),
            both.text().replace("\n    {", "\r\n    {"),
            format!("\u{feff}{}", both.text()),
        ] {
            assert_eq!(Baseline::read(&text).as_ref(), Ok(&both), "{text}");
        }
        let twice = both.text().replace("\"b\"", "\"a\"");
        assert_eq!(Baseline::read(&twice), Ok(baseline(&["a"])));
    }

    #[test]
    fn what_is_not_understood_is_not_used() {
        let text = baseline(&["a", "b"]).text();
        let wrong = [
            (String::new(), 1),
            ("{}".to_owned(), 1),
            (text.replace("\"version\": 1", "\"version\": 2"), 1),
            (text.replace("\"reason\":\"old\"", "\"reason\":\" \""), 4),
            (text.replace("2026-01-01", "2026-02-30"), 4),
            (text.replace("\"code\"", "\"line\":3,\"code\""), 4),
            (text.replace("  ]", "<<<<<<< HEAD"), 6),
            (text.replace("},", "}\n======="), 5),
        ];
        for (text, line) in wrong {
            let unusable = Baseline::read(&text).expect_err(&text);
            assert_eq!(unusable.1, line, "{} {text}", unusable.0);
        }
    }
}
