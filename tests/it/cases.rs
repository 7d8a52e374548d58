//! Small projects that each show one thing, and what people read about them.
//!
//! Every folder `tests/cases/FLOOR/WHAT-IT-SHOWS` is a project. `expect.txt` lists its findings, `CODE path:line:column`
//! on each line; what is done well stands beside what is not, and is not in the list. `links.txt` names links that are
//! made when the test runs, `name target` on each line. `findings.snap` holds the findings as they are shown.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use recte::project::ProjectContext;

use crate::support::{Folder, places, rendered, repository};

/// Floors whose cases other tests run.
const ELSEWHERE: &[&str] = &["authors", "documents", "edits", "format", "ingest"];

#[test]
fn every_project_has_the_findings_that_it_expects() {
    let mut wrong = Vec::new();
    for case in cases() {
        let Some(folder) = case.folder() else { continue };
        let checked = folder.check();
        let found: Vec<String> = places(&checked).iter().map(|place| without_name(place)).collect();
        if found != case.expected() {
            wrong.push(format!("{}\nexpected {:#?}\nfound {found:#?}", case.name, case.expected()));
        }
        insta::with_settings!({ snapshot_path => case.path(), prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!("findings", rendered(&checked));
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_is_shown_by_an_example_or_a_project() {
    let expected = cases().iter().flat_map(Case::expected).collect::<Vec<_>>();
    let by_projects: BTreeSet<&str> = expected.iter().filter_map(|line| line.split(' ').next()).collect();
    let rules = ProjectContext::builtin().rules;
    // Only `recte rules test` raises those of rules, only `--locked` the one, and only a change the other; all have tests of
    // their own.
    let unseen = rules
        .iter()
        .filter(|rule| !["RL014", "RL021", "RL023", "CL0721", "CL0724"].contains(&rule.meta.code.as_str()))
        .filter(|rule| rule.meta.examples.bad.is_empty() && !by_projects.contains(rule.meta.code.as_str()));
    assert_eq!(unseen.map(|rule| rule.meta.name.clone()).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn every_code_that_projects_show_belongs_to_a_rule() {
    let rules = ProjectContext::builtin().rules;
    for line in cases().iter().flat_map(Case::expected) {
        let code = line.split(' ').next().unwrap_or_default();
        assert!(rules.named(code).is_some() || code.starts_with("HOUSE"), "{line}");
    }
}

/// A folder beneath `tests/cases`.
struct Case {
    name: String,
}

impl Case {
    fn path(&self) -> PathBuf {
        repository().join("tests/cases").join(&self.name)
    }

    fn expected(&self) -> Vec<String> {
        let expected = fs::read_to_string(self.path().join("expect.txt"))
            .unwrap_or_else(|_| panic!("{} has an expect.txt", self.name));
        expected.lines().map(str::to_owned).collect()
    }

    /// A copy with its links; none where it needs links and the system has none.
    fn folder(&self) -> Option<Folder> {
        let folder = Folder::copy_of(&format!("tests/cases/{}", self.name));
        let links = fs::read_to_string(self.path().join("links.txt")).unwrap_or_default();
        links.lines().all(|link| make_link(&folder, link)).then_some(folder)
    }
}

#[cfg(unix)]
fn make_link(folder: &Folder, link: &str) -> bool {
    let (name, target) = link.split_once(' ').expect("a link is a name and a target");
    std::os::unix::fs::symlink(target, folder.path().join(name)).is_ok()
}

#[cfg(not(unix))]
fn make_link(_: &Folder, _: &str) -> bool {
    false
}

fn cases() -> Vec<Case> {
    let root = repository().join("tests/cases");
    let floors = names(&root).into_iter().filter(|floor| !ELSEWHERE.contains(&floor.as_str()));
    let cases =
        floors.flat_map(|floor| names(&root.join(&floor)).into_iter().map(move |what| format!("{floor}/{what}")));
    cases.map(|name| Case { name }).collect()
}

/// The names of the folders in a folder, sorted.
fn names(folder: &PathBuf) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// `CODE name place` without the name.
fn without_name(place: &str) -> String {
    let mut words = place.splitn(3, ' ');
    let (code, _, at) = (words.next().unwrap_or_default(), words.next(), words.next().unwrap_or_default());
    format!("{code} {at}")
}
