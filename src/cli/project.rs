//! Where a command works: a project, the settings that hold for it, and the day.

use std::path::{Path, PathBuf};

use recte::diagnostic::Diagnostic;
use recte::model::DateRange;
use recte::project::{
    self, CONFIG_NAME, CheckOutput, Located, LocatedProjects, NotRead, ProjectContext, Root, SettingsSource,
};
use recte::rule::{Finding, Level};
use recte::text::Span;

use super::exit::Exit;
use super::near::no_such_path;
use super::output::CommandFailure;
use super::paths::{choice, folder};
use super::write::{self, WriteLock};

/// The project that a command is about, for commands about one.
#[derive(Clone, clap::Args)]
pub(super) struct ProjectArgument {
    /// The project: a folder or a file in it (default: the current folder)
    #[arg(long, value_name = "PATH", global = true)]
    project: Option<PathBuf>,
    #[command(flatten)]
    pub(super) judged: SettingsOrigin,
}

/// By what a project is judged.
#[derive(Clone, clap::Args)]
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
    /// The project of a path that a command was given besides, unless one is named outright.
    pub(super) fn at(&self, path: Option<&Path>) -> ProjectArgument {
        let project = self.project.clone().or_else(|| path.map(Path::to_owned));
        ProjectArgument { project, judged: self.judged.clone() }
    }

    /// The project of a path where this is about several.
    pub(super) fn at_if_several(&self, path: Option<&Path>) -> ProjectArgument {
        let is_of_several = self.project.is_none() && self.locate().is_ok_and(|located| located.len() > 1);
        self.at(path.filter(|_| is_of_several))
    }

    fn path(&self) -> &Path {
        self.project.as_deref().unwrap_or(Path::new("."))
    }

    /// The project, opened to be written to: never where a link of a checkout leads out of it.
    pub(super) fn open_to_write(&self) -> Result<OpenedProject, CommandFailure> {
        let config = self.judged.config.iter().map(PathBuf::as_path);
        config.chain([self.path()]).try_for_each(|path| exists(path).and_then(|()| write::may(path)))?;
        self.open()
    }

    /// The project, opened.
    pub(super) fn open(&self) -> Result<OpenedProject, CommandFailure> {
        let mut located = self.locate()?;
        match located.len() {
            1 => OpenedProject::open(&located.remove(0).root, self.judged.config.as_deref()),
            _ => {
                let roots = choice(located.into_iter().map(|one| one.root));
                Err(CommandFailure::misused(format!("there are several projects; name one with --project: {roots}")))
            }
        }
    }

    /// The project of a file, opened, and the name of the file in it.
    pub(super) fn open_for(&self, file: &Path) -> Result<(OpenedProject, String), CommandFailure> {
        exists(file)?;
        let mut located = self.judged.locate(&[file.to_owned()])?.projects;
        match (located.pop(), located.is_empty()) {
            (Some(Located { root, only }), true) if only.len() == 1 => {
                Ok((OpenedProject::open(&root, self.judged.config.as_deref())?, only[0].clone()))
            }
            _ => Err(CommandFailure::misused(format!("{} is not a file", file.display()))),
        }
    }

    /// Every project at the path, opened.
    pub(super) fn open_all(&self) -> Result<Vec<OpenedProject>, CommandFailure> {
        let open = |one: Located| OpenedProject::open(&one.root, self.judged.config.as_deref());
        self.locate()?.into_iter().map(open).collect()
    }

    /// The projects at the path, of which there is at least one.
    fn locate(&self) -> Result<Vec<Located>, CommandFailure> {
        exists(self.path())?;
        let located = self.judged.locate(&[self.path().to_owned()])?.projects;
        if located.is_empty() {
            return Err(CommandFailure::misused(format!("there is no project at {}", self.path().display())));
        }
        Ok(located)
    }

    /// What the examples of rules are judged by: the same as the project, with the parameters that the rules themselves have.
    pub(super) fn context_for_examples(&self) -> Result<ProjectContext, CommandFailure> {
        match self.locate() {
            Ok(located) if located.len() > 1 => Ok(ProjectContext::builtin()),
            _ => {
                let opened = self.open()?;
                Ok(ProjectContext::open(SettingsSource { keeps_params: true, ..opened.settings_source() }))
            }
        }
    }

    /// What the project is judged by; above several projects, what every project is judged by.
    pub(super) fn context(&self) -> Result<ProjectContext, CommandFailure> {
        match self.locate() {
            Ok(located) if located.len() > 1 => Ok(ProjectContext::builtin()),
            _ => Ok(self.open()?.context()),
        }
    }

    /// The same, or the first of several projects that has a rule of its own by this name.
    pub(super) fn context_of_rule(&self, rule: &str) -> Result<ProjectContext, CommandFailure> {
        let context = self.context()?;
        if context.rules.typed(rule).is_some() {
            return Ok(context);
        }
        let own = self.open_all()?.into_iter().map(|opened| opened.context());
        Ok(own.into_iter().find(|own| own.rules.typed(rule).is_some()).unwrap_or(context))
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
    pub(super) fn locate(&self, paths: &[PathBuf]) -> Result<LocatedProjects, CommandFailure> {
        match &self.config {
            Some(_) => Ok(LocatedProjects {
                projects: vec![project::locate_whole(paths, Path::new("."))],
                ..LocatedProjects::default()
            }),
            None => locate(paths),
        }
    }
}

