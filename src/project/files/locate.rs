//! Which projects a path names, and what of them is to be reported.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::WalkBuilder;

use super::discover;
use super::discover::WalkPolicy;
use super::ignoring;
use super::workspace::{NoMembers, Workspace};
use crate::project::names::{CLAIMS, CONFIG_NAME};

/// A project, and the paths beneath its root that were asked for; an empty list asks for all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The folder of the project.
    pub root: PathBuf,
    /// Files and folders beneath it, with `/`.
    pub only: Vec<String>,
}

/// The projects that some paths name.
#[derive(Clone, Debug, Default)]
pub struct LocatedProjects {
    /// The projects, in order of their folders.
    pub projects: Vec<Located>,
    /// The workspaces whose members are among them.
    pub workspaces: Vec<Workspace>,
}

/// The projects that the paths name, in order of their folders.
///
/// A path inside a project names that project; the folder of a workspace names its members; a path with projects beneath it names
/// each of them; without any configuration the current folder is the project, or the path itself when it lies elsewhere.
/// All paths must exist; `current` is the current folder.
///
/// # Errors
/// When the members of a workspace are not known.
pub fn locate(paths: &[PathBuf], current: &Path) -> Result<LocatedProjects, NoMembers> {
    let mut found: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    let mut workspaces = Vec::new();
    let current = current.canonicalize().unwrap_or_else(|_| current.to_owned());
    for path in paths {
        let path = current.join(path);
        let path = canonical(&path);
        for located in locate_one(&path, &current, &mut workspaces)? {
            let named = || located.only.iter().cloned().collect();
            let only = found.entry(located.root).or_insert_with(named);
            if located.only.is_empty() || only.is_empty() {
                only.clear();
            } else {
                only.extend(located.only);
            }
        }
    }
    let roots: Vec<PathBuf> = found.keys().cloned().collect();
    let counts = |root: &Path| roots.len() == 1 || has_claims(root, &roots);
    let projects = found.into_iter().filter(|(root, only)| !only.is_empty() || counts(root));
    let projects = projects.map(|(root, only)| Located { root, only: only.into_iter().collect() }).collect();
    Ok(LocatedProjects { projects, workspaces })
}

/// The projects and claims files in the folder of a workspace that are not checked, as none of its projects contains them.
pub fn left_out(workspace: &Workspace, projects: &[Located]) -> Vec<String> {
    let is_member = |folder: &Path| projects.iter().any(|one| one.root == folder);
    let is_project = |folder: &Path| Workspace::of(folder).is_ok_and(|workspace| workspace.is_none());
    let root = workspace.root.as_path();
    let others =
        configured(root).into_iter().filter(|folder| folder != root && !is_member(folder) && is_project(folder));
    let others = others.filter(|folder| has_claims(folder, &[]));
    let mut all: Vec<String> =
        others.filter_map(|folder| folder.strip_prefix(root).ok().map(discover::slashed)).collect();
    if !workspace.holds_itself() {
        all.extend(discover::walk(root, CLAIMS, WalkPolicy::Ignoring).files);
    }
    all.sort();
    all
}

/// Whether there is any claims file in a project, whatever the project says of ignoring it. Beside others,
/// a configuration without claims is one that they share.
fn has_claims(root: &Path, projects: &[PathBuf]) -> bool {
    let within: Vec<&PathBuf> = projects.iter().filter(|other| *other != root && other.starts_with(root)).collect();
    let files = discover::walk(root, CLAIMS, WalkPolicy::Whole).files;
    !discover::walk(root, CLAIMS, WalkPolicy::Ignoring).unlisted.is_empty()
        || files.iter().any(|file| !within.iter().any(|project| root.join(file).starts_with(project)))
}

/// The one project of all the paths when the configuration comes from elsewhere: the current folder, or the
/// folder that holds all of them. What the folder says of projects is not asked.
pub fn locate_whole(paths: &[PathBuf], current: &Path) -> Located {
    let current = current.canonicalize().unwrap_or_else(|_| current.to_owned());
    let paths: Vec<PathBuf> = paths.iter().map(|path| canonical(&current.join(path))).collect();
    let mut root = match paths.as_slice() {
        [only] if only.is_dir() => only.clone(),
        [..] if paths.iter().all(|path| path.starts_with(&current)) => current,
        [first, ..] => first.parent().unwrap_or(first).to_owned(),
        [] => current,
    };
    while !paths.iter().all(|path| path.starts_with(&root)) && root.pop() {}
    let inside = paths.iter().filter_map(|path| path.strip_prefix(&root).ok()).map(discover::slashed);
    let only: Vec<String> = inside.collect();
    let all = only.iter().any(String::is_empty);
    Located { root, only: if all { Vec::new() } else { only } }
}

