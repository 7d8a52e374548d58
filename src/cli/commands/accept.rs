//! `recte accept`: puts on record what the documents say where they are quoted.

use std::path::{Path, PathBuf};

use recte::project::{CONFIG_NAME, ChangedQuotation, LOCK_NAME, Lock, MovedQuotation, NotRead, Tree};
use recte::text::Sources;

use crate::cli::exit::Exit;
use crate::cli::git::{Git, GitIndex};
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::project::{ProjectArgument, refuse_wrong_run};
use crate::cli::write;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The project: a folder or a file in it (default: the current folder)
    #[arg(conflicts_with = "project")]
    path: Option<PathBuf>,
    /// The reason why the changed passages are accepted
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    place: ProjectArgument,
}

/// Writes the lock; passages that have changed are only accepted with a reason.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let (opened, checked, _turn) = arguments.place.at(arguments.path.as_deref()).check_to_write()?;
    refuse_wrong_run(&checked)?;
    let limit = checked.config.file_size.value;
    let old = match opened.root.read(LOCK_NAME, limit) {
        Ok(text) => Some(text),
        Err(NotRead::Missing) => None,
        Err(_) => return Err(CommandFailure::unchecked(format!("{LOCK_NAME} cannot be read"))),
    };
    let before = match &old {
        Some(text) => {
            let mut sources = Sources::new();
            let file = sources.add(LOCK_NAME, text.clone());
            Lock::read(file, &sources).map_err(|problem| CommandFailure::misused(problem.message))?
        }
        None => last_accepted(opened.root.path())?,
    };
    let drift = before.drift(&checked.corpus, &checked.sources);
    for moved in &drift.moved {
        let MovedQuotation { by, before, now } = moved;
        output.line(&format!("{}: moved from line {before} to line {now}", checked.corpus.name(*by)))?;
    }
    for changed in &drift.changed {
        show(changed, &checked.corpus, output)?;
    }
    let reason = arguments.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    if !drift.changed.is_empty() && reason.is_none() {
        let what = if drift.changed.len() == 1 { "a passage has" } else { "passages have" };
        return Err(CommandFailure {
            message: format!("{what} changed; give the reason with --reason"),
            exit: Exit::Findings,
        });
    }
    let mut now = Lock::of(&checked.corpus, &checked.sources);
    for source in &mut now.sources {
        let old = before.sources.iter().find(|old| old.path == source.path);
        let is_changed = old.is_some_and(|old| old.sha256 != source.sha256)
            || drift.changed.iter().any(|changed| changed.source() == source.path);
        let kept = old.filter(|_| !is_changed || reason.is_none()).and_then(|old| old.reason.clone());
        source.reason = kept.or_else(|| reason.filter(|_| is_changed).map(str::to_owned));
    }
    let written = match &old {
        Some(old) => write::replace(opened.root.path(), LOCK_NAME, (old, &now.write())),
        None => write::create(opened.root.path(), LOCK_NAME, &now.write()),
    };
    written.map_err(|why| CommandFailure::unchecked(format!("{LOCK_NAME} {why}")))?;
    let counted = |many: usize, of: &str| format!("{many} {of}{}", if many == 1 { "" } else { "s" });
    output.line(&format!(
        "{LOCK_NAME}: {} in {}; {} moved, {} changed, {} new or removed",
        counted(now.quotes.len(), "quotation"),
        counted(now.sources.len(), "document"),
        drift.moved.len(),
        drift.changed.len(),
        drift.renewed
    ))?;
    Ok(Exit::Clean)
}

/// What the last commit had on record of a project whose lock is gone, or stands in another folder; nothing where there is
/// no git.
fn last_accepted(root: &Path) -> Result<Lock, CommandFailure> {
    let Ok(git) = Git::containing(root) else { return Ok(Lock::default()) };
    let Some(commit) = git.head()? else { return Ok(Lock::default()) };
    let is_project = |folder: &str| git.top.join(folder).join(CONFIG_NAME).is_file();
    GitIndex::at(&git, &commit)?.accepted(&git.inside(root)?, is_project)
}

/// A passage before and now, and what rests on it.
fn show(changed: &ChangedQuotation, corpus: &recte::model::Corpus, output: &mut Output) -> Result<(), CommandFailure> {
    output.line(corpus.name(changed.by))?;
    output.line(&format!("  before: {}", changed.before))?;
    output.line(&format!("  now:    {}", changed.now.as_deref().unwrap_or("(not found)")))?;
    for block in &changed.rests {
        output.line(&format!("  depends on it: {}", corpus.name(*block)))?;
    }
    Ok(())
}
