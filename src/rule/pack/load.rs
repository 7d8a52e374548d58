//! Loads rule packs: from the texts of TOML files to rules that can be run.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use toml::Spanned as At;

use super::builtin::BUILTIN_PACKS;
use super::case::compile::RuleCase;
use super::case::context::{CheckedTable, CompileContext, Terms, keep};
use super::problems;
use super::read::{Pack, read};
use super::set::{Rule, RuleBody, RuleSet};
use super::shape;
use super::toml_text;
use super::toml_text::span;
use super::written::{WrittenCases, WrittenRule};
use crate::condition::{Definitions, WrittenDefinition};
use crate::diagnostic::Diagnostic;
use crate::rule::meta::{Engine, RuleMeta};
use crate::rule::settings::Settings;
use crate::schema::Schema;
use crate::text::{SourceId, Sources, Span, Spanned, TomlString};

/// Loads the packs in order, and weighs their rules by the settings.
///
/// Returns the rules that could be read, and a problem for everything that is wrong, placed in its
/// rule file or in the configuration. A condition rule with a problem stays known but does not run.
/// Of two rules with one code or name the first stays.
///
/// Where not `all` packs are known, a rule that none of them has is no mistake of who speaks of it.
pub fn load(
    (packs, all): (&[SourceId], bool),
    sources: &Sources,
    schema: &Schema,
    settings: &Settings,
) -> (RuleSet, Vec<Diagnostic>) {
    let mut loader = RuleLoader {
        sources,
        schema,
        settings,
        definitions: Arc::default(),
        taken: BTreeMap::new(),
        problems: Vec::new(),
    };
    let mut rules = Vec::new();
    let mut incomplete = !all;
    // What comes with the program and what a project adds define words for themselves alone.
    let is_builtin = |file: &SourceId| is_builtin(*file, sources);
    let (builtin, own): (Vec<SourceId>, Vec<SourceId>) = packs.iter().partition(|file| is_builtin(file));
    for files in [builtin, own] {
        let before = loader.problems.len();
        let packs = loader.read(&files);
        incomplete |= loader.problems.len() > before;
        loader.definitions = Arc::new(loader.define(&files, &packs));
        let all = packs.into_iter().flat_map(|pack| pack.rules);
        let claimed: Vec<RegisteredTable> = all.map(|(rule, header)| loader.claim(rule, header)).collect();
        // Whichever is ready first, they and what is wrong with them are kept in the order in which they are written.
        let read: Vec<_> = claimed.into_par_iter().map(|claimed| loader.rule(claimed)).collect();
        for (rule, wrong) in read {
            rules.extend(rule);
            loader.problems.extend(wrong);
        }
    }
    let mut rules = RuleSet::new(rules);
    rules.incomplete = incomplete;
    loader.problems.extend(super::settings::problems(settings, &rules));
    (rules, loader.problems)
}

/// Whether a file comes with the program.
fn is_builtin(file: SourceId, sources: &Sources) -> bool {
    BUILTIN_PACKS.iter().any(|(name, _)| *name == sources.get(file).name())
}

/// A table whose code and name no other has, or what is said of one that comes second.
type RegisteredTable = Result<Box<TableHeader>, Vec<Diagnostic>>;

/// A table as written, and its code and name with their places.
struct TableHeader {
    words: [Spanned<String>; 2],
    written: WrittenRule,
    header: Span,
}

/// The state of loading: which codes and names are taken, and what was wrong so far.
struct RuleLoader<'a> {
    sources: &'a Sources,
    schema: &'a Schema,
    settings: &'a Settings,
    /// The definitions of the files that are being read.
    definitions: Arc<Definitions>,
    taken: BTreeMap<String, Span>,
    problems: Vec<Diagnostic>,
}

