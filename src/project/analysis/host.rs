//! A checked project that stays in memory, and is checked again after an edit of one file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::check::{
    CheckOutput, Excluded, claims_files, document_problems, lint_context, read_claims, report_no_files, report_unlisted,
};
use super::context::{ProjectContext, SettingsSource};
use super::documents;
use super::documents::DocumentCache;
use crate::diagnostic::Diagnostic;
use crate::model::{Corpus, CorpusDelta, DateRange, FileIndex, LinkProblems, LinkState, QuotationMatches, Replaced};
use crate::project::files::discover::CLAIMS;
use crate::project::files::overlay::Overlay;
use crate::project::files::tree::Tree;
use crate::project::problems;
use crate::rule::{Finding, IncrementalLinter, Producer, RuleInvalidation};
use crate::text::SourceId;

/// A project that was checked and is kept, so that an edit of one file costs less than another check.
///
/// What is found after any number of edits is what a check of the same files would find. Only names to choose from are offered
/// where a check would have given up looking for them, since it looks for so many.
pub struct AnalysisHost<'a> {
    setup: SettingsSource<'a>,
    explicit: Vec<String>,
    today: DateRange,
    /// The files, with what nobody has saved yet laid over them.
    tree: Overlay<'a>,
    context: ProjectContext,
    corpus: Corpus,
    settled: SettledSettings,
    claims: BTreeMap<String, ClaimsReload>,
    listing: FileListing,
    document_cache: DocumentCache,
    matches: QuotationMatches,
    links: LinkState,
    linter: IncrementalLinter,
    /// What came of the last check, if that was asked for: then it holds the corpus, and most of the house.
    checked: Option<CheckOutput>,
    reuse: IncrementalStats,
}

/// What is known of the settings beside the house.
#[derive(Default)]
struct SettledSettings {
    /// The names of the files that they were read from.
    names: Vec<String>,
    problems: Vec<Diagnostic>,
}

/// What is known of which files there are.
#[derive(Default)]
struct FileListing {
    excluded: Vec<Excluded>,
    problems: Vec<Diagnostic>,
    /// Where the texts of claims files stood that are no longer there.
    gone: BTreeMap<String, SourceId>,
}

/// What came of reading a claims file.
struct ClaimsReload {
    source: SourceId,
    /// Its pieces.
    parts: Vec<Arc<FileIndex>>,
    problems: Vec<Diagnostic>,
    is_read: bool,
}

/// How much was used again so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IncrementalStats {
    /// The edits after which everything was read again.
    pub opened: usize,
    /// The edits after which all claims were linked again, and all rules asked.
    pub linked: usize,
    /// The edits after which no more was followed than the references of the edited file.
    pub followed: usize,
    /// How often a rule was asked about all claims, since everything was read.
    pub asked: usize,
    /// How often a rule was asked about some blocks alone, and kept what it had found of others.
    pub asked_in_part: usize,
    /// How often a rule was not asked, and kept what it had found.
    pub kept: usize,
}

