//! One project from its root to its findings: every stage in order, none stopping the next.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::context::{ProjectContext, SettingsSource};
use super::documents;
use super::documents::{DocumentBytes, DocumentCache, DocumentReading, EXAMPLE_DOCUMENT};
use super::earlier;
use super::lock::LOCK_NAME;
use crate::diagnostic::Diagnostic;
use crate::model::{self, Corpus, DateRange, FileIndex, Lexicon};
use crate::project::config::{CONFIG_NAME, Config};
use crate::project::files::discover;
use crate::project::files::discover::CLAIMS;
use crate::project::files::root::Root;
use crate::project::files::tree::{NotRead, Tree};
use crate::project::problems;
use crate::rule::{
    self, Baseline, EXAMPLE_NAME, Exception, Finding, IncrementalLinter, LintContext, LintOutput, RuleCost, RuleSet,
};
use crate::schema::Schema;
use crate::syntax::{self, tree::Head};
use crate::text::{Nearest, SourceId, Sources, Span, Spanned};

/// What came of checking a project.
#[derive(Default)]
pub struct CheckOutput {
    /// Every text that was read.
    pub sources: Sources,
    /// Every finding, those that are silenced included, in order.
    pub findings: Vec<Finding>,
    /// Every exception in the claims and in the configuration.
    pub exceptions: Vec<Exception>,
    /// What each rule with conditions took, in the order of codes.
    pub effort: Vec<RuleCost>,
    /// The findings on record; none without a baseline.
    pub baseline: Option<Baseline>,
    /// The fingerprints of the entries of the baseline that hold no finding.
    pub stale: BTreeSet<String>,
    /// The rules, with the levels that the project gives them.
    pub rules: RuleSet,
    /// What the claims say; absent when nothing was resolved.
    pub corpus: Corpus,
    /// The settings that were in force.
    pub config: Config,
    /// The files by which the claims were judged: configurations, schemas, packs, the baseline, and those that are built in.
    pub settings: Vec<SourceId>,
    /// The claims files that were read.
    pub files: Vec<SourceId>,
    /// A file of the project whose faults are no faults of the settings, because these come from elsewhere.
    pub apart: Option<SourceId>,
    /// How many claims they hold.
    pub claims: usize,
    /// What leaves claims files out, in the order in which it does.
    pub excluded: Vec<Excluded>,
}

/// Something that leaves claims files out of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Excluded {
    /// A pattern under `exclude`.
    Pattern(Spanned<String>),
    /// Ignore files, with the claims files that they leave out.
    Ignored(Vec<String>),
}

/// Checks the project at `root` by its own settings; `explicit` files are read even where the project
/// leaves them out.
///
/// `today` is the day by which exceptions expire.
///
/// # Errors
/// When the root itself cannot be opened. All else is a finding.
pub fn check(root: &Path, explicit: &[String], today: DateRange) -> io::Result<CheckOutput> {
    let root = Root::open(root)?;
    Ok(check_tree(&root, SettingsSource::own(&root), explicit, today))
}

/// Checks the claims of a tree by the settings that are read from `setup`; otherwise as [`check`].
pub fn check_tree(tree: &dyn Tree, setup: SettingsSource<'_>, explicit: &[String], today: DateRange) -> CheckOutput {
    check_by(ProjectContext::open(setup), tree, explicit, today)
}

/// Checks the claims of a tree by settings that were read before; otherwise as [`check`].
pub fn check_by(mut context: ProjectContext, tree: &dyn Tree, explicit: &[String], today: DateRange) -> CheckOutput {
    let settings = context.sources.ids().collect();
    let (paths, excluded) = claims_files(tree, explicit, &mut context);
    let all_listed = report_unlisted(tree, &mut context);
    let files = context.read(tree, &paths);
    if paths.is_empty() && all_listed {
        report_no_files(&mut context);
    }
    context.read_lock(tree);
    let limit = context.config.file_size.value;
    let checked = analyze(context, &files, today, |path| tree.bytes(path, limit).map(Some));
    CheckOutput { excluded, settings, ..checked }
}

