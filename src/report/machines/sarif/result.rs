//! A finding as a result of SARIF.

use std::collections::{BTreeMap, BTreeSet};

use super::limits::{RELATED, STEPS};
use super::log::{
    ArtifactChange, CodeFlow, Fingerprints, FlowLocation, Replacement, SarifFix, SarifLocation, SarifMessage,
    SarifResult, SarifSuppression, ThreadFlow, level,
};
use super::place::{artifact, location, plain, replacement, text};
use super::rules::Rules;
use crate::diagnostic::{Diagnostic, Label, Safety};
use crate::report::common::facts::count;
use crate::report::common::style::Style;
use crate::report::{ProjectReport, Report};
use crate::rule::{Finding, SuppressedBy};
use crate::text::SourceId;

/// All that a result is made from besides its finding.
pub(super) struct Results<'a> {
    pub(super) report: &'a Report<'a>,
    pub(super) style: &'a Style,
    pub(super) rules: &'a Rules<'a>,
    /// The project, where it is one of several.
    pub(super) project: Option<&'a ProjectReport<'a>>,
}

impl Results<'_> {
    /// The result that a finding becomes.
    pub(super) fn result(&self, finding: &Finding) -> SarifResult {
        let diagnostic = &finding.diagnostic;
        SarifResult {
            rule_id: plain(diagnostic.code.as_str()),
            rule_index: self.rules.index(&diagnostic.code),
            level: level(finding.severity),
            message: message(diagnostic),
            locations: [self.location(&diagnostic.primary)],
            related_locations: self.related(&diagnostic.labels),
            code_flows: self.flow(&diagnostic.flow),
            partial_fingerprints: Fingerprints { own: self.fingerprint(finding) },
            baseline_state: self.report.summary.stale.is_some().then(|| state(finding)),
            suppressions: suppressions(finding),
            fixes: diagnostic.fixes.iter().filter(|fix| fix.safety != Safety::Shown).map(|fix| self.fix(fix)).collect(),
        }
    }

    fn fingerprint(&self, finding: &Finding) -> String {
        self.project.map_or_else(|| finding.fingerprint.to_string(), |project| plain(&project.fingerprint(finding)))
    }

    fn location(&self, label: &Label) -> SarifLocation {
        location(self.report, self.style, label)
    }

    /// The other places, each once: SARIF takes no two that are equal.
    fn related(&self, labels: &[Label]) -> Vec<SarifLocation> {
        let mut seen = BTreeSet::new();
        let new = labels.iter().filter(|label| seen.insert((label.span, &label.text)));
        new.take(RELATED).map(|label| self.location(label)).collect()
    }

    /// A fix, file by file.
    fn fix(&self, fix: &crate::diagnostic::Fix) -> SarifFix {
        let mut files: BTreeMap<SourceId, Vec<Replacement>> = BTreeMap::new();
        for edit in &fix.edits {
            files.entry(edit.at.source).or_default().push(replacement(self.report, edit));
        }
        let change = |(file, replacements)| {
            let name = self.report.sources.get(file).name();
            ArtifactChange { artifact_location: artifact(self.style, name), replacements }
        };
        SarifFix { description: text(&fix.title), artifact_changes: files.into_iter().map(change).collect() }
    }

    fn flow(&self, steps: &[Label]) -> Vec<CodeFlow> {
        let steps: Vec<FlowLocation> =
            steps.iter().take(STEPS).map(|step| FlowLocation { location: self.location(step) }).collect();
        if steps.is_empty() { Vec::new() } else { vec![CodeFlow { thread_flows: [ThreadFlow { locations: steps }] }] }
    }
}

/// What is wrong, what to do, and what had to be left out.
fn message(diagnostic: &Diagnostic) -> SarifMessage {
    let left_out = diagnostic.labels.len().saturating_sub(RELATED) + diagnostic.flow.len().saturating_sub(STEPS);
    let help = diagnostic.help.as_deref().map(|help| format!("help: {}", plain(help)));
    let more = (left_out > 0).then(|| format!("note: {} left out here", count(left_out, "more place")));
    let lines: Vec<String> = [plain(&diagnostic.message)].into_iter().chain(help).chain(more).collect();
    SarifMessage { text: lines.join("\n") }
}

fn state(finding: &Finding) -> &'static str {
    match &finding.suppressed {
        Some(suppression) if suppression.by == SuppressedBy::Baseline => "unchanged",
        Some(_) | None => "new",
    }
}

fn suppressions(finding: &Finding) -> Vec<SarifSuppression> {
    let kind = |by| match by {
        SuppressedBy::Allow => "inSource",
        SuppressedBy::Override | SuppressedBy::Baseline => "external",
    };
    let suppressed = finding.suppressed.iter();
    suppressed
        .map(|it| SarifSuppression { kind: kind(it.by), status: "accepted", justification: plain(&it.reason) })
        .collect()
}
