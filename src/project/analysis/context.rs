//! What a project is judged by: its settings, its schema and its rules.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use super::lock::{LOCK_NAME, Lock};
use crate::condition::check_virtual;
use crate::diagnostic::Diagnostic;
use crate::project::config;
use crate::project::config::{CONFIG_NAME, Config, NamedFiles};
use crate::project::files::tree::{NotRead, Tree, join, reach};
use crate::project::files::unexpected::{ExpectedFile, PACK, SCHEMA, foreign};
use crate::project::problems;
use crate::rule::{self, BASELINE_NAME, BUILTIN_PACKS, Baseline, Clock, RuleSet};
use crate::schema::{self, BUILTIN_SCHEMA, Schema};
use crate::text::{Pattern, SourceId, Sources, Span, Spanned, all_threads, parallel_map};

/// The schema, the rules and the settings of a project, and what is wrong with them.
#[derive(Clone, Default)]
pub struct ProjectContext {
    /// The texts that they were read from.
    pub sources: Sources,
    /// Kinds and fields, built-in and the project's own.
    pub schema: Schema,
    /// Rules, built-in and the project's own, at the project's levels.
    pub rules: RuleSet,
    /// The settings.
    pub config: Config,
    /// The findings on record; none without a baseline.
    pub baseline: Option<Baseline>,
    /// What was accepted of the documents, and the file that says so; none without one.
    pub lock: Option<(SourceId, Lock)>,
    /// What was accepted of the documents before the change that is asked about.
    pub earlier: Option<Lock>,
    /// Whether the documents must be what was accepted.
    pub must_hold: bool,
    /// Whether the settings come from elsewhere, so that no file of the project is one of them.
    pub is_foreign: bool,
    /// The file of what was accepted, where it is no setting.
    pub apart: Option<SourceId>,
    /// What could not be read.
    pub problems: Vec<Diagnostic>,
    /// What to measure the rules by, if anything.
    pub clock: Option<Clock>,
    /// How many threads may work at once; without a number, as many as the machine has room for.
    pub threads: Option<NonZeroUsize>,
}

/// Where the settings of a project are read from, and all that they name.
#[derive(Clone, Copy)]
pub struct SettingsSource<'a> {
    /// The files.
    pub tree: &'a dyn Tree,
    /// The path of the configuration in them.
    pub file: &'a str,
    /// What is put before the names of these files, so that they are not taken for files of the project.
    pub label: &'a str,
    /// What to measure the rules by, if anything.
    pub clock: Option<Clock>,
    /// Whether the documents must be what was accepted.
    pub locked: bool,
    /// How many threads may work at once; without a number, as many as the machine has room for.
    pub threads: Option<NonZeroUsize>,
}

impl<'a> SettingsSource<'a> {
    /// The settings that a project makes for itself.
    pub fn own(tree: &'a dyn Tree) -> SettingsSource<'a> {
        SettingsSource { tree, file: CONFIG_NAME, label: "", clock: None, locked: false, threads: None }
    }

    /// Settings from elsewhere, which hold whatever the project says.
    pub fn trusted(tree: &'a dyn Tree, file: &'a str) -> SettingsSource<'a> {
        SettingsSource { tree, file, label: "config:", clock: None, locked: false, threads: None }
    }
}

impl ProjectContext {
    /// The built-in schema and rules alone.
    pub fn builtin() -> ProjectContext {
        let mut context = ProjectContext::default();
        context.load((&[], true), (&[], true));
        context
    }

    /// Reads the configuration, and by it the schema, the rules and the baseline.
    pub fn open(setup: SettingsSource<'_>) -> ProjectContext {
        let mut context = ProjectContext {
            clock: setup.clock,
            must_hold: setup.locked,
            is_foreign: !setup.label.is_empty(),
            threads: setup.threads,
            ..ProjectContext::default()
        };
        (context.config, context.problems) = config::load(setup.tree, setup.file, setup.label, &mut context.sources);
        let schema = context.config.schema.clone();
        let extensions = schema.iter().filter_map(|named| context.named(setup, named)).collect::<Vec<_>>();
        let is_whole = !context.config.incomplete && extensions.len() == schema.len();
        let (packs, lacking) = context.packs(setup);
        let all_packs = !context.config.incomplete && !lacking;
        context.load((&extensions, is_whole), (&packs, all_packs));
        context.baseline = context.read_baseline(setup);
        context
    }

