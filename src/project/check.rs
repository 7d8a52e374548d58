//! One project from its root to its findings: every stage in order, none stopping the next.

use std::io;
use std::path::Path;

use super::config::{CONFIG_NAME, Config};
use super::house::House;
use super::root::{NotRead, Root, relative};
use super::{discover, problems};
use crate::model::{BlockId, Corpus, Days, Value, resolve};
use crate::rule::{self, EXAMPLE_NAME, Finding, RuleSet, World};
use crate::schema::FieldType;
use crate::syntax;
use crate::text::{SourceId, Sources, Span};

/// The one document that the examples of rules can cite.
pub const EXAMPLE_DOCUMENT: &str = "text.txt";

/// What came of checking a project.
pub struct Checked {
    /// Every text that was read.
    pub sources: Sources,
    /// Every finding, those that are silenced included, in order.
    pub findings: Vec<Finding>,
    /// The rules, with the levels that the project gives them.
    pub rules: RuleSet,
    /// What the claims say; absent when nothing was resolved.
    pub corpus: Corpus,
    /// The settings that were in force.
    pub config: Config,
    /// How many claims files were read.
    pub files: usize,
    /// How many claims they hold.
    pub claims: usize,
}

/// Checks the project at `root`; `explicit` files are read even where the project leaves them out.
///
/// `today` is the day by which exceptions expire.
///
/// # Errors
/// When the root itself cannot be opened. All else is a finding.
pub fn check(root: &Path, explicit: &[String], today: Days) -> io::Result<Checked> {
    let root = Root::open(root)?;
    let mut house = House::open(&root);
    let (mut paths, patterns) = discover::files(root.path(), discover::CLAIMS, &house.config.exclude);
    house.problems.extend(patterns);
    let more = explicit.iter().filter(|path| path.ends_with(".claims") && !paths.contains(path)).cloned();
    paths.extend(more.collect::<Vec<_>>());
    paths.sort();
    let files: Vec<SourceId> = paths.iter().filter_map(|path| house.read(&root, path)).collect();
    if paths.is_empty() {
        let at = house.sources.named(CONFIG_NAME).unwrap_or_else(|| house.sources.add(CONFIG_NAME, ""));
        house.problems.push(problems::no_files(at));
    }
    Ok(judge(house, &files, today, |file, sources| cited(&root, file, sources)))
}

/// Checks one text that stands in no folder, by the schema of a house and the rules given. The only
/// document that it can cite is [`EXAMPLE_DOCUMENT`].
pub fn check_text(text: &str, house: &House, rules: RuleSet, today: Days) -> Checked {
    let mut alone = House { schema: house.schema.clone(), rules, ..House::default() };
    let file = alone.sources.add(EXAMPLE_NAME, text);
    let probe = |cited: &Cited<'_>, _: &Sources| {
        if cited.path == EXAMPLE_DOCUMENT { Ok(()) } else { Err((NotRead::Missing, 0)) }
    };
    judge(alone, &[file], today, probe)
}

/// A document that a source names, and where it does.
struct Cited<'a> {
    path: &'a str,
    at: Span,
    limit: u64,
}

/// Why a cited document cannot be read, and the limit on its size.
type Unread = (NotRead, u64);

/// Parses, resolves and judges the claims files; `probe` says whether a cited document can be read.
fn judge(
    mut house: House,
    files: &[SourceId],
    today: Days,
    probe: impl Fn(&Cited<'_>, &Sources) -> Result<(), Unread>,
) -> Checked {
    let mut trees = Vec::new();
    for file in files {
        let parse = syntax::parse(*file, &house.sources);
        house.problems.extend(parse.problems);
        trees.push(parse.file);
    }
    let resolved = resolve(&trees, &house.sources, std::mem::take(&mut house.schema));
    house.problems.extend(resolved.problems);
    for (path, at) in documents(&resolved.corpus) {
        let cited = Cited { path, at, limit: house.config.file_size };
        if let Err((why, limit)) = probe(&cited, &house.sources) {
            house.problems.push(problems::source_unread(path, at, why, limit));
        }
    }
    let world = World { corpus: &resolved.corpus, sources: &house.sources, today, steps: house.config.rule_steps };
    let findings = rule::run(&house.rules, &world, house.problems);
    let claims = resolved.corpus.claims().count();
    let House { sources, rules, config, .. } = house;
    Checked { sources, findings, rules, corpus: resolved.corpus, config, files: files.len(), claims }
}

/// Whether a cited document stands beneath the root, seen from the file that cites it.
fn cited(root: &Root, cited: &Cited<'_>, sources: &Sources) -> Result<(), Unread> {
    let file = sources.get(cited.at.source).name();
    let folder = file.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    let path = relative(cited.path).map(|path| format!("{folder}{path}"));
    match path.and_then(|path| root.probe(&path)) {
        Ok(length) if length > cited.limit => Err((NotRead::TooLarge(length), cited.limit)),
        Ok(_) => Ok(()),
        Err(why) => Err((why, cited.limit)),
    }
}

/// Every document that a block names, and where.
fn documents(corpus: &Corpus) -> Vec<(&str, Span)> {
    let is_file = |field: &crate::model::FieldValues| corpus.schema.field(field.field).holds == FieldType::File;
    let fields =
        corpus.block_ids().flat_map(|block: BlockId| corpus.block(block).fields.iter().filter(|field| is_file(field)));
    let texts = fields.flat_map(|field| &field.values).filter_map(|held| match &held.value {
        Value::Text(path) => Some((path.as_str(), held.span)),
        Value::Block(_) | Value::Term(_) | Value::Number(_) | Value::Days(_) | Value::Flag(_) | Value::Broken => None,
    });
    texts.collect()
}
