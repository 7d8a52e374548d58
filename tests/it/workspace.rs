//! A folder that is no project itself: its configuration names those that are checked together.

use serde_json::Value;

use crate::changes::Repository;
use crate::support::{Folder, exit, recte, repository, stderr, stdout};

const CLEAN: &str = "fact it { inferred: yes }\n";
const ERROR: &str = "fact it { inferred: yes  because: nothing }\n";

/// Two projects that are members, one that is not, and claims in no project.
fn files(workspace: &str) -> Vec<(&'static str, String)> {
    vec![
        ("recte.toml", workspace.to_owned()),
        ("claims/canal/recte.toml", String::new()),
        ("claims/canal/a.claims", CLEAN.to_owned()),
        ("claims/harbour/recte.toml", String::new()),
        ("claims/harbour/a.claims", CLEAN.to_owned()),
        ("tests/broken/recte.toml", "colour = true\n".to_owned()),
        ("tests/broken/a.claims", ERROR.to_owned()),
        ("tests/loose.claims", ERROR.to_owned()),
    ]
}

fn folder(workspace: &str) -> Folder {
    let files = files(workspace);
    Folder::with(&files.iter().map(|(name, text)| (*name, text.as_str())).collect::<Vec<_>>())
}

/// The exit of a check, and the projects in its report; that on one alone names none.
fn checked(folder: &Folder, arguments: &[&str]) -> (i32, Vec<String>) {
    let output = recte(folder.path(), &[&["check", "--format", "json"], arguments].concat());
    let document: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let projects = document["projects"].as_array().cloned().unwrap_or_default();
    (exit(&output), projects.iter().map(|project| project["path"].as_str().unwrap().to_owned()).collect())
}

#[test]
fn the_members_are_checked_and_nothing_else() {
    let both = ["claims/canal", "claims/harbour"];
    for members in [
        "'claims/*'",
        "'./claims/*/'",
        "'claims/canal', 'claims/harbour'",
        "'claims'",
        "'claims/**'",
        "'*/canal', 'claims/h*'",
    ] {
        let workspace = folder(&format!("[workspace]\nmembers = [{members}]\n"));
        let (exit, projects) = checked(&workspace, &[]);
        assert_eq!((exit, projects), (0, both.map(str::to_owned).to_vec()), "{members}");
    }
    let workspace = folder("[workspace]\nmembers = ['*']\nexclude = ['tests']\n");
    assert_eq!(checked(&workspace, &[]), (0, both.map(str::to_owned).to_vec()));
}

/// A report keeps its form when a member comes or goes.
#[test]
fn a_workspace_of_one_member_is_reported_as_one_of_several() {
    let workspace = folder("[workspace]\nmembers = ['claims/canal']\n");
    assert_eq!(checked(&workspace, &[]), (0, vec!["claims/canal".to_owned()]));
}

#[test]
fn the_folder_itself_may_be_a_member() {
    let workspace = folder("[workspace]\nmembers = ['.', 'claims/*']\n");
    assert_eq!(checked(&workspace, &[]).1, [".", "claims/canal", "claims/harbour"]);
    assert_eq!(checked(&workspace, &["tests/loose.claims"]).0, 1, "it belongs to the folder itself");
}

#[test]
fn what_is_asked_for_by_its_path_is_checked() {
    let workspace = folder("[workspace]\nmembers = ['claims/*']\n");
    assert_eq!(checked(&workspace, &["claims"]), checked(&workspace, &[]));
    assert_eq!(checked(&workspace, &["claims/canal"]), (0, Vec::new()), "one project, asked for alone");
    assert_eq!(checked(&workspace, &["tests/broken"]).0, 2);
    assert_eq!(checked(&workspace, &["tests/loose.claims"]).0, 1);
    let within = recte(&workspace.path().join("claims/canal"), &["check", "--format", "json"]);
    assert!(stdout(&within).starts_with("{\n  \"version\": 1,"), "{}", stdout(&within));
}

#[test]
fn a_workspace_is_found_from_above() {
    let above = Folder::new();
    for (name, text) in files("[workspace]\nmembers = ['claims/*']\n") {
        above.write(&format!("repository/{name}"), text.as_bytes());
    }
    above.write("other/recte.toml", b"");
    above.write("other/a.claims", CLEAN.as_bytes());
    assert_eq!(
        checked(&above, &[]),
        (0, ["other", "repository/claims/canal", "repository/claims/harbour"].map(str::to_owned).to_vec())
    );
}

#[test]
fn members_that_cannot_be_found_are_a_mistake() {
    for (workspace, said) in [
        ("[workspace]\nmembers = ['clams/*']\n", "`members` names `clams/*`, where there is no project"),
        ("[workspace]\nmembers = ['docs']\n", "`members` names `docs`, where there is no project"),
        ("[workspace]\n", "`members` under [workspace] names no projects"),
        ("[workspace]\nmembers = ['../x']\n", "`../x` under [workspace] is not a pattern of folders in this folder"),
        ("[workspace]\nmembers = ['claims/*']\nexclude = ['']\n", "`` under [workspace] is not a pattern"),
        ("[workspace]\nmembers = 'claims'\n", "recte.toml:2: the configuration requires a list of texts here\n"),
        ("[workspace]\nmembers = ['claims/*'\n", "recte.toml:"),
        ("workspace = 1\n", "recte.toml:1: the configuration requires a table here\n"),
    ] {
        let output = recte(folder(workspace).path(), &["check"]);
        assert_eq!((exit(&output), stdout(&output)), (2, String::new()), "{workspace}");
        assert!(stderr(&output).contains(said), "{workspace}: {}", stderr(&output));
    }
}

