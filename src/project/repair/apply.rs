//! Applies the fixes that findings come with, in memory, and keeps only what proves to help.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Fix, Safety, Severity, TextEdit, apply};
use crate::project::analysis::context::{ProjectContext, SettingsSource};
use crate::project::analysis::host::AnalysisHost;
use crate::project::analysis::output::CheckOutput;
use crate::project::analysis::request::CheckRequest;
use crate::rule::Finding;
use crate::text::SourceId;

/// The most checks that repairing takes: one for each round, and some to find out which fix of several does harm.
const CHECKS: usize = 200;

/// What is to be fixed, and where.
pub struct RepairRequest<'a> {
    /// By what the claims are judged.
    pub context: &'a ProjectContext,
    /// Where that was read from, if its files may be repaired as well.
    pub settings: Option<SettingsSource<'a>>,
    /// The files, and as of when they are checked.
    pub check: CheckRequest<'a>,
    /// Fixes that are less safe are left alone.
    pub safety: Safety,
    /// The findings that are to be fixed.
    pub choose: &'a dyn for<'c> Fn(&'c CheckOutput) -> Vec<&'c Finding>,
}

/// What came of applying fixes.
pub struct RepairOutput {
    /// What the files are to hold, by path; only those that change.
    pub texts: BTreeMap<String, String>,
    /// How many findings were fixed.
    pub findings: usize,
    /// The project as it is then.
    pub checked: Arc<CheckOutput>,
}

/// Applies fixes until none is left that helps. Nothing is written.
///
/// Fixes that overlap are applied one after another, in the order of codes. A fix is kept when its finding is gone and
/// no other has come: none at all for safe ones, none as severe for others. Files with errors of syntax are
/// left alone.
pub fn repair(request: &RepairRequest<'_>) -> RepairOutput {
    let host = AnalysisHost::judged_by(request.context.clone(), request.check);
    let mut host = host.with_settings_from(request.settings);
    let mut repaired = RepairOutput { texts: BTreeMap::new(), findings: 0, checked: host.snapshot() };
    let mut refused = BTreeSet::new();
    let mut checks = 1;
    while checks < CHECKS {
        let mut batch = request.compatible(&repaired.checked, &refused);
        while !batch.is_empty() && checks < CHECKS {
            let texts = applied(&repaired, &batch);
            let after = host.overlay(&texts);
            checks += 1;
            if helps(&repaired.checked, &after, &batch) {
                repaired.findings += batch.len();
                (repaired.texts, repaired.checked) = (texts, after);
                break;
            }
            if let [alone] = batch.as_slice() {
                refused.insert(alone.fingerprint.clone());
                break;
            }
            batch.truncate(batch.len() / 2);
        }
        if batch.is_empty() {
            break;
        }
    }
    repaired
}

/// A fix, and the finding that it is to clear.
#[derive(Clone)]
struct Offer {
    fingerprint: String,
    severity: Severity,
    weight: usize,
    fix: Fix,
}

impl RepairRequest<'_> {
    /// The fixes that can be applied together, the first of those that overlap.
    fn compatible(&self, checked: &CheckOutput, refused: &BTreeSet<String>) -> Vec<Offer> {
        let mut offers: Vec<(&Finding, Offer)> = self.offers(checked, refused);
        offers.sort_by(|(a, _), (b, _)| a.diagnostic.code.cmp(&b.diagnostic.code));
        let mut taken = EditedRanges::default();
        offers.into_iter().map(|(_, offer)| offer).filter(|offer| taken.take(&offer.fix.edits)).collect()
    }

    fn offers<'c>(&self, checked: &'c CheckOutput, refused: &BTreeSet<String>) -> Vec<(&'c Finding, Offer)> {
        let spoilt = with_syntax_errors(checked);
        let is_setting = |file: &SourceId| self.settings.is_some() && checked.own_settings().any(|own| own == *file);
        let may = |edit: &TextEdit| {
            let file = &edit.at.source;
            (checked.files.contains(file) || is_setting(file)) && !spoilt.contains(file)
        };
        let offer = |finding: &'c Finding| {
            let fix = finding.best_fix().filter(|fix| fix.safety <= self.safety && fix.edits.iter().all(may))?;
            let fingerprint = finding.fingerprint.as_str().to_owned();
            let open = finding.suppressed.is_none() && !refused.contains(&fingerprint);
            open.then(|| {
                (finding, Offer { fingerprint, severity: finding.severity, weight: weight(finding), fix: fix.clone() })
            })
        };
        (self.choose)(checked).into_iter().filter_map(offer).collect()
    }
}

/// The files with errors of syntax.
fn with_syntax_errors(checked: &CheckOutput) -> BTreeSet<SourceId> {
    let is_syntax =
        |finding: &&Finding| checked.rules.get(&finding.diagnostic.code).is_none_or(|rule| rule.meta.is_about_syntax());
    checked.findings.iter().filter(is_syntax).map(|finding| finding.diagnostic.primary.span.source).collect()
}