fn locate_one(path: &Path, current: &Path, workspaces: &mut Vec<Workspace>) -> Result<Vec<Located>, NoMembers> {
    let whole = |root: PathBuf| Located { root, only: Vec::new() };
    let beneath = if path.is_dir() { projects_beneath(path, workspaces)? } else { Vec::new() };
    if path.is_dir() && path.join(CONFIG_NAME).is_file() {
        return Ok(beneath.into_iter().map(whole).collect());
    }
    let mut all: Vec<Located> = beneath.into_iter().map(whole).collect();
    let around = configured_above(path)?;
    let root = around.clone().unwrap_or_else(|| default_root(path, current));
    // What cannot be listed may hold claims, and is told by whoever checks the folder.
    let has_own = !path.is_dir() || {
        let found = discover::walk(path, CLAIMS, WalkPolicy::Ignoring);
        !found.files.is_empty() || !found.unlisted.is_empty()
    };
    if has_own || all.is_empty() {
        let inside = path.strip_prefix(&root).map(discover::slashed).unwrap_or_default();
        let only = if inside.is_empty() { Vec::new() } else { vec![inside] };
        all.insert(0, Located { root, only });
    }
    Ok(all)
}

/// The projects at a folder and beneath it. In a workspace these are its members alone.
fn projects_beneath(folder: &Path, workspaces: &mut Vec<Workspace>) -> Result<Vec<PathBuf>, NoMembers> {
    let is_workspace = is_configured(folder) && Workspace::of(folder)?.is_some();
    // That the folder is none is known by now, and not asked again.
    let (roots, itself) =
        if is_workspace { (vec![folder.to_owned()], None) } else { (configured(folder), Some(folder)) };
    projects_of(roots, itself, workspaces)
}

/// The projects of folders with a configuration: in place of a workspace its members. The folder of a workspace that is its own
/// member is a project.
fn projects_of(
    mut roots: Vec<PathBuf>,
    itself: Option<&Path>,
    workspaces: &mut Vec<Workspace>,
) -> Result<Vec<PathBuf>, NoMembers> {
    roots.sort();
    let mut projects: Vec<PathBuf> = Vec::new();
    let mut within: Option<PathBuf> = None;
    for root in roots {
        if within.as_ref().is_some_and(|workspace| root.starts_with(workspace)) {
            continue;
        }
        let workspace = if itself == Some(root.as_path()) { None } else { Workspace::of(&root)? };
        let Some(workspace) = workspace else {
            projects.push(root);
            continue;
        };
        projects.extend(projects_of(workspace.projects(configured)?, Some(&root), workspaces)?);
        workspaces.push(workspace);
        within = Some(root);
    }
    Ok(projects)
}

fn is_configured(folder: &Path) -> bool {
    folder.join(CONFIG_NAME).is_file()
}

/// The folders with a configuration at a folder and beneath it; none where a link leads elsewhere, as it may out of a checkout.
fn configured(folder: &Path) -> Vec<PathBuf> {
    if folder.canonicalize().is_ok_and(|real| real != folder) {
        return Vec::new();
    }
    let own = is_configured(folder).then(|| folder.to_owned());
    own.into_iter().chain(beneath(folder)).collect()
}

/// The folder itself with its parent's links resolved, so that a link is not followed out of a project unseen.
fn canonical(path: &Path) -> PathBuf {
    let link = path.is_symlink() && !path.is_dir();
    match (link, path.parent(), path.file_name()) {
        (true, Some(parent), Some(name)) => {
            parent.canonicalize().map_or_else(|_| path.to_owned(), |parent| parent.join(name))
        }
        (true | false, _, _) => path.canonicalize().unwrap_or_else(|_| path.to_owned()),
    }
}

/// The nearest project upward, at most to the root of the repository.
fn configured_above(path: &Path) -> Result<Option<PathBuf>, NoMembers> {
    for folder in path.ancestors().skip(usize::from(!path.is_dir())) {
        if is_configured(folder) {
            // What a workspace leaves out has no configuration, but may be asked for.
            let is_project = Workspace::of(folder)?.is_none_or(|workspace| workspace.holds_itself());
            return Ok(is_project.then(|| folder.to_owned()));
        }
        if folder.join(".git").exists() {
            return Ok(None);
        }
    }
    Ok(None)
}

fn default_root(path: &Path, current: &Path) -> PathBuf {
    match (path.starts_with(current), path.is_dir(), path.parent()) {
        (true, _, _) => current.to_owned(),
        (false, false, Some(parent)) => parent.to_owned(),
        (false, true | false, _) => path.to_owned(),
    }
}

/// The folders with a configuration beneath a folder.
fn beneath(folder: &Path) -> Vec<PathBuf> {
    if !ignoring::can_begin(folder) {
        return Vec::new();
    }
    let shut: Arc<Mutex<Vec<PathBuf>>> = Arc::default();
    let apart = Arc::clone(&shut);
    let mut builder = WalkBuilder::new(folder);
    builder
        .parents(false)
        .git_global(false)
        .require_git(false)
        .filter_entry(move |entry| discover::is_open(entry, &apart));
    let configs =
        builder.build().filter_map(Result::ok).filter(|entry| entry.depth() > 1 && entry.file_name() == CONFIG_NAME);
    let mut roots: Vec<PathBuf> = configs.filter_map(|entry| entry.path().parent().map(Path::to_owned)).collect();
    let shut = std::mem::take(&mut *shut.lock().unwrap_or_else(PoisonError::into_inner));
    roots.extend(shut.into_iter().filter(|folder| folder.join(CONFIG_NAME).is_file()));
    roots
}