    /// Reads what was accepted of the documents of a project.
    pub(crate) fn read_lock(&mut self, tree: &dyn Tree) {
        let limit = self.config.file_size.value;
        let (text, unread) = match tree.read(LOCK_NAME, limit) {
            Err(NotRead::Missing) if !self.must_hold => return,
            Err(why) => (String::new(), Some(why)),
            Ok(text) => (text, None),
        };
        // Of a file that is no lock nothing is shown.
        let is_lock = text.lines().any(|line| line.starts_with("seal"));
        let file = match unread {
            Some(NotRead::Missing) => self.sources.add_absent(LOCK_NAME),
            Some(_) | None => self.sources.add(LOCK_NAME, if is_lock { text } else { String::new() }),
        };
        self.apart = self.is_foreign.then_some(file);
        let read = match unread {
            Some(NotRead::Missing) => Ok(Lock::default()),
            Some(why) => Err(problems::lock_unread(why, limit, Span::file(file))),
            None if !is_lock => Err(problems::not_a_lock(Span::file(file))),
            None => Lock::read(file, &self.sources),
        };
        match read {
            Ok(lock) => self.lock = Some((file, lock)),
            Err(problem) => {
                self.earlier = None;
                self.problems.push(problem);
            }
        }
    }

    /// Reads a file that the configuration names.
    fn named(&mut self, setup: SettingsSource<'_>, named: &NamedFiles) -> Option<SourceId> {
        match named.path() {
            Ok(path) => self.fetch(setup, &path, (&named.written, SCHEMA)),
            Err(why) => {
                self.problems.push(problems::named_file(&named.written, why, self.config.file_size.value));
                None
            }
        }
    }

    /// Reads a file for the sake of the configuration, which speaks of it at `written`.
    fn fetch(
        &mut self,
        setup: SettingsSource<'_>,
        path: &str,
        (written, expected): (&Spanned<String>, ExpectedFile),
    ) -> Option<SourceId> {
        let limit = self.config.file_size.value;
        let read = reach(setup.tree, path).and_then(|(tree, path)| tree.read(&path, limit));
        let read = read.map_err(|why| self.problems.push(problems::named_file(written, why, limit)));
        let text = read.ok()?;
        if let Some(why) = foreign(&text, expected.keys) {
            let named = Spanned::new(path.to_owned(), written.span);
            self.problems.push(problems::foreign(&named, expected.what, why));
            return None;
        }
        Some(self.sources.add(format!("{}{path}", setup.label), text))
    }

    /// The files that the patterns of packs match, each once; a pattern without any is reported.
    /// With whether some of them could not be read.
    fn packs(&mut self, setup: SettingsSource<'_>) -> (Vec<SourceId>, bool) {
        let (mut packs, mut lacking) = (Vec::new(), false);
        let mut taken = BTreeSet::new();
        for named in self.config.packs.clone() {
            if let Err(why) = named.path() {
                self.problems.push(problems::named_file(&named.written, why, self.config.file_size.value));
                continue;
            }
            let paths = self.matching(setup, &named);
            if paths.is_empty() {
                self.problems.push(problems::matches_nothing(&named.written));
            }
            let new: Vec<String> = paths.into_iter().filter(|path| taken.insert(path.clone())).collect();
            let read: Vec<Option<SourceId>> =
                new.iter().map(|path| self.fetch(setup, path, (&named.written, PACK))).collect();
            lacking |= read.contains(&None);
            packs.extend(read.into_iter().flatten());
        }
        (packs, lacking)
    }

