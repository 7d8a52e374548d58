//! What a run is to look at: paths, a list of files, the index of git, what changed, or an unsaved text.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use recte::project::{
    self, CLAIMS, CONFIG_NAME, CheckOutput, IGNORE_FILE, Located, LocatedProjects, Lock, Tree, Workspace,
};
use recte::rule::BASELINE_NAME;

use super::arguments::{Arguments, ReportReach};
use crate::cli::cache::Cache;
use crate::cli::git::{ChangedFiles, Git, GitIndex};
use crate::cli::output::CommandFailure;
use crate::cli::project::exists;
use crate::cli::write;

/// The files that decide on how claims are judged, or on which are, by their names alone.
const SETTINGS: [&str; 4] = [BASELINE_NAME, IGNORE_FILE, ".gitignore", ".ignore"];

/// The most bytes of a list of files, and of a text from standard input.
const MOST: u64 = 256 << 20;

/// What was asked for.
pub(super) struct Selection {
    paths: Vec<PathBuf>,
    pub(super) contents: Contents,
    changes: Option<(Git, ChangedFiles)>,
    /// What was there before them, if anything was.
    before: Option<GitIndex>,
    /// Whether all of the index is asked for.
    pub(super) everything: bool,
    /// What the workspaces leave out, which have members among the projects.
    pub(super) left_out: Vec<(Workspace, Vec<String>)>,
    /// Whether several projects are asked for, or a workspace, which may have any number.
    pub(super) is_of_several: bool,
    /// What earlier runs said, where that can be asked.
    pub(super) cache: Option<Cache>,
}

/// What standard input is called where no name is given.
const UNNAMED: &str = "standard-input.claims";

/// A project, and what of it was asked for.
pub(super) struct SelectedProject {
    /// Its number among the projects of the run.
    pub(super) number: usize,
    /// The project, and the files and folders in which findings are asked for.
    pub(super) located: Located,
    /// The files that changed, where those are asked for, as they are seen from the project.
    pub(super) changed: Option<Vec<String>>,
    /// Whether the project as a whole is another, or may be judged otherwise.
    pub(super) settings_changed: bool,
}

/// Where texts come from.
pub(super) enum Contents {
    /// The disk.
    Disk,
    /// The index of git.
    Index(Git, Box<GitIndex>),
    /// The disk, with this text in place of one file's.
    Text(String),
}

impl Selection {
    pub(super) fn new(arguments: &Arguments) -> Result<Selection, CommandFailure> {
        let select = |paths: &[PathBuf], contents| Selection {
            paths: paths.to_vec(),
            contents,
            changes: None,
            before: None,
            everything: false,
            left_out: Vec::new(),
            is_of_several: false,
            cache: None,
        };
        let is_stdin = arguments.paths == [PathBuf::from("-")];
        if is_stdin && (arguments.writes() || arguments.diff || arguments.staged || arguments.since.is_some()) {
            return Err(CommandFailure::misused(
                "`-` is standard input, which is only checked; leave the other option out",
            ));
        }
        if !is_stdin && arguments.paths.contains(&PathBuf::from("-")) {
            return Err(CommandFailure::misused("`-` is standard input, and stands alone: leave the other paths out"));
        }
        let unnamed = is_stdin.then(|| PathBuf::from(UNNAMED));
        if let Some(name) = arguments.stdin_filename.as_ref().or(unnamed.as_ref()) {
            if !name.to_string_lossy().ends_with(project::CLAIMS) {
                return Err(CommandFailure::misused(format!("{} is not the name of a claims file", name.display())));
            }
            let text = String::from_utf8(bounded(io::stdin(), "standard input")?);
            let text =
                text.map_err(|_| CommandFailure::unchecked("standard input is not UTF-8, so it was not checked"))?;
            return Ok(select(std::slice::from_ref(name), Contents::Text(text)));
        }
        if let Some(list) = &arguments.files_from {
            let paths = listed(list)?;
            paths.iter().try_for_each(|path| exists(path))?;
            return Ok(select(&paths, Contents::Disk));
        }
        arguments.paths.iter().try_for_each(|path| exists(path))?;
        let named = if arguments.paths.is_empty() { vec![PathBuf::from(".")] } else { arguments.paths.clone() };
        let mut selection = select(&named, Contents::Disk);
        if arguments.paths.is_empty() && (arguments.staged || arguments.since.is_some()) {
            // A commit is made from any folder of the repository.
            selection.paths = vec![repository(&named)?.top];
        }
        if arguments.staged {
            let git = repository(&named)?;
            let changes = git.staged()?;
            // Nothing is staged where somebody asks for all files rather than for those of a commit.
            selection.everything = changes.paths.is_empty();
            selection.change(repository(&named)?, changes)?;
            let index = GitIndex::read(&git)?;
            selection.contents = Contents::Index(git, Box::new(index));
        } else if let Some(since) = &arguments.since {
            let git = repository(&named)?;
            let changes = git.since(since)?;
            selection.change(git, changes)?;
        }
        Ok(selection)
    }