impl RuleLoader<'_> {
    /// Turns one table into a rule, with what is wrong with it.
    fn rule(&self, claimed: RegisteredTable) -> (Option<Rule>, Vec<Diagnostic>) {
        let TableHeader { words, written, header } = match claimed {
            Ok(known) => *known,
            Err(duplicates) => return (None, duplicates),
        };
        let (meta, cases) = written.split(header);
        let mut wrong = shape::problems(&words, &meta, &cases);
        let mut problems = Vec::new();
        let body = match meta.engine {
            Engine::Native => RuleBody::Native,
            Engine::Condition => {
                let mut cases = keep(self.cases(&meta, &cases), &mut wrong);
                problems.extend(cases.iter_mut().flatten().flat_map(|case| std::mem::take(&mut case.advice)));
                cases
                    .filter(|_| wrong.is_empty())
                    .map_or(RuleBody::Disabled, |cases| RuleBody::Cases(cases.into_iter().map(Arc::new).collect()))
            }
        };
        problems.extend(wrong);
        let level = self.settings.level(&meta);
        let wakes = self.settings.wakes(&meta);
        let builtin = is_builtin(header.source, self.sources);
        (Some(Rule { wakes, builtin, ..Rule::new(meta, level, body) }), problems)
    }

    /// Reads files; what cannot be read of them is reported.
    fn read(&mut self, files: &[SourceId]) -> Vec<Pack> {
        let read: Vec<_> = files.par_iter().map(|file| read(*file, self.sources)).collect();
        let (packs, wrong): (Vec<Pack>, Vec<_>) = read.into_iter().unzip();
        self.problems.extend(wrong.into_iter().flatten());
        packs
    }

    /// Checks the definitions of files that share them.
    fn define(&mut self, files: &[SourceId], packs: &[Pack]) -> Definitions {
        let all = files.iter().zip(packs).flat_map(|(file, pack)| pack.definitions.iter().map(move |one| (*file, one)));
        let quoted: Vec<_> = all
            .map(|(file, (name, define))| {
                let quote = |text: &At<String>| TomlString::new(file, self.sources, text.span(), text.get_ref());
                let mut params: Vec<_> = define.params.iter().collect();
                params.sort_by_key(|(name, _)| name.span().start);
                let params: Vec<_> = params.into_iter().map(|(name, holds)| (quote(name), quote(holds))).collect();
                (quote(name), params, quote(&define.is))
            })
            .collect();
        let written: Vec<WrittenDefinition<'_>> = quoted
            .iter()
            .map(|(name, params, is)| WrittenDefinition {
                name: toml_text::written(name),
                params: params
                    .iter()
                    .map(|(name, holds)| (toml_text::written(name), toml_text::written(holds)))
                    .collect(),
                is: toml_text::written(is),
            })
            .collect();
        let (definitions, problems) = Definitions::read(&written, self.schema);
        self.problems.extend(problems);
        definitions
    }

    /// Takes the code and the name of a rule, unless another has one of them.
    fn claim(&mut self, written: WrittenRule, header: Span) -> RegisteredTable {
        let at = |word: &At<String>| Spanned::new(word.get_ref().clone(), span(header.source, word.span()));
        let words = [at(&written.code), at(&written.name)];
        let former = written.was.iter().map(at);
        let duplicate = |word: &Spanned<String>| Some(problems::duplicate(word, *self.taken.get(&word.value)?));
        let all: Vec<Spanned<String>> = words.iter().cloned().chain(former).collect();
        let duplicates: Vec<Diagnostic> = all.iter().filter_map(duplicate).collect();
        if !duplicates.is_empty() {
            return Err(duplicates);
        }
        self.taken.extend(all.into_iter().map(|word| (word.value, word.span)));
        Ok(Box::new(TableHeader { words, written, header }))
    }

    /// Checks the cases of a rule; what is wrong with any of them is reported at once.
    fn cases(&self, meta: &RuleMeta, written: &WrittenCases) -> CheckedTable<Vec<RuleCase>> {
        let file = meta.span.source;
        if let (Some(_), Some(first)) = (&written.own, written.several.first()) {
            return Err(vec![problems::case_beside_own(meta, span(file, first.span()))]);
        }
        let terms = Arc::new(Terms { params: self.settings.params(meta), definitions: Arc::clone(&self.definitions) });
        let advice = RefCell::default();
        let context = CompileContext {
            file,
            sources: self.sources,
            vocabulary: terms.vocabulary(self.schema),
            terms: &terms,
            advice: &advice,
        };
        let several = written.several.iter().map(|case| (case.get_ref(), span(file, case.span())));
        let all = written.own.iter().map(|case| (case, meta.span)).chain(several);
        let mut wrong = Vec::new();
        let cases: Vec<RuleCase> =
            all.filter_map(|(case, table)| keep(RuleCase::compile(case, table, context), &mut wrong)).collect();
        match (cases.is_empty(), wrong.is_empty()) {
            (false, true) => Ok(cases),
            // Without a problem, what it uses was reported where it is defined.
            (true, true) if written.own.is_some() || !written.several.is_empty() => Err(Vec::new()),
            (true, true) => Err(vec![problems::no_case(meta)]),
            (_, false) => Err(wrong),
        }
    }
}
