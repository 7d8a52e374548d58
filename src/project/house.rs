//! What a project is judged by: its settings, its schema and its rules.

use super::config::{CONFIG_NAME, Config};
use super::root::{NotRead, Root};
use super::{discover, problems};
use crate::diagnostic::Diagnostic;
use crate::rule::{self, BUILTIN_PACKS, RuleSet};
use crate::schema::{self, Schema};
use crate::text::{SourceId, Sources, Span, Spanned};

/// The schema, the rules and the settings of a project, and what is wrong with them.
#[derive(Default)]
pub struct House {
    /// The texts that they were read from.
    pub sources: Sources,
    /// Kinds and fields, built-in and the project's own.
    pub schema: Schema,
    /// Rules, built-in and the project's own, at the project's levels.
    pub rules: RuleSet,
    /// The settings.
    pub config: Config,
    /// What could not be read.
    pub problems: Vec<Diagnostic>,
}

impl House {
    /// The built-in schema and rules alone.
    pub fn builtin() -> House {
        let mut house = House::default();
        house.load(&[], &[]);
        house
    }

    /// Reads the configuration, and by it the schema and the rules.
    pub fn open(root: &Root) -> House {
        let mut house = House::default();
        match root.read(CONFIG_NAME, house.config.file_size) {
            Ok(text) => {
                let file = house.sources.add(CONFIG_NAME, text);
                (house.config, house.problems) = Config::read(file, &house.sources);
            }
            Err(NotRead::Missing) => {}
            Err(why) => {
                let file = house.sources.add(CONFIG_NAME, "");
                let named = Spanned::new(CONFIG_NAME.to_owned(), Span::file(file));
                house.problems.push(problems::named_file(&named, why, house.config.file_size));
            }
        }
        let extensions = house.named(root, &house.config.schema.clone());
        let (mut available, _) = discover::files(root.path(), "toml", &[]);
        available.retain(|path| path != CONFIG_NAME);
        let packs = house.packs(&available);
        let packs = house.named(root, &packs);
        house.load(&extensions, &packs);
        house
    }

    /// The files that the patterns of packs match; a pattern without any is reported.
    fn packs(&mut self, available: &[String]) -> Vec<Spanned<String>> {
        let mut packs = Vec::new();
        for pattern in self.config.packs.clone() {
            let paths = discover::matching(available, &pattern);
            if paths.is_empty() {
                self.problems.push(problems::matches_nothing(&pattern));
            }
            packs.extend(paths.into_iter().map(|path| Spanned::new(path, pattern.span)));
        }
        packs
    }

    /// Reads files that the configuration names.
    fn named(&mut self, root: &Root, paths: &[Spanned<String>]) -> Vec<SourceId> {
        let limit = self.config.file_size;
        let mut files = Vec::new();
        for path in paths {
            match root.read(&path.value, limit) {
                Ok(text) => files.push(self.sources.add(&path.value, text)),
                Err(why) => self.problems.push(problems::named_file(path, why, limit)),
            }
        }
        files
    }

    fn load(&mut self, extensions: &[SourceId], packs: &[SourceId]) {
        let builtin = self.sources.add(schema::BUILTIN_NAME, schema::BUILTIN_TEXT);
        let (schema, problems) = schema::load(&[&[builtin], extensions].concat(), &self.sources);
        self.problems.extend(problems);
        let mut all: Vec<SourceId> = BUILTIN_PACKS.iter().map(|(name, text)| self.sources.add(*name, *text)).collect();
        all.extend(packs);
        let (rules, problems) = rule::load(&all, &self.sources, &schema, &self.config.settings);
        self.problems.extend(problems);
        (self.schema, self.rules) = (schema, rules);
    }

    /// Reads a claims file; one that cannot be read is reported, and makes the run fail.
    pub(super) fn read(&mut self, root: &Root, path: &str) -> Option<SourceId> {
        match root.read(path, self.config.file_size) {
            Ok(text) => Some(self.sources.add(path, text)),
            Err(why) => {
                let source = self.sources.add(path, "");
                self.problems.push(problems::unread(source, path, why, self.config.file_size));
                None
            }
        }
    }
}
