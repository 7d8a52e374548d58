//! Which runs may say again what an earlier one said, and what tells one way of asking from another.

use recte::project::{Located, Root};

use super::arguments::Arguments;
use super::selection::{Contents, SelectedProject, Selection};
use crate::cli::cache::Cache;
use crate::cli::exit::Exit;
use crate::cli::output::{CommandFailure, Output};

/// The cache for a run, where it may use one: it only reads the disk, by the settings of the projects themselves, and only
/// writes to standard output.
pub(super) fn cache(
    arguments: &Arguments,
    selection: &Selection,
    (projects, output): (&[SelectedProject], &mut Output),
) -> Option<Cache> {
    let only_reads =
        matches!(selection.contents, Contents::Disk) && projects.iter().all(|target| target.changed.is_none());
    let is_plain = arguments.fix.is_none()
        && !(arguments.diff || arguments.stats || arguments.no_cache || arguments.add_allow || arguments.verbose);
    if !only_reads || !is_plain || arguments.judged.config.is_some() || !arguments.destinations.is_standard_output() {
        return None;
    }
    let current = std::env::current_dir().ok()?;
    let mut words = vec![
        current.display().to_string(),
        arguments.destinations.format().to_owned(),
        arguments.judged.today().to_string(),
        format!("{:?}", (arguments.report, arguments.fail_on, arguments.max)),
        format!("{:?}", (arguments.exit_zero, arguments.min_severity, arguments.statistics, arguments.quiet)),
        arguments.filter.key(),
        format!("{:?}", (arguments.locked, arguments.show_suppressed, output.terminal, selection.is_of_several)),
    ];
    for (workspace, names) in &selection.left_out {
        words.push(format!("{:?}", (&workspace.root, workspace.line, names)));
    }
    for Located { root, only } in projects.iter().map(|target| &target.located) {
        words.push(root.display().to_string());
        words.extend(only.iter().cloned());
    }
    Cache::of(&words, output)
}

/// Says again what was said of these projects before, if nothing in them has changed.
pub(super) fn replay(
    cache: &Cache,
    projects: &[SelectedProject],
    output: &mut Output,
) -> Result<Option<Exit>, CommandFailure> {
    // A root that cannot be opened is told by the run itself.
    let Ok(roots) = projects.iter().map(|target| Root::open(&target.located.root)).collect::<Result<Vec<Root>, _>>()
    else {
        return Ok(None);
    };
    cache.replay(&roots.iter().collect::<Vec<_>>(), output)
}