/// Reports the folders in which claims may stand that nobody could list; says whether all were listed.
pub(crate) fn report_unlisted(tree: &dyn Tree, context: &mut ProjectContext) -> bool {
    let unlisted = discover::wanted(tree.unlisted(), &context.config);
    for (path, kind) in &unlisted {
        let at = context.sources.add(if path.is_empty() { "." } else { path }, "");
        context.problems.push(problems::unlisted(at, path, *kind));
    }
    unlisted.is_empty()
}

/// Reports that there are no claims files.
pub(crate) fn report_no_files(context: &mut ProjectContext) {
    let at = context.config.own.unwrap_or_else(|| context.sources.add_absent(CONFIG_NAME));
    context.problems.push(problems::no_files(at));
}

/// The claims files of a project, sorted, and what leaves others out.
pub(crate) fn claims_files(
    tree: &dyn Tree,
    explicit: &[String],
    context: &mut ProjectContext,
) -> (Vec<String>, Vec<Excluded>) {
    let mut paths = tree.files("", CLAIMS);
    let config = &context.config;
    let problems = discover::exclude(&mut paths, &config.exclude, |pattern| config.is_own(pattern.span));
    let unmatched =
        config.settings.overrides.iter().flat_map(|by| &by.files).filter(|(written, pattern)| {
            config.is_own(written.span) && !paths.iter().any(|path| pattern.matches(path))
        });
    let unmatched: Vec<Diagnostic> = unmatched.map(|(written, _)| problems::matches_nothing(written)).collect();
    let patterns = config.exclude.iter().cloned().map(Excluded::Pattern);
    let ignored = Some(tree.left_out(CLAIMS)).filter(|ignored| !ignored.is_empty()).map(Excluded::Ignored);
    let excluded = patterns.chain(ignored).collect();
    context.problems.extend(problems.into_iter().chain(unmatched));
    let more = explicit.iter().filter(|path| path.ends_with(CLAIMS) && !paths.contains(path)).cloned();
    paths.extend(more.collect::<Vec<_>>());
    paths.sort();
    (paths, excluded)
}

/// Claims that stand in no folder.
#[derive(Clone, Copy, Debug)]
pub struct LooseClaims<'a> {
    /// The claims.
    pub claims: &'a str,
    /// What the only document says that they can cite, which is [`EXAMPLE_DOCUMENT`]; without it, nothing is known of
    /// what they quote.
    pub document: Option<&'a str>,
}

/// Checks claims that stand in no folder, by the schema of a house and the rules given.
pub fn check_page(page: LooseClaims<'_>, context: &ProjectContext, rules: RuleSet, today: DateRange) -> CheckOutput {
    let mut alone = ProjectContext { schema: context.schema.clone(), rules, ..ProjectContext::default() };
    let file = alone.sources.add(EXAMPLE_NAME, page.claims);
    let words = page.document.map(|words| words.as_bytes().to_vec());
    analyze(
        alone,
        &[file],
        today,
        |path| if path == EXAMPLE_DOCUMENT { Ok(words.clone()) } else { Err(NotRead::Missing) },
    )
}

/// Parses, resolves and judges the claims files; `bytes` reads a document that they cite.
fn analyze(
    mut context: ProjectContext,
    files: &[SourceId],
    today: DateRange,
    bytes: impl Fn(&str) -> DocumentBytes + Sync,
) -> CheckOutput {
    let mut parts = Vec::new();
    let mut wrong = Vec::new();
    for read in read_claims(files, &context.schema, &context) {
        wrong.extend(read.problems);
        parts.extend(read.pieces);
    }
    context.problems.extend(wrong);
    let resolved = model::link(parts, std::mem::take(&mut context.schema), context.workers());
    context.problems.extend(resolved.problems);
    let mut corpus = resolved.corpus;
    let mut problems = std::mem::take(&mut context.problems);
    problems.extend(document_problems(&mut context, &mut corpus, (&mut DocumentCache::default(), false), bytes));
    let judged = {
        let lint = lint_context(&context, &corpus, today);
        rule::run(&context.rules, &lint, problems, || documents::not_compared(&corpus).collect())
    };
    CheckOutput::of(&mut context, corpus, judged, files.to_vec())
}

