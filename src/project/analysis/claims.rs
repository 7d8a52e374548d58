//! Which claims files a project has, what they hold, and which of them could not be read.

use std::sync::Arc;

use super::context::ProjectContext;
use super::problems;
use crate::diagnostic::Diagnostic;
use crate::model::{FileIndex, Lexicon};
use crate::project::config::{Config, exclude, wanted};
use crate::project::files::problems as file_problems;
use crate::project::files::tree::{NotRead, Tree};
use crate::project::names::{CLAIMS, CONFIG_NAME};
use crate::syntax::{self, ReadFile, tree::Head};
use crate::text::{SourceId, Sources, Spanned, parallel_map};

/// The claims files of a project.
#[derive(Default)]
pub(super) struct ClaimsListing {
    /// Their paths, sorted.
    pub(super) paths: Vec<String>,
    /// What leaves others out.
    pub(super) excluded: Vec<Excluded>,
    /// What is wrong with the settings that say which there are, and with folders.
    pub(super) problems: Vec<Diagnostic>,
}

/// Something that leaves claims files out of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Excluded {
    /// A pattern under `exclude`.
    Pattern(Spanned<String>),
    /// Ignore files, with the claims files that they leave out.
    Ignored(Vec<String>),
    /// Nothing but their names, which end almost as those of claims files do.
    Misnamed(Vec<String>),
}

impl ClaimsListing {
    /// Lists the claims files of a tree; `explicit` ones are taken even where the project leaves them out. Files and folders that
    /// a problem speaks of and that nobody read become sources.
    pub(super) fn of(tree: &dyn Tree, explicit: &[String], config: &Config, sources: &mut Sources) -> ClaimsListing {
        let mut paths = tree.files("", CLAIMS);
        let listed = paths.len();
        let mut problems = exclude(&mut paths, &config.exclude, |pattern| config.is_own(pattern.span));
        let unmatched = config.settings.overrides.iter().flat_map(|by| &by.files).filter(|(written, pattern)| {
            config.is_own(written.span) && !paths.iter().any(|path| pattern.matches(path))
        });
        problems.extend(unmatched.map(|(written, _)| file_problems::matches_nothing(written)));
        let patterns = config.exclude.iter().cloned().map(Excluded::Pattern);
        let (ignored, misnamed): (Vec<String>, Vec<String>) =
            tree.left_out(CLAIMS).into_iter().partition(|path| path.ends_with(CLAIMS));
        let left_out = listed - paths.len() + ignored.len();
        let known = |paths: &[String]| !paths.is_empty();
        let by_itself =
            [(known(&ignored), Excluded::Ignored(ignored)), (known(&misnamed), Excluded::Misnamed(misnamed))];
        let excluded =
            patterns.chain(by_itself.into_iter().filter_map(|(is_known, it)| is_known.then_some(it))).collect();
        let more = explicit.iter().filter(|path| path.ends_with(CLAIMS) && !paths.contains(path)).cloned();
        paths.extend(more.collect::<Vec<_>>());
        paths.sort();
        let unlisted = unlisted(tree, config, sources);
        if paths.is_empty() && unlisted.is_empty() {
            let at = config.own.unwrap_or_else(|| sources.add_absent(CONFIG_NAME));
            problems.push(problems::no_files(at, left_out));
        }
        problems.extend(unlisted);
        ClaimsListing { paths, excluded, problems }
    }
}

/// A problem for each folder in which claims may stand and that nobody could list.
fn unlisted(tree: &dyn Tree, config: &Config, sources: &mut Sources) -> Vec<Diagnostic> {
    let unlisted = wanted(tree.unlisted(), config);
    let problem = |(path, kind): &(String, std::io::ErrorKind)| {
        let at = sources.add(if path.is_empty() { "." } else { path }, "");
        file_problems::unlisted(at, path, *kind)
    };
    unlisted.iter().map(problem).collect()
}

/// The texts of claims files, in the order of their paths, read by all threads.
pub(super) fn texts(tree: &dyn Tree, paths: &[String], context: &ProjectContext) -> Vec<Result<String, NotRead>> {
    let limit = context.config.file_size.value;
    parallel_map(paths, context.workers(), |path| tree.read(path, limit))
}

/// What stands in claims files, parsed piece by piece.
pub(super) fn parse(files: &[SourceId], sources: &Sources, context: &ProjectContext) -> Vec<ReadFile<Arc<FileIndex>>> {
    let lexicon = Lexicon::new(&context.schema);
    let make = |head: Head<'_>, blocks: syntax::OutermostBlocks<'_>| {
        Arc::new(FileIndex::read(head, blocks, (sources, &lexicon)))
    };
    syntax::read_all(files, sources, context.workers(), make)
}