/// The places that are taken by edits, none of which touches another: by where each starts, where it ends.
#[derive(Default)]
struct EditedRanges(BTreeMap<(SourceId, u32), u32>);

impl EditedRanges {
    /// Takes the places of edits that belong together, if all of them are free.
    fn take(&mut self, edits: &[TextEdit]) -> bool {
        let mut sorted: Vec<&TextEdit> = edits.iter().collect();
        sorted.sort_by_key(|edit| edit.at);
        let apart = sorted.windows(2).all(|pair| !collide(pair[0], pair[1]));
        let free = apart && sorted.iter().all(|edit| self.is_free(edit));
        if free {
            self.0.extend(sorted.iter().map(|edit| ((edit.at.source, edit.at.start), edit.at.end)));
        }
        free
    }

    fn is_free(&self, edit: &TextEdit) -> bool {
        let at = edit.at;
        let before = self.0.range((at.source, 0)..=(at.source, at.end)).next_back();
        before.is_none_or(|(_, end)| *end < at.start)
    }
}

/// Whether an edit reaches one that does not start before it.
fn collide(one: &TextEdit, next: &TextEdit) -> bool {
    one.at.source == next.at.source && next.at.start <= one.at.end
}

/// The changed texts after some more fixes.
fn applied(repaired: &RepairOutput, batch: &[Offer]) -> BTreeMap<String, String> {
    let edits: Vec<TextEdit> = batch.iter().flat_map(|offer| &offer.fix.edits).cloned().collect();
    applied_to(&repaired.checked, repaired.texts.clone(), &edits)
}

/// The changed texts after some edits of what was checked.
pub(crate) fn applied_to(
    checked: &CheckOutput,
    mut texts: BTreeMap<String, String>,
    edits: &[TextEdit],
) -> BTreeMap<String, String> {
    let mut by_file: BTreeMap<SourceId, Vec<TextEdit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(edit.at.source).or_default().push(edit.clone());
    }
    for (file, edits) in by_file {
        let source = checked.sources.get(file);
        texts.insert(source.name().to_owned(), apply(source.text(), &edits));
    }
    texts
}

/// Whether a finding is gone, and none has come.
pub(crate) fn clears(before: &CheckOutput, after: &CheckOutput, finding: &Finding) -> bool {
    let fix = Fix { title: String::new(), safety: Safety::Safe, edits: Vec::new() };
    let fingerprint = finding.fingerprint.as_str().to_owned();
    helps(before, after, &[Offer { fingerprint, severity: finding.severity, weight: weight(finding), fix }])
}

/// Whether the findings are gone for which fixes were applied, and none has come in their place.
fn helps(before: &CheckOutput, after: &CheckOutput, batch: &[Offer]) -> bool {
    let (old, new) = (tally(before), tally(after));
    let count = |tally: &BTreeMap<&str, (usize, Severity)>, kind: &str| tally.get(kind).map_or(0, |(count, _)| *count);
    let mut cleared: BTreeMap<&str, usize> = BTreeMap::new();
    batch.iter().for_each(|offer| *cleared.entry(unnumbered(&offer.fingerprint)).or_default() += offer.weight);
    let gone = cleared.iter().all(|(kind, cleared)| count(&new, kind) + cleared <= count(&old, kind));
    let bearable = batch.iter().map(tolerated_severity).min().flatten();
    let harmless = new.iter().all(|(kind, (count_now, severity))| {
        *count_now <= count(&old, kind) || bearable.is_some_and(|bearable| *severity <= bearable)
    });
    gone && harmless
}

/// The most severe finding that may come in the place of one that is fixed.
fn tolerated_severity(offer: &Offer) -> Option<Severity> {
    match (offer.fix.safety, offer.severity) {
        (Safety::Suggested, Severity::Error) => Some(Severity::Warning),
        (Safety::Suggested, Severity::Warning) => Some(Severity::Info),
        (Safety::Suggested, Severity::Info) | (Safety::Safe | Safety::Shown, _) => None,
    }
}

/// As how many a finding counts: a group as so many as it has members, so that it is not gone when it has fewer, and one more
/// is noticed.
fn weight(finding: &Finding) -> usize {
    finding.diagnostic.members().len().max(1)
}

/// How many open findings of each sort there are. The counter of equal ones says nothing: the next takes it over.
pub(crate) fn tally(checked: &CheckOutput) -> BTreeMap<&str, (usize, Severity)> {
    let mut tally: BTreeMap<&str, (usize, Severity)> = BTreeMap::new();
    for finding in checked.findings.iter().filter(|finding| finding.suppressed.is_none()) {
        tally.entry(unnumbered(finding.fingerprint.as_str())).or_insert((0, finding.severity)).0 += weight(finding);
    }
    tally
}

/// A fingerprint without its counter.
pub(crate) fn unnumbered(fingerprint: &str) -> &str {
    fingerprint.split('-').next().unwrap_or(fingerprint)
}
