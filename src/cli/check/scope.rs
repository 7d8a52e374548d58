//! Which findings are reported, when only some files were asked for.

use std::collections::{BTreeSet, HashSet};

use clap::ValueEnum;
use recte::project::{Checked, Document, documents, join};
use recte::rule::Finding;
use recte::text::{SourceId, Span};

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
    width: Width,
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
    /// What the files and folders in `only` narrow a report to; none of them narrows nothing. `before` are
    /// the ids that the files declared in another state.
    pub(super) fn new(checked: &'a Checked, width: Width, only: &[String], before: BTreeSet<String>) -> Scope<'a> {
        let named = |file: &&SourceId| only.iter().any(|only| is_beneath(checked.sources.get(**file).name(), only));
        let files: BTreeSet<SourceId> = checked.files.iter().filter(named).copied().collect();
        let corpus = &checked.corpus;
        let inside = corpus.block_ids().filter(|block| files.contains(&corpus.source(*block)));
        let ids: HashSet<String> = if width == Width::Affected {
            inside.map(|block| corpus.identity(block)).collect()
        } else {
            HashSet::new()
        };
        let gone = before.into_iter().filter(|id| corpus.named(id).is_none()).collect();
        let settings = || checked.sources.ids().any(|file| is_setting(file, checked, only));
        let all = only.is_empty() || width == Width::Affected && settings();
        let documents = documents(corpus).into_iter().filter(|named| is_asked(named, checked, only));
        let (mut ids, mut places) = (ids, Vec::new());
        for named in documents {
            ids.insert(corpus.identity(named.block));
            places.push(named.at);
        }
        Scope { checked, width: if all { Width::All } else { width }, files, ids, documents: places, gone }
    }

    /// Whether a finding was asked for; what is wrong with the settings, or could not be read, always is.
    pub(super) fn holds(&self, finding: &Finding) -> bool {
        let place = finding.diagnostic.primary.span.source;
        self.width == Width::All
            || self.files.contains(&place)
            || !self.checked.files.contains(&place)
            || self.width == Width::Affected && self.is_affected(finding)
    }

    /// Whether every file that a fix would change was asked for.
    pub(super) fn may_change(&self, finding: &Finding) -> bool {
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
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

/// Whether a document is one of the files that were asked for.
fn is_asked(named: &Document<'_>, checked: &Checked, only: &[String]) -> bool {
    let from = checked.sources.get(named.at.source).name();
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    join(folder, named.path).is_ok_and(|path| only.contains(&path))
}

/// Whether a path is `outer`, or stands beneath it.
fn is_beneath(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a file that was asked for by its name decides on how all claims are judged.
fn is_setting(file: SourceId, checked: &Checked, only: &[String]) -> bool {
    let name = checked.sources.get(file).name();
    !checked.files.contains(&file) && only.iter().any(|only| only == name)
}
