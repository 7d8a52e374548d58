//! Reads and checks one project as its files count: on the disk, in the index, or with a text that nobody has saved.

use recte::project::{self, CheckOutput, CheckRequest, Lock, Overlay, ProjectContext, SettingsSource, Tree};
use recte::rule::Clock;

use super::arguments::Arguments;
use super::selection::{Contents, SelectedProject, Selection};
use super::stats;
use crate::cli::output::CommandFailure;
use crate::cli::project::OpenedProject;

/// Checks the files of a tree by the settings that hold for it, and by what was accepted of documents before a change.
pub(super) fn check_tree(
    arguments: &Arguments,
    (tree, opened): (&dyn Tree, &OpenedProject),
    (explicit, earlier): (&[String], Option<Lock>),
) -> CheckOutput {
    let clock: Option<Clock> = arguments.stats.then_some(stats::clock);
    let (locked, threads) = (arguments.locked, arguments.threads);
    let settings = if arguments.judged.config.is_some() { opened.settings_source() } else { SettingsSource::own(tree) };
    let context = ProjectContext::open(SettingsSource { clock, locked, threads, ..settings });
    let request = CheckRequest::new(tree, arguments.judged.today());
    project::check_request(&context, CheckRequest { explicit, earlier: earlier.as_ref(), ..request })
}

/// Checks the files that count: those on the disk, those in the index, or those with an unsaved text.
pub(super) fn check_contents(
    arguments: &Arguments,
    selection: &Selection,
    target: &SelectedProject,
    opened: &OpenedProject,
) -> Result<CheckOutput, CommandFailure> {
    let located = &target.located;
    let earlier = selection.accepted_before(target)?;
    let check = |tree: &dyn Tree| check_tree(arguments, (tree, opened), (selection.explicit(located), earlier.clone()));
    Ok(match &selection.contents {
        Contents::Disk => match &selection.cache {
            Some(cache) => check(&cache.watch(&opened.root, target.number)),
            None => check(&opened.root),
        },
        Contents::Index(git, index) => {
            check(&index.tree(&git.inside(&located.root)?, arguments.judged.config.is_some()))
        }
        Contents::Text(text) => {
            let path = located.only.first().cloned().unwrap_or_default();
            check(&Overlay { under: &opened.root, texts: [(path, text.clone())].into() })
        }
    })
}