impl<'a> AnalysisHost<'a> {
    /// Checks the claims of a tree by the settings that are read from `setup`, and keeps what came of it; otherwise as
    /// [`check`](super::check()).
    pub fn open(
        tree: &'a dyn Tree,
        setup: SettingsSource<'a>,
        explicit: &[String],
        today: DateRange,
    ) -> AnalysisHost<'a> {
        let mut host = AnalysisHost {
            setup,
            explicit: explicit.to_vec(),
            today,
            tree: Overlay { under: tree, texts: BTreeMap::new() },
            context: ProjectContext::default(),
            corpus: Corpus::default(),
            settled: SettledSettings::default(),
            claims: BTreeMap::new(),
            listing: FileListing::default(),
            document_cache: DocumentCache::default(),
            matches: QuotationMatches::default(),
            links: LinkState::default(),
            linter: IncrementalLinter::default(),
            checked: None,
            reuse: IncrementalStats::default(),
        };
        host.reload();
        host
    }

    /// All that comes of the last check. To put it together takes the longer, the more is found: what is found in one file is told
    /// by [`Resident::found`].
    pub fn checked(&mut self) -> &CheckOutput {
        if self.checked.is_none() {
            let judged =
                self.linter.output(&self.context.rules, &lint_context(&self.context, &self.corpus, self.today));
            let files = self.claims.values().filter(|claims| claims.is_read).map(|claims| claims.source).collect();
            let checked = CheckOutput::of(&mut self.context, std::mem::take(&mut self.corpus), judged, files);
            self.checked = Some(CheckOutput { excluded: self.listing.excluded.clone(), ..checked });
        }
        self.checked.get_or_insert_default()
    }

    /// What is found in the file at a path, in the order of [`Checked::findings`].
    pub fn found(&mut self, path: &str) -> Vec<Finding> {
        if !self.is_plain() {
            let checked = self.checked();
            let name = |finding: &&Finding| checked.sources.get(finding.diagnostic.primary.span.source).name() == path;
            return checked.findings.iter().filter(name).cloned().collect();
        }
        self.take_back();
        let (rules, sources) = (&self.context.rules, &self.context.sources);
        let known = self.claims.get(path).map(|claims| vec![claims.source]);
        let named = || sources.ids().filter(|id| sources.get(*id).name() == path).collect();
        let all = known.unwrap_or_else(named).into_iter();
        all.flat_map(|source| self.linter.found(source, rules, sources)).collect()
    }

    /// How much was used again so far.
    pub fn reuse(&self) -> IncrementalStats {
        let tally = self.linter.tally();
        IncrementalStats { asked: tally.whole, asked_in_part: tally.part, kept: tally.kept, ..self.reuse }
    }

    /// Checks the project after an edit of the file at a path, joined and beneath the tree. It holds a text that nobody has
    /// saved; or else what stands in the tree, be that changed, new or gone. Returns the paths of files in which something else may
    /// be found than before: in others it is not.
    ///
    /// Whatever is neither a claims file nor a document is taken for a part of the settings.
    pub fn edit(&mut self, path: &str, text: Option<&str>) -> BTreeSet<String> {
        match text {
            Some(text) => drop(self.tree.texts.insert(path.to_owned(), text.to_owned())),
            None => drop(self.tree.texts.remove(path)),
        }
        let mut files = if self.is_plain() { BTreeSet::new() } else { self.with_findings() };
        self.take_back();
        let before = self.apply_edit(path);
        let changed = self.linter.changed();
        if before.is_none() && self.is_plain() {
            files.extend(changed.into_iter().map(|source| self.context.sources.get(source).name().to_owned()));
        } else {
            files.extend(before.into_iter().flatten());
            files.extend(self.with_findings());
        }
        files
    }

    /// Checks what an edit of a file concerns. If that is everything, it returns the files in which something was raised before.
    fn apply_edit(&mut self, path: &str) -> Option<BTreeSet<String>> {
        let (is_document, is_claims) = (self.document_cache.knows(path), path.ends_with(CLAIMS));
        let is_setting = self.settled.names.iter().any(|name| name == path);
        if is_setting || !is_document && !is_claims {
            let before = self.with_raised();
            self.reuse.opened += 1;
            self.reload();
            return Some(before);
        }
        self.document_cache.forget(path);
        // What was given up depends on who asks for it, and when.
        let gave_up = self.corpus.has_given_up();
        let read = if is_claims { self.reread(path) } else { Some(FileReload::default()) };
        if let Some(again) = read.filter(|_| !gave_up && !self.corpus.has_given_up()) {
            self.reuse.followed += 1;
            self.reanalyze(again, is_document);
            return None;
        }
        let before = self.with_raised();
        self.reuse.linked += 1;
        self.link();
        Some(before)
    }

    /// Whether what is found in a file depends on nothing but what was raised.
    fn is_plain(&self) -> bool {
        match &self.checked {
            Some(checked) => checked.is_plain(),
            None => {
                self.context.baseline.is_none()
                    && IncrementalLinter::is_plain(&self.corpus, &self.context.config.settings)
            }
        }
    }

    /// The paths of the files in which something is found.
    fn with_findings(&mut self) -> BTreeSet<String> {
        let checked = self.checked();
        let places = checked.findings.iter().map(|finding| finding.diagnostic.primary.span.source);
        let sources: BTreeSet<SourceId> = places.collect();
        sources.into_iter().map(|source| checked.sources.get(source).name().to_owned()).collect()
    }

    /// The paths of the files in which something was raised. Unlike findings, this is known without the texts, which may be new
    /// already where the claims are not.
    fn with_raised(&self) -> BTreeSet<String> {
        self.linter.files().map(|source| self.context.sources.get(source).name().to_owned()).collect()
    }

    /// Reads everything, whatever is known.
    fn reload(&mut self) {
        let tree: &dyn Tree = if self.setup.label.is_empty() { &self.tree } else { self.setup.tree };
        self.context = ProjectContext::open(SettingsSource { tree, ..self.setup });
        self.context.read_lock(&self.tree);
        self.settled.problems = std::mem::take(&mut self.context.problems);
        let sources = &self.context.sources;
        self.settled.names = sources.ids().map(|id| sources.get(id).name().to_owned()).collect();
        self.claims.clear();
        self.listing = FileListing::default();
        (self.document_cache, self.matches) = (DocumentCache::default(), QuotationMatches::kept());
        self.corpus = Corpus::default();
        self.corpus.schema = std::mem::take(&mut self.context.schema);
        self.list();
        self.link();
    }

    /// Takes back what came of the last check was given.
    fn take_back(&mut self) {
        if let Some(checked) = self.checked.take() {
            (self.context.sources, self.context.rules) = (checked.sources, checked.rules);
            (self.context.config, self.context.baseline) = (checked.config, checked.baseline);
            self.corpus = checked.corpus;
        }
    }

    /// Finds out which claims files there are, and reads those that were not.
    fn list(&mut self) {
        let (paths, excluded) = claims_files(&self.tree, &self.explicit, &mut self.context);
        let all_listed = report_unlisted(&self.tree, &mut self.context);
        if paths.is_empty() && all_listed {
            report_no_files(&mut self.context);
        }
        (self.listing.excluded, self.listing.problems) = (excluded, std::mem::take(&mut self.context.problems));
        let before = std::mem::take(&mut self.claims);
        self.listing.gone.extend(before.iter().map(|(path, claims)| (path.clone(), claims.source)));
        let (mut kept, mut unread) = (before, Vec::new());
        for path in paths {
            match kept.remove(&path) {
                Some(claims) => drop(self.claims.insert(path, claims)),
                None => unread.extend(self.take_text(path)),
            }
        }
        let files: Vec<SourceId> = unread.iter().map(|(_, source)| *source).collect();
        let read = read_claims(&files, &self.corpus.schema, &self.context);
        for ((path, source), read) in unread.into_iter().zip(read) {
            self.claims
                .insert(path, ClaimsReload { source, parts: read.pieces, problems: read.problems, is_read: true });
        }
    }

    /// Takes the text of a claims file in; nothing if it cannot be read, which is kept instead.
    fn take_text(&mut self, path: String) -> Option<(String, SourceId)> {
        let limit = self.context.config.file_size.value;
        let (text, why) = match self.tree.read(&path, limit) {
            Ok(text) => (text, None),
            Err(why) => (String::new(), Some(why)),
        };
        let source = match self.listing.gone.get(&path) {
            Some(source) => {
                self.context.sources.replace(*source, text);
                *source
            }
            None => self.context.sources.add(&path, text),
        };
        let Some(why) = why else { return Some((path, source)) };
        let problems = vec![problems::unread(source, &path, why, limit)];
        self.claims.insert(path, ClaimsReload { source, parts: Vec::new(), problems, is_read: false });
        None
    }

    /// Reads a claims file again. Says what is another thing then; nothing if that may be anything.
    fn reread(&mut self, path: &str) -> Option<FileReload> {
        let before = self.claims.remove(path);
        let text = self.tree.read(path, self.context.config.file_size.value);
        let (Some(before), Ok(text)) = (&before, text) else {
            self.listing.gone.extend(before.map(|before| (path.to_owned(), before.source)));
            self.list();
            return None;
        };
        let source = before.source;
        self.context.sources.replace(source, text);
        let read = read_claims(&[source], &self.corpus.schema, &self.context).pop()?;
        let number: usize = self.claims.range(..path.to_owned()).map(|(_, claims)| claims.parts.len()).sum();
        let replaced = match (before.parts.as_slice(), read.pieces.as_slice()) {
            ([_], [part]) => {
                let raised = self.linter.published_for(source);
                let pointing: Vec<&Diagnostic> =
                    raised.filter(|(producer, _)| points(*producer, number)).map(|(_, problem)| problem).collect();
                self.links.replace(&mut self.corpus, (number, Arc::clone(part)), &pointing)
            }
            (_, _) => None,
        };
        let problems = read.problems.clone();
        let claims = ClaimsReload { source, parts: read.pieces, problems: read.problems, is_read: true };
        self.claims.insert(path.to_owned(), claims);
        replaced.map(|replaced| FileReload { read: Some((source, number, problems)), replaced: Some(replaced) })
    }

    /// Raises again what an edit concerns, and asks the rules that it concerns.
    fn reanalyze(&mut self, again: FileReload, is_document: bool) {
        let FileReload { read, replaced } = again;
        let nothing = CorpusDelta::default();
        let changes = replaced.as_ref().map_or(&nothing, |replaced| &replaced.changes);
        let keeps = !is_document && !changes.changes_text();
        let touches = |linter: &IncrementalLinter, producer: Producer| {
            let source = changes.source();
            source.is_some_and(|source| linter.published_for(source).any(|(other, _)| other == producer))
        };
        if !keeps || self.context.lock.is_some() || touches(&self.linter, Producer::Documents) {
            self.read_documents(keeps);
        }
        let (linter, sources) = (&mut self.linter, &self.context.sources);
        if let (Some((source, number, problems)), Some(replaced)) = (read, &replaced) {
            linter.relocate(
                source,
                |producer| points(producer, number),
                (sources, |problem| replaced.moves.apply(problem)),
            );
            linter.publish(Producer::File(source), problems, sources);
            linter.publish(Producer::Part(number), replaced.problems.iter().cloned(), sources);
        }
        if self.corpus.may_be_circular(changes) || touches(linter, Producer::Cycles) {
            linter.publish(Producer::Cycles, self.corpus.cycles(), sources);
        }
        if self.corpus.may_repeat(changes) || touches(linter, Producer::Unique) {
            linter.publish(Producer::Unique, self.corpus.not_unique(), sources);
        }
        let lint = lint_context(&self.context, &self.corpus, self.today);
        linter.relint(&self.context.rules, &lint, RuleInvalidation { changes, documents: is_document });
        linter.publish(Producer::Quotations, documents::not_compared(&self.corpus), sources);
    }

    /// Links all claims, and asks all rules.
    fn link(&mut self) {
        let parts = self.claims.values().flat_map(|claims| claims.parts.iter().cloned()).collect();
        let schema = std::mem::take(&mut self.corpus.schema);
        let wrong;
        (self.corpus, self.links, wrong) = LinkState::of(parts, schema, self.context.workers());
        self.corpus.keep_matches(self.matches.clone());
        self.linter = IncrementalLinter::default();
        self.read_documents(false);
        self.publish_all(wrong);
        let lint = lint_context(&self.context, &self.corpus, self.today);
        self.linter.lint(&self.context.rules, &lint);
        self.linter.publish(Producer::Quotations, documents::not_compared(&self.corpus), &self.context.sources);
        // All of it is new, and told as such.
        self.linter.changed();
        // The first edits would wait for it.
        self.corpus.prepare_referrers(self.context.workers());
    }

    /// Raises what is wrong before rules are asked.
    fn publish_all(&mut self, wrong: LinkProblems) {
        let (linter, sources) = (&mut self.linter, &self.context.sources);
        let settings = self.settled.problems.iter().chain(&self.listing.problems);
        linter.publish(Producer::Settings, settings.cloned(), sources);
        for claims in self.claims.values() {
            linter.publish(Producer::File(claims.source), claims.problems.iter().cloned(), sources);
        }
        for (number, problems) in wrong.of_parts.into_iter().enumerate() {
            linter.publish(Producer::Part(number), problems, sources);
        }
        linter.publish(Producer::Names, wrong.names, sources);
        linter.publish(Producer::Cycles, wrong.cycles, sources);
        linter.publish(Producer::Unique, wrong.unique, sources);
    }

    /// Reads the documents that claims quote; the corpus `keeps` those that it has, if they are the same.
    fn read_documents(&mut self, keeps: bool) {
        let (tree, limit) = (&self.tree, self.context.config.file_size.value);
        let bytes = |path: &str| tree.bytes(path, limit).map(Some);
        let problems = document_problems(&mut self.context, &mut self.corpus, (&mut self.document_cache, keeps), bytes);
        self.linter.publish(Producer::Documents, problems, &self.context.sources);
    }
}

/// What came of reading a claims file again, if one was edited.
#[derive(Default)]
struct FileReload {
    /// The file, the number of its piece, and what is wrong with how it is written.
    read: Option<(SourceId, usize, Vec<Diagnostic>)>,
    replaced: Option<Replaced>,
}

/// Whether what somebody raised only points at the piece of a file, so that it stays when that is another.
fn points(producer: Producer, piece: usize) -> bool {
    match producer {
        Producer::Names => true,
        Producer::Part(number) => number != piece,
        Producer::Settings
        | Producer::Documents
        | Producer::Quotations
        | Producer::Cycles
        | Producer::Unique
        | Producer::File(_)
        | Producer::Rule(_)
        | Producer::Run => false,
    }
}
