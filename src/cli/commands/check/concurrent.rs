//! Reads and judges several projects at the same time, before the first of them is reported.

use std::num::NonZeroUsize;
use std::thread;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use recte::project::{CheckOutput, Lock, Tree};

use super::arguments::Arguments;
use super::project::check_tree;
use super::selection::{Contents, SelectedProject, Selection};
use crate::cli::cache::Cache;
use crate::cli::output::CommandFailure;
use crate::cli::progress::Progress;
use crate::cli::project::OpenedProject;

/// A project that was read and judged, and how long that took.
pub(super) struct CheckedProject {
    pub(super) opened: OpenedProject,
    pub(super) checked: CheckOutput,
    pub(super) took: Duration,
}

/// What came of reading a project; nothing where it is to be read when its turn comes.
pub(super) type MaybeCheckedProject = Option<Result<CheckedProject, CommandFailure>>;

/// The files of a project that were named, and what was accepted of its documents before a change.
type NamedFilesAndLock<'a> = (&'a [String], Option<Lock>);

/// How many projects are read at the same time: all that are is kept in memory until it is reported.
pub(super) fn check_concurrently(arguments: &Arguments, selection: &Selection) -> usize {
    // What git is asked for goes through one pipe, rules that are timed should not wait for each other, and a project is
    // read when those before it are fixed.
    let is_fixed = arguments.fix.is_some() || arguments.add_allow;
    if arguments.stats || is_fixed || !matches!(selection.contents, Contents::Disk) {
        return 1;
    }
    arguments.threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
}

/// Reads and judges the projects, in their order; a single one when its turn comes.
pub(super) fn read(
    arguments: &Arguments,
    selection: &Selection,
    targets: &[SelectedProject],
) -> Vec<MaybeCheckedProject> {
    if targets.len() < 2 {
        return targets.iter().map(|_| None).collect();
    }
    let _progress = Progress::start("checking");
    let cache = selection.cache.as_ref();
    let beside =
        targets.iter().map(|target| Ok((selection.explicit(&target.located), selection.accepted_before(target)?)));
    let all: Vec<(&SelectedProject, Result<NamedFilesAndLock<'_>, CommandFailure>)> =
        targets.iter().zip(beside).collect();
    all.into_par_iter().map(|(target, beside)| Some(one(arguments, cache, (target, beside)))).collect()
}

fn one(
    arguments: &Arguments,
    cache: Option<&Cache>,
    (target, beside): (&SelectedProject, Result<NamedFilesAndLock<'_>, CommandFailure>),
) -> Result<CheckedProject, CommandFailure> {
    let started = Instant::now();
    let opened = OpenedProject::open(&target.located.root, arguments.judged.config.as_deref())?;
    let watched = cache.map(|cache| cache.watch(&opened.root, target.number));
    let tree: &dyn Tree = watched.as_ref().map_or(&opened.root as &dyn Tree, |watched| watched);
    let checked = check_tree(arguments, (tree, &opened), beside?);
    Ok(CheckedProject { opened, checked, took: started.elapsed() })
}
