//! Which findings are reported, when only some files were asked for.

use std::collections::{BTreeSet, HashSet};

use clap::ValueEnum;
use recte::project::{Checked, documents};
use recte::rule::Finding;
use recte::text::{SourceId, Span};

use super::asked::Target;

/// How far a report reaches beyond the files that were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Width {
    /// Findings in these files
    Changed,
    /// Findings anywhere in which a claim of these files plays a part, or one that they held before
    Affected,
    /// All findings
    All,
}

/// The findings that were asked for.
pub(super) struct Scope<'a> {
    checked: &'a Checked,
    /// The claims files of the project.
    claims: BTreeSet<SourceId>,
    width: Width,
    /// The files and folders in which findings are asked for; none narrows nothing.
    within: Paths<'a>,
    /// The claims files that were asked for.
    files: BTreeSet<SourceId>,
    /// The ids that are declared in them.
    ids: HashSet<String>,
    /// Where a document is named that was asked for.
    documents: Vec<Span>,
    /// The ids that they declared before and that nothing declares any more.
    gone: BTreeSet<String>,
}

impl<'a> Scope<'a> {
    /// What is asked for of a project. `before` are the ids that the changed files declared in another state.
    pub(super) fn new(checked: &'a Checked, width: Width, target: &'a Target, before: BTreeSet<String>) -> Scope<'a> {
        let within = &target.located.only;
        let paths = Paths::new(target.changed.as_ref().unwrap_or(within));
        let name = |file: &SourceId| checked.sources.get(*file).name();
        let files: BTreeSet<SourceId> = checked.files.iter().filter(|file| paths.holds(name(file))).copied().collect();
        let whole =
            target.changed.is_none() && (within.is_empty() || width == Width::Affected && is_setting(checked, within));
        let width = if whole || target.unsettled { Width::All } else { width };
        let gone = before.into_iter().filter(|id| checked.corpus.named(id).is_none()).collect();
        // Who takes part in what is asked only where that counts.
        let (ids, documents) =
            if width == Width::Affected { affecting(checked, &files, &paths) } else { Default::default() };
        // Paths beside changes narrow where findings are asked for, not what changed.
        let within = Paths::new(if target.changed.is_some() { within } else { &[] });
        let claims = checked.files.iter().copied().collect();
        Scope { checked, claims, width, within, files, ids, documents, gone }
    }

    /// Whether a finding was asked for; what is wrong with the settings, or could not be read, always is.
    pub(super) fn holds(&self, finding: &Finding) -> bool {
        let place = finding.diagnostic.primary.span.source;
        let name = self.checked.sources.get(place).name();
        if !self.claims.contains(&place) {
            return true;
        }
        (self.within.0.is_empty() || self.within.holds(name))
            && match self.width {
                Width::All => true,
                Width::Changed => self.files.contains(&place),
                Width::Affected => self.files.contains(&place) || self.is_affected(finding),
            }
    }

    /// Whether any claims file, or a file of the settings, is among those that were asked for.
    pub(super) fn is_met(&self, within: &[String]) -> bool {
        within.is_empty() || !self.files.is_empty() || is_setting(self.checked, within)
    }

    /// Whether every file that a fix would change was asked for.
    pub(super) fn may_change(&self, finding: &Finding) -> bool {
        let edits = finding.best_fix().into_iter().flat_map(|fix| &fix.edits);
        self.width == Width::All || edits.into_iter().all(|edit| self.files.contains(&edit.at.source))
    }

    /// Whether a claim of the files is shown in a finding or plays a part in it, or one did that is gone.
    fn is_affected(&self, finding: &Finding) -> bool {
        let diagnostic = &finding.diagnostic;
        let shown = diagnostic.labels.iter().any(|label| self.files.contains(&label.span.source))
            || self.documents.contains(&diagnostic.primary.span);
        let mut parts = diagnostic.identity.roles.iter().flat_map(|(_, ids)| ids);
        shown || parts.any(|id| self.ids.contains(id)) || self.misses_what_is_gone(&diagnostic.identity.value)
    }

    /// Whether one of the words is an id that is gone, as it may be written within a namespace.
    fn misses_what_is_gone(&self, words: &str) -> bool {
        let names =
            |id: &str, word: &str| id == word || id.strip_suffix(word).is_some_and(|outer| outer.ends_with('/'));
        words.split_whitespace().any(|word| self.gone.iter().any(|id| names(id, word)))
    }
}

/// The ids that some files declare, or that have a document at some paths; and where such documents are named.
fn affecting(checked: &Checked, files: &BTreeSet<SourceId>, paths: &Paths<'_>) -> (HashSet<String>, Vec<Span>) {
    let corpus = &checked.corpus;
    let inside = corpus.block_ids().filter(|block| files.contains(&corpus.source(*block)));
    let mut cited = documents(corpus);
    cited.retain(|cited| cited.target(&checked.sources).is_ok_and(|path| paths.holds(&path)));
    let ids = inside.chain(cited.iter().map(|cited| cited.block)).map(|block| corpus.identity(block)).collect();
    (ids, cited.iter().map(|cited| cited.at).collect())
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

/// Whether one of the files that were asked for by name decides on how all claims are judged.
fn is_setting(checked: &Checked, only: &[String]) -> bool {
    let settings = checked.sources.ids().filter(|file| !checked.files.contains(file));
    let names: HashSet<&str> = settings.map(|file| checked.sources.get(file).name()).collect();
    only.iter().any(|only| names.contains(only.as_str()))
}