    /// Takes in what changed, and what is read through links that lead there.
    fn change(&mut self, git: Git, mut changes: ChangedFiles) -> Result<(), CommandFailure> {
        self.before = changes.base.as_deref().map(|base| GitIndex::at(&git, base)).transpose()?;
        if let Some(before) = &self.before {
            before.follow(&mut changes.paths);
        }
        self.changes = Some((git, changes));
        Ok(())
    }

    /// Refuses paths that a link of a checkout leads out of it, where files are to be fixed.
    pub(super) fn may_write(&self) -> Result<(), CommandFailure> {
        self.paths.iter().try_for_each(|path| write::may(path))
    }

    /// How far the report reaches: as the arguments say, or else a change is answered for wherever it shows.
    pub(super) fn reach(&self, arguments: &Arguments) -> ReportReach {
        let otherwise = if self.changes.is_some() { ReportReach::Affected } else { ReportReach::Changed };
        arguments.report.unwrap_or(otherwise)
    }

    /// The projects to check, each with what of it was asked for.
    pub(super) fn projects(&mut self, arguments: &Arguments) -> Result<Vec<SelectedProject>, CommandFailure> {
        let LocatedProjects { projects: located, workspaces } = arguments.judged.locate(&self.paths)?;
        if arguments.judged.config.is_none() {
            self.refuse_unlocated(&located, &workspaces)?;
        }
        self.is_of_several = located.len() > 1 || !workspaces.is_empty();
        let beside = workspaces.into_iter().map(|workspace| (project::left_out(&workspace, &located), workspace));
        self.left_out =
            beside.filter(|(names, _)| !names.is_empty()).map(|(names, workspace)| (workspace, names)).collect();
        let projects = located.into_iter().enumerate();
        let Some((git, changes)) = self.changes.as_ref().filter(|_| !self.everything) else {
            return Ok(projects
                .map(|(number, located)| SelectedProject { number, located, changed: None, settings_changed: false })
                .collect());
        };
        let trusted = arguments.judged.config.is_some();
        let target = |(number, located): (usize, Located)| {
            let inside = git.inside(&located.root)?;
            let changed: Vec<String> = changes.paths.iter().map(|path| seen_from(&inside, path)).collect();
            // What changed within another repository is only known by its folder.
            let is_another = changes.paths.iter().any(|path| beneath(&inside, path).is_some());
            let settings_changed = is_another || !trusted && changed.iter().any(|path| is_setting(path));
            Ok(SelectedProject { number, located, changed: Some(changed), settings_changed })
        };
        projects.map(target).collect()
    }

    /// The files that were named one by one, and are checked whatever the project leaves out.
    pub(super) fn explicit<'a>(&self, located: &'a Located) -> &'a [String] {
        if self.changes.is_some() { &[] } else { &located.only }
    }

    /// What is not looked at and may be taken for claims that are: files that end almost as claims do, hidden ones that changed,
    /// and repositories within one whose index is checked.
    pub(super) fn passed_over(&self) -> Vec<String> {
        let named = self.paths.iter().map(|path| path.to_string_lossy().into_owned());
        let changed = self.changes.iter().filter(|_| !self.everything).flat_map(|(_, changes)| &changes.paths);
        let mut said: Vec<String> = named
            .chain(changed.clone().cloned())
            .filter(|path| !path.ends_with(CLAIMS) && path.to_ascii_lowercase().ends_with(CLAIMS))
            .map(|path| format!("{path} was not checked: the names of claims files end in `{CLAIMS}`, in lower case"))
            .collect();
        let is_hidden = |path: &&String| path.ends_with(CLAIMS) && path.split('/').any(|part| part.starts_with('.'));
        said.extend(
            changed
                .filter(is_hidden)
                .map(|path| format!("{path} was not checked: it is hidden; `recte check {path}` checks it")),
        );
        if let Contents::Index(_, index) = &self.contents {
            let modules: Vec<&str> = index.modules().filter(|module| !index.has_claims(module)).collect();
            let (is, these) = if modules.len() == 1 { ("is", "a submodule") } else { ("are", "submodules") };
            said.extend(
                (!modules.is_empty())
                    .then(|| format!("the contents of {} were not checked, which {is} {these}", modules.join(", "))),
            );
        }
        said
    }

    /// Refuses to pass over claims in the index whose project is not in the work tree, where projects are looked for.
    fn refuse_unlocated(&self, located: &[Located], workspaces: &[Workspace]) -> Result<(), CommandFailure> {
        let (Contents::Index(git, index), Some((_, changes))) = (&self.contents, &self.changes) else { return Ok(()) };
        let roots: Vec<String> =
            located.iter().map(|located| git.inside(&located.root)).collect::<Result<_, CommandFailure>>()?;
        let requested: Vec<String> =
            self.paths.iter().filter_map(|path| git.inside(&path.canonicalize().ok()?).ok()).collect();
        let top = git.top.canonicalize().unwrap_or_else(|_| git.top.clone());
        let is_requested = |path: &&String| {
            let leaves_out = |workspace: &Workspace| workspace.leaves_out(&top.join(path));
            requested.iter().any(|requested| beneath(path, requested).is_some()) && !workspaces.iter().any(leaves_out)
        };
        for path in changes.paths.iter().filter(is_requested) {
            if !index.belongs(path, &roots) {
                return Err(CommandFailure::unchecked(format!(
                    "{path} is staged, and its project is not in the work tree, so it was not checked"
                )));
            }
        }
        Ok(())
    }

    /// Checks what a project was before the change; nothing where no change is asked for.
    ///
    /// # Errors
    /// When git cannot tell.
    pub(super) fn before(
        &self,
        (target, whole): (&SelectedProject, bool),
        check: impl FnOnce(&dyn Tree) -> CheckOutput,
    ) -> Result<Option<CheckOutput>, CommandFailure> {
        let Some((git, _)) = self.changes.as_ref().filter(|_| !self.everything) else { return Ok(None) };
        let inside = git.inside(&target.located.root)?;
        // Before the first commit there was nothing.
        Ok(Some(self.before.as_ref().map_or_else(CheckOutput::default, |before| check(&before.tree(&inside, whole)))))
    }

    /// What was accepted of the documents of a project before the change that is asked for; nothing where none is.
    ///
    /// # Errors
    /// When git cannot tell.
    pub(super) fn accepted_before(&self, target: &SelectedProject) -> Result<Option<Lock>, CommandFailure> {
        let Some((git, _)) = self.changes.as_ref().filter(|_| !self.everything) else { return Ok(None) };
        let Some(before) = &self.before else { return Ok(None) };
        let is_project = |folder: &str| match &self.contents {
            Contents::Index(_, index) => index.has(format!("{folder}/{CONFIG_NAME}").trim_start_matches('/')),
            Contents::Disk | Contents::Text(_) => git.top.join(folder).join(CONFIG_NAME).is_file(),
        };
        before.accepted(&git.inside(&target.located.root)?, is_project).map(Some)
    }
}

