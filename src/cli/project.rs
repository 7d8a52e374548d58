//! Where a command works: a project, the settings that hold for it, and the day.

use std::path::{Path, PathBuf};

use recte::diagnostic::Diagnostic;
use recte::model::DateRange;
use recte::project::{self, CheckOutput, Located, ProjectContext, Root, SettingsSource};
use recte::rule::{Finding, Level};
use recte::text::Span;

use super::exit::Exit;
use super::output::CommandFailure;
use super::write::{self, WriteLock};

/// The project that a command is about, for commands about one.
#[derive(clap::Args)]
pub(super) struct ProjectArgument {
    /// The project: a folder or a file in it
    #[arg(long, value_name = "PATH", default_value = ".", global = true)]
    project: PathBuf,
    #[command(flatten)]
    pub(super) judged: SettingsOrigin,
}

/// By what a project is judged.
#[derive(clap::Args)]
pub(super) struct SettingsOrigin {
    /// Use the settings of this file instead of those of the project
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) config: Option<PathBuf>,
    /// The date to use instead of today for the expiry of exceptions
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, global = true)]
    date: Option<DateRange>,
}

/// A project on the disk, and the folder from which its settings come if they come from elsewhere.
pub(super) struct OpenedProject {
    pub(super) root: Root,
    trusted: Option<(Root, String)>,
}

impl ProjectArgument {
    /// The project, opened to be written to: never where a link of a checkout leads out of it.
    pub(super) fn open_to_write(&self) -> Result<OpenedProject, CommandFailure> {
        let config = self.judged.config.iter();
        config.chain([&self.project]).try_for_each(|path| exists(path).and_then(|()| write::may(path)))?;
        self.open()
    }

    /// The project, opened.
    pub(super) fn open(&self) -> Result<OpenedProject, CommandFailure> {
        exists(&self.project)?;
        let located = self.judged.locate(std::slice::from_ref(&self.project));
        match located.as_slice() {
            [] => Err(CommandFailure::misused(format!("there is no project at {}", self.project.display()))),
            [one] => OpenedProject::open(&one.root, self.judged.config.as_deref()),
            [_, ..] => {
                let roots = choice(located.iter().map(|one| one.root.clone()));
                Err(CommandFailure::misused(format!("there are several projects; name one with --project: {roots}")))
            }
        }
    }

    /// What the project is judged by; above several projects, what every project is judged by.
    pub(super) fn context(&self) -> Result<ProjectContext, CommandFailure> {
        exists(&self.project)?;
        match self.judged.locate(std::slice::from_ref(&self.project)).as_slice() {
            [] | [_] => Ok(self.open()?.context()),
            [_, ..] => Ok(ProjectContext::builtin()),
        }
    }

    /// The project, checked.
    pub(super) fn check(&self) -> Result<(OpenedProject, CheckOutput), CommandFailure> {
        let opened = self.open()?;
        let checked = self.check_opened(&opened);
        Ok((opened, checked))
    }

    /// The project, checked when its turn has come: nobody else writes to it as long as the turn is held.
    pub(super) fn check_to_write(&self) -> Result<(OpenedProject, CheckOutput, WriteLock), CommandFailure> {
        let opened = self.open_to_write()?;
        let turn = WriteLock::wait(opened.root.path())?;
        let checked = self.check_opened(&opened);
        Ok((opened, checked, turn))
    }

    /// What there is to say of the project that was opened.
    pub(super) fn check_opened(&self, opened: &OpenedProject) -> CheckOutput {
        project::check_tree(&opened.root, opened.settings_source(), &[], self.judged.today())
    }
}

impl SettingsOrigin {
    /// The day that counts as today.
    pub(super) fn today(&self) -> DateRange {
        self.date.unwrap_or_else(today)
    }

    /// The projects that the paths name. Where the settings come from elsewhere, the paths are one project.
    pub(super) fn locate(&self, paths: &[PathBuf]) -> Vec<Located> {
        match &self.config {
            Some(_) => vec![project::locate_whole(paths, Path::new("."))],
            None => project::locate(paths, Path::new(".")),
        }
    }
}

