//! A folder that is no project itself: its configuration names the projects that are checked together.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeTable;

use super::discover::slashed;
use super::root::Root;
use super::tree::Tree;
use crate::project::names::CONFIG_NAME;
use crate::text::Pattern;

/// The most bytes of a configuration that is read to see whether it names projects.
const MOST: u64 = 1 << 20;

/// The table of a configuration that makes its folder a workspace.
const TABLE: &str = "workspace";

/// The member that is the folder of the workspace itself.
const ITSELF: &str = ".";

/// A folder whose configuration names projects, and which they are.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The folder.
    pub root: PathBuf,
    /// The line of its configuration on which the list of members begins, from 1.
    pub line: u32,
    members: Vec<Member>,
    exclude: Vec<Pattern>,
}

/// A pattern of folders, and the folder in which those that it matches are looked for.
#[derive(Clone, Debug)]
struct Member {
    written: String,
    /// The part before the first sign that stands for something else; empty for the workspace itself.
    begins: String,
    pattern: Option<Pattern>,
}

/// Why the projects of a workspace are not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoMembers {
    /// The folder of the workspace.
    pub root: PathBuf,
    /// What is wrong with its list of members.
    pub why: String,
}

impl fmt::Display for NoMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.root.join(CONFIG_NAME).display(), self.why)
    }
}

/// A configuration, as far as it says which projects there are.
#[derive(Deserialize)]
struct WrittenConfig {
    workspace: Option<WrittenWorkspace>,
}

#[derive(Deserialize)]
struct WrittenWorkspace {
    members: Option<Spanned<Vec<String>>>,
    #[serde(default)]
    exclude: Vec<String>,
}

impl Workspace {
    /// The workspace of a folder; none where its configuration is that of a project, or cannot be read, which whoever checks the
    /// project reports.
    ///
    /// # Errors
    /// When the list of members cannot be understood.
    pub fn of(root: &Path) -> Result<Option<Workspace>, NoMembers> {
        let read = Root::open(root).ok().and_then(|tree| tree.read(CONFIG_NAME, MOST).ok());
        // Few configurations have one, and none has to be understood twice.
        let Some(text) = read.filter(|text| text.contains(TABLE)) else { return Ok(None) };
        let no = |why: String| NoMembers { root: root.to_owned(), why };
        let Ok(written) = toml::from_str::<WrittenConfig>(&text) else {
            let (table, _) = DeTable::parse_recoverable(&text);
            let names_projects = table.get_ref().contains_key(TABLE);
            return if names_projects { Err(no("[workspace] cannot be read".to_owned())) } else { Ok(None) };
        };
        let Some(WrittenWorkspace { members, exclude }) = written.workspace else { return Ok(None) };
        let Some(members) = members.filter(|members| !members.get_ref().is_empty()) else {
            return Err(no("`members` under [workspace] names no projects".to_owned()));
        };
        let before = &text.as_bytes()[..members.span().start.min(text.len())];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let wrong =
            |written: &str| no(format!("`{written}` under [workspace] is not a pattern of folders in this folder"));
        let members =
            members.into_inner().into_iter().map(|written| Member::read(&written).ok_or_else(|| wrong(&written)));
        let exclude = exclude.iter().map(|written| anchored(written).ok_or_else(|| wrong(written)));
        let (members, exclude) = (members.collect::<Result<_, _>>()?, exclude.collect::<Result<_, _>>()?);
        Ok(Some(Workspace { root: root.to_owned(), line: u32::try_from(line).unwrap_or(u32::MAX), members, exclude }))
    }

    /// The projects that are members, each with those inside it. `beneath` finds the projects at a folder and below it.
    ///
    /// # Errors
    /// When a member is no project.
    pub(crate) fn projects(&self, beneath: impl Fn(&Path) -> Vec<PathBuf>) -> Result<Vec<PathBuf>, NoMembers> {
        let mut all = Vec::new();
        for member in &self.members {
            let found: Vec<PathBuf> = match member.pattern {
                None => vec![self.root.clone()],
                Some(_) => beneath(&self.root.join(&member.begins))
                    .into_iter()
                    .filter(|project| *project != self.root && member.covers(&self.inside(project)))
                    .collect(),
            };
            if found.is_empty() {
                let why = format!("`members` names `{}`, where there is no project", member.written);
                return Err(NoMembers { root: self.root.clone(), why });
            }
            all.extend(found.into_iter().filter(|project| !self.is_excluded(&self.inside(project))));
        }
        all.sort();
        all.dedup();
        Ok(all)
    }

    /// Whether a path in the folder belongs to no project that is a member.
    pub fn leaves_out(&self, path: &Path) -> bool {
        let inside = self.inside(path);
        path.starts_with(&self.root)
            && (self.is_excluded(&inside) || !self.members.iter().any(|member| member.covers(&inside)))
    }

    /// Whether the folder is a project as well.
    pub(crate) fn holds_itself(&self) -> bool {
        self.members.iter().any(|member| member.pattern.is_none())
    }

    fn inside(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).map(slashed).unwrap_or_default()
    }

    fn is_excluded(&self, inside: &str) -> bool {
        self.exclude.iter().any(|pattern| pattern.matches(inside))
    }
}

impl Member {
    /// Reads a pattern; `None` for one that leads out of the folder, or matches nothing.
    fn read(written: &str) -> Option<Member> {
        let is_itself = written.trim_end_matches('/') == ITSELF;
        let pattern = if is_itself { None } else { Some(anchored(written)?) };
        let is_plain = |part: &&str| !part.contains(['*', '?', '[', '{', '\\']);
        let begins: Vec<&str> = path(written).split('/').take_while(is_plain).collect();
        let begins = if is_itself { String::new() } else { begins.join("/") };
        Some(Member { written: written.to_owned(), begins, pattern })
    }

    fn covers(&self, inside: &str) -> bool {
        self.pattern.as_ref().is_none_or(|pattern| pattern.matches(inside))
    }
}

/// A pattern of folders as they stand in the workspace, and not of such as are called so anywhere in it.
fn anchored(written: &str) -> Option<Pattern> {
    let path = path(written);
    let leads_out = path.split('/').any(|part| part == "..") || path.is_empty() || path.starts_with('!');
    if leads_out { None } else { Pattern::read(&format!("/{path}")) }
}

fn path(written: &str) -> &str {
    written.trim_start_matches("./").trim_matches('/')
}

#[cfg(test)]
mod tests {
    use super::{Member, anchored};

    #[test]
    fn members_are_folders_of_the_workspace() {
        let covers = |written: &str, path: &str| Member::read(written).is_some_and(|member| member.covers(path));
        assert!(covers("claims/*", "claims/us-japan") && covers("claims/*", "claims/us-japan/annex"));
        assert!(covers("./claims/us-japan/", "claims/us-japan"));
        assert!(!covers("us-japan", "claims/us-japan"), "a name alone is a folder here, not anywhere");
        assert!(covers(".", "anything"));
        for written in ["", "..", "a/../..", "!a", "/"] {
            assert!(Member::read(written).is_none() && anchored(written).is_none(), "{written}");
        }
    }

    #[test]
    fn projects_are_looked_for_where_a_pattern_begins() {
        let begins = |written: &str| Member::read(written).unwrap().begins;
        assert_eq!([begins("claims/*"), begins("claims/a"), begins("*"), begins(".")], ["claims", "claims/a", "", ""]);
    }
}