/// A checkout must not have what lies outside of it read, or what is no folder waited for.
#[cfg(unix)]
#[test]
fn no_member_leads_out_of_the_workspace() {
    let outside = Folder::with(&[("project/recte.toml", ""), ("project/a.claims", ERROR)]);
    for members in ["'link/project'", "'link'", "'link/*'", "'project'"] {
        let workspace = folder(&format!("[workspace]\nmembers = [{members}]\n"));
        std::os::unix::fs::symlink(outside.path(), workspace.path().join("link")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("project"), workspace.path().join("project")).unwrap();
        let output = recte(workspace.path(), &["check"]);
        assert_eq!((exit(&output), stdout(&output)), (2, String::new()), "{members}");
        assert!(stderr(&output).contains("where there is no project"), "{members}: {}", stderr(&output));
    }
    let linked = Folder::new();
    outside.write("workspace.toml", b"[workspace]\nmembers = ['.']\n");
    std::os::unix::fs::symlink(outside.path().join("workspace.toml"), linked.path().join("recte.toml")).unwrap();
    linked.write("a.claims", CLEAN.as_bytes());
    assert_ne!(exit(&recte(linked.path(), &["check"])), 0, "settings that lie elsewhere are none");
}

#[test]
fn a_workspace_of_workspaces_checks_the_members_of_each() {
    let workspace = folder("[workspace]\nmembers = ['claims', 'more']\n");
    workspace.write("more/recte.toml", b"[workspace]\nmembers = ['one']\n");
    workspace.write("more/one/recte.toml", b"");
    workspace.write("more/one/a.claims", CLEAN.as_bytes());
    workspace.write("more/two/recte.toml", b"colour = 1\n");
    assert_eq!(
        checked(&workspace, &[]),
        (0, ["claims/canal", "claims/harbour", "more/one"].map(str::to_owned).to_vec())
    );
}

#[test]
fn members_may_extend_the_settings_beside_the_list() {
    let workspace = folder("fail-on = 'info'\n[workspace]\nmembers = ['claims/*']\n");
    workspace.write("claims/canal/a.claims", b"fact it\n");
    workspace.write(".git/HEAD", b"ref: refs/heads/main\n");
    assert_eq!(checked(&workspace, &[]).0, 0, "settings are not inherited by themselves");
    workspace.write("claims/canal/recte.toml", b"extends = ['../../recte.toml']\n");
    assert_eq!(checked(&workspace, &[]).0, 1);
}

#[test]
fn staged_files_outside_of_the_members_are_not_asked_for() {
    let files = files("[workspace]\nmembers = ['claims/*']\n");
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let Some(repository) = Repository::with(&files) else { return };
    repository.git(&["add", "-A"]);
    assert_eq!(repository.check(&["--staged"]), (0, Vec::new()));
    repository.0.write("claims/canal/a.claims", ERROR.as_bytes());
    repository.git(&["add", "-A"]);
    assert_eq!(repository.check(&["--staged"]), (1, vec!["claims/canal/a.claims CL0001".to_owned()]));
}

/// `recte check` in this repository.
#[test]
fn the_claims_of_this_repository_are_its_projects() {
    let output = recte(repository(), &["check", "--format", "json"]);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let projects: Vec<&Value> =
        document["projects"].as_array().unwrap().iter().map(|project| &project["path"]).collect();
    assert_eq!((exit(&output), projects), (0, vec![&"claims/reader-data".into(), &"claims/us-japan".into()]));
}

/// What no member contains is in the report, since nobody may take claims out of a check without being seen.
#[test]
fn what_is_left_out_is_told() {
    let workspace = folder("[workspace]\n# those that hold\nmembers = ['claims/*']\nexclude = ['claims/canal']\n");
    let shown = stdout(&recte(workspace.path(), &["check", "--format", "compact"]));
    let told = "excluded in the settings: claims/canal, tests/broken, tests/loose.claims outside the members of the workspace \
                (recte.toml:3)";
    assert!(shown.split_whitespace().collect::<Vec<_>>().join(" ").contains(told), "{shown}");
    let from_inside = recte(&workspace.path().join("tests"), &["check", "--format", "json", ".."]);
    let document: Value = serde_json::from_slice(&from_inside.stdout).unwrap();
    let withheld = &document["projects"][0]["summary"]["withheld"][0];
    assert_eq!(
        (withheld["path"].as_str(), withheld["line"].as_u64()),
        (Some("../../recte.toml"), Some(3)),
        "{document}"
    );
    let whole = folder("[workspace]\nmembers = ['.', 'claims/*', 'tests/broken']\n");
    let shown = stdout(&recte(whole.path(), &["check", "--format", "compact"]));
    assert!(!shown.contains("outside the members"), "{shown}");
}
