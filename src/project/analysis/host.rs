//! A project under analysis: changes of its files are applied, and immutable snapshots of what is found are taken.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::accepted::earlier;
use super::accepted::read_lock::ReadLock;
use super::change::{FileChange, IncrementalStats};
use super::claims_files::{LoadedClaims, Reread};
use super::context::{ProjectContext, SettingsSource};
use super::documents::{self, DocumentCache, DocumentReading};
use super::namespaces;
use super::output::CheckOutput;
use super::request::CheckRequest;
use crate::diagnostic::Diagnostic;
use crate::model::{Corpus, CorpusDelta, LinkProblems, LinkState, QuotationMatches, Replaced};
use crate::project::files::overlay::Overlay;
use crate::project::files::tree::Tree;
use crate::project::names::{CLAIMS, LOCK_NAME};
use crate::rule::{Finding, IncrementalLinter, LintOutput, Producer, RuleInvalidation};
use crate::text::{SourceId, Sources};

/// A project that is checked, and checked again after changes, each of which costs less than a check that begins with nothing.
///
/// What is found after any number of changes is what a check of the same files would find. Only names to choose from are offered
/// where a check would have given up looking for them, since it looks for so many.
///
/// ```
/// use std::collections::BTreeMap;
/// use recte::model::DateRange;
/// use recte::project::{AnalysisHost, CheckRequest, NoFiles, Overlay, ProjectContext};
///
/// let texts = BTreeMap::from([("a.claims".to_owned(), "actor japan { is: state }".to_owned())]);
/// let tree = Overlay { under: &NoFiles, texts };
/// let today = DateRange::parse("2026-01-01").expect("a date");
/// let mut host = AnalysisHost::judged_by(ProjectContext::builtin(), CheckRequest::new(&tree, today));
/// let before = host.snapshot();
/// host.edit("a.claims", Some("actor japan { is: nothing }"));
/// assert!(before.findings.len() < host.snapshot().findings.len());
/// ```
pub struct AnalysisHost<'a> {
    /// Where the settings are read from, if they may change.
    source: Option<SettingsSource<'a>>,
    request: CheckRequest<'a>,
    /// The files, with what nobody has saved yet laid over them.
    tree: Overlay<'a>,
    context: ProjectContext,
    sources: Arc<Sources>,
    corpus: Arc<Corpus>,
    lock: ReadLock,
    claims: LoadedClaims,
    documents: DocumentCache,
    matches: QuotationMatches,
    links: LinkState,
    linter: IncrementalLinter,
    /// The last snapshot, as long as nothing was applied after it.
    snapshot: Option<Arc<CheckOutput>>,
    stats: IncrementalStats,
}

