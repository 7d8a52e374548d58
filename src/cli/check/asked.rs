//! What a run is to look at: paths, a list of files, the index of git, what changed, or an unsaved text.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use recte::project::{self, Checked, House, Located, Root, Setup};
use recte::rule::BASELINE_NAME;

use super::Arguments;
use super::scope::Width;
use crate::cli::cache::Cache;
use crate::cli::git::{Changes, Git, Index};
use crate::cli::output::Failure;
use crate::cli::place::exists;

/// The most bytes of a list of files, and of a text from standard input.
const MOST: u64 = 256 << 20;

/// What was asked for.
pub(super) struct Asked {
    paths: Vec<PathBuf>,
    pub(super) contents: Contents,
    changes: Option<(Git, Changes)>,
    /// Whether all of the index is asked for.
    pub(super) everything: bool,
    /// What earlier runs said, where that can be asked.
    pub(super) cache: Option<Cache>,
}

/// A project, and what of it was asked for.
pub(super) struct Target {
    /// Its number among the projects of the run.
    pub(super) number: usize,
    /// The project, and the files and folders in which findings are asked for.
    pub(super) located: Located,
    /// The files that changed, where those are asked for.
    pub(super) changed: Option<Vec<String>>,
    /// Whether what all claims are judged by is among them.
    pub(super) unsettled: bool,
}

/// Where texts come from.
pub(super) enum Contents {
    /// The disk.
    Disk,
    /// The index of git.
    Index(Git, Box<Index>),
    /// The disk, with this text in place of one file's.
    Text(String),
}

impl Asked {
    pub(super) fn new(arguments: &Arguments) -> Result<Asked, Failure> {
        let asked = |paths: &[PathBuf], contents| Asked {
            paths: paths.to_vec(),
            contents,
            changes: None,
            everything: false,
            cache: None,
        };
        if let Some(name) = &arguments.stdin_filename {
            if !name.to_string_lossy().ends_with(project::CLAIMS) {
                return Err(Failure::misused(format!("{} is no name of a claims file", name.display())));
            }
            let text = String::from_utf8(bounded(io::stdin(), "standard input")?);
            let text = text.map_err(|_| Failure::unchecked("standard input is not UTF-8, so it was not checked"))?;
            return Ok(asked(std::slice::from_ref(name), Contents::Text(text)));
        }
        if let Some(list) = &arguments.files_from {
            let paths = listed(list)?;
            paths.iter().try_for_each(|path| exists(path))?;
            return Ok(asked(&paths, Contents::Disk));
        }
        arguments.paths.iter().try_for_each(|path| exists(path))?;
        let named = if arguments.paths.is_empty() { vec![PathBuf::from(".")] } else { arguments.paths.clone() };
        let mut asked = asked(&named, Contents::Disk);
        if arguments.paths.is_empty() && (arguments.staged || arguments.since.is_some()) {
            // A commit is made from any folder of the repository.
            asked.paths = vec![repository(&named)?.top];
        }
        if arguments.staged {
            let git = repository(&named)?;
            let changes = git.staged()?;
            // Nothing is staged where somebody asks for all files rather than for those of a commit.
            asked.everything = changes.paths.is_empty();
            asked.changes = Some((repository(&named)?, changes));
            let index = Index::read(&git)?;
            asked.contents = Contents::Index(git, Box::new(index));
        } else if let Some(since) = &arguments.since {
            let git = repository(&named)?;
            let changes = git.since(since)?;
            asked.changes = Some((git, changes));
        }
        Ok(asked)
    }

    /// How far the report reaches unless the arguments say: a change is answered for wherever it shows.
    pub(super) fn width(&self) -> Width {
        if self.changes.is_some() { Width::Affected } else { Width::Changed }
    }

