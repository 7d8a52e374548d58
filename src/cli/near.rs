//! What to type instead of a path that leads nowhere, or of a block that is not there.

use std::fs;
use std::path::{Path, PathBuf};

use recte::model::BlockId;
use recte::project::CheckOutput;
use recte::text::{Nearest, did_you_mean};

use super::paths::slashed;

/// How many near names are offered.
const OFFERED: usize = 3;

/// The most entries of a folder that are compared.
const ENTRIES: usize = 10_000;

/// What is said of a path that leads nowhere: where its first wrong part is almost the name of something, what that is.
pub(super) fn no_such_path(path: &Path) -> String {
    let near: Vec<String> = near_paths(path).iter().map(|near| slashed(near)).collect();
    let near = did_you_mean(&near.iter().map(String::as_str).collect::<Vec<_>>());
    let near = near.map(|near| format!("; {near}")).unwrap_or_default();
    format!("there is no file or folder {}{near}", path.display())
}

/// The paths that exist, and differ only in one part that is spelled almost alike.
fn near_paths(path: &Path) -> Vec<PathBuf> {
    let exists = |path: &Path| path.as_os_str().is_empty() || path.symlink_metadata().is_ok();
    let Some(wrong) = path.ancestors().take_while(|path| !exists(path)).last() else { return Vec::new() };
    let (Some(folder), Some(name)) = (wrong.parent(), wrong.file_name()) else { return Vec::new() };
    let Ok(rest) = path.strip_prefix(wrong) else { return Vec::new() };
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = fs::read_dir(here).into_iter().flatten().take(ENTRIES).filter_map(Result::ok);
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort_unstable();
    let near = Nearest::default().find(&name.to_string_lossy(), names.iter().map(String::as_str), OFFERED);
    let whole = |near: &str| if rest.as_os_str().is_empty() { folder.join(near) } else { folder.join(near).join(rest) };
    near.into_iter().map(whole).filter(|near| exists(near)).collect()
}

/// What to type instead of a claims file that a project does not have.
pub(super) fn advice_on_file(name: &str, checked: &CheckOutput) -> Option<String> {
    let known = checked.files.iter().map(|file| checked.sources.get(*file).name());
    did_you_mean(&Nearest::default().find(name, known, OFFERED))
}

/// What to type instead of a block that is not there: a place or an id of which it is almost the name, whole or without its
/// namespace.
pub(super) fn advice_on_block(name: &str, checked: &CheckOutput) -> Option<String> {
    let corpus = &checked.corpus;
    let ids = || corpus.block_ids().filter_map(|block: BlockId| corpus.block(block).id());
    let near = Nearest::default().find(name, ids(), OFFERED);
    if !near.is_empty() {
        return did_you_mean(&near);
    }
    let last = |id: &str| id.rsplit('/').next().unwrap_or(id).to_owned();
    let lasts: Vec<String> = ids().map(last).collect();
    let near = Nearest::default().find(name, lasts.iter().map(String::as_str), OFFERED);
    let near: Vec<&str> = ids().filter(|id| near.contains(&last(id).as_str())).take(OFFERED).collect();
    did_you_mean(&near)
}