impl<'a> AnalysisHost<'a> {
    /// Reads and checks a project by the settings that `source` says, which are read again when they change.
    pub fn open(source: SettingsSource<'a>, request: CheckRequest<'a>) -> AnalysisHost<'a> {
        let mut host = AnalysisHost::empty(Some(source), request);
        host.reload();
        host.prepare();
        host
    }

    /// Reads and checks a project by settings that were read before, and that hold whatever changes.
    pub fn judged_by(context: ProjectContext, request: CheckRequest<'a>) -> AnalysisHost<'a> {
        let mut host = AnalysisHost { context, ..AnalysisHost::empty(None, request) };
        host.load();
        host
    }

    /// The same project, whose settings are read again from `source` when a change concerns them.
    #[must_use]
    pub fn with_settings_from(self, source: Option<SettingsSource<'a>>) -> AnalysisHost<'a> {
        AnalysisHost { source, ..self }
    }

    fn empty(source: Option<SettingsSource<'a>>, request: CheckRequest<'a>) -> AnalysisHost<'a> {
        AnalysisHost {
            source,
            request,
            tree: Overlay { under: request.tree, texts: BTreeMap::new() },
            context: ProjectContext::default(),
            sources: Arc::default(),
            corpus: Arc::default(),
            lock: ReadLock::default(),
            claims: LoadedClaims::default(),
            documents: DocumentCache::default(),
            matches: QuotationMatches::default(),
            links: LinkState::default(),
            linter: IncrementalLinter::default(),
            snapshot: None,
            stats: IncrementalStats::default(),
        }
    }

    /// All that is found as the project is now. To put it together takes the longer, the more is found: what is found in one file
    /// is told by [`AnalysisHost::found`].
    ///
    /// It is shared, and stays as it is. As long as somebody holds it, the next change copies the claims once.
    pub fn snapshot(&mut self) -> Arc<CheckOutput> {
        let known = self.snapshot.take().unwrap_or_else(|| Arc::new(self.output()));
        self.snapshot = Some(Arc::clone(&known));
        known
    }

    /// All that is found, for whoever applies no more changes.
    pub fn into_output(mut self) -> CheckOutput {
        let linter = std::mem::take(&mut self.linter);
        let lint = self.context.lint_context(&self.corpus, &self.sources, self.request.today);
        self.output_of(linter.into_output(&self.context.rules, &lint))
    }

    /// What is found in the file at a path, in the order of [`CheckOutput::findings`].
    pub fn found(&mut self, path: &str) -> Vec<Finding> {
        if !self.is_plain() {
            let checked = self.snapshot();
            let name = |finding: &&Finding| checked.sources.get(finding.diagnostic.primary.span.source).name() == path;
            return checked.findings.iter().filter(name).cloned().collect();
        }
        let (rules, sources) = (&self.context.rules, &self.sources);
        let known = self.claims.source(path).map(|source| vec![source]);
        let named = || sources.ids().filter(|id| sources.get(*id).name() == path).collect();
        let all = known.unwrap_or_else(named).into_iter();
        all.flat_map(|source| self.linter.found(source, rules, sources)).collect()
    }

    /// How much was used again so far.
    pub fn stats(&self) -> IncrementalStats {
        let tally = self.linter.tally();
        IncrementalStats { evaluated: tally.whole, evaluated_in_part: tally.part, kept: tally.kept, ..self.stats }
    }

    /// Applies a change of one file; otherwise as [`AnalysisHost::apply`].
    pub fn edit(&mut self, path: &str, text: Option<&str>) -> BTreeSet<String> {
        self.apply([FileChange { path: path.to_owned(), text: text.map(str::to_owned) }])
    }

    /// Lays exactly these texts over the files of the tree, and takes a snapshot.
    pub fn overlay(&mut self, texts: &BTreeMap<String, String>) -> Arc<CheckOutput> {
        let back = self.tree.texts.keys().filter(|path| !texts.contains_key(*path));
        let back = back.map(|path| FileChange { path: path.clone(), text: None });
        let new = texts.iter().filter(|(path, text)| self.tree.texts.get(*path) != Some(text));
        let new = new.map(|(path, text)| FileChange { path: path.clone(), text: Some(text.clone()) });
        let changes: Vec<FileChange> = back.chain(new).collect();
        if !changes.is_empty() {
            self.apply(changes);
        }
        self.snapshot()
    }

    /// Checks the project after changes of files. Returns the paths of files in which something else may be found than before:
    /// in others it is not.
    ///
    /// Whatever is neither a claims file nor a document is taken for a part of the settings.
    pub fn apply(&mut self, changes: impl IntoIterator<Item = FileChange>) -> BTreeSet<String> {
        let mut files = if self.is_plain() { BTreeSet::new() } else { self.with_findings() };
        self.snapshot = None;
        let mut paths = BTreeSet::new();
        for FileChange { path, text } in changes {
            match text {
                Some(text) => drop(self.tree.texts.insert(path.clone(), text)),
                None => drop(self.tree.texts.remove(&path)),
            }
            paths.insert(path);
        }
        let before = self.reanalyze(&paths);
        let changed = self.linter.changed();
        if before.is_none() && self.is_plain() {
            files.extend(changed.into_iter().map(|source| self.sources.get(source).name().to_owned()));
        } else {
            files.extend(before.into_iter().flatten());
            files.extend(self.with_findings());
        }
        files
    }

    /// Reads the settings and everything else again, for a change that no path of the tree tells of.
    pub fn reopen(&mut self) {
        self.snapshot = None;
        self.stats.opened += 1;
        self.reload();
    }

    /// Analyzes what changes of files concern. If that is everything, it returns the files that had diagnostics before.
    fn reanalyze(&mut self, paths: &BTreeSet<String>) -> Option<BTreeSet<String>> {
        if paths.iter().any(|path| self.is_setting(path)) {
            let before = self.with_diagnostics();
            self.stats.opened += 1;
            self.reload();
            return Some(before);
        }
        let is_document = paths.iter().any(|path| self.documents.knows(path));
        paths.iter().for_each(|path| self.documents.forget(path));
        let claims: Vec<&String> = paths.iter().filter(|path| path.ends_with(CLAIMS)).collect();
        // What was given up depends on who asks for it, and when.
        let gave_up = self.corpus.has_given_up();
        let read = match claims.as_slice() {
            [] => Some(FileReload::default()),
            [path] => self.reread(path),
            _ => {
                claims.iter().for_each(|path| self.claims.forget(path));
                self.list();
                None
            }
        };
        if let Some(again) = read.filter(|_| !gave_up && !self.corpus.has_given_up()) {
            self.stats.followed += 1;
            self.relint(again, is_document);
            return None;
        }
        let before = self.with_diagnostics();
        self.stats.linked += 1;
        self.link();
        Some(before)
    }

    /// Whether a change of a file may be one of the settings, which are then read again.
    fn is_setting(&self, path: &str) -> bool {
        let sources = &self.context.sources;
        let is_named = path == LOCK_NAME || sources.ids().any(|id| sources.get(id).name() == path);
        let is_other = !self.documents.knows(path) && !path.ends_with(CLAIMS);
        self.source.is_some() && (is_named || is_other)
    }

    /// Whether what is found in a file depends on nothing but its diagnostics.
    fn is_plain(&self) -> bool {
        self.context.baseline.is_none() && IncrementalLinter::is_plain(&self.corpus, &self.context.config.settings)
    }

    /// The paths of the files in which something is found.
    fn with_findings(&mut self) -> BTreeSet<String> {
        let checked = self.snapshot();
        let places = checked.findings.iter().map(|finding| finding.diagnostic.primary.span.source);
        let sources: BTreeSet<SourceId> = places.collect();
        sources.into_iter().map(|source| checked.sources.get(source).name().to_owned()).collect()
    }

    /// The paths of the files that have diagnostics. Unlike findings, this is known without the texts, which may be new
    /// already where the claims are not.
    fn with_diagnostics(&self) -> BTreeSet<String> {
        self.linter.files().map(|source| self.sources.get(source).name().to_owned()).collect()
    }

    /// What is found, put together from what is known.
    fn output(&self) -> CheckOutput {
        let lint = self.context.lint_context(&self.corpus, &self.sources, self.request.today);
        self.output_of(self.linter.output(&self.context.rules, &lint))
    }

    /// A snapshot with what was linted.
    fn output_of(&self, LintOutput { mut findings, exceptions, effort }: LintOutput) -> CheckOutput {
        let context = &self.context;
        let stale = context.baseline.iter().flat_map(|baseline| baseline.apply(&mut findings, &context.rules));
        let stale = stale.map(|entry| entry.fingerprint.clone()).collect();
        CheckOutput {
            sources: Arc::clone(&self.sources),
            findings,
            exceptions,
            effort,
            baseline: context.baseline.clone(),
            stale,
            rules: Arc::clone(&context.rules),
            claims: self.corpus.claims(),
            corpus: Arc::clone(&self.corpus),
            config: Arc::clone(&context.config),
            settings: context.sources.ids().collect(),
            files: self.claims.read().collect(),
            apart: self.lock.apart,
            excluded: self.claims.excluded().to_vec(),
        }
    }

    /// Makes ready what the first change would have to wait for.
    fn prepare(&mut self) {
        self.corpus.prepare_referrers(self.context.workers());
    }

    /// Reads everything, the settings first.
    fn reload(&mut self) {
        if let Some(source) = self.source {
            let tree: &dyn Tree = if source.label.is_empty() { &self.tree } else { source.tree };
            self.context = ProjectContext::open(SettingsSource { tree, ..source });
        }
        self.matches = QuotationMatches::kept();
        self.load();
    }

    /// Reads everything but the settings.
    fn load(&mut self) {
        let mut sources = self.context.sources.clone();
        self.lock = ReadLock::open(&self.tree, &self.context, &mut sources);
        self.sources = Arc::new(sources);
        self.claims = LoadedClaims::default();
        self.documents = DocumentCache::default();
        self.list();
        self.link();
    }

    /// Finds out which claims files there are, and reads those that were not.
    fn list(&mut self) {
        let sources = Arc::make_mut(&mut self.sources);
        self.claims.list((&self.tree, self.request.explicit), &self.context, sources);
    }

    /// Reads a claims file again. Says what is another thing then; nothing if that may be anything.
    fn reread(&mut self, path: &str) -> Option<FileReload> {
        let sources = Arc::make_mut(&mut self.sources);
        let Some(Reread { number, before, now }) = self.claims.reread((path, &self.tree), &self.context, sources)
        else {
            self.list();
            return None;
        };
        let ([_], [part]) = (before.parts.as_slice(), now.parts.as_slice()) else { return None };
        let published = self.linter.published_for(now.source);
        let pointing: Vec<&Diagnostic> =
            published.filter(|(producer, _)| points(*producer, number)).map(|(_, problem)| problem).collect();
        let corpus = Arc::make_mut(&mut self.corpus);
        let replaced = self.links.replace(corpus, (number, Arc::clone(part)), &pointing)?;
        Some(FileReload { read: Some((now.source, number, now.problems.clone())), replaced: Some(replaced) })
    }

    /// Publishes again the diagnostics that a change concerns, and evaluates the rules that it concerns.
    fn relint(&mut self, again: FileReload, is_document: bool) {
        let FileReload { read, replaced } = again;
        let nothing = CorpusDelta::default();
        let changes = replaced.as_ref().map_or(&nothing, |replaced| &replaced.changes);
        let keeps = !is_document && !changes.changes_text();
        let touches = |linter: &IncrementalLinter, producer: Producer| {
            let source = changes.source();
            source.is_some_and(|source| linter.published_for(source).any(|(other, _)| other == producer))
        };
        if !keeps || self.lock.file.is_some() || touches(&self.linter, Producer::Documents) {
            self.read_documents(keeps);
        }
        let (linter, sources) = (&mut self.linter, &self.sources);
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
        let lint = self.context.lint_context(&self.corpus, sources, self.request.today);
        linter.relint(&self.context.rules, &lint, RuleInvalidation { changes, documents: is_document });
        linter.publish(Producer::Quotations, documents::not_compared(&self.corpus), sources);
    }

    /// Links all claims, and asks all rules.
    fn link(&mut self) {
        let parts = self.claims.parts();
        let schema = Arc::clone(&self.context.schema);
        let (mut corpus, links, wrong) = LinkState::of(parts, schema, self.context.workers());
        corpus.keep_matches(self.matches.clone());
        (self.corpus, self.links) = (Arc::new(corpus), links);
        self.linter = IncrementalLinter::default();
        self.read_documents(false);
        self.publish_all(wrong);
        let lint = self.context.lint_context(&self.corpus, &self.sources, self.request.today);
        self.linter.lint(&self.context.rules, &lint);
        self.linter.publish(Producer::Quotations, documents::not_compared(&self.corpus), &self.sources);
        // All of it is new, and told as such.
        self.linter.changed();
    }

    /// Publishes what is wrong before rules are evaluated.
    fn publish_all(&mut self, wrong: LinkProblems) {
        let (linter, sources) = (&mut self.linter, &self.sources);
        let settings = self.context.problems.iter().chain(&self.lock.problems).chain(self.claims.listing_problems());
        linter.publish(Producer::Settings, settings.cloned(), sources);
        for (source, problems) in self.claims.problems() {
            linter.publish(Producer::File(source), problems.iter().cloned(), sources);
        }
        for (number, problems) in wrong.of_parts.into_iter().enumerate() {
            linter.publish(Producer::Part(number), problems, sources);
        }
        linter.publish(Producer::Names, wrong.names, sources);
        linter.publish(Producer::Cycles, wrong.cycles, sources);
        linter.publish(Producer::Unique, wrong.unique, sources);
    }

    /// Reads the documents that claims quote, and holds them against what was accepted; the corpus `keeps` those that it has, if
    /// they are the same.
    fn read_documents(&mut self, keeps: bool) {
        let (tree, config, request) = (&self.tree, &self.context.config, &self.request);
        let (sources, corpus) = (Arc::make_mut(&mut self.sources), Arc::make_mut(&mut self.corpus));
        let mut problems = namespaces::empty(config, corpus);
        let limits = (config.file_size.value, config.rule_steps.value);
        let mut reading = DocumentReading { sources, cache: &mut self.documents, limits, keeps };
        problems.extend(documents::read(corpus, &mut reading, |path, is_read| match request.wordless {
            Some(known) if known == path => Ok(None),
            _ if !is_read => tree.probe(path).map(|_| None),
            _ => tree.bytes(path, limits.0).map(Some),
        }));
        let (drift, told) = self.lock.drift(corpus, sources, self.context.must_hold);
        problems.extend(drift);
        if let Some(earlier) = request.earlier.filter(|_| !self.lock.is_unreadable()) {
            let at = self.lock.place(sources);
            problems.extend(earlier::problems(earlier, (self.lock.lock(), &told), (corpus, sources), at));
        }
        self.linter.publish(Producer::Documents, problems, sources);
    }
}

/// What came of reading a claims file again, if one was edited.
#[derive(Default)]
struct FileReload {
    /// The file, the number of its piece, and what is wrong with how it is written.
    read: Option<(SourceId, usize, Vec<Diagnostic>)>,
    replaced: Option<Replaced>,
}

/// Whether the diagnostics of a producer only point at the piece of a file, so that they stay when that is another.
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