    /// The projects to check, each with what of it was asked for.
    pub(super) fn projects(&self, arguments: &Arguments) -> Vec<Target> {
        let projects = arguments.judged.locate(&self.paths).into_iter().enumerate();
        let Some((git, changes)) = self.changes.as_ref().filter(|_| !self.everything) else {
            return projects
                .map(|(number, located)| Target { number, located, changed: None, unsettled: false })
                .collect();
        };
        let trusted = arguments.judged.config.is_some();
        let target = |(number, located): (usize, Located)| {
            let inside = git.inside(&located.root).unwrap_or_default();
            let changed: Vec<String> =
                changes.paths.iter().filter_map(|path| beneath(path, &inside)).map(str::to_owned).collect();
            let unsettled =
                !trusted && (changed.iter().any(|path| settles(path)) || shares(&located, &inside, &changes.paths));
            Target { number, located, changed: Some(changed), unsettled }
        };
        projects.map(target).collect()
    }

    /// The files that were named one by one, and are checked whatever the project leaves out.
    pub(super) fn explicit<'a>(&self, located: &'a Located) -> &'a [String] {
        if self.changes.is_some() { &[] } else { &located.only }
    }

    /// The ids that the changed files of a project declared before the change.
    pub(super) fn before(&self, target: &Target, checked: &Checked) -> Result<BTreeSet<String>, Failure> {
        let Some((git, Changes { base: Some(base), .. })) = &self.changes else { return Ok(BTreeSet::new()) };
        let inside = git.inside(&target.located.root)?;
        let mut texts = BTreeMap::new();
        for path in target.changed.iter().flatten().filter(|path| path.ends_with(project::CLAIMS)) {
            let from_top = if inside.is_empty() { path.clone() } else { format!("{inside}/{path}") };
            texts.extend(git.text_at(base, &from_top)?.map(|text| (path.clone(), text)));
        }
        Ok(project::declared(&texts, &checked.corpus.schema))
    }
}

/// Whether a file decides on how all claims are judged, or on which files are.
fn settles(path: &str) -> bool {
    const FILES: [&str; 3] = [BASELINE_NAME, project::IGNORE_FILE, ".gitignore"];
    path.ends_with(".toml") || FILES.contains(&path.rsplit('/').next().unwrap_or(path))
}

/// Whether a project is judged by a file outside of it that changed.
fn shares(located: &Located, inside: &str, changed: &[String]) -> bool {
    let outside = |path: &&String| path.ends_with(".toml") && beneath(path, inside).is_none();
    let outside: BTreeSet<&String> = changed.iter().filter(outside).collect();
    let Some(root) = Some(outside.len()).filter(|many| *many > 0).and_then(|_| Root::open(&located.root).ok()) else {
        return false;
    };
    let house = House::open(Setup::own(&root));
    let mut read = house.sources.ids().filter_map(|file| project::join(inside, house.sources.get(file).name()).ok());
    read.any(|path| outside.contains(&path))
}

/// The rest of a path beneath a folder; empty for none.
fn beneath<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

/// The repository around the first of the paths.
fn repository(paths: &[PathBuf]) -> Result<Git, Failure> {
    let path = paths.first().map_or(Path::new("."), PathBuf::as_path);
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    Git::around(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
}

/// The paths of a list, each ended by NUL.
fn listed(list: &Path) -> Result<Vec<PathBuf>, Failure> {
    let from_input = list.as_os_str() == "-";
    let shown = if from_input { "standard input".to_owned() } else { list.display().to_string() };
    let bytes = if from_input {
        bounded(io::stdin(), &shown)?
    } else {
        let file = File::open(list).map_err(|error| Failure::misused(format!("{shown} cannot be read: {error}")))?;
        bounded(file, &shown)?
    };
    let list = String::from_utf8(bytes).map_err(|_| Failure::misused(format!("{shown} is not UTF-8")))?;
    if !list.is_empty() && !list.contains('\0') {
        return Err(Failure::misused(format!("the paths in {shown} must each end with NUL, as after `git diff -z`")));
    }
    let paths: Vec<PathBuf> = list.split('\0').filter(|path| !path.is_empty()).map(PathBuf::from).collect();
    if paths.is_empty() { Err(Failure::misused(format!("{shown} names no file"))) } else { Ok(paths) }
}

fn bounded(from: impl Read, name: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = from.take(MOST).read_to_end(&mut bytes);
    read.map_err(|error| Failure::unchecked(format!("{name} cannot be read: {error}")))?;
    if bytes.len() as u64 == MOST {
        return Err(Failure::unchecked(format!("{name} holds {} MiB or more, so it was not checked", MOST >> 20)));
    }
    Ok(bytes)
}