/// What stands in claims files.
pub(crate) fn read_claims(
    files: &[SourceId],
    schema: &Schema,
    context: &ProjectContext,
) -> Vec<syntax::ReadFile<Arc<FileIndex>>> {
    let (lexicon, sources) = (Lexicon::new(schema), &context.sources);
    let make = |head: Head<'_>, blocks: syntax::OutermostBlocks<'_>| {
        Arc::new(FileIndex::read(head, blocks, (sources, &lexicon)))
    };
    syntax::read_all(files, sources, context.workers(), make)
}

/// What is wrong beside the claims themselves: with the documents that they quote, which are read, and with namespaces. The
/// corpus `keeps` the documents that it has, if these are known to be the same.
pub(crate) fn document_problems(
    context: &mut ProjectContext,
    corpus: &mut Corpus,
    (document_cache, keeps): (&mut DocumentCache, bool),
    bytes: impl Fn(&str) -> DocumentBytes + Sync,
) -> Vec<Diagnostic> {
    let mut problems = empty_namespaces(&context.config, corpus);
    let limits = (context.config.file_size.value, context.config.rule_steps.value);
    let mut reading = DocumentReading { sources: &mut context.sources, document_cache, limits, keeps };
    problems.extend(documents::read(corpus, &mut reading, bytes));
    let mut told = Vec::new();
    if let Some((file, lock)) = &context.lock {
        let drift = lock.drift(corpus, &context.sources);
        problems.extend(drift.problems(corpus, (*file, context.must_hold)));
        told = drift.changed;
    }
    if let Some(earlier) = context.earlier.take() {
        let (file, lock) = context.lock.as_ref().map(|(file, lock)| (*file, lock)).unzip();
        let at = Span::file(file.unwrap_or_else(|| context.sources.add_absent(LOCK_NAME)));
        problems.extend(earlier::problems(&earlier, (lock, &told), (corpus, &context.sources), at));
    }
    problems
}

/// What the rules of a house are judged against.
pub(crate) fn lint_context<'a>(context: &'a ProjectContext, corpus: &'a Corpus, today: DateRange) -> LintContext<'a> {
    let (sources, settings) = (&context.sources, &context.config.settings);
    let (steps, run_steps) = (context.config.rule_steps.value, context.config.steps_of_run(corpus.claims()));
    LintContext { corpus, sources, settings, today, steps, run_steps, clock: context.clock }
}

impl CheckOutput {
    /// Whether what is found in a file depends on nothing but what was raised.
    pub(crate) fn is_plain(&self) -> bool {
        self.baseline.is_none() && IncrementalLinter::is_plain(&self.corpus, &self.config.settings)
    }

    /// What came of judging a corpus by a house, whose sources, rules and settings go into it.
    pub(crate) fn of(
        context: &mut ProjectContext,
        corpus: Corpus,
        judged: LintOutput,
        files: Vec<SourceId>,
    ) -> CheckOutput {
        let LintOutput { mut findings, exceptions, effort } = judged;
        let (rules, baseline) = (std::mem::take(&mut context.rules), context.baseline.take());
        let stale = baseline.as_ref().map(|baseline| baseline.apply(&mut findings, &rules)).unwrap_or_default();
        let stale = stale.into_iter().map(|entry| entry.fingerprint.clone()).collect();
        CheckOutput {
            sources: std::mem::take(&mut context.sources),
            findings,
            exceptions,
            effort,
            baseline,
            stale,
            rules,
            claims: corpus.claims(),
            corpus,
            config: std::mem::take(&mut context.config),
            settings: Vec::new(),
            files,
            apart: context.apart,
            excluded: Vec::new(),
        }
    }
}

/// A problem for each namespace that an override names and in which no block stands.
fn empty_namespaces(config: &Config, corpus: &Corpus) -> Vec<Diagnostic> {
    let named: Vec<&Spanned<String>> = config.settings.overrides.iter().flat_map(|by| &by.namespaces).collect();
    if named.is_empty() {
        return Vec::new();
    }
    let known: BTreeSet<&str> = corpus.block_ids().map(|block| corpus.block(block).namespace()).collect();
    let beneath = |known: &str, outer: &str| {
        known.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let empty = named
        .into_iter()
        .filter(|outer| config.is_own(outer.span) && !known.iter().any(|namespace| beneath(namespace, &outer.value)));
    empty
        .map(|outer| problems::no_namespace(outer, &Nearest::default().find(&outer.value, known.iter().copied(), 1)))
        .collect()
}