/// The projects that the paths name, by what the folders say of them.
pub(super) fn locate(paths: &[PathBuf]) -> Result<LocatedProjects, CommandFailure> {
    project::locate(paths, Path::new(".")).map_err(|unknown| {
        // Where a value is wrong, its place is known.
        let wrong = OpenedProject::open(&unknown.root, None).ok().and_then(|opened| first_wrong(&opened.context()));
        let wrong = wrong.unwrap_or_else(|| format!("{CONFIG_NAME}: {}", unknown.why));
        CommandFailure::misused(format!("{}{wrong}", folder(&unknown.root)))
    })
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
    match first_wrong(context) {
        None => Ok(()),
        Some(wrong) => Err(CommandFailure::misused(format!("{wrong}; `recte check` shows all errors"))),
    }
}

/// The first thing that is wrong with the settings themselves: where, and what.
fn first_wrong(context: &ProjectContext) -> Option<String> {
    let is_wrong = |problem: &&Diagnostic| {
        context
            .rules
            .get(&problem.code)
            .is_some_and(|rule| rule.meta.is_about_configuration() && rule.level == Level::Error)
    };
    let problem = context.problems.iter().find(is_wrong)?;
    Some(format!("{}: {}", place_of(context, problem.primary.span), problem.message))
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
            let at = wrong.diagnostic.primary.span;
            let source = checked.sources.get(at.source);
            let place = format!("{}:{}", source.name(), source.position(at.start).line);
            let message = format!("{place}: {}; correct this first: `recte check` shows it", wrong.diagnostic.message);
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

/// Refuses a path that leads nowhere.
pub(super) fn exists(path: &Path) -> Result<(), CommandFailure> {
    match std::fs::symlink_metadata(path) {
        Ok(_) => Ok(()),
        Err(_) => Err(CommandFailure::misused(no_such_path(path))),
    }
}

/// Today by the clock of the machine, in universal time: the only clock of a run.
pub(super) fn today() -> DateRange {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    DateRange::of_unix_time(seconds)
}

fn day(text: &str) -> Result<DateRange, String> {
    DateRange::parse(text)
        .filter(|days| days.first == days.last)
        .ok_or_else(|| "a date is written YYYY-MM-DD".to_owned())
}

/// Why a file was not read, as the end of a sentence about it.
pub(super) fn because(why: NotRead) -> String {
    match why {
        NotRead::Missing => "does not exist".to_owned(),
        NotRead::Outside => "is outside the project".to_owned(),
        NotRead::OfGit => "belongs to git".to_owned(),
        NotRead::Secret => "has a name that suggests secrets".to_owned(),
        NotRead::OtherKind => "is a link to a file of another kind".to_owned(),
        NotRead::NotAFile => "is not a file".to_owned(),
        NotRead::TooLarge(bytes) => format!("is too large ({bytes} bytes)"),
        NotRead::NotText(byte) => format!("is not UTF-8 (at byte {byte})"),
        NotRead::NotInEncoding | NotRead::UnknownEncoding => "is in another encoding".to_owned(),
        NotRead::Refused(kind) => format!("cannot be read ({kind})"),
    }
}
