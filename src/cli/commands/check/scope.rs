//! Which findings are reported, when only some files were asked for.

use std::collections::{BTreeSet, HashMap, HashSet};

use recte::diagnostic::Severity;
use recte::project::{CheckOutput, LOCK_NAME, documents};
use recte::rule::Finding;
use recte::text::{SourceId, Span};

use super::arguments::ReportReach;
use super::filter::Filter;
use super::selection::SelectedProject;

/// What a passage is reported by that is not what the lock has.
const CHANGED_PASSAGE: &str = "CL0720";

/// The findings that were asked for.
pub(super) struct Scope<'a> {
    checked: &'a CheckOutput,
    /// The claims files of the project.
    claims: BTreeSet<SourceId>,
    width: ReportReach,
    /// The files and folders in which findings are asked for; none narrows nothing.
    within: Paths<'a>,
    /// The files that were asked for: claims, documents, the lock.
    files: BTreeSet<SourceId>,
    /// The ids that are declared in them, and of what rests on the documents among them.
    ids: HashSet<String>,
    /// Where a document is named that was asked for.
    documents: Vec<Span>,
    /// Whether what was accepted of the documents is among them.
    is_lock: bool,
    /// The rules that were asked for.
    filter: &'a Filter,
    /// What was found before a change, and how much it weighed.
    before: Option<HashMap<String, Severity>>,
}

impl<'a> Scope<'a> {
    /// What is asked for of a project.
    pub(super) fn new(
        checked: &'a CheckOutput,
        (width, filter): (ReportReach, &'a Filter),
        target: &'a SelectedProject,
    ) -> Scope<'a> {
        let within = &target.located.only;
        let paths = Paths::new(target.changed.as_ref().unwrap_or(within));
        let name = |file: &SourceId| checked.sources.get(*file).name();
        let files: BTreeSet<SourceId> = checked.sources.ids().filter(|file| paths.holds(name(file))).collect();
        let settings_are_unchanged = || !files.iter().any(|file| checked.settings.contains(file));
        let whole = match &target.changed {
            None => within.is_empty() || width == ReportReach::Affected && !settings_are_unchanged(),
            Some(_) => target.settings_changed || !settings_are_unchanged(),
        };
        let width = if whole { ReportReach::All } else { width };
        // Who takes part in what is asked only where that counts.
        let mut ids: HashSet<String> = HashSet::new();
        let mut documents = Vec::new();
        if width != ReportReach::All {
            documents = resting(checked, &paths, &mut ids);
        }
        if width == ReportReach::Affected {
            let inside = checked.corpus.block_ids().filter(|block| files.contains(&checked.corpus.source(*block)));
            ids.extend(inside.map(|block| checked.corpus.identity(block)));
        }
        let is_lock = paths.holds(LOCK_NAME);
        // Paths beside changes narrow where findings are asked for, not what changed.
        let within = Paths::new(if target.changed.is_some() { within } else { &[] });
        let claims = checked.files.iter().copied().collect();
        Scope { checked, claims, width, within, files, ids, documents, is_lock, filter, before: None }
    }

    /// Whether something was found that is not held, and may only be there since the change that is asked for.
    pub(super) fn leaves_some_out(&self) -> bool {
        let mut open = self.checked.findings.iter().filter(|finding| finding.suppressed.is_none());
        self.width == ReportReach::Affected && open.any(|finding| !self.is_within(finding))
    }

    /// Takes in what was found before the change: whatever was not, or weighed less, is held.
    pub(super) fn compare(&mut self, before: &[Finding]) {
        let open = before.iter().filter(|finding| finding.suppressed.is_none());
        self.before = Some(open.map(|it| (it.fingerprint.to_string(), it.severity)).collect());
    }

    /// Whether a finding was asked for; what is wrong with the settings, or could not be read, always is.
    pub(super) fn holds(&self, finding: &Finding) -> bool {
        self.filter.holds(finding, &self.checked.rules) && self.is_within(finding)
    }

    fn is_within(&self, finding: &Finding) -> bool {
        let place = finding.diagnostic.primary.span.source;
        let name = self.checked.sources.get(place).name();
        if !self.claims.contains(&place) {
            return true;
        }
        (self.within.0.is_empty() || self.within.holds(name))
            && match self.width {
                ReportReach::All => true,
                ReportReach::Changed => self.files.contains(&place) || self.plays_a_part(finding),
                ReportReach::Affected => {
                    self.files.contains(&place) || self.is_affected(finding) || self.is_new(finding)
                }
            }
    }

    /// Whether any file that was read is among those that were asked for.
    pub(super) fn is_met(&self, within: &[String]) -> bool {
        let is_claims = |file: &SourceId| self.claims.contains(file);
        let name = |file: &SourceId| self.checked.sources.get(*file).name();
        let is_named = |file: &SourceId| within.iter().any(|path| path == name(file));
        within.is_empty() || self.files.iter().any(|file| is_claims(file) || is_named(file))
    }

    /// Whether every file that a fix would change was asked for.
    pub(super) fn may_change(&self, finding: &Finding) -> bool {
        let edits = finding.best_fix().into_iter().flat_map(|fix| &fix.edits);
        self.width == ReportReach::All || edits.into_iter().all(|edit| self.files.contains(&edit.at.source))
    }

    /// Whether something of the files is shown in a finding, plays a part in it, or is what it rests on.
    fn is_affected(&self, finding: &Finding) -> bool {
        let diagnostic = &finding.diagnostic;
        let shown = diagnostic.labels.iter().any(|label| self.files.contains(&label.span.source));
        let is_of_lock = self.is_lock && diagnostic.code.as_str() == CHANGED_PASSAGE;
        shown || is_of_lock || self.plays_a_part(finding)
    }

    /// Whether what was asked for plays a part in a finding, or is what it misses.
    fn plays_a_part(&self, finding: &Finding) -> bool {
        let diagnostic = &finding.diagnostic;
        self.documents.contains(&diagnostic.primary.span) || diagnostic.parts().any(|id| self.ids.contains(id))
    }

    /// Whether the change brought a finding, or made it heavier.
    fn is_new(&self, finding: &Finding) -> bool {
        let weight = |before: &HashMap<String, Severity>| before.get(finding.fingerprint.as_str()).copied();
        finding.suppressed.is_none()
            && self.before.as_ref().is_some_and(|before| weight(before).is_none_or(|weight| weight < finding.severity))
    }
}

/// Where documents at some paths are named; adds the ids of what names them, of what is quoted from them, and of what
/// rests on that.
fn resting(checked: &CheckOutput, paths: &Paths<'_>, ids: &mut HashSet<String>) -> Vec<Span> {
    let corpus = &checked.corpus;
    let mut cited = documents(corpus);
    cited.retain(|cited| cited.target(&checked.sources).is_ok_and(|path| paths.holds(&path)));
    if !cited.is_empty() {
        let resting = corpus.resting_on(cited.iter().map(|cited| cited.block));
        ids.extend(resting.into_iter().map(|block| corpus.identity(block)));
    }
    cited.iter().map(|cited| cited.at).collect()
}

/// Files and folders, looked up by path.
struct Paths<'a>(HashSet<&'a str>);

impl<'a> Paths<'a> {
    fn new(paths: &'a [String]) -> Paths<'a> {
        Paths(paths.iter().map(String::as_str).collect())
    }

    /// Whether a path is one of them, or stands beneath one.
    fn holds(&self, path: &str) -> bool {
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        above.chain([path]).any(|path| self.0.contains(path))
    }
}