    /// The files that a pattern of packs matches, beneath the folder of the configuration that has it.
    fn matching(&self, setup: SettingsSource<'_>, named: &NamedFiles) -> Vec<String> {
        let Some(pattern) = Pattern::read(&named.written.value) else { return Vec::new() };
        // The name of a single file needs no listing of the folder.
        let single = named.path().ok().filter(|_| !named.written.value.contains(['*', '?', '[', '{', '!']));
        if let Some(path) = single.filter(|path| path.ends_with(".toml")) {
            return vec![path];
        }
        let beneath = reach(setup.tree, &named.folder).map(|(tree, folder)| tree.files(&folder, ".toml"));
        let matching = beneath.unwrap_or_default().into_iter().filter(|path| pattern.matches(path));
        let packs = matching.filter_map(|path| join(&named.folder, &path).ok());
        packs.filter(|path| path != setup.file && !path.ends_with(&format!("/{CONFIG_NAME}"))).collect()
    }

    /// Reads the baseline beside the configuration, if there is one.
    fn read_baseline(&mut self, setup: SettingsSource<'_>) -> Option<Baseline> {
        let limit = self.config.file_size.value;
        let path = join(crate::project::files::tree::folder(setup.file), BASELINE_NAME).ok()?;
        let name = format!("{}{path}", setup.label);
        match setup.tree.read(&path, limit) {
            Ok(text) => {
                let read = Baseline::read(&text);
                // Of a file that is no baseline nothing is shown.
                let is_ours = text.contains("\"findings\"") || text.contains("\"fingerprint\"");
                let file = self.sources.add(name, if is_ours { text } else { String::new() });
                let source = self.sources.get(file);
                let place = |line: u32| {
                    let (start, words) = source.line(line.clamp(1, source.line_count()));
                    Span::new(file, start, start + words.len() as u32)
                };
                read.map_err(|(why, line)| self.problems.push(problems::unusable_baseline(&why, place(line)))).ok()
            }
            Err(NotRead::Missing) => None,
            Err(why) => {
                let file = self.sources.add(name, "");
                self.problems.push(problems::unread_baseline(Span::file(file), why, limit));
                None
            }
        }
    }

    /// Reads the schema and the rules from files, and whether these are all that there are to be.
    fn load(&mut self, (extensions, is_whole): (&[SourceId], bool), (packs, all_packs): (&[SourceId], bool)) {
        let mut files: Vec<SourceId> =
            BUILTIN_SCHEMA.iter().map(|(name, text)| self.sources.add(*name, *text)).collect();
        files.extend(extensions);
        let (mut schema, problems) = schema::load(&files, &self.sources);
        schema.incomplete |= !is_whole;
        self.problems.extend(problems);
        if !schema.incomplete {
            self.problems.extend(check_virtual(&schema));
        }
        let mut all: Vec<SourceId> = BUILTIN_PACKS.iter().map(|(name, text)| self.sources.add(*name, *text)).collect();
        // Rules may speak of kinds that the schema would have had.
        all.extend(packs.iter().filter(|_| !schema.incomplete));
        let all_packs = all_packs && (packs.is_empty() || !schema.incomplete);
        let (rules, problems) = rule::load((&all, all_packs), &self.sources, &schema, &self.config.settings);
        self.problems.extend(problems);
        (self.schema, self.rules) = (schema, rules);
    }

    /// How many threads may work at once.
    pub(crate) fn workers(&self) -> NonZeroUsize {
        self.threads.unwrap_or_else(all_threads)
    }

    /// Reads claims files; one that cannot be read is reported, and makes the run fail.
    pub(crate) fn read(&mut self, tree: &dyn Tree, paths: &[String]) -> Vec<SourceId> {
        let limit = self.config.file_size.value;
        let texts = parallel_map(paths, self.workers(), |path| tree.read(path, limit));
        let mut read = Vec::with_capacity(paths.len());
        for (path, text) in paths.iter().zip(texts) {
            match text {
                Ok(text) => read.push(self.sources.add(path, text)),
                Err(why) => {
                    let source = self.sources.add(path, "");
                    self.problems.push(problems::unread(source, path, why, limit));
                }
            }
        }
        read
    }
}
