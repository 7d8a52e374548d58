//! Reads the settings of a project, and by them its schema, its rules and its baseline.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::context::{ProjectContext, SettingsSource};
use super::problems;
use crate::condition::check_virtual;
use crate::diagnostic::Diagnostic;
use crate::project::config;
use crate::project::config::{Config, NamedFiles};
use crate::project::files::problems as file_problems;
use crate::project::files::tree::{NotRead, folder, join, reach};
use crate::project::files::unexpected::{ExpectedFile, PACK, SCHEMA, foreign};
use crate::project::names::CONFIG_NAME;
use crate::rule::{self, BASELINE_NAME, BUILTIN_PACKS, Baseline, RuleSet};
use crate::schema::{self, BUILTIN_SCHEMA, Schema};
use crate::text::{Pattern, SourceId, Sources, Span, Spanned};

/// What was read so far.
#[derive(Default)]
struct SettingsLoader {
    sources: Sources,
    config: Config,
    problems: Vec<Diagnostic>,
}

impl ProjectContext {
    /// The built-in schema and rules alone.
    pub fn builtin() -> ProjectContext {
        let mut loader = SettingsLoader::default();
        let loaded = loader.load((&[], true), (&[], true));
        loader.finish(loaded, None)
    }

    /// Reads the configuration, and by it the schema, the rules and the baseline.
    pub fn open(source: SettingsSource<'_>) -> ProjectContext {
        let mut loader = SettingsLoader::default();
        (loader.config, loader.problems) = config::load(source.tree, source.file, source.label, &mut loader.sources);
        loader.config.settings.keeps_params = source.keeps_params;
        let schema = loader.config.schema.clone();
        let extensions = schema.iter().filter_map(|named| loader.named(source, named)).collect::<Vec<_>>();
        let is_whole = !loader.config.incomplete && extensions.len() == schema.len();
        let (packs, lacking) = loader.packs(source);
        let all_packs = !loader.config.incomplete && !lacking;
        let loaded = loader.load((&extensions, is_whole), (&packs, all_packs));
        let baseline = loader.read_baseline(source);
        ProjectContext {
            clock: source.clock,
            must_hold: source.locked,
            is_foreign: !source.label.is_empty(),
            threads: source.threads,
            ..loader.finish(loaded, baseline)
        }
    }
}

impl SettingsLoader {
    fn finish(self, (schema, rules): (Schema, RuleSet), baseline: Option<Baseline>) -> ProjectContext {
        ProjectContext {
            sources: self.sources,
            schema: Arc::new(schema),
            rules: Arc::new(rules),
            config: Arc::new(self.config),
            baseline: baseline.map(Arc::new),
            problems: self.problems,
            ..ProjectContext::default()
        }
    }

    /// Reads a file that the configuration names.
    fn named(&mut self, source: SettingsSource<'_>, named: &NamedFiles) -> Option<SourceId> {
        match named.path() {
            Ok(path) => self.fetch(source, &path, (&named.written, SCHEMA)),
            Err(why) => {
                self.problems.push(file_problems::named_file(&named.written, why, self.config.file_size.value));
                None
            }
        }
    }

    /// Reads a file for the sake of the configuration, which speaks of it at `written`.
    fn fetch(
        &mut self,
        source: SettingsSource<'_>,
        path: &str,
        (written, expected): (&Spanned<String>, ExpectedFile),
    ) -> Option<SourceId> {
        let limit = self.config.file_size.value;
        let read = reach(source.tree, path).and_then(|(tree, path)| tree.read(&path, limit));
        let read = read.map_err(|why| self.problems.push(file_problems::named_file(written, why, limit)));
        let text = read.ok()?;
        if let Some(why) = foreign(&text, expected.keys) {
            let named = Spanned::new(path.to_owned(), written.span);
            self.problems.push(file_problems::foreign(&named, expected.what, why));
            return None;
        }
        Some(self.sources.add(format!("{}{path}", source.label), text))
    }

    /// The files that the patterns of packs match, each once; a pattern without any is reported.
    /// With whether some of them could not be read.
    fn packs(&mut self, source: SettingsSource<'_>) -> (Vec<SourceId>, bool) {
        let (mut packs, mut lacking) = (Vec::new(), false);
        let mut taken = BTreeSet::new();
        for named in self.config.packs.clone() {
            if let Err(why) = named.path() {
                self.problems.push(file_problems::named_file(&named.written, why, self.config.file_size.value));
                continue;
            }
            let paths = self.matching(source, &named);
            if paths.is_empty() {
                self.problems.push(file_problems::matches_nothing(&named.written));
            }
            let new: Vec<String> = paths.into_iter().filter(|path| taken.insert(path.clone())).collect();
            let read: Vec<Option<SourceId>> =
                new.iter().map(|path| self.fetch(source, path, (&named.written, PACK))).collect();
            lacking |= read.contains(&None);
            packs.extend(read.into_iter().flatten());
        }
        (packs, lacking)
    }

    /// The files that a pattern of packs matches, beneath the folder of the configuration that has it.
    fn matching(&self, source: SettingsSource<'_>, named: &NamedFiles) -> Vec<String> {
        let Some(pattern) = Pattern::read(&named.written.value) else { return Vec::new() };
        // The name of a single file needs no listing of the folder.
        let single = named.path().ok().filter(|_| !named.written.value.contains(['*', '?', '[', '{', '!']));
        if let Some(path) = single.filter(|path| path.ends_with(".toml")) {
            return vec![path];
        }
        let beneath = reach(source.tree, &named.folder).map(|(tree, folder)| tree.files(&folder, ".toml"));
        let matching = beneath.unwrap_or_default().into_iter().filter(|path| pattern.matches(path));
        let packs = matching.filter_map(|path| join(&named.folder, &path).ok());
        packs.filter(|path| path != source.file && !path.ends_with(&format!("/{CONFIG_NAME}"))).collect()
    }

    /// Reads the baseline beside the configuration, if there is one.
    fn read_baseline(&mut self, source: SettingsSource<'_>) -> Option<Baseline> {
        let limit = self.config.file_size.value;
        let path = join(folder(source.file), BASELINE_NAME).ok()?;
        let name = format!("{}{path}", source.label);
        match source.tree.read(&path, limit) {
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
    fn load(
        &mut self,
        (extensions, is_whole): (&[SourceId], bool),
        (packs, all_packs): (&[SourceId], bool),
    ) -> (Schema, RuleSet) {
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
        (schema, rules)
    }
}