/// Whether a file that need not be there any more decides on how all claims are judged, or on which files are.
fn is_setting(path: &str) -> bool {
    path == CONFIG_NAME || SETTINGS.contains(&path.rsplit('/').next().unwrap_or(path))
}

/// A path as it is seen from a folder of the same repository.
fn seen_from(folder: &str, path: &str) -> String {
    let mut above = String::new();
    for outer in folders(folder) {
        if let Some(rest) = beneath(path, outer) {
            return above + rest;
        }
        above.push_str("../");
    }
    above + path
}

/// A folder and those around it, from the inside out; empty for the top.
fn folders(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |inner| {
        (!inner.is_empty()).then(|| inner.rsplit_once('/').map_or("", |(outer, _)| outer))
    })
}

/// The rest of a path at a folder or beneath it; empty for the folder itself.
fn beneath<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() || path == folder {
        return path.strip_prefix(folder);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// The repository around the first of the paths.
fn repository(paths: &[PathBuf]) -> Result<Git, CommandFailure> {
    let path = paths.first().map_or(Path::new("."), PathBuf::as_path);
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    Git::containing(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
}

/// The paths of a list, each ended by NUL.
fn listed(list: &Path) -> Result<Vec<PathBuf>, CommandFailure> {
    let from_input = list.as_os_str() == "-";
    let shown = if from_input { "standard input".to_owned() } else { list.display().to_string() };
    let bytes = if from_input {
        bounded(io::stdin(), &shown)?
    } else {
        let file =
            File::open(list).map_err(|error| CommandFailure::misused(format!("{shown} cannot be read: {error}")))?;
        bounded(file, &shown)?
    };
    let list = String::from_utf8(bytes).map_err(|_| CommandFailure::misused(format!("{shown} is not UTF-8")))?;
    if !list.is_empty() && !list.contains('\0') {
        return Err(CommandFailure::misused(format!(
            "the paths in {shown} must each end with NUL, as after `git diff -z`"
        )));
    }
    let paths: Vec<PathBuf> = list.split('\0').filter(|path| !path.is_empty()).map(PathBuf::from).collect();
    if paths.is_empty() { Err(CommandFailure::misused(format!("{shown} contains no paths"))) } else { Ok(paths) }
}

fn bounded(from: impl Read, name: &str) -> Result<Vec<u8>, CommandFailure> {
    let mut bytes = Vec::new();
    let read = from.take(MOST).read_to_end(&mut bytes);
    read.map_err(|error| CommandFailure::unchecked(format!("{name} cannot be read: {error}")))?;
    if bytes.len() as u64 == MOST {
        return Err(CommandFailure::unchecked(format!("{name} has {} MiB or more, so it was not checked", MOST >> 20)));
    }
    Ok(bytes)
}