impl OpenedProject {
    /// Opens a project, and its settings at `config` if they come from elsewhere.
    pub(super) fn open(root: &Path, config: Option<&Path>) -> Result<OpenedProject, CommandFailure> {
        let cannot = |path: &Path| {
            let path = path.display().to_string();
            move |error| CommandFailure::unchecked(format!("{path} cannot be read: {error}"))
        };
        let Some(config) = config else {
            return Ok(OpenedProject { root: Root::open(root).map_err(cannot(root))?, trusted: None });
        };
        let file =
            config.canonicalize().map_err(|error| CommandFailure::misused(format!("{}: {error}", config.display())))?;
        if std::fs::symlink_metadata(config).is_ok_and(|it| it.file_type().is_symlink())
            && project::admit(&config.to_string_lossy(), &file.to_string_lossy().replace('\\', "/")).is_err()
        {
            return Err(CommandFailure::misused(format!(
                "{} is a link to a file that does not contain settings",
                config.display()
            )));
        }
        let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else {
            return Err(CommandFailure::misused(format!("{} is not a file", config.display())));
        };
        let trusted = Root::open(folder).map_err(cannot(folder))?;
        let root = Root::open_whole(root).map_err(cannot(root))?;
        Ok(OpenedProject { root, trusted: Some((trusted, name.to_string_lossy().into_owned())) })
    }

    /// Where the settings are read from.
    pub(super) fn settings_source(&self) -> SettingsSource<'_> {
        match &self.trusted {
            Some((tree, file)) => SettingsSource::trusted(tree, file),
            None => SettingsSource::own(&self.root),
        }
    }

    /// The folder in which the settings stand.
    pub(super) fn settings_folder(&self) -> &Path {
        self.trusted.as_ref().map_or(self.root.path(), |(tree, _)| tree.path())
    }

    /// What the project is judged by.
    pub(super) fn context(&self) -> ProjectContext {
        ProjectContext::open(self.settings_source())
    }
}

/// Refuses to go on when the settings themselves are wrong.
pub(super) fn refuse_wrong(context: &ProjectContext) -> Result<(), CommandFailure> {
    let is_wrong = |problem: &&Diagnostic| {
        context
            .rules
            .get(&problem.code)
            .is_some_and(|rule| rule.meta.is_about_configuration() && rule.level == Level::Error)
    };
    match context.problems.iter().find(is_wrong) {
        None => Ok(()),
        Some(problem) => {
            let at = place_of(context, problem.primary.span);
            Err(CommandFailure::misused(format!("{at}: {}; `recte check` shows all errors", problem.message)))
        }
    }
}

/// The same after a check.
pub(super) fn refuse_wrong_run(checked: &CheckOutput) -> Result<(), CommandFailure> {
    let is_wrong = |finding: &&Finding| {
        let rule = checked.rules.get(&finding.diagnostic.code);
        rule.is_some_and(|rule| rule.meta.is_about_configuration() && rule.meta.hides_others())
    };
    match checked.findings.iter().find(is_wrong) {
        None => Ok(()),
        Some(wrong) => {
            let message = format!("{}; correct this first: `recte check` shows where it is", wrong.diagnostic.message);
            let is_apart = checked.apart == Some(wrong.diagnostic.primary.span.source);
            Err(CommandFailure { message, exit: if is_apart { Exit::Findings } else { Exit::Misused } })
        }
    }
}

/// `path:line` of a place in the settings.
pub(super) fn place_of(context: &ProjectContext, at: Span) -> String {
    let source = context.sources.get(at.source);
    format!("{}:{}", source.name(), source.position(at.start).line)
}

/// The folder of a project as seen from the current one, empty or ending in `/`; where neither lies beneath the
/// other, the whole path.
pub(super) fn folder(root: &Path) -> String {
    let current = std::env::current_dir().and_then(|current| current.canonicalize()).unwrap_or_default();
    let seen = match (root.strip_prefix(&current), current.strip_prefix(root)) {
        (Ok(beneath), _) => beneath.to_owned(),
        (Err(_), Ok(above)) => above.components().map(|_| "..").collect(),
        (Err(_), Err(_)) => root.to_owned(),
    };
    let seen = seen.to_string_lossy().replace('\\', "/");
    if seen.is_empty() { seen } else { format!("{seen}/") }
}

/// The folders of projects, to choose from.
pub(super) fn choice(projects: impl Iterator<Item = PathBuf>) -> String {
    let name = |root: PathBuf| Some(folder(&root)).filter(|name| !name.is_empty()).unwrap_or_else(|| ".".to_owned());
    projects.map(name).collect::<Vec<_>>().join(", ")
}

/// Refuses a path that leads nowhere.
pub(super) fn exists(path: &Path) -> Result<(), CommandFailure> {
    match std::fs::symlink_metadata(path) {
        Ok(_) => Ok(()),
        Err(_) => Err(CommandFailure::misused(format!("there is no file or folder {}", path.display()))),
    }
}

/// Today by the clock of the machine, in universal time: the only clock of a run.
fn today() -> DateRange {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    DateRange::of_unix_time(seconds)
}

fn day(text: &str) -> Result<DateRange, String> {
    DateRange::parse(text)
        .filter(|days| days.first == days.last)
        .ok_or_else(|| "a date is written YYYY-MM-DD".to_owned())
}
